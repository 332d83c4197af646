"""Single faults to put into a valid project, and where each must be reported.

They are what a hurried hand or a broken program writes. Each function yields the sites of one sort
of fault in a project. A new field of a model gets its faults without a change here.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from generated import Node, Sample, Shape, shapes
from written import Raw

from reporter.dates import When
from reporter.records.agreement import Agreement
from reporter.records.meeting import Body
from reporter.records.programme import Programme, Track
from reporter.records.register import Document, Policy
from reporter.records.statements import Entry, Forecast, Statement, Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from written import Way, Written

NOT_YAML = "this is not YAML"


class Twice(str):
    """A key that may stand twice in a mapping."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


@dataclass(frozen=True)
class Site:
    """A fault: what to change, and what must be said where."""

    file: str
    way: Way
    """To what is guilty, as it stands after the change."""
    message: str
    """A regular expression."""
    change: Callable[[Any], None]
    of_key: bool = False
    column: bool = True
    """Whether the column is known."""
    shift: int = 0
    """How many columns the guilty character stands behind the beginning of the value."""
    others: tuple[tuple[str, Way], ...] = ()
    """Where it may be reported just as well."""
    name: str = ""

    def __repr__(self) -> str:
        return f"{self.name}: {self.file} {self.way}: {self.message}"


@dataclass
class Faulty:
    """A project with one fault."""

    site: Site
    original: Sample
    sample: Sample
    files: dict[str, Written] = field(default_factory=dict)

    @classmethod
    def of(cls, sample: Sample, site: Site) -> Faulty:
        """Put the fault into a copy."""
        found = deepcopy(sample)
        site.change(found.files[site.file])
        return cls(site, sample, found, found.written())

    # called as Hypothesis calls it
    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # noqa: ANN401, FBT001
        """Show the fault, and the files as they are written, where an example fails."""
        printer.text(f"\n{self.site}")
        self.sample._repr_pretty_(printer, _cycle)

    @property
    def places(self) -> set[tuple[str, int, int]]:
        """Where it may be reported: file, line and column (0 where that is not known)."""
        found = set()
        for name, way in ((self.site.file, self.site.way), *self.site.others):
            spot = self.files[name].spots[way]
            line, column = (
                (spot.key_line, spot.key_column)
                if self.site.of_key
                else (spot.line, spot.column + self.site.shift)
            )
            found.add((name, line, column if self.site.column else 0))
        return found


def at(data: Any, way: Way) -> Any:  # noqa: ANN401
    """Return what stands at ``way``."""
    for step in way:
        data = data[step]
    return data


def put(way: Way, value: object) -> Callable[[Any], None]:
    """Return a change that writes ``value`` at ``way``."""

    def change(data: Any) -> None:  # noqa: ANN401
        at(data, way[:-1])[way[-1]] = deepcopy(value)

    return change


def values(sample: Sample, *kinds: str) -> Iterator[tuple[str, Way, Shape, bool, Node]]:
    """Yield each value of a field of these kinds.

    With it come its file, its path, what may stand there, whether something must, and what encloses
    it.
    """
    for file, way, node in sample.nodes():
        for name, (shape, required) in shapes(node.model).items():
            if name not in node or shape.kind not in kinds:
                continue
            if isinstance(node[name], list):
                yield from (
                    (file, (*way, name, index), shape, True, node)
                    for index in range(len(node[name]))
                )
            else:
                yield file, (*way, name), shape, required, node


def instead(sample: Sample, kind: str, value: object, message: str) -> Iterator[Site]:
    """Yield a site for each value of a kind, with ``value`` in its place."""
    for file, way, _, _, _ in values(sample, kind):
        yield Site(file, way, message, put(way, value))


# The form of a file


def raw(
    text: str, message: str = NOT_YAML, *, shift: int = 0, column: bool = True
) -> Callable[[Sample], Iterator[Site]]:
    """Return a fault that writes ``text`` as it is in the place of a word."""

    def sites(sample: Sample) -> Iterator[Site]:
        for file, way, _, _, _ in values(sample, "text", "reference", "when", "citation"):
            yield Site(file, way, message, put(way, Raw(text)), shift=shift, column=column)

    return sites


def unclosed(sample: Sample) -> Iterator[Site]:
    """Yield a bracket that is not closed, where no text of the file would close it further down."""
    for site in raw("[x", column=False)(sample):
        if "]]" not in str(sample.files[site.file]):
            yield site


def one_more_key(
    key: str, message: str, *, column: bool = True
) -> Callable[[Sample], Iterator[Site]]:
    """Return a fault that adds a field at the end of a record, or of a part of one."""

    def sites(sample: Sample) -> Iterator[Site]:
        for file, way, _ in sample.nodes():
            yield Site(
                file, (*way, key), message, put((*way, key), Raw("x")), of_key=True, column=column
            )

    return sites


def repeated_key(sample: Sample) -> Iterator[Site]:
    """Yield records in which a field stands twice."""
    for file, way, node in sample.nodes():
        for name in tuple(node)[:1]:
            key = Twice(name)
            yield Site(
                file, (*way, key), f"the key '{name}' stands twice", _twice(way, key), of_key=True
            )


def _twice(way: Way, key: Twice) -> Callable[[Any], None]:
    def change(data: Any) -> None:  # noqa: ANN401
        at(data, way)[key] = "x"

    return change


# Fields


def missing_field(sample: Sample) -> Iterator[Site]:
    """Yield records without what they need."""
    for file, way, node in sample.nodes():
        for name, (_, required) in shapes(node.model).items():
            if required and len(node) > 1:
                yield Site(
                    file,
                    way,
                    f"(the field '{name}'|no source: the field 'source') is missing",
                    _without(way, name),
                )


def _without(way: Way, name: str) -> Callable[[Any], None]:
    def change(data: Any) -> None:  # noqa: ANN401
        del at(data, way)[name]

    return change


def nothing(sample: Sample) -> Iterator[Site]:
    """Yield fields that must be there, and say nothing."""
    kinds = (
        "text",
        "quote",
        "when",
        "word",
        "truth",
        "number",
        "reference",
        "citation",
        "names",
        "id",
        "record",
    )
    for file, way, shape, required, _ in values(sample, *kinds):
        if required:
            some = shape.alone and not isinstance(way[-1], int) and shape.kind != "citation"
            yield Site(file, way, "." if some else "(expected .*found )?nothing", put(way, None))


def text_for_a_list(sample: Sample) -> Iterator[Site]:
    """Yield lists of which only a text is left."""
    for file, way, node in sample.nodes():
        for name, (shape, _) in shapes(node.model).items():
            if shape.many and not shape.alone and name in node:
                yield Site(file, (*way, name), "expected a list, found 'x'", put((*way, name), "x"))


def text_for_a_record(sample: Sample) -> Iterator[Site]:
    """Yield parts of a record of which only a text is left."""
    for file, way, shape, _, _ in values(sample, "record"):
        if shape.model is not Body:
            yield Site(file, way, "expected a mapping with fields, found 'x'", put(way, "x"))


def empty_list(sample: Sample) -> Iterator[Site]:
    """Yield lists that need an item."""
    for file, way, node in sample.nodes():
        for name, (shape, _) in shapes(node.model).items():
            if shape.least and name in node:
                yield Site(
                    file,
                    (*way, name),
                    "an empty list says nothing|too few: 0",
                    put((*way, name), []),
                )


def empty_text(sample: Sample) -> Iterator[Site]:
    """Yield texts in which there is nothing."""
    for text in ("", "  "):
        yield from instead(sample, "text", text, "an empty text")


def language_in_capitals(sample: Sample) -> Iterator[Site]:
    """Yield names under what is no language."""
    for file, way, _, _, _ in values(sample, "names"):
        if way[-1:] and isinstance(at(sample.files[file], way), dict):
            yield Site(
                file, (*way, "EN"), "'EN' is not of the form", put((*way, "EN"), "x"), of_key=True
            )


def long_quotation(sample: Sample) -> Iterator[Site]:
    """Yield quotations that are too long, and texts for which there is no room."""
    yield from instead(sample, "quote", "word " * 50, "(of|has) 50 words")
    yield from instead(sample, "marking", "word " * 50, "a marking of 249 characters, 169 too many")
    for site in internal_summary(sample):
        way = (*site.way[:-1], "text")
        yield Site(site.file, way, "the summary has 50 words", put(way, "word " * 50))


def number_beyond(sample: Sample) -> Iterator[Site]:
    """Yield numbers that are out of range, or none."""
    for value, message in (
        ("0", "out of range"),
        ("10000", "out of range"),
        ("08", "whole number"),
        ("eleven", "whole number"),
    ):
        yield from instead(sample, "number", Raw(value), message)


def no_date(sample: Sample) -> Iterator[Site]:
    """Yield what is no date, and ranges that end before they begin."""
    for value in (
        "2023-02-30",
        "2023-13",
        "24 March 2023",
        "2023-3-4",
        "0000",
        "2023/..",
        "٢٠٢٣",
        "2023-04-01T10:00",
    ):
        yield from instead(sample, "when", value, "is not a date")
    yield from instead(sample, "when", "2024-05/2024-04", "ends before it begins")
    yield from instead(sample, "when", ["2023"], "is not a date")


def wrong_word(sample: Sample) -> Iterator[Site]:
    """Yield words, addresses, ids and languages that are not of the form allowed."""
    yield from instead(sample, "word", "nonsense", "not one of the words allowed")
    for value in ("ftp://example.org", "javascript:zap()", "https://a b", "file:///x"):
        yield from instead(sample, "address", value, "not of the form allowed")
    for value in ("Bad Id", "../x", "a--b", "é", "a/b"):
        yield from instead(sample, "id", value, "not of the form allowed")
    yield from instead(sample, "id", "n" * 81, "is too long")
    yield from instead(sample, "language", "English", "not of the form allowed")


def wrong_type(sample: Sample) -> Iterator[Site]:
    """Yield values of another type."""
    others: tuple[object, ...] = ([], {"a": "b"}, True)
    for value in others:
        for kind in ("text", "reference", "id"):
            for file, way, shape, _, _ in values(sample, kind):
                alone = shape.alone and not isinstance(way[-1], int) and isinstance(value, list)
                if not alone and not (shape.model is None and way[-1] == "body"):
                    yield Site(file, way, "expected|is not", put(way, value))
    for word in ("yes", "True", "1", "on"):
        yield from instead(sample, "truth", Raw(word), "expected true or false")
    yield from instead(sample, "names", "x", "expected a mapping")


# References


def no_such_record(sample: Sample) -> Iterator[Site]:
    """Yield what names something that is not there."""
    yield from instead(sample, "reference", "nowhere-99", "there is no [a-z]+ 'nowhere-99'")
    yield from instead(sample, "citation", "nowhere-99", "there is no document 'nowhere-99'")
    yield from instead(sample, "citation", "nowhere-99#1", "there is no document 'nowhere-99'")


def no_such_paragraph(sample: Sample) -> Iterator[Site]:
    """Yield citations of a paragraph that is not there, or of none where there are some."""
    for document in sample.of(Document):
        name, last = document["id"], document.get("paragraphs")
        if last is None:
            yield from instead(sample, "citation", f"{name}#1", "has no numbered paragraphs")
        elif document.get("read") == "full":
            yield from instead(sample, "citation", name, "no paragraph of '.*' is named")
        if last is not None and last < 9999:
            yield from instead(
                sample, "citation", f"{name}#{last + 1}", f"has no paragraph {last + 1}"
            )
    for value in ("a#0", "a#01", "A", "a #1", "a#1#2", "#0"):
        yield from instead(sample, "citation", value, "does not name a source")


def repeated_id(sample: Sample) -> Iterator[Site]:
    """Yield lists with a second record of the same id."""
    for file, data in sample.files.items():
        if isinstance(data, list):
            yield Site(file, (len(data), "id"), "two records have the id", _again((), 0))
    for file, way, node in sample.nodes():
        for name, value in node.items():
            for index, item in enumerate(value if isinstance(value, list) else ()):
                if (
                    isinstance(item, Node)
                    and "id" in item
                    and item.model in {Statement, Forecast, Track}
                ):
                    what = "tracks" if item.model is Track else "records"
                    yield Site(
                        file,
                        (*way, name, len(value), "id"),
                        f"two {what} have the id",
                        _again((*way, name), index),
                    )
    for name in ("sides", "areas", "phrases"):
        if found := sample.files["project.yaml"].get(name):
            yield Site(
                "project.yaml",
                (name, len(found), "id"),
                f"two {name} have the id",
                _again((name,), 0),
            )


def _again(way: Way, index: int) -> Callable[[Any], None]:
    def change(data: Any) -> None:  # noqa: ANN401
        at(data, way).append(deepcopy(at(data, way)[index]))

    return change


def cycle(sample: Sample) -> Iterator[Site]:
    """Yield bodies, agreements and statements that lead back to themselves."""
    bodies = [item["id"] for item in sample.files["organisations.yaml"]]
    for index, name in enumerate(bodies):
        way: Way = (index, "parent")
        yield Site(
            "organisations.yaml", way, f"a cycle of parents: {name} -> {name}", put(way, name)
        )
        for other in range(index + 1, len(bodies)):
            yield Site(
                "organisations.yaml",
                way,
                "a cycle of parents",
                _ring(index, other),
                others=(("organisations.yaml", (other, "parent")),),
            )
    for file, way, node in sample.nodes():
        if node.model is Statement and "id" in node:
            yield Site(
                file, (*way, "repeats"), "a cycle of statements", put((*way, "repeats"), node["id"])
            )
            yield Site(
                file, (*way, "same_as"), "a cycle of statements", put((*way, "same_as"), node["id"])
            )
        if node.model is Agreement:
            link = [{"agreement": node["id"], "relation": "rests on"}]
            yield Site(
                file, ("links", 0, "agreement"), "a cycle of agreements", put(("links",), link)
            )


def _ring(first: int, second: int) -> Callable[[Any], None]:
    def change(data: Any) -> None:  # noqa: ANN401
        data[first]["parent"], data[second]["parent"] = data[second]["id"], data[first]["id"]

    return change


# Rules over several fields


def weak_alone(sample: Sample) -> Iterator[Site]:
    """Yield a status or a strength that only a weak source supports, or a status a partisan one."""
    first = {item["standing"]: item for item in reversed(sample.of(Document))}
    carried: dict[str, list[tuple[type, str]]] = {
        "weak": [(Entry, "status"), (Statement, "strength")],
        "partisan": [(Entry, "status")],
    }
    for standing, fields in carried.items():
        if document := first.get(standing):
            source = f"{document['id']}#1" if "paragraphs" in document else document["id"]
            for file, way, node in sample.nodes():
                for model, name in fields:
                    if node.model is model and name in node and "checked" not in node:
                        wrong = f"a {standing} source alone cannot"
                        yield Site(file, (*way, name), wrong, put((*way, "source"), source))


def backwards(sample: Sample) -> Iterator[Site]:
    """Yield lists that end with what is older than all the rest."""
    lists = {
        Statement: "history",
        Forecast: "history",
        Agreement: "events",
        Programme: "milestones",
        Track: "plans",
        Policy: "versions",
    }
    for file, way, node in sample.nodes():
        name = lists.get(node.model, "")
        items = [item for item in node.get(name, ()) if isinstance(item, Node)] if name else []
        for key in ("date", "checked", "stated"):
            whens = [
                When.parse(item[key])
                for item in items
                if item.get(key, "not verified") != "not verified"
            ]
            if (
                whens
                and len(whens) == len(items)
                and all(when.start and when.first > date(1000, 1, 1) for when in whens)
            ):
                last = (*way, name, len(items))
                yield Site(
                    file, (*last, key), f"the {name} runs? backwards", _older((*way, name), key)
                )


def _older(way: Way, key: str) -> Callable[[Any], None]:
    def change(data: Any) -> None:  # noqa: ANN401
        items = at(data, way)
        items.append({**deepcopy(items[-1]), key: "0900-01-01"})

    return change


def due_too_early(sample: Sample) -> Iterator[Site]:
    """Yield promises that were due before they were made."""
    for file, way, node in sample.nodes():
        if node.model is Statement and "strength" in node and file.startswith("meetings/"):
            said = When.parse(sample.files[file]["date"])
            if said.start and said.first > date(1000, 1, 1):
                yield Site(
                    file, (*way, "due"), "due before it was said", put((*way, "due"), "0900")
                )


def missed_forecast(sample: Sample) -> Iterator[Site]:
    """Yield forecasts that somebody is said to have missed."""
    for file, way, node in sample.nodes():
        if node.model is Forecast:
            for index, item in enumerate(node.get("history", ())):
                if "date" in item:
                    there = (*way, "history", index, "status")
                    yield Site(file, there, "a forecast cannot be 'missed'", put(there, "missed"))


def wrong_entry(sample: Sample) -> Iterator[Site]:
    """Yield entries of a history that are two things, and checks that prove something."""
    for file, way, node in sample.nodes():
        if node.model is Entry:
            other = "checked" if "date" in node else "date"
            yield Site(file, way, "either 'date' .* or 'checked'", put((*way, other), "2024"))
            if "checked" in node:
                yield Site(
                    file,
                    (*way, "status"),
                    "a check that found nothing cannot",
                    put((*way, "status"), "met"),
                )
                yield Site(file, way, "a check that does not say where", _without(way, "where"))
            elif "self_reported" not in node:
                yield Site(file, way, "an evidence without a source", _without(way, "source"))
            elif "source" not in node:
                there = (*way, "status")
                yield Site(file, there, "what is self-reported cannot set", put(there, "met"))


def two_answers(sample: Sample) -> Iterator[Site]:
    """Yield one matter with two statuses on a day, and statuses in the wrong order."""
    proofs = [dict(node) for node in sample.of(Entry) if "date" in node and node.get("status")]
    found = [
        (file, way, node["id"])
        for file, way, node in sample.nodes()
        if node.model is Statement and "id" in node and "strength" in node
    ]
    for file, way, name in found if proofs else ():
        proof: dict[str, Any] = {key: one for key, one in proofs[0].items() if key != "parties"}
        missed, slipped = {**proof, "status": "missed"}, {**proof, "status": "slipped"}
        fields: dict[str, Any] = {"history": [missed, slipped], "due": None, "same_as": None}
        last = (*way, "history", 1, "status")
        yield Site(file, last, "after it was missed", _with((way, fields)))
        for other, there, target in found:
            if other == file and there < way:
                one = {"history": [{**proof, "status": "open"}], "same_as": None}
                both = {"history": [{**proof, "status": "met"}], "same_as": target}
                change = _with((there, one), (way, both))
                last = (*way, "history", 0, "status")
                message = f"'{name}' is 'met' on .*, and '{target}'"
                yield Site(file, last, message, change)


def _with(*fields: tuple[Way, dict[str, Any]]) -> Callable[[Any], None]:
    """Return a change that sets these fields of parts; None takes one out."""

    def change(data: Any) -> None:  # noqa: ANN401
        for way, values in fields:
            part = at(data, way)
            part.update(deepcopy({name: item for name, item in values.items() if item}))
            for name in [name for name, item in values.items() if not item]:
                part.pop(name, None)

    return change


def internal_summary(sample: Sample) -> Iterator[Site]:
    """Yield summaries that the public edition would miss."""
    for file, way, node in sample.nodes():
        for name, item in node.model.model_fields.items():
            if (
                item.annotation is Summary.__origin__  # type: ignore[attr-defined]
                and item.metadata
                and item.is_required()
            ):
                last = (*way, name, "internal")
                yield Site(file, last, "a summary cannot be internal", put(last, value=True))


FAULTS: dict[str, Callable[[Sample], Iterator[Site]]] = {
    "alias": raw("*x", "anchors and aliases"),
    "anchor": raw("&x y", "anchors and aliases"),
    "tag": raw("!!str x", "the tag 'tag:yaml.org,2002:str' is not supported"),
    "own tag": raw("!x y", "the tag '!x' is not supported"),
    "no token": raw("@x"),
    "another colon": raw("x: y: z", column=False),
    "double quote not closed": raw('"x'),
    "single quote not closed": raw("'x y"),
    "bracket not closed": unclosed,
    "brace not closed": raw("{x", column=False),
    "bracket closed twice": raw("[x]]", column=False),
    "text behind a quote": raw("'x' y", column=False),
    "bad escape": raw(r'"\q"', column=False),
    "nested deeply": raw("[" * 51 + "]" * 51, "nested deeper", column=False),
    "control character": raw("x\x07", r"the character U\+0007 is not text", shift=1),
    "control character escaped": raw(r'"\a"', r"the character U\+0007 is not text"),
    "turned text": raw("x\u202ey", r"the character U\+202E is not text", shift=1),
    "line separator": raw("x\u2028y", r"the character U\+2028 is not text", shift=1),
    "not UTF-8": raw("衛x\udcffy", "not UTF-8", shift=2),
    "tab": one_more_key("\tzzz", NOT_YAML, column=False),
    "one blank too many": one_more_key(" zzz", NOT_YAML, column=False),
    "unknown field": one_more_key("zzz", "unknown field 'zzz'"),
    "key of many words": one_more_key("[zzz]", "a key must be a word"),
    "repeated key": repeated_key,
    "missing field": missing_field,
    "nothing": nothing,
    "text for a list": text_for_a_list,
    "text for a record": text_for_a_record,
    "empty list": empty_list,
    "empty text": empty_text,
    "language": language_in_capitals,
    "long quotation": long_quotation,
    "number": number_beyond,
    "date": no_date,
    "word": wrong_word,
    "type": wrong_type,
    "reference": no_such_record,
    "paragraph": no_such_paragraph,
    "repeated id": repeated_id,
    "cycle": cycle,
    "weak source": weak_alone,
    "backwards": backwards,
    "due": due_too_early,
    "entry": wrong_entry,
    "two answers": two_answers,
    "forecast": missed_forecast,
    "internal summary": internal_summary,
}

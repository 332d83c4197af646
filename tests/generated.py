"""Random projects, made from the models of the records.

They hold whatever the models allow, with references that resolve and dates that agree. A new field
of a model is filled without a change here; a new rule over several fields may need a line in
``_Maker``. Offices and "State A" only. Each text carries a word of its own, ``zq7``; an internal
one, ``zi7``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MinLen
from hypothesis import strategies as st
from written import write

from reporter.dates import When
from reporter.records import KINDS, Project
from reporter.records.agreement import Agreement, ForceRule, InForce, Period
from reporter.records.base import ID_PATTERN, Citation, Names, Record, Refers, Unsure, _OrOne
from reporter.records.brevity import words as count_words
from reporter.records.crosscheck import _PAGE_ONE
from reporter.records.meeting import APART, Body, Meeting, NextStep, Participants
from reporter.records.package import Prepared
from reporter.records.programme import Outcome, Programme
from reporter.records.references import parts
from reporter.records.register import (
    LONGEST_MARKING,
    Correction,
    Document,
    Marking,
    Organisation,
    TimeZone,
)
from reporter.records.reviews import OF_OUR_HOUSE, can_be_reviewed, digest_of
from reporter.records.statements import OF_ITSELF, Entry, Forecast, Statement
from reporter.text import NOT_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from written import Way, Written

INTERNAL = "zi"
TEXTS = (
    "Both sides meet",
    "宇宙に関する包括的対話、第8回会合\uff08東京\uff09",
    "がぎぐ e\u0301 a\u0308\u0323 n\u0303",
    "לוויין ומסלול",
    "قمر صناعي",
    "\U0001f6f0\ufe0f \U0001f468\u200d\U0001f680 \U0001f1ef\U0001f1f5",
    "w" * 400,
    "衛" * 300,
    "<zap>zap</zap>",
    '"><zap href=x onzap=zap(1)> " onzap="zap',
    "'--></style></title></script><zap/onzap=x> ' onzap='zap",
    "<script>zap()</script><!--",
    "]]> <!-- &amp; &lt;zap&gt; &#60;zap>",
    "{{ report }} {% raw %} {# x #} {0} {name} %s $x",
    "[a](javascript:x) ![](x) `b` *c* _d_ |e| # f",
    "=1+1 @x, ;\t-2 'q' \"r\"",
    "\\ \\n \\u003c / .. ../../x",
    "U+FFFD \ufffd \u00a0x \u00ad\u3000x",
    "BEGIN:VEVENT\nEND:VCALENDAR",
    "not verified",
)
IDS = ("x", "1", "0123", "true", "null", "2023-01", "a-1-b", "con", "index", "ledger", "n" * 80)
PRINTABLE = re.compile(r"[ -~\n\u3001-\u30ff\u4e00-\u9fff\uff00-\uff60]+")
ZONES = ("UTC", "Asia/Tokyo", "America/New_York")
LANGUAGES = ("en", "ja", "ar", "he", "zh-Hant", "qaa", "en-GB")
ADDRESSES = (
    "https://example.org/",
    "http://example.org/?a=1&b='c'(d)[e]%zz",
    "https://xn--r8jz45g:8/#é衛&lt;",
    "https://x",
    "http://a.b//../;@:$,!*~",
)
LEFT_OUT = {"aside", "defaults", "reviewed", "scores"}
"""Statuses have the usual scores, and `shortened` writes defaults.

Only a fingerprint knows sentences, and a review has a digest.
"""
STALE = "f" * 12
REVIEWED = 0.85  # of what can be
OPTIONAL, ITEMS = 45, (0, 0, 1, 1, 2, 3)  # in a hundred; how many items lists have

_letters = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=12).filter(
    lambda text: not re.search(NOT_TEXT, text)
)
_numbers = cache(lambda most: st.integers(0, most))


class Node(dict[str, Any]):
    """What is written of a record or of a part of one, with its model."""

    def __init__(self, model: type[Record]) -> None:
        super().__init__()
        self.model = model


@dataclass(frozen=True)
class Shape:
    """What a field may hold."""

    kind: str
    model: Any = None
    words: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    many: bool = False
    alone: bool = False
    """Whether a list of one may be written without its dash."""
    least: int = 0
    optional: bool = False
    bounds: tuple[int, int] = (0, 9)


def shape_of(annotation: Any, marks: tuple[Any, ...] = ()) -> Shape:  # noqa: ANN401, PLR0911
    """Return what a field of this type may hold."""
    if get_origin(annotation) is Annotated:
        return shape_of(annotation.__origin__, (*marks, *annotation.__metadata__))
    if unsure := next((mark for mark in marks if isinstance(mark, Unsure)), None):
        return replace(shape_of(unsure.inner), unsure=unsure.words)
    if get_origin(annotation) in (Union, UnionType):
        first = next(argument for argument in get_args(annotation) if argument is not NoneType)
        return replace(shape_of(first, marks), optional=NoneType in get_args(annotation))
    if get_origin(annotation) is tuple:
        alone = next((mark for mark in marks if isinstance(mark, _OrOne)), None)
        least = next(
            (mark.min_length for mark in marks if isinstance(mark, MinLen)),
            alone.least if alone else 0,
        )
        return replace(
            shape_of(get_args(annotation)[0]), many=True, alone=alone is not None, least=least
        )
    if get_origin(annotation) is Literal:
        return Shape("word", words=get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return Shape("record", model=annotation)
    return _plain(annotation, marks)


def _plain(annotation: object, marks: tuple[Any, ...]) -> Shape:
    if refers := next((mark for mark in marks if isinstance(mark, Refers)), None):
        return Shape("reference", words=refers.kinds)
    if annotation is int:
        marks = tuple(inner for mark in marks for inner in getattr(mark, "metadata", (mark,)))
        low, high = (
            next((getattr(mark, name) for mark in marks if isinstance(mark, kind)), 0)
            for kind, name in ((Ge, "ge"), (Le, "le"))
        )
        return Shape("number", bounds=(low, high))
    kinds: dict[object, str] = {Citation: "citation", When: "when", Names: "names", bool: "truth"}
    pattern = next((mark.pattern for mark in marks if getattr(mark, "pattern", None)), "")
    if annotation is str and pattern:
        return Shape(
            "id" if pattern == ID_PATTERN else "address" if "http" in pattern else "language"
        )
    if annotation is str and get_args(TimeZone)[1] in marks:
        return Shape("zone")
    if annotation is str and marks:
        return Shape("marking" if get_args(Marking)[1] in marks else "quote")
    return Shape(kinds.get(annotation, "text"))


@cache
def shapes(model: type[Record]) -> Mapping[str, tuple[Shape, bool]]:
    """Return for each field of a model what it may hold, and whether it must be there."""
    return {
        name: (shape_of(item.annotation, tuple(item.metadata)), item.is_required())
        for name, item in model.model_fields.items()
        if name not in LEFT_OUT
    }


@dataclass
class Sample:
    """A project: what each file holds."""

    files: dict[str, Any]
    seed: int = 0
    texts: dict[str, str] = field(default_factory=dict)

    # called as Hypothesis calls it
    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # noqa: ANN401, FBT001
        """Show the files as they are written, where an example fails."""
        printer.text("".join(f"\n--- {name}\n{file.text}" for name, file in self.written().items()))

    def written(self) -> dict[str, Written]:
        """Return the text of each file, with places; the same each time."""
        return {
            name: write(data, Random(f"{self.seed} {name}"))  # noqa: S311 (as the caller has it)
            for name, data in self.files.items()
        }

    def save(self, root: Path) -> dict[str, Written]:
        """Write the project to the folder ``root``, which holds none, and return its files."""
        found = self.written()
        for name, file in found.items():
            path = root / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.text.encode("utf-8", "surrogateescape"))
        return found

    def nodes(self) -> Iterator[tuple[str, Way, Node]]:
        """Yield each record and each part of one, with its file and the way to it."""
        for name, data in self.files.items():
            yield from ((name, way, node) for way, node in _nodes(data, ()))

    def of(self, model: type[Record]) -> list[Node]:
        """Return all records, or parts, of a model."""
        return [node for _, _, node in self.nodes() if node.model is model]


def _nodes(data: object, way: Way) -> Iterator[tuple[Way, Node]]:
    if isinstance(data, Node):
        yield way, data
    if isinstance(data, dict | list):
        for name, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _nodes(value, (*way, name))


class _Nothing(Exception):  # noqa: N818 (nothing is wrong)
    """Nothing can be referred to: what refers is left out."""


class _Maker:
    """Makes one project."""

    def __init__(self, draw: st.DrawFn, *, printable: bool = False) -> None:
        self.draw = draw
        self.common = tuple(text for text in TEXTS if PRINTABLE.fullmatch(text) or not printable)
        self.count = 0
        self.pool: dict[str, list[str]] = {}
        self.documents: dict[str, Node] = {}
        self.own = () if printable else tuple(draw(st.lists(_letters, max_size=3)))
        self.texts: dict[str, str] = {}
        self.internal = self.solid = False
        self.said: date | None = None
        self.days: dict[date, str] = {}
        self.after: date | None = None

    def below(self, limit: int) -> int:
        return self.draw(_numbers(limit - 1))

    def chance(self, percent: int) -> bool:
        return self.below(100) >= 100 - percent

    def pick(self, items: Any) -> Any:  # noqa: ANN401
        if not items:
            raise _Nothing
        return items[self.below(len(items))]

    def some(self, least: int, make: Callable[[], Any]) -> list[Any]:
        found = []
        for turn in range(max(least, self.pick(ITEMS))):
            try:
                found.append(make())
            except _Nothing:
                if turn < least:
                    raise
        return found

    # Values

    def text(self, words: int = 0) -> str:
        self.count += 1
        word = f"{INTERNAL if self.internal else 'zq'}{self.count}e"
        chosen = self.pick(
            tuple(
                text
                for text in (*TEXTS[:1], *self.common, *self.own)
                if not words or max(count_words(text), len(text.split())) < words
            )
        )
        found = f"{chosen} {word}".strip() if self.chance(50) else f"{word} {chosen}".strip()
        self.texts[word] = found
        return found

    def quote(self) -> str:
        """Return a few words: how many are allowed differs from field to field."""
        return self.text(8)

    def marking(self) -> str:
        """Return what fits on the edge of the paper, however wide its characters are."""
        while len(found := self.text()) * 2 > LONGEST_MARKING:
            pass
        return found

    def new(self, kind: str) -> str:
        taken = {name for names in self.pool.values() for name in names}
        wanted = self.pick(IDS) if self.chance(10) else f"{kind}-{len(self.pool.get(kind, ())) + 1}"
        name = wanted if wanted not in taken else f"{kind}-n{len(taken)}"
        self.pool.setdefault(kind, []).append(name)
        return name

    def names(self) -> dict[str, str]:
        languages = (
            ["en"] if self.chance(70) else [self.pick(LANGUAGES) for _ in range(1 + self.below(3))]
        )
        return {
            language: "not verified" if self.chance(4) else self.text() for language in languages
        }

    def when(self) -> str:
        year = self.pick(
            (2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027, 1, 1899, 9999)
            if self.chance(8)
            else (2022, 2023, 2024, 2025)
        )
        if self.after:
            year = max(year, self.after.year)
        points = sorted(
            (self.point(year), self.point(min(9999, year + self.below(2)))),
            key=lambda point: When.parse(point).first,
        )
        found = (
            points[1]
            if self.chance(80)
            else f"..{'/'}{points[1]}"
            if self.chance(20)
            else "/".join(points)
        )
        if self.after and When.parse(found).last < self.after:
            return str(self.after)
        return found

    def point(self, year: int) -> str:
        form = self.below(4)
        if form == 0:
            return f"{year:04}"
        month = 1 + self.below(12)
        return (
            f"{year:04}-{month:02}"
            if form == 1
            else f"{year:04}-{month:02}-{1 + self.below(28):02}"
        )

    def citation(self) -> str:
        doubted = {"weak", "partisan"}
        strong = [
            name for name, node in self.documents.items() if node.get("standing") not in doubted
        ]
        name = self.pick(strong if self.solid else list(self.documents))
        paragraphs = self.documents[name].get("paragraphs")
        return f"{name}#{1 + self.below(paragraphs)}" if paragraphs else name

    def reference(self, kinds: tuple[str, ...]) -> str:
        return str(self.pick([name for kind in kinds for name in self.pool.get(kind, ())]))

    # Records

    def one(self, shape: Shape) -> Any:  # noqa: ANN401, PLR0911
        match shape.kind:
            case "record":
                return self.record(shape.model)
            case "reference":
                return self.reference(shape.words)
            case "word":
                return self.pick(shape.words)
            case "number":
                return self.pick((1, 2, 3, 7, shape.bounds[0], shape.bounds[1]))
            case "truth":
                return self.chance(50)
            case "id":
                return self.new("part")
            case "language":
                return self.pick(LANGUAGES)
            case "address":
                return self.pick(ADDRESSES)
            case "zone":
                return self.pick(ZONES)
            case _:
                return getattr(self, shape.kind)()

    def value(self, shape: Shape) -> Any:  # noqa: ANN401
        if shape.unsure and self.chance(15):
            return self.pick(shape.unsure)
        if not shape.many:
            return self.one(shape)
        found = self.some(shape.least, lambda: self.one(shape))
        return found[0] if shape.alone and len(found) == 1 and self.chance(50) else found

    def record(self, model: type[Record], **given: Any) -> Any:  # noqa: ANN401
        before = self.internal, self.solid
        node = Node(model)
        fields = shapes(model)
        if "internal" in fields and "internal" not in given and self.chance(12):
            given["internal"] = self.internal = True
        if issubclass(model, Prepared):  # internal by nature
            self.internal = True
        chosen = {
            name: item
            for name, item in fields.items()
            if item[1] or name in given or self.chance(OPTIONAL)
        }
        self.solid = (
            self.solid
            or (model is Statement and "strength" in chosen)
            or (model is Entry and bool({"status", "turned_out"} & chosen.keys()))
            or model is Outcome
        )
        try:
            for name, (shape, required) in chosen.items():
                if name in given:
                    node[name] = given[name]
                elif name != "internal":
                    self.field(node, name, shape, required=required)
        finally:
            self.internal, self.solid = before
        return self.mended(node)

    def field(self, node: Node, name: str, shape: Shape, *, required: bool) -> None:
        before = self.solid, self.after, self.internal
        self.internal = self.internal or name in OF_OUR_HOUSE
        self.solid = self.solid or (node.model is Meeting and name in _PAGE_ONE)
        self.after = self.said if name == "due" and node.model is Statement else None
        try:
            summary = (
                required
                and shape.kind == "record"
                and not shape.unsure
                and "internal" in shapes(shape.model)
            )
            node[name] = (
                self.record(shape.model, internal=False, text=self.text(8))
                if summary
                else self.in_order(self.value(shape))
            )
        except _Nothing:
            if required:
                raise
        finally:
            self.solid, self.after, self.internal = before

    @staticmethod
    def in_order(value: Any) -> Any:  # noqa: ANN401
        """Return what has dates oldest first."""
        if not isinstance(value, list) or not any(isinstance(item, Node) for item in value):
            return value
        return sorted(
            value, key=lambda item: _first_day(item) if isinstance(item, Node) else date.min
        )

    def mended(self, node: Node) -> Any:  # noqa: ANN401
        """Return the record with what several fields must agree on."""
        model = node.model
        if model is Entry:
            self.entry(node)
        if model is Forecast:
            for item in node.get("history", ()):
                item.pop("status", None)
                item.pop("parties", None)
                item.pop("due", None)
        if model is Correction:
            self.correction(node)
        self.of_meeting(node)
        self.of_agreement(node)
        if model is NextStep and not node.get("by") and "who" not in node:
            node["who"] = self.quote()
        if model is Statement:
            self.statement(node)
        if model is Statement and "id" in node:
            self.pool.setdefault("statement", []).append(node["id"])
        if (
            model is Organisation
            and {"since", "predecessor"} & node.keys()
            and "source" not in node
        ):
            node["source"] = self.citation()
        return node["body"] if model is Body and len(node) == 1 and self.chance(70) else node

    def of_meeting(self, node: Node) -> None:
        """Let what a meeting says of itself agree."""
        if node.model is Meeting:
            self.meeting(node)
        if node.model is Participants:
            self.participants(node)

    def of_agreement(self, node: Node) -> None:
        """Let acts be of its parties, one of each, and entry into force follow from them."""
        if node.model is Period:
            for name in [name for name in node if name != "days"]:
                del node[name]
            node.setdefault("days", 30)
        if node.model is ForceRule and not node.keys() & {"instruments", "of"}:
            node["instruments"] = 2
        if node.model is InForce and "rule" in node:
            node.pop("date", None)
        elif node.model is InForce:
            node.setdefault("date", "not verified")
        if node.model is Agreement:
            self.acts(node)

    def acts(self, node: Node) -> None:
        """Let each act be by another one of its parties, and bind it or be a reservation."""
        parties = node["parties"] if isinstance(node["parties"], list) else [node["parties"]]
        named = list(dict.fromkeys(parties))
        node["acts"] = node.get("acts", [])[: len(named)]
        for act, name in zip(node["acts"], named, strict=False):
            act["parties"] = name
            act["what"] = self.pick(
                ("signed", "ratified", "acceded", "applied provisionally", "reserved", "objected")
            )
            act.pop("effective", None)
        force = node["in_force"]
        if isinstance(force, Node) and "rule" in force and "of" in force["rule"]:
            force["rule"]["of"] = named[0]

    @staticmethod
    def meeting(node: Node) -> None:
        """Let it have a place, unless they met apart, and then no city; or be called off."""
        if node["evidence"] != "announced":
            node.pop("called_off", None)
        place, apart = node.get("place"), node.get("form") in APART
        if place is None and not apart:
            node["place"] = "not verified"
        elif isinstance(place, Node) and apart:
            place.pop("city", None)
        elif isinstance(place, Node):
            place.setdefault("city", "A city")

    def participants(self, node: Node) -> None:
        """Let its list be read to its end or not, or not be whole in the document itself."""
        if "list" in node:
            node.pop("complete", None)
        else:
            node.setdefault("complete", self.chance(50))
        if node.get("list") == "not given":
            node.pop("bodies", None)

    def correction(self, node: Node) -> None:
        """Let it be printed somewhere, and have been found after it was said."""
        if "report" in node or not node.get("about"):
            node["report"] = self.pick(("series", "ledger"))
        if When.parse(node["since"]).surely_after(When.parse(node["on"])):
            node["since"], node["on"] = node["on"], node["since"]

    def statement(self, node: Node) -> None:
        """Let a matter have one status on a day, and no status contradict its own dates."""
        if {"strength", "history", "same_as"} & node.keys() and "id" not in node:
            node["id"] = self.new("part")
        for link in ("repeats", "same_as"):
            if link in node and node[link] == node.get("id"):
                del node[link]
        self.lines(node)
        bound, missed = {"due", "same_as"} & node.keys(), False
        for item in node.get("history", ()):
            if not isinstance(item, Node) or "date" not in item or "status" not in item:
                continue
            if bound and item["status"] in {"missed", "slipped"}:
                item["status"] = "open"
            if missed and item["status"] == "slipped":
                item["status"] = "missed"
            missed |= item["status"] == "missed"
            if not self.agrees(item):
                del item["status"]
        self.moved(node)

    def moved(self, node: Node) -> None:
        """Let what slips be moved, each time, to a later day, and nothing else be moved."""
        year = 2100
        for item in node.get("history", ()):
            if item.get("status") != "slipped":
                item.pop("due", None)
            elif "due" in item:
                item["due"], year = str(year), year + 1

    def lines(self, node: Node) -> None:
        """Let the lines of a history tell of those who owe a promise, or of some of them."""
        by = node["by"] if isinstance(node["by"], list) else [node["by"]]
        for item in node.get("history", ()):
            item.pop("turned_out", None)
            if "parties" in item:
                chosen = [name for name in dict.fromkeys(by) if self.chance(50)]
                item["parties"] = chosen or by[0]

    def agrees(self, node: Node) -> bool:
        """Return whether nothing else of the project has another status on that day."""
        return self.only(node["date"], node["status"])

    def only(self, when: str, status: str) -> bool:
        return self.days.setdefault(When.parse(when).last, status) == status

    def tracks(self, node: Node) -> Iterator[str]:
        """Yield the tracks of a programme that a statement may be about."""
        for track in node.get("tracks", ()):
            out = track.get("outcome", {"result": "none"})
            if out["result"] != "done" or self.only(out["date"], "met"):
                yield f"{node['id']}#{track['id']}"

    def entry(self, node: Node) -> None:
        if "date" in node or "checked" not in node:
            node.pop("checked", None)
            node.setdefault("date", self.when())
            if "self_reported" in node and self.chance(50):  # then it needs no source
                node.pop("source", None)
                if node.get("status", "open") not in OF_ITSELF:
                    node["status"] = "in progress"
            elif "source" not in node:
                self.solid, before = (
                    self.solid or bool({"status", "turned_out"} & node.keys()),
                    self.solid,
                )
                node["source"] = self.citation()
                self.solid = before
        else:
            node.setdefault("where", "pages of both offices")
            if "status" in node:
                node["status"] = "not verified"
            if "turned_out" in node:
                node["turned_out"] = "not known"

    # The project

    def project(self) -> Sample:
        files: dict[str, Any] = {}
        sides = [
            self.record(shapes(Project)["sides"][0].model, id=self.new("side"))
            for _ in range(1 + self.below(3))
        ]
        areas = [
            self.record(shapes(Project)["areas"][0].model, id=self.new("area"))
            for _ in range(1 + self.below(2))
        ]
        phrases = [
            self.record(shapes(Project)["phrases"][0].model, id=self.new("phrase"))
            for _ in range(self.below(2))
        ]
        settings = self.record(Project, sides=sides, areas=areas, phrases=phrases, language="en")
        if isinstance(own := settings.get("own_sides"), list):
            settings["own_sides"] = list(dict.fromkeys(own))
        files["project.yaml"] = settings
        models = {kind.name: kind for kind in KINDS}
        numbers = sorted(
            {
                self.pick((1, 2, 3, 4, 5, 8, 12, 100, 9999)) if self.chance(15) else turn + 1
                for turn in range(self.pick((1, 2, 2, 3, 3, 4, 0)))
            }
        )
        own = {number: f"talk-{number}" for number in numbers if self.chance(10)}
        self.pool["meeting"] = [own.get(number, f"meeting-{number:02}") for number in numbers]
        counts = {
            "document": 1 + self.below(4),
            "organisation": 1 + self.below(4),
            "person": self.below(3),
            "subject": 1 + self.below(3),
        }
        counts |= {
            "policy": self.below(3),
            "agreement": self.pick((1, 0, 2, 3)),
            "programme": self.pick((1, 0, 2)),
            "disagreement": self.below(3),
            "correction": self.below(3),
        }
        days = sorted((self.when() for _ in numbers), key=lambda day: When.parse(day).last)
        made: dict[str, list[tuple[str, Any]]] = {}
        for kind, count in counts.items():
            made[kind] = []
            for _ in range(count):
                node = self.named(models[kind].model, kind, first=not made[kind])
                made[kind].append((node["id"], node))
            if not models[kind].own_file and (made[kind] or self.chance(0)):
                files[f"{models[kind].plural}.yaml"] = [node for _, node in made[kind]]
            elif models[kind].own_file:
                files |= {f"{models[kind].plural}/{name}.yaml": node for name, node in made[kind]}
        for number, day in zip(numbers, days, strict=True):
            self.said = When.parse(day).first
            last = number == numbers[-1]
            day = "not verified" if last and self.chance(15) else day  # noqa: PLW2901 (of this one)
            node = self.record(Meeting, number=number, date=day, id=own.get(number, ""))
            del node["number" if number in own else "id"]
            files[f"meetings/{own.get(number, f'{number:02}')}.yaml"] = node
        if self.chance(50):
            self.review(files)
        return Sample(files, self.below(2**16), self.texts)

    def review(self, files: dict[str, Any]) -> None:
        """Let much have been reviewed, and some of that have changed since."""
        chosen = Random(self.below(2**16))  # noqa: S311 (of a test)
        for name, data in files.items():
            for node in data if isinstance(data, list) else [data]:
                if name == "project.yaml":
                    continue
                for way, part in parts(node.model.model_validate(node)):
                    if can_be_reviewed(part) and chosen.random() < REVIEWED:
                        digest = digest_of(part) if chosen.random() < REVIEWED else STALE
                        found = {"by": "K. Sato", "on": "2026-05-01", "digest": digest}
                        at(node, way)["reviewed"] = found

    def named(self, model: type[Record], kind: str, *, first: bool) -> Node:
        """Return a record with a new id, which nothing in it names: there are no cycles."""
        given = {"standing": "official"} if model is Document and first else {}
        name = self.new(kind)
        if model is not Document:
            self.pool[kind].remove(name)
        node: Node = self.record(model, id=name, **given)
        if model is Document:
            self.documents[name] = node
        else:
            self.pool[kind].append(name)
        if model is Programme:
            self.pool.setdefault("track", []).extend(self.tracks(node))
        return node


def _first_day(node: Node) -> date:
    written = next((node[name] for name in ("date", "checked", "stated") if name in node), None)
    try:
        return When.parse(written).first if written else date.min
    except ValueError:
        return date.min


def at(data: Any, way: Way) -> Any:  # noqa: ANN401 (plain data)
    """Return what stands at a place; a list of one may be written without its dash."""
    for step in way:
        if isinstance(step, str) or isinstance(data, list):
            data = data[step]
    return data


@st.composite
def projects(draw: st.DrawFn, *, printable: bool = False) -> Sample:
    """Return valid projects; ``printable`` ones have only characters that the fonts can draw."""
    return _Maker(draw, printable=printable).project()


def days(sample: Sample) -> st.SearchStrategy[date]:
    """Return days before, on, between and after all that is in the project."""
    found = {date.min, date(1950, 6, 1), date(2023, 6, 30), date(2026, 6, 1), date.max}
    for node in sample.of(Meeting):
        if node["date"] == "not verified":
            continue
        when = When.parse(node["date"])
        found |= {
            when.first,
            when.last,
            min(date.max - timedelta(days=1), when.last) + timedelta(days=1),
        }
    return st.sampled_from(sorted(found))

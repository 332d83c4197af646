"""What a part of a record may say in a key, or at the end of a text, in place of in fields.

An entry of a history may have its day as the key of its text, with its status (``2023-06-13 met``,
``checked 2024-01-10``), and a text may end with its sources in brackets. Whatever reads or edits a
record finds a field for each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, get_args

from reporter.problems import Problem, quoted
from reporter.records.reader import Mark
from reporter.records.spans import Short, Span
from reporter.records.statements import TurnedOut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reporter.records.reader import Path_, Plain, Source

HISTORY = "history"
# The fields of a record in which texts may end with their sources.
CITED = frozenset(
    {"announced", "purpose", "bottom_line", "agreed", "next_steps", "new", "statements", "firsts"}
    | {"events", "forecasts", "summary", "acts", "in_force", "content", "undertakings", "links"}
    | {"commentary"}
)
DATED_PATTERN = r"^(checked )?(\.\./)?[0-9]{4}"
_DATED = re.compile(
    r"(?P<checked>checked )?(?P<date>(\.\./)?[0-9]{4}[-0-9/]*)"
    r"( (?P<status>(?!\(inferred\)).+?))?( (?P<inferred>\(inferred\)))?"
)
_ENDED = re.compile(
    r"(?P<text>.*\S)\s+\[\s*(?P<source>[^\s,\[\]]+(\s*,\s*[^\s,\[\]]+)*)\s*\]", re.DOTALL
)
_CUT_OFF = re.compile(r"\s\[([^\s,\[\]]+\s*,\s*)+$")
_OUTCOMES = frozenset(get_args(TurnedOut))


class _KeyTold(NamedTuple):
    """A field that a key tells, and where in the key."""

    name: str
    value: Plain
    start: int
    end: int


def inline(source: Source) -> Source:
    """Return a file of a record with a field for all that its keys and ends of texts say."""
    if not isinstance(source.data, dict):
        return source
    reader = _InlineReader(source)
    found = {name: reader.value((name,)) for name in source.data if name in CITED}
    data = dict(source.data)
    mark = source.mark.holding(dict(source.mark.children))
    for name, (value, place) in found.items():
        data[name], mark.children[name] = value, place
    return replace(source, data=data, mark=mark, faults=(*source.faults, *reader.faults))


def plain(data: Plain) -> Plain:
    """Return a record with what ends texts in fields."""
    if not isinstance(data, dict):
        return data
    return {name: _plain(each) if name in CITED else each for name, each in data.items()}


def _plain(value: Plain) -> Plain:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Plain] = {name: _plain(each) for name, each in value.items()}
    if cited := ends_with_sources(found):
        found["text"], sources = cited
        found["source"] = sources
    return found


def mark_inline(root: Span, text: str) -> None:
    """Give the values in the text of a file a place for all that keys and ends of texts say."""
    for name in CITED & {str(name) for name in root.children}:
        _mark_inside(root.children[name], text, is_history=False)


def key_of(told: Mapping[str, Plain]) -> str:
    """Return the key that tells of an entry what is given; nothing where none does."""
    fields = {name: each for name, each in told.items() if each is not None}
    checked, date = fields.get("checked"), fields.get("date")
    parts = [f"checked {checked}" if checked else str(date or "")]
    parts += [str(fields[name]) for name in ("status", "turned_out") if name in fields]
    parts += ["(inferred)"] if fields.get("inferred") is True else []
    key = " ".join(parts)
    return key if {one.name: one.value for one in _dated(key)} == fields else ""


def ended(text: Plain, sources: Plain, written: str = "") -> str:
    """Return a text that ends with its sources, as they are written if they are.

    Nothing where that is not read so.
    """
    listed = sources if isinstance(sources, list) else [sources]
    end = written or f"[{', '.join(map(str, listed))}]"
    found = f"{str(text).rstrip()} {end}"
    match = _ENDED.fullmatch(found)
    is_read = match and match["text"] == str(text).rstrip() and _split(match["source"]) == listed
    return found if is_read else ""


def ends_with_sources(part: Mapping[str, Plain]) -> tuple[str, list[Plain]] | None:
    """Return the text of a part that ends with its sources, and these."""
    text = part.get("text")
    found = (
        _ENDED.fullmatch(text.strip()) if isinstance(text, str) and "source" not in part else None
    )
    if not found:
        return None
    return found["text"], _split(found["source"])


def _dated(key: str) -> list[_KeyTold]:
    """Return what the key of an entry tells of it; nothing where it begins with no day."""
    found = _DATED.fullmatch(key)
    if not found:
        return []
    status = "turned_out" if found["status"] in _OUTCOMES else "status"
    named = {
        "date": ("checked" if found["checked"] else "date", found["date"]),
        "status": (status, found["status"]),
        "inferred": ("inferred", True),
    }
    return [
        _KeyTold(*named[name], found.start(name), found.end(name))
        for name in named
        if found[name] is not None
    ]


def _of_entry(entry: Mapping[str, Plain]) -> str:
    """Return the key of an entry that is the day of its text; nothing where it has a ``text``."""
    if "text" in entry:
        return ""
    found = [
        name for name, each in entry.items() if isinstance(each, str | None) and _dated(str(name))
    ]
    return str(found[0]) if len(found) == 1 else ""


def _split(sources: str) -> list[Plain]:
    return [each.strip() for each in sources.split(",")]


# Plain data, and marks


class _InlineReader:
    """Finds fields in keys and texts, and what is said twice."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Problem] = []

    def value(self, way: Path_) -> tuple[Plain, Mark]:
        """Return a field of the record, and where all in it stands."""
        data, mark = self.source.data, self.source.mark
        assert isinstance(data, dict)  # noqa: S101 (it is a record)
        return self._value(data[str(way[0])], mark.children[way[0]], way)

    def _value(self, value: Plain, mark: Mark, way: Path_) -> tuple[Plain, Mark]:
        if isinstance(value, list):
            items = [
                self._value(each, mark.children[at], (*way, at)) for at, each in enumerate(value)
            ]
            return [each for each, _ in items], mark.holding(dict(enumerate(m for _, m in items)))
        if isinstance(value, dict):
            return self._part(value, mark, way)
        return value, mark

    def _part(self, value: dict[str, Plain], mark: Mark, way: Path_) -> tuple[Plain, Mark]:
        dated = _of_entry(value) if HISTORY in way[-2:-1] else ""
        found: dict[str, Plain] = {}
        children: dict[str | int, Mark] = {}
        for name, each in value.items():
            inside, place = self._value(each, mark.children[name], (*way, name))
            if name == dated:
                self._check_once(name, value, way)
                found |= {told.name: told.value for told in _dated(name)}
                children |= {told.name: _in_key(place, told.start) for told in _dated(name)}
            field = "text" if name == dated else name
            found[field], children[field] = inside, place
        if cited := ends_with_sources(found):
            found["text"], sources = cited
            found["source"], children["source"] = sources, _source(children["text"])
        elif _CUT_OFF.search(str(found.get("text", ""))):
            message = "the brackets at the end of this text are not closed"
            hint = "' #' begins a comment: write '[s22,#5]' without a blank, or quote the text"
            self.faults.append(self.source.problem((*way, dated or "text"), message, hint))
        return found, mark.holding(children)

    def _check_once(self, key: str, entry: dict[str, Plain], way: Path_) -> None:
        for told in _dated(key):
            if told.name in entry:
                message, hint = f"{quoted(told.name)} stands twice", f"{quoted(key)} says it, too"
                where = (*way, told.name)
                self.faults.append(self.source.problem(where, message, hint, of_key=True))


def _in_key(text: Mark, offset: int) -> Mark:
    line, column = text.key or (text.line, text.column)
    return Mark(line, column + offset, (line, column + offset))


def _source(text: Mark) -> Mark:
    """Return where the sources stand that end a text, and each of them."""
    places = text.end or ((text.line, text.column),)
    return Mark(*places[0], children={at: Mark(*place) for at, place in enumerate(places)})


# Places in a text


def _mark_inside(span: Span, text: str, *, is_history: bool) -> None:
    for name, child in span.children.items():
        if is_history and child.style in {"map", "{"}:
            _mark_dated(child, text)
        _mark_inside(child, text, is_history=name == HISTORY)
    if span.style in {"map", "{"}:
        _mark_cited(span, text)


def _mark_dated(entry: Span, text: str) -> None:
    key = _of_entry(
        {str(k): each.value if each.is_text else [] for k, each in entry.children.items()}
    )
    if not key:
        return
    said = entry.children[key]
    span = key_span(key, said, text)
    told = _dated(key)
    first = span.start + len(span.style)
    children: dict[str | int, Span] = {}
    for name, child in entry.children.items():
        if name == key:
            for one in told:
                place = first + one.start, first + one.end
                children[one.name] = Span(*place, "", said.column, key=said.key)
        children["text" if name == key else name] = child
    entry.children = children
    entry.short = Short({one.name: one.value for one in told}, span, said)


def key_span(key: str, said: Span, text: str) -> Span:
    """Return where the key of a text stands."""
    start, end = said.key or (0, 0)
    style = text[start] if text[start] in "'\"" else ""
    return Span(start, end, style, said.column, key, said.key)


def _mark_cited(part: Span, text: str) -> None:
    said = part.children.get("text")
    if said is None or not said.is_text or "source" in part.children:
        return
    cited = ends_with_sources({"text": said.value})
    if cited is None:
        return
    own, sources = cited
    span = Span(text.rfind("[", said.start, said.end), said.end, "[", said.column, key=said.key)
    span.children = dict(enumerate(_each(sources, span.start, text)))
    short = part.short or Short({}, key_span("text", said, text), said)
    part.short = replace(short, sources=sources, written=said.value.strip()[len(own) :].strip())
    children: dict[str | int, Span] = {}
    for name, child in part.children.items():
        children[name] = child
        if name == "text":
            children |= {name: replace(child, end=span.start, value=own), "source": span}
    part.children = children


def _each(sources: list[Plain], begin: int, text: str) -> Iterator[Span]:
    for source in sources:
        begin = text.index(str(source), begin)
        yield Span(begin, begin + len(str(source)), "", 0, str(source))
        begin += len(str(source))

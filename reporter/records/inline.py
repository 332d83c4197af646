"""What a part of a record may say in a key, or at the end of a text, in place of in fields.

An entry of a history may have its day as the key of its text, with its status (``2023-06-13 met``,
``checked 2024-01-10``), and a text may end with its sources in brackets. Whatever reads or edits a
record finds a field for each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, get_args

from reporter.problems import quoted
from reporter.records.spans import Short, Span
from reporter.records.statements import TurnedOut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reporter.problems import Problem
    from reporter.records.reader import Plain, Source

HISTORY = "history"
# The fields of a record in which texts may end with their sources.
CITED = frozenset(
    {
        "announced",
        "called_off",
        "purpose",
        "bottom_line",
        "agreed",
        "next_steps",
        "new",
        "statements",
        "firsts",
    }
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
_IN_BRACKETS = re.compile(r"[^\s,\[\]]+")
_CUT_OFF = re.compile(r"\s\[([^\s,\[\]]+\s*,\s*)+$")
_OUTCOMES = frozenset(get_args(TurnedOut))


class _KeyTold(NamedTuple):
    """A field that a key tells, and where in the key."""

    name: str
    value: str | bool
    start: int
    end: int


def inline(source: Source) -> Iterator[Problem]:
    """Give a file of a record a field for all that its keys and ends of texts say.

    Yields a problem for what is said twice, or cut off.
    """
    for name, child in source.root.children.items():
        if name in CITED:
            yield from _write_out(source, child, is_history=False)


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
    if "source" not in found and (cited := _ends_with_sources(found.get("text"))):
        found["text"], found["source"] = cited
    return found


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


def _ends_with_sources(text: Plain) -> tuple[str, list[Plain]] | None:
    """Return what a text says that ends with its sources, and these."""
    found = _ENDED.fullmatch(text.strip()) if isinstance(text, str) else None
    return (found["text"], _split(found["source"])) if found else None


def sources_in(part: Span) -> tuple[str, list[Plain]] | None:
    """Return the text of a part that ends with its sources, and these."""
    said = part.children.get("text")
    return _ends_with_sources(said.value) if said and "source" not in part.children else None


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


def _key_of_day(entry: Span) -> str:
    """Return the key of an entry that is the day of its text; nothing where it has a ``text``."""
    children = entry.children
    found = [str(name) for name, one in children.items() if one.is_word and _dated(str(name))]
    return found[0] if len(found) == 1 and "text" not in children else ""


def _split(sources: str) -> list[Plain]:
    return [each.strip() for each in sources.split(",")]


def key_span(key: str, said: Span, text: str) -> Span:
    """Return where the key of a text stands."""
    start, end = said.key or (0, 0)
    style = text[start] if text[start] in "'\"" else ""
    return Span(start, end, style, key, said.key)


def _write_out(source: Source, span: Span, *, is_history: bool) -> Iterator[Problem]:
    for name, child in span.children.items():
        if is_history and child.is_mapping:
            yield from _write_out_key(source, child)
        yield from _write_out(source, child, is_history=name == HISTORY)
    if span.is_mapping:
        yield from _write_out_end(source, span)


def _write_out_key(source: Source, entry: Span) -> Iterator[Problem]:
    """Give an entry of a history a field for all that the key of its text says."""
    key = _key_of_day(entry)
    if not key:
        return
    said, told = entry.children[key], _dated(key)
    span = key_span(key, said, source.text)
    first = span.start + len(span.style)
    children: dict[str | int, Span] = {}
    for name, child in entry.children.items():
        if name != key:
            children[name] = child
            continue
        for one in told:
            place = first + one.start, first + one.end
            children[one.name] = Span(*place, "", one.value, said.key)
            if one.name in entry.children:
                message, hint = f"{quoted(one.name)} stands twice", f"{quoted(key)} says it, too"
                twice = entry.children[one.name]
                yield source.problem_at(twice, message, hint, of_key=True)
        children["text"] = child
    entry.children = children
    entry.short = Short({one.name: one.value for one in told}, span, said)


def _write_out_end(source: Source, part: Span) -> Iterator[Problem]:
    """Give a part its sources, where its text ends with them."""
    said, cited = part.children.get("text"), sources_in(part)
    if said and not cited and _CUT_OFF.search(str(said.value)):
        message = "the brackets at the end of this text are not closed"
        hint = "' #' begins a comment: write '[s22,#5]' without a blank, or quote the text"
        yield source.problem_at(said, message, hint)
    if not said or not cited:
        return
    own, sources = cited
    span = _of_sources(said, sources, source.text)
    short = part.short or Short({}, key_span("text", said, source.text), said)
    written = str(said.value).strip()[len(own) :].strip()
    part.short = replace(short, sources=sources, written=written)
    begin = source.text.rfind("[", said.start, said.end)
    children: dict[str | int, Span] = {}
    for name, child in part.children.items():
        children[name] = child
        if name == "text":
            children |= {name: replace(child, end=begin, value=own), "source": span}
    part.children = children


def _of_sources(said: Span, sources: list[Plain], text: str) -> Span:
    """Return where the sources stand that end a text, and each of them."""
    close = text.rfind("]", said.start, said.end)
    begin = max(text.rfind("[", said.start, close), said.start)
    places = [found.span() for found in _IN_BRACKETS.finditer(text, begin, close)]
    if len(places) != len(sources):  # they are written otherwise than they are read
        places = [(said.start, said.end)] * len(sources)
    each = (Span(*place, "", str(one)) for place, one in zip(places, sources, strict=True))
    children: dict[str | int, Span] = dict(enumerate(each))
    return Span(places[0][0], said.end, "[", children=children)

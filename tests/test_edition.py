"""Tests of editions: the public one holds nothing of what is marked internal."""

from __future__ import annotations

from pathlib import Path

from reporter.edition import public
from reporter.library import Library
from reporter.project import load
from reporter.records.meeting import Meeting

ROOT = Path(__file__).parent.parent


def library(edit: dict[int, dict[str, object]]) -> Library:
    """Return the real library with some statements of meeting 8 changed, by their position."""
    contents = load(ROOT)
    records = []
    for loaded in contents.records:
        record = loaded.record
        if isinstance(record, Meeting) and record.number == 8:
            items = tuple(item.model_copy(update=edit.get(index, {})) for index, item in enumerate(record.statements.items))
            record = record.model_copy(update={"statements": record.statements.model_copy(update={"items": items})})
        records.append(record)
    return Library(contents.settings, tuple(records))


def test_without_internal_parts_nothing_changes() -> None:
    """A library in which nothing is internal is its own public edition."""
    whole = library({})
    assert public(whole).records == whole.records


def test_an_internal_statement_is_gone() -> None:
    """The public edition has every statement but the internal one."""
    whole = library({0: {"internal": True}})
    before, after = whole.meetings[8].statements.items, public(whole).meetings[8].statements.items
    assert after == before[1:]


def test_internal_evidence_is_gone() -> None:
    """The public edition keeps the promise and drops the internal line of its history."""
    items = library({}).meetings[8].statements.items
    index = next(index for index, item in enumerate(items) if item.history)
    history = (items[index].history[0].model_copy(update={"internal": True}), *items[index].history[1:])
    whole = library({index: {"history": history}})
    assert public(whole).meetings[8].statements.items[index].history == history[1:]


def test_what_referred_to_an_internal_statement_forgets_it() -> None:
    """Where the statement on the next meeting is internal, what was agreed about it is not verified."""
    items = library({}).meetings[8].statements.items
    index = next(index for index, item in enumerate(items) if item.id == library({}).meetings[8].next)
    assert public(library({index: {"internal": True}})).meetings[8].next == "not verified"

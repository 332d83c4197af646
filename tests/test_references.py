"""Tests of what a record refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from reporter.records import KINDS, Record
from reporter.records.base import Citation, Refers
from reporter.records.references import citations, parts, references
from reporter.records.statements import Entry, Statement

if TYPE_CHECKING:
    from reporter.library import Library
    from reporter.records.project import Contents


def test_references_of_a_meeting(library: Library) -> None:
    """Each field that names a record, with the way to it and what it may name."""
    found = {
        ".".join(map(str, reference.where)): (reference.kinds, reference.id)
        for reference in references(library.meetings[1])
    }
    assert found["place.host"] == (("side", "organisation"), "state-a")
    assert found["document"] == (("document",), "statement-01")
    assert found["cochairs.0.head.person"] == (("person",), "a-envoy")
    assert found["participants.1.bodies.1.body"] == (("organisation",), "b-agency")
    assert found["statements.items.0.subjects.0"] == (("subject",), "lander")
    assert found["statements.items.0.by.0"] == (("side", "organisation"), "state-a")
    assert found["statements.items.0.about.1"][1] == "lander-agreement"
    assert "next" not in found  # not verified names nothing


def test_references_between_statements(library: Library) -> None:
    """A promise that repeats another, and the statement on the next meeting."""
    found = {
        reference.where: reference.id
        for reference in references(library.meetings[2])
        if reference.kinds == ("statement",)
    }
    assert found == {("statements", "items", 0, "repeats"): "c1-02", ("next",): "e2-02"}


def test_citations(library: Library) -> None:
    """Each source, with the way to it; one that is written without a dash too."""
    found = dict(citations(library.meetings[1]))
    assert found["place", "source", 0] == Citation("statement-01", 1)
    assert found["statements", "items", 0, "history", 1, "source", 0] == Citation("news")
    assert len(found) == 11


def test_parts(library: Library) -> None:
    """A record comes first, then what is in it, at any depth."""
    found = [type(part) for _, part in parts(library.meetings[1])]
    assert (found.count(Statement), found.count(Entry)) == (3, 3)
    assert next(iter(parts(library.meetings[1]))) == ((), library.meetings[1])


def test_the_way_leads_to_the_line(contents: Contents) -> None:
    """What refers can be shown at its place in the file."""
    meeting = next(loaded for loaded in contents.records if loaded.kind == "meeting")
    where = next(way for way, citation in citations(meeting.record) if citation.paragraph == 3)
    assert meeting.problem(where, "wrong").line == 39


def marked(annotation: Any) -> bool:  # noqa: ANN401
    """Return whether a type names records somewhere."""
    found = any(isinstance(item, Refers) for item in getattr(annotation, "__metadata__", ()))
    return found or any(marked(argument) for argument in get_args(annotation))


def test_no_reference_is_overlooked() -> None:
    """Each field marked as a reference or holding sources is in the plan of its model."""
    from reporter.records.references import fields_of

    seen: set[type[Record]] = set()

    def look(model: type[Record]) -> None:
        if model in seen:
            return
        seen.add(model)
        for name, field in model.model_fields.items():
            if marked(field.annotation) or any(isinstance(item, Refers) for item in field.metadata):
                assert fields_of(model)[name] is not None, (model, name)
            if name == "source":
                assert name in fields_of(model)
            for inner in nested(field.annotation):
                look(inner)

    for kind in KINDS:
        look(kind.model)
    assert len(seen) >= 25


def nested(annotation: Any) -> set[type[Record]]:  # noqa: ANN401
    """Return the models inside a type."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return {annotation}
    return {found for argument in get_args(annotation) for found in nested(argument)}

"""Tests of order: rings of references, and lists that run oldest first.

The messages are in ``tests/broken/``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.records.oldest_first import Edges, _rings
from reporter.records.project import load
from reporter.records.relevance import sort_problems

if TYPE_CHECKING:
    from pathlib import Path

NODES = st.sampled_from("abcde")
GRAPHS = st.dictionaries(NODES, st.lists(NODES, unique=True, max_size=4), max_size=5)


def edges(graph: dict[str, list[str]]) -> Edges:
    """Return a graph in the form for finding rings; where an edge comes from is irrelevant here."""
    return {node: dict.fromkeys(targets) for node, targets in graph.items()}  # type: ignore[misc]


def leads_back(graph: dict[str, list[str]]) -> bool:
    """Return whether some node can reach itself, by trying all ways."""

    def reach(node: str) -> set[str]:
        found: set[str] = set()
        rest = list(graph.get(node, []))
        while rest:
            if (target := rest.pop()) not in found:
                found.add(target)
                rest += graph.get(target, [])
        return found

    return any(node in reach(node) for node in graph)


@given(GRAPHS)
def test_rings_are_found_where_there_are_any(graph: dict[str, list[str]]) -> None:
    """Each ring found is one, none is found twice, and at least one is found if there is any."""
    rings = list(_rings(edges(graph)))
    assert all(
        target in graph[node]
        for ring in rings
        for node, target in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    assert bool(rings) == leads_back(graph)
    assert len({frozenset(zip(ring, [*ring[1:], ring[0]], strict=True)) for ring in rings}) == len(
        rings
    )


def test_a_ring_begins_where_it_is_entered() -> None:
    """What only leads to a ring is no part of it."""
    assert list(_rings(edges({"x": ["a"], "a": ["b"], "b": ["a"], "y": ["b"]}))) == [["a", "b"]]


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2022-05-01", True),
        ("2022", True),
        ("2023-06-01", False),
        ("2023", False),
        ("2026-01", False),
    ],
)
def test_meetings_that_are_out_of_order(project: Path, date: str, *, told: bool) -> None:
    """A meeting surely earlier than the one numbered just before it is a warning, at its date."""
    path = project / "data" / "meetings" / "02.yaml"
    text = re.sub(r"(?m)^date: .*", f"date: {date}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("\ndate:") + 1].count("\n") + 1
    contents = load(project)
    found = [problem for problem in sort_problems(contents, None) if problem.severity == "warning"]
    first = next(
        item.record.date  # type: ignore[attr-defined]
        for item in contents.records
        if item.facts.id == "meeting-01"
    )
    message = f"meeting 2 lies before meeting 1, of {first.first}"
    assert [(problem.path, problem.line, problem.message) for problem in found] == (
        [(path, line, message)] if told else []
    )


def test_only_neighbours_are_compared(project: Path) -> None:
    """A slip in one year is told once, and not of every meeting after it."""
    meetings = project / "data" / "meetings"
    text = (meetings / "02.yaml").read_text(encoding="utf-8").partition("statements:")[0]
    for number, year in ((3, 2039), (4, 2027), (5, 2028), (9, 2029)):
        made = re.sub(
            r"(?m)^number: .*", f"number: {number}", re.sub(r"(?m)^date: .*", f"date: {year}", text)
        )
        (meetings / f"{number:02}.yaml").write_text(
            f"{made}statements: {{complete: false}}\n", encoding="utf-8"
        )
    found = [
        problem.path
        for problem in sort_problems(load(project), None)
        if "lies before" in problem.message
    ]
    assert found == [meetings / "04.yaml"]

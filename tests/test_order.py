"""Tests of order: rings of references, and lists that run oldest first; the messages are in ``tests/broken/``."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reporter.records.order import Edges, _rings

NODES = st.sampled_from("abcde")
GRAPHS = st.dictionaries(NODES, st.lists(NODES, unique=True, max_size=4), max_size=5)


def edges(graph: dict[str, list[str]]) -> Edges:
    """Return a graph in the form in which rings are sought; from where an edge comes does not matter here."""
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
    """Each ring that is found is one, none is found twice, and none is found only where there is none."""
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

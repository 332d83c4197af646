"""What is recorded stands somewhere: on a page, or in its record for other programs."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import VALID
from reading import words

from reporter.choice import Choice
from reporter.reports import selection
from reporter.reports.common.context import Context
from reporter.reports.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.library import Library
    from reporter.reports.views import Report

DAY = date(2026, 6, 30)
TEXTS = frozenset(
    {"text", "short", "quote", "claim", "fact", "value", "used", "why", "publisher"}
    | {"title", "name", "post"}
)
"""The fields that hold what somebody wrote to be read, some of them in several languages."""
PARTS = {"history", "values", "versions", "milestones", "tracks", "cochairs", "predecessor"}
"""What the small project has some of, so that nothing is passed over unseen."""


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401 (as YAML has it)
    """Yield what is written to be read in a record."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in TEXTS and isinstance(inner, str | dict):
                yield from inner.values() if isinstance(inner, dict) else [inner]
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@pytest.fixture(scope="module")
def printed() -> str:
    """Return all records of all reports, as text."""
    planned = plan(VALID, Choice(), DAY, asked=True)
    whole = [task.report for task in planned.tasks(words("en"))]
    bodies = [planned_of(planned.library, "body", (name,)) for name in planned.library.bodies]
    return "\n".join(
        json.dumps(report.model_dump(mode="json"), ensure_ascii=False)
        for report in (*whole, *bodies)
    )


def planned_of(library: Library, kind: str, arguments: tuple[str, ...]) -> Report:
    """Return one report of the library."""
    chosen = selection(library, kind, arguments, DAY)
    return chosen.view(Context.on(library, DAY, words("en"), asked=True))


@pytest.mark.parametrize(
    "path", sorted((VALID / "data").rglob("*.yaml")), ids=lambda path: path.stem
)
def test_every_text_of_every_record_is_in_some_report(path: Path, printed: str) -> None:
    """Every evidence, milestone, disagreement and event, not only the newest."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [
        text for text in texts(written) if json.dumps(text, ensure_ascii=False)[1:-1] not in printed
    ] == []


def test_the_third_of_three_sources_is_in_the_report(project: Path) -> None:
    """Whatever it is the source of: a page cites two, its record has all."""
    path = project / "data" / "programmes" / "lander.yaml"
    text = path.read_text(encoding="utf-8")
    three = "[news, blog, agreement-text]"
    path.write_text(
        text.replace("text: Launched, source: news", f"text: Launched, source: {three}"), "utf-8"
    )
    chosen = plan(project, Choice(), DAY, asked=True)
    report = planned_of(chosen.library, "programme", ("lander",))
    ids = [entry.id for entry in (*report.sources, *getattr(report, "further", ()))]
    assert {"news", "blog", "agreement-text"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_small_project_has_some_of_everything() -> None:
    """What is not there cannot be missed."""
    found: set[str] = set()
    waiting: list[Any] = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in VALID.rglob("*.yaml")
    ]
    while waiting:
        value = waiting.pop()
        found |= set(value) if isinstance(value, dict) else set()
        waiting += (
            value.values() if isinstance(value, dict) else value if type(value) is list else ()
        )
    assert PARTS - found == set()

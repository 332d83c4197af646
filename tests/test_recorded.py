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
from reporter.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 6, 30)
TEXTS = frozenset({"text", "short", "quote", "claim"})
"""The fields that hold what somebody wrote to be read."""


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401 (as YAML has it)
    """Yield what is written to be read in a record."""
    if isinstance(value, dict):
        yield from (text for name, text in value.items() if name in TEXTS and isinstance(text, str))
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@pytest.fixture(scope="module")
def printed() -> str:
    """Return all records of all reports, as text."""
    tasks = plan(VALID, Choice(), DAY, asked=True).tasks(words("en"))
    return "\n".join(
        json.dumps(task.report.model_dump(mode="json"), ensure_ascii=False) for task in tasks
    )


@pytest.mark.parametrize(
    "path", sorted((VALID / "data").rglob("*.yaml")), ids=lambda path: path.stem
)
def test_every_text_of_every_record_is_in_some_report(path: Path, printed: str) -> None:
    """Every evidence, milestone, disagreement and event, not only the newest."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [
        text for text in texts(written) if json.dumps(text, ensure_ascii=False)[1:-1] not in printed
    ] == []

"""What a field is for is said on the terminal, and written down for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from reporter.desk.fields import explained, write_fields, written
from reporter.problems import ReporterError
from reporter.records import KINDS, Project

if TYPE_CHECKING:
    from pathlib import Path


def test_a_field_with_parts_names_them() -> None:
    """What it is for, what it takes, an example that can be copied, and its parts."""
    told = "\n".join(explained("meeting.place"))
    assert told.startswith("meeting.place: Where it is held")
    assert "for example: {city: " in told
    assert "  city" in told
    assert "  host" in told


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("meeting.evidence", "takes 'full', 'partial' or 'announced'; needed"),
        ("meeting.statements.items.due", "takes a date; may be left out"),
        ("document.language", "takes the code of a language or a list of them; needed"),
        ("meetings.number", "takes a whole number from 1 to 9999; may be left out"),
        ("project.sides.id", "takes an id; needed"),
    ],
)
def test_it_says_what_a_field_takes(path: str, said: str) -> None:
    """In words, through lists and parts, by the name of the kind or of its files."""
    assert said in [line.strip() for line in explained(path)]


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("meeting.plase", "there is no field 'plase'", "did you mean 'place'?"),
        ("metting", "there is no record 'metting'", "did you mean 'meeting'?"),
        ("meeting.number.x", "there is no field 'x'", "what stands before it has no fields"),
    ],
)
def test_a_field_that_is_not_there(path: str, message: str, hint: str) -> None:
    """The one that was meant is named."""
    with pytest.raises(ReporterError) as caught:
        explained(path)
    (problem,) = caught.value.problems
    assert problem.message == message
    assert hint in problem.hint


@pytest.mark.parametrize("kind", [*(kind.name for kind in KINDS), "project"])
def test_every_field_of_every_kind_is_explained(kind: str) -> None:
    """None without what it takes."""
    model = next((each.model for each in KINDS if each.name == kind), Project)
    for name in model.model_fields:
        first, takes, *_ = explained(f"{kind}.{name}")
        assert first.startswith(f"{kind}.{name}")
        assert takes.startswith("  takes ")


def test_of_no_field_it_says_what_each_kind_is_for() -> None:
    """A line each, with its name, which can be asked for next."""
    told = dict(line.split(maxsplit=1) for line in explained(""))
    assert told.keys() >= {"project", "series", *(kind.name for kind in KINDS)}
    assert told["meeting"] in explained("meeting")[0]


def test_the_list_of_this_project_is_of_today() -> None:
    """Where a field came, went or changed, `reporter schema` writes it anew."""
    assert (TESTS.parent / "data" / "FIELDS.md").read_text(encoding="utf-8") == written()


def test_all_fields_are_written_down(tmp_path: Path) -> None:
    """As tables, with the parts of a record under it."""
    (tmp_path / "data").mkdir()
    text = write_fields(tmp_path).read_text(encoding="utf-8")
    assert text == written()
    assert "## meeting\n" in text
    assert "### meeting: Place\n" in text
    assert "| `city` |  | a text |" in text

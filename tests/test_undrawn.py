"""Characters that no typeface of the theme has: told by a check, where they stand."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest
from conftest import VALID
from test_glyphs import drawn

from reporter.formats import font, look
from reporter.outputs.whereabouts import placed
from reporter.problems import Problem, sample
from reporter.records.check import check
from reporter.records.project import load
from reporter.records.undrawn import is_usual, undrawn
from reporter.theme import Theme

PERSON = "- {id: envoy, name: {en: Youssef Ben Ali, ar: يوسف بن علي}}\n"
OFFICE = (
    "- {id: fisheries, name: {en: Office of Fisheries, ar: المكتب الوطني للصيد}, side: state-a}\n"
)


def named(project: Path) -> Path:
    """Give a project a person and a body with names in Arabic; a remark in it is no name."""
    for name, line in (("people", PERSON), ("organisations", OFFICE)):
        path = project / "data" / f"{name}.yaml"
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(f"{there}# ملاحظة\n{line}", encoding="utf-8")
    return project


def test_each_name_is_told_where_it_stands(project: Path) -> None:
    """It is a warning: HTML can be built."""
    found = list(undrawn(load(named(project))))
    assert {(problem.path.stem, problem.severity) for problem in found if problem.path} == {
        ("people", "warning"),
        ("organisations", "warning"),
    }
    for problem in found:
        assert problem.path
        line = problem.path.read_text(encoding="utf-8").splitlines()[problem.line - 1]
        assert line[problem.column - 1 :].startswith(("يوسف", "المكتب"))
    assert [warning for warning in check(project).warnings if "typeface" in warning.message] == [
        *found
    ]


def test_a_text_of_the_usual_letters_is_not_told() -> None:
    """Nor is what has them in part, such as a name with Latin and Japanese letters."""
    assert list(undrawn(load(VALID))) == []


def test_a_typeface_of_the_project_has_them(project: Path) -> None:
    """Where it draws every one, nothing is left to tell; where one is missing, that one is."""
    path = project / "data" / "people.yaml"
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(there + PERSON.replace("يوسف بن علي", "بب ي"), encoding="utf-8")
    own = project / "templates"
    own.mkdir()
    (own / "own.ttf").write_bytes(drawn())
    rule = '@font-face { font-family: "Own"; src: url("own.ttf"); }\n'
    (own / "look.css").write_text(rule, encoding="utf-8")
    (found,) = undrawn(load(project))
    assert found.message.endswith("'ي'")


def test_a_sign_is_told_by_name(project: Path) -> None:
    """With what does not show behind it, and a mark that stands on another sign apart from it."""
    path = project / "data" / "people.yaml"
    path.write_text("- {id: envoy, name: {en: A star \u2b50\ufe0f}}\n", encoding="utf-8")
    (found,) = undrawn(load(project))
    assert "'\u2b50" in found.message
    assert "(U+2B50 white medium star, U+FE0F variation selector-16)" in found.message
    assert sample("\u20e3") == "'\u25cc\u20e3' (U+20E3 combining enclosing keycap)"


def test_what_is_taken_for_usual_is_drawn() -> None:
    """By the faces of the default theme: so they need not be opened."""
    theme = Theme.of(VALID)
    there: set[int] = set()
    for face in look.faces(theme):
        there |= font.drawn_by(look.paper_content(face, theme))
    usual = [number for number in range(0x80, 0x30000) if is_usual(chr(number))]
    assert len(usual) > 6000
    lacking = [chr(number) for number in usual if number not in there]
    assert [each for each in lacking if unicodedata.category(each) != "Cc"] == []


@pytest.mark.parametrize(
    ("printed", "place"), [("يوسف بن علي", "people"), ("المكتب الوطني للصيد", "organisations")]
)
def test_what_a_page_has_is_told_at_the_name(tmp_path: Path, printed: str, place: str) -> None:
    """Not at the first text that has one of its letters."""
    project = named(Path(shutil.copytree(VALID, tmp_path / "project")))
    problem = Problem(Path("meeting-01"), "no such letters", characters=printed.replace(" ", ""))
    (found,) = placed([problem], project)
    assert found.path
    assert found.path.stem == place
    line = found.path.read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith(printed)

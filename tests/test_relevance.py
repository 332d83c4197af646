"""Tests of which problems stop a report: those of what it shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from exporting import Exports, forms_of
from reading import context, dialogue, words

from reporter.choice import Choice
from reporter.formats import EXPORTS
from reporter.language import language_of
from reporter.library import Library
from reporter.problems import ReporterError
from reporter.records.agreement import Agreement
from reporter.records.base import Citation
from reporter.records.meeting import Meeting
from reporter.records.project import load
from reporter.records.relevance import _shown, sort_problems
from reporter.reports import records_of, select
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records import Record
    from reporter.reports.views import Report

ROOT = Path(__file__).parent.parent
OTHER = """id: other
short: {en: Other}
title: {en: not verified}
type: exchange of notes
parties: [state-a, state-b]
summary: {text: Notes., source: SOURCE}
signing: not verified
in_force: not applicable
"""


def change(project: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a file of the project."""
    path = project / "data" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def severities(project: Path, *roots: str) -> set[tuple[str, str]]:
    """Return the severity and the message of each problem for a report."""
    return {
        (problem.severity, problem.message)
        for problem in sort_problems(load(project), roots or None)
    }


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("meetings/01.yaml", "verb: committed", "verb: ''"),
        ("meetings/01.yaml", "source: news", "source: newz"),
        ("agreements/lander-agreement.yaml", "in_force: {", "in_force: ["),
        (
            "agreements/lander-agreement.yaml",
            "source: agreement-text}\nin_force",
            "source: zzz}\nin_force",
        ),
        ("programmes/lander.yaml", "due: 2024", "due: 2024-13"),
        (
            "organisations.yaml",
            "Ministry of Foreign Affairs}",
            "Ministry of Foreign Affairs}, zzz: x",
        ),
        ("organisations.yaml", "side: state-a", "side: state-c"),
        ("people.yaml", "name", "nam"),
        ("subjects.yaml", "area: science", "area: scince"),
        ("documents.yaml", "title: Lander on its way", "title: ''"),
        ("documents.yaml", "title: What we hear", "title: ''"),
        ("documents.yaml", "- {id: news", "- {id: [news]"),
        ("documents.yaml", "read: full}", "read: full"),
        ("disagreements.yaml", "source: blog", "source: blg"),
        ("disagreements.yaml", "why: It", "wy: It"),
    ],
)
def test_an_error_in_what_is_shown_stops_the_report(
    project: Path, name: str, old: str, new: str
) -> None:
    """A report shows the meeting and all that it names.

    These are agreements, programmes, bodies, persons, subjects, documents and disagreements.
    """
    change(project, name, old, new)
    found = severities(project, "meeting-01")
    if name == "disagreements.yaml" and new.startswith("wy"):
        assert {severity for severity, _ in found} == {
            "warning"
        }  # it could not be read: whom it is about is not known
    else:
        assert "error" in {severity for severity, _ in found}
    assert {severity for severity, _ in severities(project)} == {"error"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("meetings/02.yaml", "verb: committed", "verb: ''"),
        ("meetings/02.yaml", "source: blog", "source: blg"),
        ("policies.yaml", "date: 2018", "date: 2018-13"),
        ("policies.yaml", "side: state-a", "side: state-c"),
        ("organisations.yaml", "Office for Space}", "Office for Space}, zzz: x"),
        ("documents.yaml", "title: Statement of the Second Meeting", "title: ''"),
        ("documents.yaml", "title: Register of Bodies", "titel: Register of Bodies"),
    ],
)
def test_an_error_elsewhere_is_a_warning(project: Path, name: str, old: str, new: str) -> None:
    """One unfinished record does not stop tonight's paper; a full check fails on it."""
    if "Register" in old:  # cited by the programme's milestones, unless they go
        change(project, "programmes/lander.yaml", "source: register", "source: news")
    change(project, name, old, new)
    assert {severity for severity, _ in severities(project, "meeting-01")} == {"warning"}
    assert {severity for severity, _ in severities(project)} == {"error"}


@pytest.mark.parametrize(
    "text", [OTHER.replace("SOURCE", "nothing"), OTHER.replace("SOURCE", "Not An Id"), "id: [", ""]
)
def test_an_agreement_that_nothing_names(project: Path, text: str) -> None:
    """It is a warning for every meeting, an error for its own report."""
    (project / "data" / "agreements" / "other.yaml").write_text(text, encoding="utf-8")
    assert [severity for severity, _ in severities(project, "meeting-01")] == ["warning"]
    assert [severity for severity, _ in severities(project, "meeting-01", "meeting-02")] == [
        "warning"
    ]
    assert [severity for severity, _ in severities(project, "other")] == ["error"]


def test_a_file_that_cannot_be_read_stops_what_needs_it(project: Path) -> None:
    """If all documents are in one broken file, every report that cites one stops.

    A broken file of people does not stop the others.
    """
    (project / "data" / "people.yaml").write_text("- [", encoding="utf-8")
    assert {severity for severity, _ in severities(project, "meeting-02")} == {"warning"}
    assert {severity for severity, _ in severities(project, "meeting-01")} == {"error"}
    (project / "data" / "documents.yaml").write_text("- [", encoding="utf-8")
    assert {
        message for severity, message in severities(project, "meeting-02") if severity == "error"
    } == {"this is not YAML"}


def test_a_body_without_an_id_stops_only_who_misses_one(project: Path) -> None:
    """A side is not mistaken for a body that was not read."""
    path = project / "data" / "organisations.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + "- {name: {en: Unfinished}}\n", encoding="utf-8"
    )
    assert {severity for severity, _ in severities(project, "meeting-01")} == {"warning"}


def test_a_second_record_of_a_shown_id_stops(project: Path) -> None:
    """Whichever of two is meant, a broken one may be it."""
    path = project / "data" / "organisations.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "- {id: a-ministry}\n", encoding="utf-8")
    assert ("error", "the field 'name' is missing") in severities(project, "meeting-01")


def test_a_neighbour_that_does_not_exist(project: Path) -> None:
    """The first meeting has none before it, which is no problem."""
    assert severities(project, "meeting-01", "meeting-00", "meeting-02") == set()


def test_what_lies_about_is_a_warning(project: Path) -> None:
    """A file that is no record is an error for the check only."""
    (project / "data" / "meeting").mkdir()
    assert {severity for severity, _ in severities(project, "meeting-01")} == {"warning"}
    assert {severity for severity, _ in severities(project)} == {"error"}


CHOICES = [
    *(Choice("meeting", (number,)) for number in (1, 5, 8, 9)),
    *(Choice("comparison", pair) for pair in ((4, 8), (7, 8))),
    *(
        Choice("agreement", (path.stem,))
        for path in sorted((ROOT / "data" / "agreements").glob("*.yaml"))
    ),
]


def _is_there(library: Library, choice: Choice, day: date) -> bool:
    """Return whether there is anything to report on the day."""
    try:
        return bool([item.view(context(library, day)) for item in select(library, choice, day)])
    except ReporterError:
        return False


@pytest.mark.full
@pytest.mark.parametrize("day", [date(2023, 6, 30), date(2026, 11, 21)])
def test_a_report_needs_nothing_but_what_it_shows(day: date) -> None:
    """Each view and form is the same with only the shown records, and with all others spoiled."""
    contents = dialogue()
    whole = Library(contents.settings, tuple(loaded.record for loaded in contents.records))
    for choice in CHOICES:
        about = records_of(whole, choice, day)
        if about is None or not _is_there(whole, choice, day):
            continue
        shown = _shown(contents, frozenset(about))
        part = Library(
            contents.settings,
            tuple(loaded.record for loaded in contents.records if id(loaded) in shown.records),
        )
        assert len(part.records) < len(whole.records)
        others = [
            spoiled(loaded.record) for loaded in contents.records if id(loaded) not in shown.records
        ]
        asked, libraries = True, (whole, part, Library(contents.settings, (*part.records, *others)))
        views = [
            [item.view(context(library, day, asked=asked)) for item in select(library, choice, day)]
            for library in libraries
        ]
        assert views[0], choice
        assert views[0] == views[1] == views[2], choice
        exported = [
            [found for view in views[0] for found in exports(view, library, day)]
            for library in libraries
        ]
        assert exported[0], choice
        assert exported[0] == exported[1] == exported[2], choice


def spoiled(record: Record) -> Record:
    """Return a record whose statements name bodies, statements and sources that are not there."""
    wrong = {"by": ("nobody",), "repeats": "nothing", "source": (Citation("nowhere"),)}
    if isinstance(record, Meeting):
        items = tuple(item.model_copy(update=wrong) for item in record.statements.items)
        return record.model_copy(
            update={"statements": record.statements.model_copy(update={"items": items})}
        )
    if isinstance(record, Agreement):
        return record.model_copy(
            update={
                "undertakings": tuple(item.model_copy(update=wrong) for item in record.undertakings)
            }
        )
    return record


def exports(view: Report, library: Library, day: date) -> Iterator[tuple[str, bytes]]:
    """Yield a report in every form for other programs, with its name."""
    words = language_of(Theme.of(ROOT), "en")
    for form in EXPORTS:
        if form in forms_of(view.heading.kind):
            yield form, Exports(library, day, words).render(view, form)


@pytest.mark.parametrize("form", EXPORTS)
def test_an_error_elsewhere_stops_no_form_of_a_report(project: Path, form: str) -> None:
    """Meeting 1 is written in each form, though a later meeting has an error.

    A promise there is owed by a body that does not exist.
    """
    later = (project / "data" / "meetings" / "02.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("number: 2", "number: 3"),
        ("2025-04", "2025-06"),
        ("c2-", "c3-"),
        ("e2-", "e3-"),
        ("[state-a, state-b]", "nobody"),
    ):
        later = later.replace(old, new)
    (project / "data" / "meetings" / "03.yaml").write_text(later, encoding="utf-8")
    planned = plan(project, Choice("meeting", (1,)), date(2026, 1, 1), asked=True)
    assert {problem.severity for problem in planned.problems} == {"warning"}
    (task,) = planned.tasks(words("en"))
    assert Exports(planned.library, planned.day, language_of(Theme.of(ROOT), "en")).render(
        task.report, form
    )

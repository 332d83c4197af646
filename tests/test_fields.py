"""A guard: whatever a record holds is read for a page or an export, or it is said here why not."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from typing import TYPE_CHECKING

import preparing
import pytest
import several
from conftest import ROOT
from exporting import Exports, forms_of
from reading import words

from reporter.choice import INTERNAL, Choice, Edition
from reporter.language import language_of
from reporter.records import Record
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# They walk through all fields, whatever these are for; of these ``edition`` heeds ``internal``.
WALKERS = ("reporter.records", "reporter.sources", "reporter.library.edition")
REMARKS = {("Document", "note"), ("Organisation", "note"), ("Plan", "note"), ("Version", "note")}
REMARKS |= {("Document", "aside"), ("Aside", "sentence"), ("Aside", "reason")}
"""For those who keep the records; the codebook says that no page prints them."""
BEFOREHAND = {("Project", "time_zone")}
"""Read before the records are: the day depends on it."""
DEFAULTS = {("Agreement", "defaults")} | {
    ("Defaults", name) for name in ("by", "source", "side", "where")
}
"""Written out where they hold, before there are records."""
FOUR_EYES = "reviewed"
"""Of a review, whether it still holds is all that a page says."""
OF_PAGES = {"md", "docx"}
"""Formats that are made of a finished page, and not of records."""
TODAY, BEFORE = (
    date(2026, 11, 21),
    date(2024, 6, 1),
)  # on the second one the last meeting of each project is still to come
CORRECTION = """
- {id: fix-1, about: meeting-01, report: ledger, said: x, since: 2025, right: y, found_by: z, \
on: 2026-01-05, source: news}
"""
VISIT = """
id: capital
title: {en: Visit}
date: 2026-03
place: Second City
addressee: For the Minister
marking: For official use
drafted_by: Desk
cleared_by: Head
contact: extension 100
version: second
reports: [{report: meeting-01, title: First, note: Read this.}]
"""
FORCE = "in_force: {date: 2023-02-01, source: agreement-text}"
ACTS = """in_force:
  rule: {every: true, after: {days: 30}, later: {months: 1}, withdrawal: {months: 6}}
  source: agreement-text
depositary: state-a
acts:
  - {parties: [state-a, state-b], what: ratified, date: 2023-01-02, source: agreement-text}
  - {parties: state-b, what: reserved, to: Article 2, text: but one, date: 2023-01-02, source: news}
  - {parties: state-a, what: withdrew, date: 2023-03-01, source: news}
  - {parties: state-a, what: acceded, date: 2024-03-01, source: news}
"""
PAGE_ONE = """
agreed: [{verb: agreed, text: to meet again, source: 'statement-02#1'}]
next_steps:
  - {text: Meet, by: state-a, due: 2026-12, due_words: late 2026, follows: c2-01, \
done: 2026-12-10, source: 'statement-02#1'}
"""


def models() -> set[type[Record]]:
    """Return the model of every record and of every part of one; not of texts and of lexicons."""
    found, waiting = set[type[Record]](), [Record]
    while waiting:
        found.update(
            models := [
                model
                for model in waiting.pop().__subclasses__()
                if model.__module__.startswith("reporter.")
                and not model.__module__.startswith(("reporter.sources", "reporter.desk.draft"))
            ]
        )
        waiting += models
    return found


def fields(model: type[Record], names: set[str]) -> set[tuple[str, str]]:
    """Return the fields among the names, each with the name of the first model to have it."""
    owners = [owner for owner in reversed(model.__mro__) if issubclass(owner, Record)]
    return {
        (next(owner.__name__ for owner in owners if name in owner.model_fields), name)
        for name in names & set(model.model_fields)
    }


def make(project: Path, choice: Choice, day: date, edition: Edition = INTERNAL) -> None:
    """Make the views of reports, and all that other programs get of them."""
    planned = plan(project, choice, day, asked=False, edition=edition)
    for selection in planned.selections:
        task = planned.task(selection, words("en"))
        part = planned.library.part(selection.series)
        exports = Exports(part, day, language_of(Theme.of(project), "en"))
        for form in set(forms_of(task.report.heading.kind)) - OF_PAGES:
            exports.render(task.report, form)


def read_of_series(project: Path) -> None:
    """Make the overview of a series among several."""
    planned = plan(project, Choice("series", series="space"), TODAY, asked=False)
    assert [task.report.id for task in planned.tasks(words("en"))] == ["space--series"]


def noticing(read: dict[type[Record], set[str]]) -> Callable[[Record, str], object]:
    """Return a stand-in for reading a field that remembers those read for views and exports."""

    def get(record: Record, name: str) -> object:
        if not name.startswith("_") and not sys._getframe(1).f_globals["__name__"].startswith(
            ("pydantic", *WALKERS)
        ):
            # "known_venue" reads "venue"
            read.setdefault(type(record), set()).add(name.removeprefix("known_"))
        return object.__getattribute__(record, name)

    return get


@pytest.mark.full
def test_every_field_is_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that nothing reads is wasted work: print it, or remove it from model and records."""
    meeting = project / "data" / "meetings" / "02.yaml"
    meeting.write_text(meeting.read_text(encoding="utf-8") + PAGE_ONE, encoding="utf-8")
    first = meeting.with_name("01.yaml")
    looked = first.read_text(encoding="utf-8")
    cited = looked.replace("{checked: 2024-06-01,", "{checked: 2024-06-01, source: news,")
    first.write_text(cited, encoding="utf-8")
    pact = project / "data" / "agreements" / "lander-agreement.yaml"
    pact.write_text(pact.read_text(encoding="utf-8").replace(FORCE, ACTS), encoding="utf-8")
    (project / "data" / "corrections.yaml").write_text(CORRECTION, encoding="utf-8")
    (project / "data" / "visits").mkdir()
    (project / "data" / "visits" / "capital.yaml").write_text(VISIT, encoding="utf-8")
    preparing.prepare(project)
    read: dict[type[Record], set[str]] = {}
    monkeypatch.setattr(Record, "__getattribute__", noticing(read), raising=False)
    for root, upcoming, day in ((ROOT, 9, BEFORE), (project, 2, preparing.BEFORE)):
        make(root, Choice(), TODAY)
        make(root, Choice("meeting", (upcoming,)), day)
    make(project, Choice(), TODAY, Edition("public"))
    make(project, Choice("matrix", ("meeting-01",)), TODAY)
    shutil.rmtree(project / "data" / "visits")  # it names a meeting as where there is one series
    several.add(project)
    read_of_series(project)
    monkeypatch.undo()
    every = {
        field
        for model in models()
        for field in fields(model, set(model.model_fields))
        if field[1] not in {"internal", FOUR_EYES} and field[0] != "Reviewed"
    }
    assert len(every) > 150
    assert (
        every - {field for model, names in read.items() for field in fields(model, names)}
        == REMARKS | BEFOREHAND | DEFAULTS
    )

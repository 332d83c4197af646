"""Tests of the briefing before a visit to a party: what is open with it, what comes next."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, VALID, invoke, promise, with_promises
from fuzzing import examples, folder, within
from generated import Sample, days, projects
from hypothesis import given
from hypothesis import strategies as st
from reading import context

from reporter.choice import Choice, Edition
from reporter.desk.completion import parties
from reporter.desk.listing import listing
from reporter.formats.html import render
from reporter.formats.pdf import layout, rendering
from reporter.library.edition import edited, library_of
from reporter.problems import AbsentError, ReporterError
from reporter.records.project import load
from reporter.reports.common.rows_shown import LeftOut
from reporter.reports.ledger.view import ledger_report
from reporter.reports.party.view import PartyReport, party_report
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.library import Library
    from reporter.reports.common.ledger_rows import LedgerRow

DAY = date(2026, 1, 1)
PROMISE = promise("c2-09", "b-ministry", "to lend its antenna", "2025-06") + promise(
    "c2-10", "state-a", "to mend its mast", "2026-06"
)


def party(root: Path, name: str, day: date = DAY, desk: str = "") -> PartyReport:
    """Return the briefing on a party of a project."""
    found = edited(library_of(load(root)), Edition(desk=desk))
    return party_report(context(found, day), name)


def rows(report: PartyReport) -> list[LedgerRow]:
    """Return all that is open with it, or was missed."""
    owed = (row for group in report.owed for row in group.rows)
    return [*owed, *report.missed, *report.expected]


@pytest.fixture
def promised(project: Path) -> Path:
    """Return a project in which each side promised something of its own."""
    return with_promises(project, PROMISE)


def test_ours_and_theirs_stand_apart(promised: Path) -> None:
    """Where it is the briefing of a side, what that side owes comes first."""
    report = party(promised, "state-b", desk="state-a")
    assert [group.heading for group in report.owed] == [
        *("We owe", "Both owe together", "State B owes"),
    ]
    ours, _, theirs = ({row.row.id for row in group.rows} for group in report.owed)
    assert ("c2-10" in ours, "c2-09" in ours) == (True, False)
    assert ("c2-10" in theirs, "c2-09" in theirs) == (False, True)


def test_what_is_not_shown_is_told_below_the_lists_of_which_it_is(promised: Path) -> None:
    """Not below the meeting before, which has nothing to do with it."""
    left = LeftOut(said="The rest is elsewhere:", years=())
    for expected, last in ((False, "owed"), (True, "expected")):
        report = party(promised, "state-b").model_copy(update={"left_out": left})
        found = report if expected else report.model_copy(update={"expected": ()})
        page = render(Theme.of(promised), "party", found, "en")
        heads = re.findall('<section aria-labelledby="(.*?)"', page[: page.index(left.said)])
        assert heads[-1] == last


def test_set_tight_a_day_and_what_it_is_of_are_parted(promised: Path) -> None:
    """They stand on one line then, with a space between them."""
    theme = Theme.of(promised)
    page = render(theme, "party", party(promised, "state-b"), "en")
    assert page.count("<main") == 1
    tight = re.sub("<main", '<main class="compact"', page)
    found = re.findall(r"<dt>([^<]*)</dt><dd><a[^>]*>([^<]*)", page)
    assert found
    laid = layout.lay_out(theme, tight, rendering._read(theme, "")[0])
    texts = "".join(text for paper in laid.pages for text in _texts(paper._page_box))
    assert [day for day, what in found if f"{day} {what}" not in texts] == []


def _texts(box: Any) -> Iterator[str]:  # noqa: ANN401 (WeasyPrint has no types)
    """Yield the texts of a page."""
    if text := getattr(box, "text", None):
        yield text
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def test_a_heading_that_names_the_owner_is_not_repeated_in_each_line(promised: Path) -> None:
    """A body of that side is."""
    groups = {one.heading: one.named for one in party(promised, "state-b", desk="state-a").owed}
    assert groups["Both owe together"]
    assert not groups["State B owes"], "it is a ministry of State B that owes it"


def test_what_comes_next_has_its_day_once(promised: Path) -> None:
    """A day that the text has is not said before it."""
    for text, said in (
        ("to mend its mast", "Next, Jun 2026: "),
        ("to mend it by Jun 2026", "Next: "),
    ):
        path = promised / "data" / "meetings" / "02.yaml"
        words = path.read_text(encoding="utf-8").replace("to mend its mast", text)
        path.write_text(words, encoding="utf-8")
        assert said in party(promised, "state-b").bottom_line


def test_the_bottom_line_says_what_is_open_overdue_and_next(promised: Path) -> None:
    """In 45 words at most, and as of the day."""
    report = party(promised, "state-b", desk="state-a")
    assert "overdue" in report.bottom_line
    assert len(report.bottom_line.split()) <= 45
    assert "overdue" not in party(promised, "state-b", date(2025, 5, 1)).bottom_line


def test_what_falls_due_comes_next(promised: Path) -> None:
    """Until its day has passed."""
    ahead = [item.text for item in party(promised, "state-b").coming]
    assert "Mend its mast" in ahead
    assert "To lend its antenna" not in ahead


def missed(project: Path) -> Path:
    """Let one promise of a project be missed by its owner."""
    said = promise("c2-08", "state-b", "to paint its mast", "2025-06")
    history = (
        "      history:\n        - {date: 2025-07-02, status: missed, text: It is not done, "
        "source: statement-02#3}\n"
    )
    return with_promises(project, said + history)


def test_what_was_missed_stands_apart(project: Path) -> None:
    """It is not left to be done, but who goes there has to know; before that day it is open."""
    report = party(missed(project), "state-b", desk="state-a")
    assert [row.row.id for row in report.missed] == ["c2-08"]
    assert "c2-08" not in [row.row.id for group in report.owed for row in group.rows]
    assert "One promise was missed." in report.bottom_line
    before = party(project, "state-b", date(2025, 7, 1), desk="state-a")
    assert "c2-08" in [row.row.id for group in before.owed for row in group.rows]
    assert (before.missed, "missed" in before.bottom_line) == ((), False)


def test_what_another_owner_missed_is_no_matter_of_who_did_it(project: Path) -> None:
    """Where two owe it, it stands in the briefing on the one that missed it."""
    path = missed(project) / "data" / "meetings" / "02.yaml"
    text = path.read_text(encoding="utf-8")
    both = (
        text.replace(
            "      by: state-b\n      verb: committed\n      text: to paint",
            "\
      by: [state-a, state-b]\n      verb: committed\n      text: to paint",
        )
        .replace("status: missed,", "status: missed, parties: state-b,")
        .replace(
            "        - {date: 2025-07-02",
            "        - {date: 2025-07-01, status: met, \
text: We did, parties: state-a, source: statement-02#3}\n        - {date: 2025-07-02",
        )
    )
    assert both.count("parties: state-") == 2
    path.write_text(both, encoding="utf-8")
    assert [row.row.id for row in party(project, "state-b").missed] == ["c2-08"]
    assert party(project, "state-a").missed == ()
    assert [row.row.id for row in party(project, "state-a", desk="state-b").missed] == ["c2-08"]


def test_what_comes_next_is_in_the_order_of_its_days(promised: Path) -> None:
    """Meetings, too; the bottom line names the meeting."""
    path = promised / "data" / "meetings" / "03.yaml"
    path.write_text(
        "number: 3\ntitle: {en: Third}\ndate: 2026-09\nplace: not verified\nevidence: announced\n"
        "announced: {text: It was announced., source: statement-02#3}\n"
        "statements: {complete: false}\n",
        encoding="utf-8",
    )
    report = party(promised, "state-b")
    days = [item.by.last for item in report.coming]
    assert days == sorted(days)
    assert [item.text for item in report.coming][:2] == ["Mend its mast", "Third meeting"]
    assert "Next, Sept 2026: third meeting" in report.bottom_line


def test_what_comes_at_one_time_stands_below_one_date(project: Path) -> None:
    """Not each thing below the same year again."""
    both = promise("c2-09", "state-b", "to lend its antenna", "2027")
    both += promise("c2-10", "state-b", "to mend its mast", "2027")
    report = party(with_promises(project, both), "state-b")
    assert [item.date for item in report.coming].count("2027") == 2
    page = render(Theme.of(ROOT), "party", report, "en")
    assert page.count("<dt>2027</dt>") == 1


def test_nobody_is_briefed_on_their_own_side(project: Path) -> None:
    """A briefing on the side whose briefing it is is refused."""
    with pytest.raises(ReporterError) as caught:
        party(project, "state-a", desk="state-a")
    (problem,) = caught.value.problems
    assert problem.message == "'state-a' is the side whose briefing it is"


def test_a_party_that_nothing_was_known_of(project: Path) -> None:
    """Before the first meeting and agreement it is refused, with the day of the first."""
    with pytest.raises(ReporterError) as caught:
        party(project, "state-b", date(1950, 1, 1))
    (problem,) = caught.value.problems
    assert problem.message == "nothing was known of 'state-b' on 1950-01-01"
    assert "the first that is on record is of" in (problem.hint or "")


def test_a_party_that_is_not_there(project: Path) -> None:
    """The problem names what may have been meant."""
    with pytest.raises(AbsentError) as caught:
        plan(project, Choice("party", ("state-c",)), DAY, asked=True)
    (problem,) = caught.value.problems
    assert problem.message == "there is no party 'state-c'"
    assert problem.hint == "there are: state-a, state-b"


def test_a_party_can_be_found(project: Path) -> None:
    """It is listed with its command, and completed from the files."""
    lines = listing(project, DAY, asked=False)
    assert any("with-state-b" in line and "--with state-b" in line for line in lines)
    before = listing(project, date(1950, 1, 1), asked=True)
    assert not any("with-state-b" in line for line in before)
    assert {"state-a", "state-b"} <= {*parties(project)}
    real = {*library_of(load(ROOT)).parties.values()}
    assert real == {*parties(ROOT)}


def test_it_is_built_by_its_name(project: Path) -> None:
    """Alone, and in the formats that every report has; a full build leaves it where it is."""
    build = ("build", "--project", project, "--format", "json")
    assert invoke(*build, "--with", "state-b").exit_code == 0
    found = json.loads((project / "output" / "with-state-b.json").read_text(encoding="utf-8"))
    assert found["heading"]["kind"] == "party"
    assert invoke(*build, "--prune").exit_code == 0
    assert (project / "output" / "with-state-b.json").exists()


@pytest.mark.parametrize("name", ["state-a", "state-b"])
def test_every_source_that_is_listed_is_cited(name: str) -> None:
    """On the page, and the page cites no other."""
    view = party(VALID, name)
    text = json.dumps(view.model_dump(mode="json", exclude={"sources", "further"}))
    entries = (*view.sources, *view.further)
    assert [entry.number for entry in entries] == [*range(1, len(entries) + 1)]
    assert all(f'"number": {entry.number}' in text for entry in entries)


def told(row: LedgerRow) -> tuple[object, ...]:
    """Return what a row says, whatever numbers its sources have."""
    line = row.row
    news = line.evidence and (line.evidence.text, line.evidence.date)
    said = (line.short, line.who, line.strength, line.due, line.due_words, line.standing)
    also = [(other.id, other.made) for other in row.also]
    return (row.kind, row.made, also, row.again, row.note, row.sides, said, line.checked, news)


def check_lines(library: Library, day: date, name: str) -> int:
    """Fail where a line is not that of the ledger; return how many there are."""
    ledger = ledger_report(context(library, day))
    lines = {row.row.id: told(row) for row in (*ledger.promises, *ledger.expectations)}
    found = rows(party_report(context(library, day), name))
    assert [told(row) for row in found] == [lines[row.row.id] for row in found]
    return len(found)


@pytest.mark.parametrize("day", ["2023-06-30", "2024-08-27", "2026-11-21"])
def test_each_line_is_the_line_of_the_ledger(day: str) -> None:
    """The same status, words and days, whoever asks."""
    library = library_of(load(ROOT))
    assert check_lines(library, date.fromisoformat(day), "united-states")


@examples(8)
@given(projects(), st.data())
def test_each_line_of_a_project_by_chance_is_that_of_its_ledger(
    sample: Sample, data: st.DataObject
) -> None:
    """On any day, and in both editions."""
    day = data.draw(days(sample))
    edition = data.draw(st.sampled_from([Edition(), Edition("public")]))
    with folder() as root, within(60):
        sample.save(root)
        library = edited(library_of(load(root)), edition)
        for found in library.parties:
            with suppress(ReporterError):  # our own side, or nothing was known of it
                check_lines(library, day, found)

"""Tests of what parties to an agreement did, and of when it is in force for whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import invoke, problems_of
from reading import context
from treaty import CHARTER, CONVENTION, treaty

from reporter.formats.html import render
from reporter.library.edition import library_of
from reporter.library.force import bonds, in_force_from
from reporter.records.agreement import Agreement, ForceRule, InForce
from reporter.records.project import load
from reporter.reports.agreement.view import AgreementReport, agreement_report
from reporter.reports.body.rows import agreements as of_body
from reporter.reports.party.rows import agreements, party_of
from reporter.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.library import Library


@pytest.fixture(scope="module")
def sea(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return the library of the project of the convention."""
    return library_of(load(treaty(tmp_path_factory.mktemp("sea"))))


def page(sea: Library, day: str) -> AgreementReport:
    """Return the page on the convention as of a day."""
    found = context(sea, date.fromisoformat(day), asked=True)
    return agreement_report(found, sea.agreements["sea-convention"])


DAYS = [
    ("2010-12-31", (55, 0, 0, 0), "not yet", "Signed by 55."),
    (
        *("2012-05-31", (55, 40, 0, 0), "2012-08-08"),
        "Signed by 55 and accepted as binding by 40.",
    ),
    (
        *("2012-08-08", (55, 41, 41, 0), "in force"),
        "Signed by 55, accepted as binding by 41 and in force for 41.",
    ),
    (
        *("2014-02-15", (55, 42, 41, 0), "in force"),
        "Signed by 55, accepted as binding by 42 and in force for 41.",
    ),
    (
        *("2016-12-31", (55, 42, 42, 0), "in force"),
        "Signed by 55, accepted as binding by 42 and in force for 42.",
    ),
    (
        *("2018-07-31", (55, 42, 42, 1), "in force"),
        "Signed by 55, accepted as binding by 42, in force for 42 and left by one.",
    ),
    (
        *("2019-03-01", (55, 43, 43, 0), "in force"),
        "Signed by 55, accepted as binding by 43 and in force for 43.",
    ),
]


@pytest.mark.parametrize(("day", "numbers", "state", "told"), DAYS)
def test_sixty_parties_are_right_on_each_day(
    sea: Library, day: str, numbers: tuple[int, int, int, int], state: str, told: str
) -> None:
    """How many signed, are bound and withdrew, for how many it is in force, and what is ahead."""
    report = page(sea, day)
    found = report.participation
    assert found is not None
    assert (found.signed, found.bound, found.in_force, found.left) == numbers
    assert str(found.ahead or report.force.state) == state
    assert found.text == told
    assert told in report.bottom_line


@pytest.mark.parametrize(
    ("day", "party", "told"),
    [
        ("2012-08-07", "p01", ("ratified", False, "2012-08-08", None)),
        ("2012-08-08", "p01", ("ratified", True, "2012-08-08", None)),
        ("2012-08-08", "p40", ("approved", True, "2012-08-08", None)),
        ("2012-08-08", "p41", ("ratified", True, "2012-08-08", None)),
        ("2012-05-09", "p21", ("accepted", False, None, None)),
        ("2014-03-01", "p56", ("acceded", False, "2014-03-02", None)),
        ("2014-03-02", "p56", ("acceded", True, "2014-03-02", None)),
        ("2016-02-28", "p10", ("ratified", True, "2012-08-08", None)),
        ("2017-02-27", "p10", ("ratified", True, "2012-08-08", "2017-02-28")),
        ("2017-02-28", "p10", ("ratified", False, "2012-08-08", "2017-02-28")),
        ("2019-01-30", "p10", ("acceded", False, "2019-01-31", None)),
        ("2019-01-31", "p10", ("acceded", True, "2019-01-31", None)),
        ("2018-06-30", "p57", ("acceded", False, "../2018-07-30", None)),
        ("2018-07-30", "p57", ("acceded", True, "../2018-07-30", None)),
        ("2024-12-31", "p55", (None, False, None, None)),
    ],
)
def test_each_party_by_the_rule(
    sea: Library, day: str, party: str, told: tuple[str | None, bool, str | None, str | None]
) -> None:
    """In force with the fortieth, or so many days after its own act; left a year after notice."""
    found = page(sea, day).participation
    assert found is not None
    row = next(row for row in found.rows if row.id == party)
    days = [str(when) if when else None for when in (row.in_force, row.until)]
    assert (row.act, row.is_in_force, *days) == told


CHARTER_DAYS = [
    ("2004-03-17", (30, 4, 0, 1), "not yet"),  # of five who acceded, one left again
    ("2004-06-30", (30, 7, 0, 1), "2004-07-01"),
    ("2004-07-01", (30, 7, 6, 1), "in force"),
    ("2005-02-28", (30, 8, 7, 1), "in force"),
    ("2005-03-01", (30, 8, 8, 1), "in force"),
    ("2009-01-14", (30, 21, 21, 1), "in force"),
    ("2009-01-15", (30, 20, 20, 2), "in force"),
    ("2016-01-31", (30, 60, 31, 0), "in force"),
    ("2016-02-01", (30, 60, 60, 0), "in force"),
]
CHARTER_PARTIES = [
    ("2004-06-30", "p01", ("approved", "2004-07-01", None)),
    ("2004-07-01", "p07", ("ratified", "2004-07-01", None)),  # from 31 March to 30 June
    ("2004-07-01", "p06", ("ratified", "2004-08-01", None)),  # from 1 April to 1 July, and on
    ("2005-03-01", "p31", ("acceded", "2005-03-01", None)),  # from 30 November to 28 February
    ("2007-01-01", "p20", ("ratified", "2007-04-01", None)),
    ("2008-02-01", "p02", ("accepted", "2004-07-01", "2009-01-15")),
    ("2010-06-01", "p25", ("accepted", "../2010-09-01", None)),
    ("2012-03-01", "p02", ("acceded", "2012-06-01", None)),
    ("2016-01-31", "p60", ("acceded", "2016-02-01", None)),
]


@pytest.fixture(scope="module")
def harbours(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return the library of the project of another convention."""
    return library_of(load(treaty(tmp_path_factory.mktemp("harbours"), CHARTER)))


@pytest.mark.parametrize(("day", "numbers", "state"), CHARTER_DAYS)
def test_another_sixty_are_right_on_each_day(
    harbours: Library, day: str, numbers: tuple[int, int, int, int], state: str
) -> None:
    """With months that run on, a party that leaves before, and one that comes back."""
    report = page(harbours, day)
    found = report.participation
    assert found is not None
    assert (found.signed, found.bound, found.in_force, found.left) == numbers
    assert str(found.ahead or report.force.state) == state


@pytest.mark.parametrize(("day", "party", "told"), CHARTER_PARTIES)
def test_each_of_another_sixty_by_the_rule(
    harbours: Library, day: str, party: str, told: tuple[str, str, str | None]
) -> None:
    """The day after which it is in force runs on to the next month, that of leaving does not."""
    found = page(harbours, day).participation
    assert found is not None
    row = next(row for row in found.rows if row.id == party)
    days = (str(when) if when else None for when in (row.in_force, row.until))
    assert (row.act, *days) == told


def test_what_is_not_known_yet_is_not_told(sea: Library) -> None:
    """Who acts later is no party on the page, and a reservation stands until it is withdrawn."""
    before, after = (page(sea, day).participation for day in ("2014-01-30", "2015-03-01"))
    assert before is not None
    assert after is not None
    assert "p56" not in {row.id for row in before.rows}
    assert "p58" not in {row.id for row in after.rows}
    (first,) = next(row for row in before.rows if row.id == "p03").reservations
    (second,) = next(row for row in after.rows if row.id == "p03").reservations
    assert (first.text, first.withdrawn) == ("Article 9: no arbitration without its consent", None)
    assert str(second.withdrawn) == "2015-03-01"
    (objection,) = next(row for row in after.rows if row.id == "p04").objections
    assert objection.text == "the reservation of State 03"


def test_the_page_has_each_party_once(tmp_path: Path) -> None:
    """In a table behind page one, whose facts have their number; no act of a later day."""
    root = treaty(tmp_path)
    command = ("build", "--project", root, "--agreement", "sea-convention", "--format", "html")
    assert invoke(*command, "--as-of", "2016-12-31").exit_code == 0
    text = (root / "output" / "agreement-sea-convention.html").read_text(encoding="utf-8")
    assert text.count('<tr><th scope="row"') == 56
    assert "United Republics of the Northern Archipelago" in text
    assert "in force until 28 Feb 2017" in text
    assert "The Secretary-General" in text
    assert "2018" not in text.partition("<body")[2]


def test_where_nothing_is_in_force_there_is_no_column(tmp_path: Path) -> None:
    """Of an agreement that parties only sign, the table says when they signed."""
    head, _, acts = CONVENTION.partition("in_force:")
    signed = "\n".join(acts.partition("acts:")[2].splitlines()[:3])
    root = treaty(tmp_path, f"{head}in_force: not applicable\nacts:{signed}\n")
    command = ("build", "--project", root, "--agreement", "sea-convention", "--format", "html")
    assert invoke(*command).exit_code == 0
    text = (root / "output" / "agreement-sea-convention.html").read_text(encoding="utf-8")
    assert text.count('<th scope="row">') == 55
    assert [word for word in ("Bound by", "In force since", "Reservations") if word in text] == []


def test_a_party_has_what_is_in_force_for_it(sea: Library) -> None:
    """In the reports on it: nothing before it acts, and nothing in force after it has left."""

    def told(party: str, day: str) -> list[str]:
        page = context(sea, date.fromisoformat(day))
        return [row.force for row in agreements(page, party_of(sea, party))]

    assert told("p56", "2014-01-30") == []
    assert told("p56", "2014-02-01") == ["not yet"]
    assert told("p56", "2014-03-02") == ["in force"]
    assert told("p10", "2017-02-28") == ["not yet"]
    assert told("p55", "2024-01-01") == ["not yet"]
    assert not [*of_body(context(sea, date(2014, 1, 30)), ("p56",))]
    assert len([*of_body(context(sea, date(2014, 1, 31)), ("p56",))]) == 1


def test_without_acts_nothing_changes(library: Library) -> None:
    """The page names the parties, and has no table of them."""
    found = context(library, date(2025, 1, 1))
    report = agreement_report(found, library.agreements["lander-agreement"])
    assert report.participation is None
    assert len(report.parties.names) == 2


RULES = [
    ("{instruments: 2}", "2020-03-01"),
    ("{instruments: 2, after: {weeks: 2}}", "2020-03-15"),
    ("{instruments: 2, after: {months: 3}, next_month: true}", "2020-07-01"),
    ("{instruments: 2, after: {months: 3, next_month: true}}", "2020-07-01"),
    ("{instruments: 2, after: {years: 1}}", "2021-03-01"),
    ("{every: true}", "2020-08-31"),
    ("{of: [c]}", "2020-08-31"),
    ("{of: [a, b]}", "2020-03-01"),
    ("{instruments: 4}", None),
    ("{instruments: 1, bound_by: signed}", "2019-12-01"),
]


@pytest.mark.parametrize(("rule", "day"), RULES)
def test_rules_of_entry_into_force(rule: str, day: str | None) -> None:
    """So many, certain ones or all; days, weeks, months or years later, or the month after."""
    acts = [
        ("a", "signed", "2019-12-01"),
        ("a", "ratified", "2020-01-31"),
        ("b", "ratified", "2020-03-01"),
        ("c", "acceded", "2020-08-31"),
    ]
    found = pact(rule, acts)
    assert str(in_force_from(found)) == str(day)


def pact(rule: str, acts: list[tuple[str, str, str]]) -> Agreement:
    """Return an agreement of three parties with a rule."""
    told = [{"parties": who, "what": what, "date": on, "source": "d"} for who, what, on in acts]
    return Agreement.model_validate(
        {
            "id": "pact",
            "short": {"en": "Pact"},
            "title": {"en": "not verified"},
            "type": "treaty-level agreement",
            "parties": ["a", "b", "c"],
            "summary": {"text": "A pact.", "source": "d"},
            "signing": "not verified",
            "in_force": {"rule": yaml.safe_load(rule)},
            "acts": told,
        }
    )


def test_who_applies_it_provisionally_is_not_bound() -> None:
    """It does so until it is in force for it, or it says that it will not; nobody counts it."""
    acts = [
        ("a", "applied provisionally", "2020-01-31"),
        ("b", "applied provisionally", "2020-01-31"),
        ("b", "withdrew", "2020-02-20"),
        ("a", "ratified", "2020-03-01"),
        ("c", "ratified", "2020-04-01"),
    ]
    found = pact("{instruments: 2, after: {days: 30}}", acts)
    assert str(in_force_from(found)) == "2020-05-01"
    first, other, last = bonds(found, found.acts)
    days = [date(2020, 1, 31), date(2020, 2, 20), date(2020, 4, 30), date(2020, 5, 1)]
    assert [first.is_provisional(day) for day in days] == [True, True, True, False]
    assert [first.is_in_force(day) for day in days] == [False, False, False, True]
    assert not any(one.is_provisional(day) for one in (other, last) for day in days)
    assert (other.was_never_in_force, other.is_bound(date(2020, 5, 1))) == (True, False)


def test_provisional_application_is_printed(tmp_path: Path) -> None:
    """With its day, until it is in force; who withdraws before has never had it in force."""
    acts = (
        "  - {parties: [p58, p59], what: applied provisionally, date: 2010-10-01, source: list}\n"
        "  - {parties: p59, what: withdrew, date: 2010-11-01, source: list}\n"
    )
    first = "  - {parties: [1-20], what: ratified"
    told = CONVENTION.replace(first, acts + first).replace(
        "depositary: keeper", "depositary: [p01, p02]"
    )
    root = treaty(tmp_path, told)
    assert problems_of(root) == ()
    sea = library_of(load(root))
    found = page(sea, "2012-12-31")
    assert found.participation is not None
    assert "applied provisionally by one and left by one" in found.bottom_line
    notes = {row.id: row.notes for row in found.participation.rows if row.notes}
    assert notes == {
        "p58": ("provisionally applied since 1 Oct 2010",),
        "p59": ("withdrew, 1 Nov 2010",),
    }
    assert [label.text for label in found.depositary] == ["State 01", "State 02"]
    html = render(Theme.of(root), "agreement", found, "en")
    assert "Depositaries</dt>\n<dd>State 01, State 02</dd>" in html


def test_who_left_before_it_was_in_force_never_had_it() -> None:
    """Though it entered into force later, by the acts of others."""
    acts = [
        ("a", "ratified", "2020-01-31"),
        ("a", "withdrew", "2020-02-01"),
        ("b", "ratified", "2020-03-01"),
        ("c", "acceded", "2020-08-31"),
    ]
    found = pact("{instruments: 2}", acts)
    first, second, _ = bonds(found, found.acts)
    assert (first.was_never_in_force, second.was_never_in_force) == (True, False)


def test_who_leaves_before_does_not_count() -> None:
    """It takes another one to bring the agreement into force."""
    acts = [
        ("a", "ratified", "2020-01-31"),
        ("a", "withdrew", "2020-02-01"),
        ("b", "ratified", "2020-03-01"),
        ("c", "acceded", "2020-08-31"),
    ]
    assert str(in_force_from(pact("{instruments: 2}", acts))) == "2020-08-31"


def test_what_is_in_force_by_a_written_date() -> None:
    """Who was bound by then has it in force from then; since when for others, nobody knows."""
    acts = [("a", "ratified", "2020-01-31"), ("b", "ratified", "2021-03-01")]
    found = pact("{instruments: 3}", acts)
    written = found.model_copy(update={"in_force": InForce.model_validate({"date": "2020-06-01"})})
    assert [str(one.since) for one in bonds(written, written.acts)] == ["2020-06-01", "None"]


def test_a_written_date_is_told_of_no_earlier_day() -> None:
    """Before it no act on record decided it: what a page says of a day, that day could know."""
    found = pact("{instruments: 2}", [("a", "ratified", "2018-07-04")])
    force = InForce.model_validate({"date": "2021-03-01", "rule": {"instruments": "2"}})
    written = found.model_copy(update={"in_force": force})
    days = date(2021, 2, 28), date(2021, 3, 1)
    told = [bonds(written, written.acts, day)[0].since for day in days]
    assert [str(when) for when in told] == ["None", "2021-03-01"]


def test_a_rule_needs_somebody() -> None:
    """And a period has one unit."""
    with pytest.raises(ValueError, match="does not say whose acts are needed"):
        ForceRule.model_validate({"after": {"days": "3"}})
    with pytest.raises(ValueError, match="a period has one unit"):
        ForceRule.model_validate({"instruments": "3", "after": {"days": "3", "weeks": "1"}})


WRONG = [
    ("p40, what: approved", "keeper, what: approved", "'keeper' is not among the parties"),
    ("p40, what: approved", "p39, what: approved", "'p39' is bound already, since 2012-02-15"),
    ("p56, what: acceded", "p56, what: denounced", "'p56' was not bound on 2014-01-31"),
    ("reservation, to: Article 9", "reservation, to: Title 8", "'p03' has no such reservation"),
    ("[51-55], what", "[p50, p51], what", "'p50' signed already, on 2010-06-01"),
    (
        *("in_force:", "in_force:\n  date: 2012-08-09"),
        "in force on 2012-08-09, and by its rule on 2012-08-08",
    ),
    (
        *("p56, what: acceded", "p56, what: acceded, effective: 2014-01-30"),
        "in effect before it was done: 2014-01-30 lies before 2014-01-31",
    ),
    (
        *("p57, what: acceded, date: 2018-06", "p57, what: acceded, date: 2008-06"),
        "the acts run backwards: 2008-06 comes after 2016-02-29",
    ),
    ("{instruments: 40,", "{of: keeper,", "'keeper' is not among the parties"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_what_cannot_be_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """An act of nobody, one too many, one without its needs; a date that the rule contradicts."""
    assert old in CONVENTION
    root = treaty(tmp_path, CONVENTION.replace(old, new))
    (found,) = problems_of(root)
    text = (root / "data" / "agreements" / "sea-convention.yaml").read_text(encoding="utf-8")
    assert found.message == message
    assert found.line
    assert new.rpartition("\n")[2].split(", what")[-1] in text.splitlines()[found.line - 1]


def test_the_project_is_sound(tmp_path: Path) -> None:
    """A written date that the rule bears out is none of its problems."""
    assert problems_of(treaty(tmp_path / "without")) == ()
    written = CONVENTION.replace("  rule:", "  date: 2012-08\n  rule:")
    assert problems_of(treaty(tmp_path / "with", written)) == ()

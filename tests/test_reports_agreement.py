"""Tests of the page on one agreement."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html as markup
from reading import context

from reporter.choice import Edition
from reporter.formats.html import render
from reporter.library import Library
from reporter.library.edition import edited
from reporter.library.snapshot import Snapshot
from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.project import load
from reporter.records.register import Disagreement, Document, Organisation, Project
from reporter.reports.agreement.view import AgreementReport, agreement_heading, agreement_report
from reporter.reports.common.instruments import AgreementRow, agreement_rows
from reporter.reports.upcoming.since import happened_since
from reporter.theme import Theme

ROOT = Path(__file__).parent.parent


def agreement(name: str = "n", **fields: Any) -> Agreement:  # noqa: ANN401
    """Return an agreement of State A and State B, signed on 1 March 2020."""
    found = {
        "id": name,
        "short": {"en": f"{name} notes"},
        "title": {"en": "not verified", "fr": f"Notes {name}"},
        "type": "exchange of notes",
        "parties": ["a", "b"],
        "summary": {"text": "Notes on a thing.", "source": "d"},
        "signing": {"date": "2020-03-01", "source": "d"},
        "in_force": "not verified",
        **fields,
    }
    return Agreement.model_validate(found)


def undertaking(name: str, *history: dict[str, Any]) -> dict[str, Any]:
    """Return something that State A undertook."""
    return {
        "id": name,
        "by": "a",
        "verb": "undertook",
        "text": f"to do {name}",
        "strength": "committed",
        "history": history,
        "source": "d",
    }


def evidence(day: str, text: str, status: str | None = None, source: str = "d") -> dict[str, Any]:
    """Return a line of a history."""
    return {"date": day, "text": text, "source": source} | ({"status": status} if status else {})


def library(*records: Agreement | Meeting | Disagreement | Organisation) -> Library:
    """Return a library of two states, with two good documents and a weak one."""
    project = {
        "series": {"en": "Talks of A and B"},
        "short": {"en": "Talks"},
        "language": "en",
        "author": "Context",
        "sides": [{"id": name, "name": {"en": f"State {name.upper()}"}} for name in "ab"],
        "areas": [{"id": "all", "name": {"en": "All"}}],
        "researched_until": "2024-12-31",
    }
    document = {"title": "Notice", "date": "2020-01-01", "language": "en", "read": "full"}
    documents = [
        *(
            Document.model_validate(
                {"id": name, "standing": "official", "publisher": "Ministry", **document}
            )
            for name in ("d", "e")
        ),
        Document.model_validate(
            {"id": "w", "standing": "weak", "publisher": "The Daily", **document}
        ),
    ]
    return Library(Project.model_validate(project), (*documents, *records))


def report(found: Library, day: str = "2021-01-01", name: str = "n") -> AgreementReport:
    """Return the page on the agreement ``name`` as of ``day``."""
    return agreement_report(
        context(found, date.fromisoformat(day), asked=True), found.agreements[name]
    )


def page(view: AgreementReport) -> str:
    """Return its HTML."""
    return render(Theme.of(ROOT), "agreement", view, "en")


def test_what_happened_before_it_was_made_is_not_told_as_what_happened_since() -> None:
    """The history of a promise goes back further where an earlier document has the same one."""
    before = evidence("2020-02-29", "They began.", "in progress")
    since = evidence("2020-03-01", "They met.", "met")
    found = report(library(agreement(undertakings=[undertaking("u", before, since)])))
    assert [item.line.text for item in found.later] == ["They met."]


def test_the_heading_is_its_short_name() -> None:
    """A page is called as the agreement goes in a sentence."""
    heading = agreement_heading(library(), agreement())
    assert (heading.kind, heading.name and heading.name.text, str(heading.date)) == (
        "agreement",
        "n notes",
        "2020-03-01",
    )


def test_official_titles_are_printed_and_missing_ones_named() -> None:
    """A title that was not found is not left out silently."""
    found = report(library(agreement()))
    assert ([title.text for title in found.titles], found.untitled) == (["Notes n"], ("en",))


def test_a_title_that_is_the_heading_is_told_once() -> None:
    """Also where its short name is all that it is called."""
    whole = page(report(library(agreement(title={"en": "n notes"}))))
    assert 'class="official"' not in whole
    both = page(report(library(agreement(title={"en": "n notes", "fr": "Notes n"}))))
    assert '<p class="official"><span><span lang="fr">Notes n</span></span>' in both


@pytest.mark.parametrize(("day", "state"), [("2020-03-31", "not yet"), ("2020-04-01", "in force")])
def test_it_is_in_force_from_its_day_on(day: str, state: str) -> None:
    """Before that day neither the date nor how it came about is known."""
    force = report(
        library(agreement(in_force={"date": "2020-04-01", "text": "by deposit", "source": "d"})),
        day,
    ).force
    assert (force.state, force.date is None, force.text is None) == (
        state,
        state == "not yet",
        state == "not yet",
    )


def test_a_page_before_entry_into_force_does_not_print_the_day() -> None:
    """The page says that it is not yet in force, and no more."""
    text = page(
        report(library(agreement(in_force={"date": "2020-04-01", "source": "d"})), "2020-03-15")
    )
    assert "It is not yet in force." in text
    assert "April 2020" not in text


def test_the_date_on_the_other_side_of_the_clock_is_shown_when_it_has_come() -> None:
    """On the evening of the signing the next day is still to come elsewhere."""
    signing = {
        "date": "2020-03-01",
        "local": [{"side": "a", "date": "2020-03-01"}, {"side": "b", "date": "2020-03-02"}],
        "source": "d",
    }
    found = library(agreement(signing=signing))
    shown = [
        signature.local
        for day in ("2020-03-01", "2020-03-02")
        if (signature := report(found, day).signature)
    ]
    assert [[(day.side.text, str(day.date)) for day in local] for local in shown] == [
        [],
        [("State B", "2020-03-02")],
    ]


def test_links_are_shown_in_both_directions() -> None:
    """What another record says of it is as good as what its own says."""
    old = agreement("old", signing={"date": "2019", "source": "d"})
    this = agreement(links=[{"agreement": "old", "relation": "rests on"}])
    new = agreement("new", links=[{"agreement": "n", "relation": "implements"}])
    found = report(library(this, old, new)).relations
    assert [(item.report, item.relation, item.back) for item in found] == [
        ("agreement-old", "rests on", False),
        ("agreement-new", "implements", True),
    ]


def test_an_agreement_that_does_not_exist_yet_is_no_relation() -> None:
    """As of a day before it was signed nothing rests on it."""
    new = agreement(
        "new",
        signing={"date": "2022-01-01", "source": "d"},
        links=[{"agreement": "n", "relation": "implements"}],
    )
    assert report(library(agreement(), new)).relations == ()


def test_two_that_name_each_other_as_standing_beside_are_told_once() -> None:
    """One pair is one line."""
    this = agreement(links=[{"agreement": "new", "relation": "beside"}])
    new = agreement("new", links=[{"agreement": "n", "relation": "beside"}])
    assert len(report(library(this, new)).relations) == 1


def test_an_event_and_the_evidence_of_the_same_thing_are_one_line() -> None:
    """The event keeps its words and takes the status of the undertaking on which it bears."""
    event = {"date": "2020-05-01", "text": "The first one was launched.", "source": "d"}
    found = report(
        library(
            agreement(
                undertakings=[
                    undertaking("u", evidence("2020-05-01", "First launch", "partly met"))
                ],
                events=[event],
            )
        )
    )
    assert [(item.line.text, item.status, item.undertakings) for item in found.later] == [
        ("The first one was launched.", "partly met", (1,))
    ]


def test_evidence_on_several_undertakings_is_not_taken_for_one_event() -> None:
    """Where it cannot be told which of them the event is, each is told."""
    event = {"date": "2020-05-01", "text": "They met.", "source": "d"}
    both = [
        undertaking("u", evidence("2020-05-01", "Asked", "open")),
        undertaking("v", evidence("2020-05-01", "Given", "met")),
    ]
    found = report(library(agreement(undertakings=both, events=[event])))
    assert [item.line.text for item in found.later] == ["They met.", "Asked", "Given"]


def test_the_same_evidence_on_several_undertakings_is_one_line() -> None:
    """It names the undertakings instead."""
    same = [undertaking(name, evidence("2020-05-01", "Paused", "open")) for name in "uv"]
    assert [item.undertakings for item in report(library(agreement(undertakings=same))).later] == [
        (1, 2)
    ]


def test_what_gave_no_status_says_on_what_it_bears_and_no_more() -> None:
    """That it has none is not said in each row."""
    events = [
        undertaking("u", evidence("2020-05-01", "Asked", "open")),
        undertaking("v", evidence("2020-06-01", "Told")),
    ]
    told = page(report(library(agreement(undertakings=events))))
    assert "(no. 1)" in told
    both = [undertaking(name, evidence("2020-05-01", "Told", "open")) for name in "uv"]
    assert "(nos. 1 and 2)" in page(report(library(agreement(undertakings=both))))
    assert '<td><span class="since">(no. 2)</span></td>' in told


def test_of_what_happened_paper_leaves_out_last_what_gave_a_promise_its_status() -> None:
    """The newest two lines stay, the rest goes oldest first."""
    history = [
        evidence("2020-04-01", "It began", "in progress"),
        evidence("2020-05-01", "Talk of it"),
        evidence("2020-06-01", "More talk"),
        evidence("2020-07-01", "Still more"),
    ]
    view = report(library(agreement(undertakings=[undertaking("u1", *history)])))
    rows = markup.fromstring(page(view)).xpath('//table[@aria-labelledby="later"]/tbody/tr')
    ranks = [int(row.get("data-optional", 0)) for row in rows]
    assert sorted(range(4), key=ranks.__getitem__) == [2, 3, 1, 0]


def test_what_happened_after_the_day_is_left_out() -> None:
    """Neither an event nor evidence nor a prediction of a later day is known."""
    later = {"text": "Later.", "date": "2022-01-01", "source": "d"}
    forecast = {"id": "f", **later}
    found = report(
        library(
            agreement(
                undertakings=[undertaking("u", evidence("2022-01-01", "Done", "met"))],
                events=[later],
                forecasts=[forecast],
                commentary=[later],
            )
        )
    )
    assert (found.later, found.forecasts, found.commentary) == ((), (), ())
    assert found.undertakings[0].standing.status == "open"


def test_the_bottom_line_counts_promises_only() -> None:
    """An undertaking without a strength is no promise."""
    plain = {"by": "b", "verb": "said", "text": "something", "source": "d"}
    found = report(
        library(
            agreement(undertakings=[undertaking("u", evidence("2020-05-01", "Done", "met")), plain])
        )
    )
    assert (len(found.undertakings), found.promises) == (2, 1)
    assert "Its one promise is met." in page(found)


def test_a_prediction_names_who_predicts_and_how_it_turned_out() -> None:
    """It stands apart from the facts, with its outcome."""
    forecast = {
        "id": "f",
        "text": "It will fly.",
        "date": "2020-02-01",
        "due": "2020-03",
        "history": [{**evidence("2020-04-01", "It flew."), "turned_out": "confirmed"}],
        "source": "w",
    }
    (found,) = report(library(agreement(forecasts=[forecast]))).forecasts
    assert (found.by, found.rows[0].outcome[0].line.text, found.rows[0].state) == (
        ("The Daily",),
        "It flew.",
        "Confirmed",
    )
    (before,) = report(library(agreement(forecasts=[forecast])), "2020-03-20").forecasts
    assert (before.rows[0].turned_out, before.rows[0].notes) == ("not known", ())


def test_views_of_one_publisher_stand_together_under_its_name() -> None:
    """A view is never printed without who holds it."""
    (found,) = report(
        library(
            agreement(
                commentary=[
                    {"text": text, "date": "2020-02-01", "source": "d"}
                    for text in ("Good.", "Bold.")
                ]
            )
        )
    ).commentary
    assert (found.weak, [line.text for line in found.lines]) == (False, ["Good.", "Bold."])


def test_what_a_weak_source_alone_says_fills_no_bullet() -> None:
    """Neither of what it provides, nor of what happened, nor of what others think of it."""
    weak = {"date": "2020-02-01", "source": "w"}
    parts: dict[str, Any] = {
        name: [{"text": f"Weak {name}.", **weak}] for name in ("content", "commentary")
    }
    told = report(library(agreement(**parts, events=[{"text": "Weak event.", **weak}])))
    assert [line.text for line in told.weak] == ["Weak content.", "Weak commentary.", "Weak event."]
    assert (told.content, told.later, told.commentary) == ((), (), ())
    assert "Weak" not in page(told).split("Not printed")[0]
    assert "The Daily" not in page(told)
    assert "three statements for which there are only weak sources" in page(told)


def test_predictions_are_printed_where_they_are_asked_for() -> None:
    """Elsewhere the page counts them; the record for other programs has them, with sources."""
    forecast = {"id": "f", "text": "It will fly.", "date": "2020-02-01", "source": "w"}
    made = library(agreement(forecasts=[forecast]))
    plain, asked = (report(edited(made, Edition(predictions=told))) for told in (False, True))
    assert plain.forecasts[0].rows[0].line.text == "It will fly."
    assert (len(plain.sources), len(plain.further), len(asked.sources)) == (1, 1, 2)
    assert "It will fly." not in page(plain)
    assert "one prediction by others" in page(plain)
    assert "It will fly." in page(asked)


def test_promises_of_meetings_that_it_fulfils_are_tied_to_it() -> None:
    """A statement is tied by what it is about, or by what its history is about; others are not."""
    done = {
        **undertaking("c", {**evidence("2020-03-01", "Signed", "met"), "about": "n"}),
        "by": ["a", "b"],
    }
    items = [done, {**undertaking("e"), "about": "n"}, undertaking("x")]
    talks = {
        "number": 1,
        "title": {"en": "Talks"},
        "date": "2020-01-01",
        "place": "not verified",
        "evidence": "full",
    }
    first = Meeting.model_validate({**talks, "statements": {"complete": True, "items": items}})
    found = report(library(agreement(), first))
    assert [(item.report, item.row.id) for item in found.tied] == [
        ("meeting-01", "c"),
        ("meeting-01", "e"),
    ]
    root = markup.fromstring(page(found))
    (tied,) = root.xpath('//section[@aria-labelledby="tied"]')
    assert [item.text_content().split(".")[0] for item in tied.iter("li")] == ["First meeting"] * 2
    assert "two" in tied.find("ul").get("class"), "of one section alone the list has two columns"
    (line,) = root.xpath('//p[@data-left-out="tied" and @data-number="2"]')
    assert line.text_content() == "Tied to it, from the meetings. Two: see the attached record."
    assert line.getparent() is not tied, "it stays when the section goes"


@pytest.mark.parametrize(
    ("stand", "told"),
    [
        (["met"], "Its one promise is met."),
        (["met", "met"], "Both of its promises are met."),
        (["not verified"] * 3, "What became of its three promises could not be verified."),
        (["met", "open", "open"], "Of its three promises, one is met and two are open."),
    ],
)
def test_how_its_promises_stand_is_told_in_a_sentence(stand: list[str], told: str) -> None:
    """Of several that stand alike not how many stand so, once more."""
    owed = [
        undertaking(f"u{at}", evidence("2020-04-01", "So", status))
        for at, status in enumerate(stand)
    ]
    assert report(library(agreement(undertakings=owed))).state.endswith(told)


def test_what_is_not_verified_is_printed() -> None:
    """Neither signature nor signatories nor entry into force is left out silently."""
    text = page(report(library(agreement(signing="not verified", not_verified=["Who signed it?"]))))
    assert "Whether it was signed is not verified." in text
    assert "Who signed it?" in text


@pytest.fixture(scope="module")
def real() -> Library:
    """Return the library of the records in this checkout."""
    contents = load(ROOT)
    return Library(contents.settings, tuple(loaded.record for loaded in contents.records))


@pytest.mark.full
@pytest.mark.parametrize("day", ["2023-03-24", "2024-08-27", "2026-11-21"])
def test_every_real_agreement_has_a_page(real: Library, day: str) -> None:
    """The page of each agreement that exists on the day is printed, without later evidence."""
    snapshot = Snapshot(real, date.fromisoformat(day))
    made = [name for name, found in real.agreements.items() if snapshot.is_made(found)]
    views = [report(real, day, name) for name in made]
    assert made
    assert all(page(view) for view in views)
    assert all(
        item.line.date and item.line.date.known_on(snapshot.day)
        for view in views
        for item in view.later
    )


def test_the_framework_agreement_between_signing_and_entry_into_force(real: Library) -> None:
    """On the evening of the eighth meeting it was signed and not yet in force.

    No arrangement implemented it.
    """
    found = report(real, "2023-03-24", "framework-agreement-2023")
    assert found.force.state == "not yet"
    assert not [item for item in found.relations if item.relation == "implements"]


def test_the_framework_agreement_today(real: Library) -> None:
    """Two arrangements implement it."""
    found = report(real, "2026-11-21", "framework-agreement-2023")
    assert [
        item.report for item in found.relations if item.back and item.relation == "implements"
    ] == [
        "agreement-rover-arrangement-2024",
        "agreement-greenhouse-gas-arrangement-2024",
    ]


def behind(found: Library, day: str) -> AgreementRow:
    """Return the row of the agreement where it stands behind another report."""
    (row,) = agreement_rows(context(found, date.fromisoformat(day)), ["n"])
    return row


@pytest.mark.parametrize(("day", "local"), [("2020-03-01", []), ("2020-03-02", ["State B"])])
def test_the_day_of_signing_on_other_calendars(day: str, local: list[str]) -> None:
    """Only those calendars are named on which it is another day, and only once that day has come.

    So it is on its own page and behind others.
    """
    days = [{"side": "a", "date": "2020-03-01"}, {"side": "b", "date": "2020-03-02"}]
    found = library(agreement(signing={"date": "2020-03-01", "local": days, "source": "d"}))
    signature = report(found, day).signature
    assert signature
    assert (
        [item.side.text for item in signature.local]
        == [item.side.text for item in behind(found, day).local]
        == local
    )


@pytest.mark.parametrize(
    ("force", "state"),
    [
        ("not applicable", "not applicable"),
        ({"date": "2020-05-01", "source": "d"}, "not yet"),
        ({"date": "not verified"}, "not verified"),
    ],
)
def test_its_force_is_told_alike_everywhere(force: object, state: str) -> None:
    """On its own page and where it stands behind another report."""
    found = library(agreement(in_force=force))
    assert (report(found, "2020-04-01").force.state, behind(found, "2020-04-01").force) == (
        state,
        state,
    )


def test_what_has_happened_since_cites_what_says_so() -> None:
    """Of an agreement the document of which its summary is taken, and that which dates it."""
    found = library(agreement(summary={"text": "Notes on a thing.", "source": "e"}))
    seen = context(found, date(2021, 1, 1))
    (item,) = happened_since(seen, date(2020, 1, 1)).rows
    names = {source.number: source.id for source in seen.sources.entries()}
    assert [names[ref.number] for ref in item.line.refs] == ["e", "d"]


def joined(number: int) -> AgreementReport:
    """Return the page on what a number of states signed and all undertook."""
    names = [f"p{number}" for number in range(number)]
    bodies = [
        Organisation.model_validate({"id": name, "name": {"en": f"State {name}"}}) for name in names
    ]
    signed = [{"organisation": name, "source": "d"} for name in names]
    pact = agreement(
        parties=names,
        signing={"date": "2020-03-01", "signatories": signed, "source": "d"},
        undertakings=[undertaking("u1") | {"by": names}],
    )
    return report(library(pact, *bodies))


def test_what_all_parties_undertook_names_none_of_them() -> None:
    """Of two each is named: who has signed with one other is no crowd."""
    assert joined(3).undertakings[0].who.everyone
    assert not joined(2).undertakings[0].who.everyone


@pytest.mark.parametrize(("number", "apart"), [(3, False), (42, True)])
def test_many_parties_stand_apart_from_the_facts(number: int, apart: bool) -> None:  # noqa: FBT001
    """Each is named once as a party and once as a signatory, and the facts say how many."""
    view = joined(number)
    found = page(view)
    main = found[found.index("<main") :]
    assert view.apart is apart
    assert main.count(f"State p{number - 1}") == 2
    assert ("42, see Parties" in main) is apart


@pytest.mark.parametrize(("how", "told"), [("signed", True), ("issued", False), ("adopted", False)])
def test_who_issued_a_text_is_not_called_not_verified(how: str, told: bool) -> None:  # noqa: FBT001
    """That says that somebody looked; of what nobody signs there is nobody to be found."""
    view = report(library(agreement(signing={"date": "2020-03-01", "how": how, "source": "d"})))
    assert view.signature
    assert view.signature.named is not told


def test_for_how_many_it_is_in_force_is_told_as_far_as_it_is_known() -> None:
    """Who acceded later is bound; without a rule nobody can say from when it is in force for it."""
    acts = [
        {"parties": "a", "what": "ratified", "date": "2020-01-01", "source": "d"},
        {
            "parties": "a",
            "what": "reserved",
            "date": "2020-01-01",
            "to": "Article 9",
            "text": "It is not bound by the panel.",
            "source": "d",
        },
        {"parties": "b", "what": "acceded", "date": "2020-06-01", "source": "d"},
    ]
    found = agreement(acts=acts, in_force={"date": "2020-04-01", "source": "d"}, multilateral=True)
    view = report(library(found))
    assert view.participation
    assert view.participation.text == "Accepted as binding by two and in force for at least one."
    assert "It is not bound by the panel, 1 Jan 2020" in " ".join(page(view).split())

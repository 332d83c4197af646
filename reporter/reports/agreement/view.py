"""The page on one agreement: what it is, who took on what, and what became of it.

It also says what the agreement rests on and what rests on it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reporter.choice import agreement_id
from reporter.dates import When
from reporter.language import BOTH
from reporter.library import Owned, identity
from reporter.records.agreement import SigningName
from reporter.records.base import NOT_VERIFIED
from reporter.reports.agreement.afterwards import Later, afterwards
from reporter.reports.agreement.parties import Participation, known_parties, participation
from reporter.reports.agreement.relations import Relation, relations
from reporter.reports.agreement.unprinted import firm, not_printed, weak
from reporter.reports.common.agreed_points import counts
from reporter.reports.common.commentary import (
    Comments,
    Predictions,
    comments,
    predictions,
    printed_predictions,
)
from reporter.reports.common.context import Context
from reporter.reports.common.findings import WithFindings
from reporter.reports.common.further_sources import printed_first
from reporter.reports.common.instruments import ForceState, LocalDay, in_force, local_days
from reporter.reports.common.meeting_head import meeting_heading
from reporter.reports.common.participants import Chair
from reporter.reports.common.people import in_short
from reporter.reports.common.review_marks import changed_line
from reporter.reports.common.sentences import are_overdue, brief, ended, of_its_promises
from reporter.reports.common.sources import Bibliography
from reporter.reports.views import (
    Count,
    DisagreementTold,
    Followed,
    Heading,
    Label,
    Line,
    Refs,
    View,
    Views,
    Who,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reporter.library import Library
    from reporter.library.snapshot import Snapshot
    from reporter.records.agreement import Agreement
    from reporter.records.statements import Forecast, Post, Statement


class SigningTold(View):
    """The signing or issuing."""

    how: SigningName
    date: When | None
    """None where it is not verified."""
    local: tuple[LocalDay, ...]
    """Its date on the calendars of the sides on which it is another one."""
    place: str | None
    refs: Refs
    named: bool
    """Whether it is verified who signed."""
    signatories: tuple[Chair, ...]
    present: tuple[Chair, ...]
    witnesses: tuple[Chair, ...] = ()


class Force(View):
    """Entry into force, as far as it is known on the day."""

    state: ForceState
    date: When | None = None
    text: str | None = None
    """How it came about."""
    refs: Refs = ()


class Tied(View):
    """Something said at a meeting that is about the agreement, or that it fulfils."""

    report: str
    """Name of the files of the report on the meeting."""
    heading: Heading
    row: Followed


class AgreementReport(WithFindings):
    """All that the page on an agreement prints."""

    name: Label
    titles: tuple[Label, ...]
    """The official title, in each language in which it is verified."""
    untitled: tuple[str, ...]
    """Codes of the languages in which somebody looked for it and did not find it."""
    bottom_line: str
    """The summary, whether it is in force and what became of its promises: 45 words at most."""
    summary: Line
    state: str
    """What the bottom line says after the summary."""
    undertakings: tuple[Followed, ...]
    promises: int
    """How many of the undertakings are promises."""
    promise_counts: tuple[Count, ...]
    content: tuple[Line, ...]
    """What it provides, and what is known of how it was made."""
    later: tuple[Later, ...]
    type: str
    parties: Who
    depositary: tuple[Label, ...] = ()
    participation: Participation | None = None
    """Who signed, is bound, withdrew and made reservations; None where no act is on record."""
    multilateral: bool
    apart: bool
    """Whether parties and signatories are too many to stand beside the text."""
    signature: SigningTold | None
    """None where nothing about a signing is verified."""
    force: Force
    relations: tuple[Relation, ...]
    tied: tuple[Tied, ...]
    """Promises, expectations and other matters of meetings that are about it."""
    disagreements: tuple[DisagreementTold, ...]
    commentary: tuple[Comments, ...]
    unknown: tuple[str, ...]
    forecasts: tuple[Predictions, ...]
    """The page prints them only where that is asked for."""
    weak: tuple[Line, ...] = ()
    """What weak sources alone say of what it provides, of what happened, and of what they think."""
    not_printed: str = ""
    """How much of that the page does not print; nothing where it prints all."""


def agreement_heading(library: Library, agreement: Agreement) -> Heading:
    """Return the title of the page on ``agreement``, with the signing date if it is verified."""
    return Heading(
        kind="agreement",
        name=Label.of(agreement.short, library.project.language),
        date=agreement.signed_on,
    )


SIGNED = frozenset({"signed", "exchanged"})  # acts of persons, whose names are looked for
MOST_BESIDE = 24  # parties and signatories that fit beside the text
# The fields whose sources the page cites, beside those of what was taken on and of what is tied
# to it.
PRINTED = (
    *("summary", "content", "later", "signature", "force", "relations"),
    *("disagreements", "commentary", "corrections", "participation"),
)


def _printed(report: AgreementReport) -> Iterator[object]:
    """Yield what has references on the page: what weak sources alone say of a promise has none."""
    yield from (row.refs for row in report.undertakings)
    for item in report.tied:
        yield from (item.row.refs, item.row.evidence)
    names = (*PRINTED, "forecasts") if report.masthead.predictions else PRINTED
    yield from (getattr(report, name) for name in names)


@printed_first(_printed)
def agreement_report(context: Context, agreement: Agreement) -> AgreementReport:
    """Return the view of ``agreement`` in this context.

    Its fields are filled in the order in which they are printed. Raises ReporterError where it did
    not exist on the day.
    """
    if not context.afresh().snapshot.is_made(agreement):
        raise context.unknown(agreement.id, _first_day(agreement))
    library = context.library
    context.snapshot.note(agreement.signed_on)
    undertakings = [
        owned
        for statement in agreement.undertakings
        if context.was_said(owned := Owned(statement, agreement))
    ]
    summary = context.line(agreement.summary)
    summary = summary.model_copy(update={"text": ended(summary.text)})  # sentences follow it
    taken_on = tuple(_taken_on(context, agreement, owned) for owned in undertakings)
    promises = [
        row for row, owned in zip(taken_on, undertakings, strict=True) if owned.statement.is_promise
    ]
    made: tuple[Statement | Forecast, ...] = (
        *(owned.statement for owned in undertakings),
        *agreement.forecasts,
    )
    joined = participation(context, agreement)
    overdue = sum(row.standing.is_overdue for row in promises)
    late = are_overdue(len(promises), overdue, context.words)
    _look_aside(context, agreement)
    said = brief((summary.text, *_state(context, agreement, joined, counts(promises)), late))
    report = AgreementReport(
        id=agreement_id(agreement.id),
        heading=agreement_heading(library, agreement),
        masthead=context.masthead(agreement_heading(library, agreement)),
        name=context.label(agreement.short),
        titles=context.labels(agreement.title),
        untitled=tuple(
            language for language, title in agreement.title.root.items() if title == NOT_VERIFIED
        ),
        bottom_line=said,
        summary=summary,
        state=said.removeprefix(summary.text).strip(),
        undertakings=taken_on,
        promises=len(promises),
        promise_counts=counts(promises),
        content=context.lines(firm(library, agreement.content)),
        later=afterwards(context, agreement),
        type=agreement.type,
        parties=context.who(known_parties(agreement, joined)),
        depositary=tuple(map(context.party, agreement.depositary)),
        participation=joined,
        multilateral=agreement.multilateral,
        apart=joined is None and _is_long(agreement),
        signature=_signature(context, agreement),
        force=_force(context, agreement),
        relations=relations(context, agreement),
        tied=tuple(_tied(context, agreement)),
        disagreements=context.disagreements({agreement.id}),
        commentary=comments(context, firm(library, agreement.commentary)),
        unknown=agreement.not_verified,
        corrections=context.corrections(agreement_id(agreement.id), about=(agreement.id,)),
        forecasts=printed_predictions(context, agreement.forecasts),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
        review=changed_line(context, (agreement,), made),
    )
    return _with_aside(report, context, agreement).completed(context, made)


def _taken_on(context: Context, agreement: Agreement, owned: Owned) -> Followed:
    """Return an undertaking; of more than two parties that all took it on, none is named."""
    row = context.followed(owned)
    parties = set(agreement.parties)
    if len(parties) <= BOTH or set(owned.statement.by) != parties:
        return row
    return row.model_copy(update={"who": row.who.model_copy(update={"everyone": True})})


def _is_long(agreement: Agreement) -> bool:
    signing = agreement.known_signing
    return len(agreement.parties) + len(signing.named if signing else ()) > MOST_BESIDE


def _look_aside(context: Context, agreement: Agreement) -> None:
    """Note the days of what the page does not print: it says how much that is, and cites none."""
    aside = replace(context, sources=Bibliography(context.library))
    weak(aside, agreement)
    afterwards(aside, agreement, weak=True)
    predictions(aside, agreement.forecasts)


def _with_aside(report: AgreementReport, context: Context, agreement: Agreement) -> AgreementReport:
    """Return it with what its page does not print; the page's day and sources are settled."""
    later = afterwards(context, agreement, weak=True)
    lines = (*weak(context, agreement), *(item.line for item in later))
    forecasts = predictions(context, agreement.forecasts)
    told = not_printed(context, len(lines), forecasts)
    return report.model_copy(update={"weak": lines, "forecasts": forecasts, "not_printed": told})


def _first_day(agreement: Agreement) -> When | None:
    """Return the first that is on record of an agreement: its signing, or what came before."""
    first = min(agreement.told_on, key=lambda when: when.last, default=None)
    return agreement.signed_on or first


def _state(
    context: Context,
    agreement: Agreement,
    participation: Participation | None,
    promises: tuple[Count, ...],
) -> Iterator[str]:
    """Yield whether it is in force, for how many, and what became of its promises."""
    words, (state, force) = context.words, in_force(context, agreement)
    if agreement.known_signing is None:
        yield words.say("agreement_unsigned")
    elif force and state == "in force":
        day = words.when(force.date) if isinstance(force.date, When) else ""
        yield words.of("force_state", state, date=", ".join(filter(None, (day, force.text))))
    else:
        yield words.of("force_state", state)
    if participation:
        yield participation.text
    yield from of_its_promises(promises, words)


def _signature(context: Context, agreement: Agreement) -> SigningTold | None:
    signing = agreement.known_signing
    if signing is None:
        return None
    return SigningTold(
        how=signing.how,
        date=agreement.signed_on,
        local=local_days(context, signing),
        place=signing.place,
        refs=context.sources.cite(signing.source),
        named=signing.signatories != NOT_VERIFIED or signing.how not in SIGNED,
        signatories=_people(context, signing.named),
        present=_people(context, signing.present),
        witnesses=_people(context, signing.witnesses),
    )


def _people(context: Context, posts: tuple[Post, ...]) -> tuple[Chair, ...]:
    return tuple(_post(context, post) for post in posts)


def _post(context: Context, post: Post) -> Chair:
    person = context.library.people[post.person] if post.person else None
    return Chair(
        body=context.party(post.organisation),
        person=context.labels(person.name) if person else (),
        said=in_short(context, person) if person else "",
        post=context.label(post.post) if post.post else None,
        refs=context.sources.cite(post.source),
    )


def _force(context: Context, agreement: Agreement) -> Force:
    state, force = in_force(context, agreement)
    if force is None:
        return Force(state=state)
    date = force.date if isinstance(force.date, When) else None
    return Force(state=state, date=date, text=force.text, refs=context.sources.cite(force.source))


def _tied(context: Context, agreement: Agreement) -> Iterator[Tied]:
    """Yield what is followed from the meetings held and concerns the agreement.

    The statement itself, or a line of its history, is about the agreement.
    """
    day = context.snapshot.day
    for owned in context.library.mentions.get(agreement.id, ()):
        meeting, statement = owned.meeting, owned.statement
        if meeting is None or not (statement.strength or statement.history):
            continue
        about = {
            *statement.about,
            *(
                name
                for entry in statement.history
                if entry.when.known_on(day)
                for name in entry.about
            ),
        }
        if agreement.id in about and context.was_said(owned):
            yield Tied(
                report=meeting.report,
                heading=meeting_heading(context.library, meeting),
                row=context.followed(owned),
            )


def _records(library: Library, arguments: tuple[str, ...], _day: date) -> tuple[str, ...]:
    """Return it, the agreements that link to it, and the records with statements about it."""
    (name,) = arguments
    linked = (
        agreement.id
        for agreement in library.agreements.values()
        if any(link.agreement == name for link in agreement.links)
    )
    said = (
        identity(owned.owner)
        for owned in library.all_statements
        if name in owned.statement.about
        or any(name in entry.about for entry in owned.statement.history)
    )
    return tuple(dict.fromkeys((name, *linked, *said)))


def _every(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    agreements = snapshot.library.agreements.values()
    return ((agreement.id,) for agreement in agreements if snapshot.is_made(agreement))


VIEWS = Views(
    AgreementReport,
    lambda snapshot, name: agreement_heading(snapshot.library, snapshot.library.agreements[name]),
    lambda context, name: agreement_report(context, context.library.agreements[name]),
    _records,
    _every,
)

"""What concerns a body or a programme: promises and their status, meetings, agreements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from reporter.choice import agreement_id
from reporter.library.snapshot import UNFINISHED, StandingWord
from reporter.records.meeting import Meeting
from reporter.reports.agreement.view import agreement_heading
from reporter.reports.common.agreed_points import counted
from reporter.reports.common.ledger_rows import LATE
from reporter.reports.common.meeting_head import meeting_heading
from reporter.reports.common.meeting_names import date_of
from reporter.reports.common.rows_shown import bounded, heard_last, when_of, year_of
from reporter.reports.common.sentences import dated, due, in_vain, standings, who
from reporter.reports.headings import title
from reporter.reports.views import Line, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reporter.language import Language
    from reporter.library import Owned
    from reporter.records.agreement import Agreement
    from reporter.reports.common.context import Context
    from reporter.reports.views import StatusTold


class RelatedRow(View):
    """A report that something has to do with, and in what way."""

    date: str
    name: str
    report: str
    note: str
    refs: Refs


class PromisedThere(View):
    """A promise or an expectation, and where it stands on the day."""

    text: str
    who: str
    due: str
    made: RelatedRow
    also: tuple[RelatedRow, ...] = ()
    """Where the same stands, too."""
    status: str
    """Nothing of what has none."""
    mark: StandingWord | None
    """The status as the codebook has it."""
    inferred: bool = False
    """Whether the status rests on an inference of ours."""
    notes: tuple[str, ...]
    """Since when it is overdue, or nobody has looked."""
    news: Line | None
    """The newest of what happened, with its day."""
    told_above: bool = Field(default=False, exclude=True)
    """Whether the row above has the same news."""
    looked: Line | None = None
    """Where nothing is on record: what somebody looked for last, and did not find."""
    refs: Refs
    year: str = Field(exclude=True)
    """The year in which it was made, as the name of its page has it."""
    shown: bool = True
    """Whether the page shows it: of very many, what is most urgent."""

    last_heard: date = Field(exclude=True)
    """When anything was heard of it last; else when it was made."""

    @property
    def needs_action(self) -> bool:
        """Whether it is not done, or late: what is overdue is not done."""
        return self.mark in UNFINISHED | LATE


def promised(context: Context, among: Iterable[Owned]) -> tuple[PromisedThere, ...]:
    """Return the promises and expectations among these statements, the most urgent first."""
    made = [owned for owned in among if owned.statement.strength and context.was_said(owned)]
    rows = [
        (_promised(context, owned, others), context.followed(owned).standing)
        for owned, others in context.library.once_each(made)
    ]
    rows.sort(key=lambda item: _urgency(item[1]))
    return tuple(_news_once(bounded(row for row, _ in rows)))


def _news_once(rows: Iterable[PromisedThere]) -> Iterator[PromisedThere]:
    """Yield the rows; one whose news the row above it on the page has, too, says so."""
    above: Line | None = None
    for found in rows:
        is_told = found.shown and found.news is not None and found.news == above
        yield found.model_copy(update={"told_above": True}) if is_told else found
        above = found.news if found.shown else above


def in_short(rows: Sequence[PromisedThere], key: str, words: Language) -> Iterator[str]:
    """Yield, with the sentence of a key, how those stand that have a status; then the others."""
    found = [(row.mark, row.inferred) for row in rows if row.mark]
    if found:
        told = standings(counted(found), words)
        yield words.capital(words.say(key, n=len(found), counts=told))
    if others := len(rows) - len(found):
        yield words.capital(words.say("body_expects", n=others))


def _urgency(standing: StatusTold) -> tuple[bool, bool, bool]:
    return (not standing.is_overdue, not standing.is_unchecked, standing.status is None)


def _promised(context: Context, owned: Owned, others: tuple[Owned, ...]) -> PromisedThere:
    words, found = context.words, context.at(owned.owner).followed(owned)
    standing, made = found.standing, when_of(owned.owner)
    notes = [
        words.say(key, date=words.day(day, short=True))
        for key, day in (
            ("overdue_since", standing.overdue_since),
            ("not_checked_after", standing.not_checked_after),
        )
        if day
    ]
    if heard := standing.last_heard:
        notes.append(words.say("not_checked_since", date=words.when(heard, short=True)))
    notes = [words.say("inferred"), *notes] if standing.unmarked else notes
    notes = [standing.apart, *notes] if standing.apart else notes
    notes += [words.say("changed_since_review")] if standing.changed else []
    return PromisedThere(
        text=words.capital(found.short),
        who=who(found.who, words),
        due=due(found, words),
        made=row(context, owned.owner, "", ()),
        also=tuple(row(context, other.owner, "", ()) for other in others),
        status=words.of("status", standing.status) if standing.status else "",
        mark=standing.status,
        inferred=standing.inferred,
        notes=tuple(notes),
        news=dated(found.evidence, words) if found.evidence and not found.checked else None,
        looked=in_vain(found.evidence, words) if found.evidence and found.checked else None,
        refs=found.refs,
        year=year_of(made),
        last_heard=heard_last(found.evidence.date if found.evidence else None, made),
    )


def row(context: Context, owner: Meeting | Agreement, note: str, refs: Refs) -> RelatedRow:
    """Return a meeting or an agreement, and what something has to do with it."""
    words = context.words
    if isinstance(owner, Meeting):
        heading, report = meeting_heading(context.library, owner), owner.report
        date = date_of(owner, words, short=True)
        name = words.capital(title(heading.model_copy(update={"date": None}), words))
    else:
        heading, report = agreement_heading(context.library, owner), agreement_id(owner.id)
        when, name = owner.signed_on, title(heading, words)
        date = words.when(when, short=True) if when else words.say("not_verified")
    return RelatedRow(date=date, name=name, report=report, note=note, refs=refs)

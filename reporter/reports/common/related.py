"""What concerns a body or a programme: promises and their status, meetings, agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import agreement_id, meeting_id
from reporter.library.snapshot import StandingWord
from reporter.records.meeting import Meeting
from reporter.reports.agreement.view import agreement_heading
from reporter.reports.common.background import signed
from reporter.reports.common.front import meeting_heading
from reporter.reports.common.sentences import due, who
from reporter.reports.headings import title
from reporter.reports.views import Line, Refs, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reporter.dates import When
    from reporter.library import Owned
    from reporter.records.agreement import Agreement
    from reporter.reports.common.context import Context
    from reporter.reports.views import Standing


class Row(View):
    """A report that something has to do with, and in what way."""

    date: str
    name: str
    report: str
    note: str
    refs: Refs


class Promised(View):
    """A promise or an expectation, and where it stands on the day."""

    text: str
    who: str
    due: str
    made: Row
    status: str
    mark: StandingWord
    """The status as the codebook has it."""
    notes: tuple[str, ...]
    """Since when it is overdue, or nobody has looked."""
    news: Line | None
    refs: Refs


def promised(context: Context, concerns: Callable[[Owned], bool]) -> Iterator[Promised]:
    """Yield the promises and expectations that concern something, the most urgent first."""
    made = [
        owned
        for owned in context.library.all_statements()
        if owned.statement.strength and concerns(owned) and context.is_made(owned)
    ]
    rows = [(_promised(context, owned), context.followed(owned).standing) for owned in made]
    rows.sort(key=lambda item: _urgency(item[1]))
    return (row for row, _ in rows)


def _urgency(standing: Standing) -> tuple[bool, bool]:
    unchecked = standing.not_checked_after or standing.not_checked_since
    return (standing.overdue_since is None, unchecked is None)


def _promised(context: Context, owned: Owned) -> Promised:
    words, found = context.words, context.followed(owned)
    standing = found.standing
    notes = [
        words.say(key, date=words.day(day, short=True))
        for key, day in (
            ("overdue_since", standing.overdue_since),
            ("not_checked_after", standing.not_checked_after),
            ("not_checked_since", standing.not_checked_since),
        )
        if day
    ]
    return Promised(
        text=words.capital(found.short),
        who=who(found.who, words),
        due=due(found, words),
        made=row(context, owned.owner, "", ()),
        status=words.of("status", standing.status),
        mark=standing.status,
        notes=tuple(notes),
        news=found.evidence,
        refs=found.refs,
    )


def row(context: Context, owner: Meeting | Agreement, note: str, refs: Refs) -> Row:
    """Return a meeting or an agreement, and what something has to do with it."""
    words = context.words
    if isinstance(owner, Meeting):
        heading, report = meeting_heading(owner), meeting_id(owner.number)
        when: When | None = owner.date
        name = words.capital(words.say("agreement_meeting", nth=words.ordinal(owner.number)))
        name = f"{name}, {heading.city}" if heading.city else name
    else:
        heading, report = agreement_heading(context.library, owner), agreement_id(owner.id)
        when, name = signed(owner), title(heading, words)
    date = words.when(when, short=True) if when else words.say("not_verified")
    return Row(date=date, name=name, report=report, note=note, refs=refs)

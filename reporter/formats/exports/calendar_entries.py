"""Entries of a calendar, and what falls due beside promises: plans of programmes, next steps."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from reporter.records.same import track_id
from reporter.reports.common import page_one_texts
from reporter.reports.common.meeting_head import meeting_heading
from reporter.reports.common.programmes import newest_plan, track_heading
from reporter.reports.common.sentences import who
from reporter.reports.headings import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.dates import When
    from reporter.records.meeting import Meeting, NextStep
    from reporter.reports.common.context import Context


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An all-day entry of a calendar."""

    id: str
    first: date
    last: date
    summary: str
    description: str
    place: str | None = None
    category: str | None = None
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"] = "CONFIRMED"
    """How sure it is, in the words of RFC 5545, 3.8.1.11."""
    told: tuple[date, ...] = ()
    """The days on which the records say something of it: the first, and each that may move it."""

    @property
    def revision(self) -> int:
        """How often it may have changed since it was first told."""
        return max(len(self.told) - 1, 0)


def told_on(context: Context, whens: Iterable[When]) -> tuple[date, ...]:
    """Return the days of what is told of something, as far as they are known, in order."""
    return tuple(sorted({when.last for when in whens if context.snapshot.knows(when)}))


def plans_due(context: Context) -> Iterator[CalendarEntry]:
    """Yield for when each track of a programme is planned that has not ended.

    A track that shows what became of a promise with a date is that promise's entry.
    """
    words, said = context.words, filter(context.was_said, context.library.all_statements)
    promised = {owned.statement.same_as for owned in said if owned.statement.due}
    for programme in context.library.programmes.values():
        for track in programme.tracks:
            plan = newest_plan(context, track)
            if plan is None or track_id(programme.id, track.id) in promised:
                continue
            lead = who(context.who(programme.lead), words) or words.say("ledger_others")
            told = [f"{words.say('by_when')}: {plan.due_words or words.when(plan.due)}"]
            told.append(words.say("stated", date=words.when(plan.stated)))
            stated = (each.stated for each in track.plans)
            heading = track_heading(context, programme, track)
            yield CalendarEntry(
                id=f"plan-{programme.id}.{track.id}",
                first=plan.due.last,
                last=plan.due.last,
                summary=words.say("calendar_planned", text=heading, who=lead),
                description="\n".join(told),
                category=words.say("calendar_plan"),
                told=told_on(context, stated),
            )


def steps_due(context: Context) -> Iterator[CalendarEntry]:
    """Yield by when each step of page one is to be taken that carries out no dated promise."""
    for meeting in context.library.every_meeting:
        for step in page_one_texts.holding(context, meeting.next_steps, meeting):
            owned = context.library.statements.get(step.follows or "")
            is_told = owned and owned.statement.due and context.was_said(owned)
            if step.due and not is_told and page_one_texts.is_to_do(context, step):
                yield _step(context, meeting, step)


def _step(context: Context, meeting: Meeting, step: NextStep) -> CalendarEntry:
    words = context.words
    assert step.due is not None  # noqa: S101 (the caller has seen to it)
    # A step has no id of its own: it is known by its words, wherever it stands in the list.
    name = blake2b(step.text.encode(), digest_size=6).hexdigest()
    doer = who(context.who(step.by), words) if step.by else step.who or ""
    told = [f"{words.say('by_when')}: {step.due_words or words.when(step.due)}"]
    told.append(title(meeting_heading(context.library, meeting), words))
    return CalendarEntry(
        id=f"step-{meeting.report}-{name}",
        first=step.due.last,
        last=step.due.last,
        summary=words.say("calendar_due", text=step.text, who=doer),
        description="\n".join(told),
        category=words.say("to_do"),
        told=told_on(context, [step.date or meeting.date]),
    )

"""What was promised or planned, and what became of it: one line each, worst first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.library.snapshot import UNFINISHED, WORST_FIRST, StandingWord
from reporter.records.brevity import cut
from reporter.records.meeting import WORDS_OF_A_POINT, WORDS_OF_A_STEP
from reporter.reports.common.agreed_points import few
from reporter.reports.common.context import settled
from reporter.reports.common.events import is_same
from reporter.reports.common.mid_sentence import inside
from reporter.reports.common.owners import apart
from reporter.reports.common.review_marks import has_changed
from reporter.reports.common.sentences import dated, due, in_short, in_vain, spoken, who
from reporter.reports.views import Anchored, Line, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.language import Language
    from reporter.library import Owned
    from reporter.library.snapshot import Standing
    from reporter.records.programme import Plan, Track
    from reporter.records.statements import Entry, Statement
    from reporter.reports.common.context import Context
    from reporter.reports.common.events import ToldEvents
    from reporter.reports.views import Who

STRONG = frozenset({"missed", "slipped", "overtaken"})
WELL: frozenset[StandingWord] = frozenset({"met", "met late", "standing", "overtaken"})


class StatusRow(Anchored):
    """A promise or a dated plan, with what became of it."""

    id: str
    text: str
    brief: str
    """The same for page one: with who owes it where that is not everybody, and by when."""
    who: str
    due: str
    status: str
    mark: StandingWord
    """The status as the codebook has it."""
    strong: bool
    """Whether the status is to be seen first."""
    rank: int
    """Its place among others: the worst is least."""
    apart: str = ""
    """How those who owe it differ; nothing where they do not."""
    notes: tuple[str, ...]
    """Our inference; since when it is overdue or nobody looked; that nothing newer was found."""
    news: Line | None
    looked: Line | None = None
    """Where nothing is on record: what somebody looked for last, and did not find."""
    reported: Line | None
    """What weak sources alone say, the newest of it."""
    refs: Refs


class ExpectedOutcome(View):
    """What was expected, and what became of it, in a few words."""

    text: str
    strong: bool
    unwell: bool
    """Whether more is to be said of it: it has a line of its own."""
    refs: Refs


class Matter(Anchored):
    """Something that was discussed or welcomed, and the news of it."""

    id: str
    text: str
    news: Line
    refs: Refs


@dataclass(frozen=True, slots=True)
class FollowedStatement:
    """A statement that is followed, and where it stands on the day."""

    owned: Owned
    standing: Standing

    @property
    def statement(self) -> Statement:
        """The statement."""
        return self.owned.statement

    @property
    def has_status(self) -> bool:
        """Whether it can be kept or broken: a promise, or a plan with a date."""
        return self.statement.has_status

    @property
    def due(self) -> When | None:
        """By when it is to be done, as far as that is known on the day."""
        return self.standing.due

    @property
    def due_words(self) -> str | None:
        """The same in words of the document; none where it was moved since."""
        return self.statement.due_words if self.due == self.statement.due else None

    @property
    def rank(self) -> int:
        """Its place among others: the worst is least."""
        overdue = self.standing.overdue_since or self.standing.not_checked_after
        order = WORST_FIRST.index(self.standing.status)
        return 1 if overdue and order > 1 else order * 2


def worst_first(items: Iterable[FollowedStatement]) -> list[FollowedStatement]:
    """Return what matters most first; what is as bad stays in the order of the document."""
    return sorted(items, key=lambda item: item.rank)


def status_row(context: Context, item: FollowedStatement, told: ToldEvents) -> StatusRow:
    """Return a row; of its history the newest event that the page has not told yet."""
    statement, standing, words = item.statement, item.standing, context.words
    text = words.capital(cut(short(statement, words), WORDS_OF_A_POINT))
    parties = few(context.who(statement.by))
    refs = context.sources.cite(statement.source)
    weak = standing.reported[-1:] if standing.reported else ()
    found = news(context, item, told)
    ours = standing.inferred and not (found and found.inferred)
    return StatusRow(
        id=statement.id or "",
        text=text,
        brief=_brief(item, parties, words),
        who=who(parties, words),
        due=due(item, words),
        status=words.of("status", standing.status),
        mark=standing.status,
        strong=standing.status in STRONG or standing.is_overdue,
        rank=item.rank,
        apart=apart(context, standing),
        notes=(*((words.say("inferred"),) if ours else ()), *notes(context, item)),
        news=found,
        looked=_in_vain(context, item),
        reported=next((_line(context, entry) for entry in weak), None),
        refs=refs,
    )


def _brief(item: FollowedStatement, parties: Who, words: Language) -> str:
    """Return a row in a few words: with who owes it where that is not everybody, and by when."""
    brief = words.capital(cut(short(item.statement, words), WORDS_OF_A_STEP))
    by = due(item, words, inside=True) if item.due_words or item.due else ""
    whose = who(parties, words)
    whose = words.small(whose) if parties.but else whose
    told = {"text": brief, "who": whose, "due": by}
    is_told = not by or (item.due_words or by) in brief
    if parties.everyone:
        return brief if is_told else words.say("promise_due", None, **told)
    return words.say("of_whom" if is_told else "of_whom_due", None, **told)


def short(statement: Statement, words: Language) -> str:
    """Return a statement in a few words; without any, what is to be done, or verb and text."""
    if statement.short or statement.has_status:
        return in_short(statement, words)
    return spoken(statement, words)


def notes(context: Context, item: FollowedStatement) -> Iterator[str]:
    """Yield what dates add to a status."""
    standing, words = item.standing, context.words
    if standing.overdue_since:
        yield words.say("overdue_since", date=words.day(standing.overdue_since, short=True))
    if standing.not_checked_after:
        after = words.day(standing.not_checked_after, short=True)
        yield words.say("not_checked_after", date=after)
    elif standing.not_checked_since:
        yield words.say("not_checked_since", date=month(context, standing.not_checked_since))
    elif _looked(context, item):
        yield words.say("nothing_newer")
    if has_changed(context.snapshot, item.statement):
        yield words.say("changed_since_review")


def month(context: Context, day: date) -> str:
    """Return the month of a day, in short."""
    return context.words.when(When.in_month_of(day), short=True)


def _looked(context: Context, item: FollowedStatement) -> bool:
    """Return whether somebody looked after the newest evidence, and found nothing."""
    if item.standing.status not in UNFINISHED:
        return False
    history, latest = item.statement.history, item.standing.latest
    return context.snapshot.looked_since(history, latest) is not None


def _in_vain(context: Context, item: FollowedStatement) -> Line | None:
    """Return what somebody looked for last and did not find, where nothing is on record."""
    latest = item.standing.latest
    if latest is None or not latest.checked:
        return None
    return in_vain(context.entry(latest, most=1), context.words)


def evidence(context: Context, statement: Statement) -> list[Entry]:
    """Return what happened, the newest first; what weak sources alone say is left out."""
    return context.snapshot.evidence(statement.history)[::-1]


def news(context: Context, item: FollowedStatement, told: ToldEvents) -> Line | None:
    """Return the newest event of a history that the page has not told yet.

    Where owners stand differently, it is one on those who stand as the promise does.
    """
    found = evidence(context, item.statement)
    if item.standing.own:
        found.sort(key=lambda entry: entry != item.standing.latest)
    entry = next((e for e in found if not told.knows(e)), None)
    if entry is None:
        return None
    told.tell(entry)
    return _line(context, entry)


def _line(context: Context, entry: Entry) -> Line:
    return dated(context.entry(entry), context.words)


def matter(context: Context, item: FollowedStatement, told: ToldEvents) -> Matter | None:
    """Return something discussed with its news; None where there is none that was not told."""
    found = news(context, item, told)
    if found is None:
        return None
    statement = item.statement
    return Matter(
        id=statement.id or "",
        text=context.words.capital(cut(short(statement, context.words), WORDS_OF_A_POINT)),
        news=found,
        refs=context.sources.cite(statement.source),
    )


def outcomes(
    context: Context, items: Iterable[FollowedStatement], told: ToldEvents
) -> Iterator[ExpectedOutcome]:
    """Yield what became of plans, in a few words each; what one event decided is told together."""
    left = worst_first(items)
    while left:
        first = left[0]
        entry = _decisive(context, first)
        together = [
            item
            for item in left
            if item is first
            or (entry and (other := _decisive(context, item)) and is_same(entry, other))
        ]
        left = [item for item in left if item not in together]
        outcome = _outcome(context, together, entry)
        if entry and not outcome.unwell:
            told.tell(entry)
        yield outcome


def _decisive(context: Context, item: FollowedStatement) -> Entry | None:
    """Return what decided how a plan stands."""
    if item.standing.fulfilled or item.standing.own:
        return item.standing.fulfilled or item.standing.latest
    return next((e for e in evidence(context, item.statement) if e.status), None)


def _outcome(
    context: Context, items: list[FollowedStatement], entry: Entry | None
) -> ExpectedOutcome:
    first, words = items[0], context.words
    status = words.small(words.of("status", first.standing.status))
    day = first.standing.fulfilled
    if day:
        status = words.say("status_on", status=status, date=words.when(day.when, short=True))
    elif later := replacement(context, first.statement):
        status = words.say("status_now", status=status, due=plan_due(context, later))
    if first.standing.inferred:
        status = words.say("status_inferred", status=status)
    texts = [
        inside(context, cut(short(item.statement, context.words), WORDS_OF_A_STEP))
        for item in items
    ]
    refs = context.sources.cite(
        *(item.statement.source for item in items), entry.source if entry else None
    )
    text = words.say("expected_outcome", text=words.list(texts), status=status)
    unwell = all(item.standing.status not in WELL for item in items)
    return ExpectedOutcome(
        text=text, strong=first.standing.status in STRONG, unwell=unwell, refs=refs
    )


def plan_due(context: Context, plan: Plan) -> str:
    """Return for when something is planned."""
    return due(plan, context.words)


def track_of(context: Context, statement: Statement) -> Track | None:
    """Return what a plan is followed up in: the track that has its date, or the only one."""
    programmes = context.library.programmes
    names = (*statement.about, *statement.subjects)
    tracks = [track for name in names if name in programmes for track in programmes[name].tracks]
    dated = [track for track in tracks if any(plan.due == statement.due for plan in track.plans)]
    return next(iter(dated or (tracks if len(tracks) == 1 else [])), None)


@settled
def replacement(context: Context, statement: Statement) -> Plan | None:
    """Return the newest plan that takes the place of the date of a statement, if one does."""
    track = track_of(context, statement)
    if track is None:
        return None
    known = [plan for plan in track.plans if context.snapshot.knows(plan.stated)]
    solid = [plan for plan in known if not context.library.is_weak(plan.source)]
    newest = solid[-1] if solid else None
    return newest if newest and newest.due != statement.due else None

"""What is to be done: by whom, by when. What a person wrote, or what their owners can do next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from reporter.choice import is_public
from reporter.dates import months_later
from reporter.library.snapshot import UNFINISHED
from reporter.records.brevity import cut
from reporter.records.meeting import WORDS_OF_A_DATE, WORDS_OF_A_STEP
from reporter.reports.common import page_one_texts
from reporter.reports.common.agreed_points import few
from reporter.reports.common.context import settled
from reporter.reports.common.gap import last_before_gap, the_next
from reporter.reports.common.meeting_names import has_ordinal
from reporter.reports.common.mid_sentence import inside
from reporter.reports.common.sentences import who, with_year
from reporter.reports.meeting.standing import plan_due, replacement, short, track_of
from reporter.reports.views import Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reporter.dates import When
    from reporter.records.meeting import Meeting, NextStep
    from reporter.records.programme import Plan, Programme, Track
    from reporter.reports.common.context import Context
    from reporter.reports.meeting.standing import FollowedStatement

MOST_STEPS = 5  # on page one; a person may write one more
MONTHS_AHEAD = 12  # within which a plan is a step


class StepRow(View):
    """Something to be done."""

    id: str | None = None
    """Of a promise or a plan."""
    text: str
    who: str
    due: str
    overdue: str = ""
    """Since when it is overdue; empty where it is not."""
    ours: bool = False
    """Whether the side does it whose briefing this is."""
    refs: Refs = ()


class Steps(View):
    """What is to be done, own side first where the briefing is one side's."""

    heading: str
    rows: tuple[StepRow, ...]
    others: tuple[StepRow, ...] = ()
    """What the others have to do, where the briefing is one side's."""
    others_heading: str = ""
    further: tuple[StepRow, ...] = ()
    """Those that page one is too short for."""
    written: bool = False
    """Whether a person wrote them."""
    more: tuple[str, ...] = ()
    """What page one says of further ones: of those, and of each more that it leaves out."""


class _Step(NamedTuple):
    """A step before it is put in order."""

    row: StepRow
    by: tuple[str, ...]
    due: date | None = None
    """Its last day."""
    marks: frozenset[object] = frozenset()
    """By what it is seen to be the same as another one."""


def steps(context: Context, meeting: Meeting, items: Sequence[FollowedStatement]) -> Steps:
    """Return what is to be done as of the day.

    What the table of promises says in the same way, with who and by when, is told again only as
    what is to be done first, or by our own side.
    """
    to_do = [
        item
        for item in page_one_texts.holding(context, meeting.next_steps, meeting)
        if page_one_texts.is_to_do(context, item)
    ]
    found, desk = [_written(context, item) for item in to_do], context.library.desk
    if not found:
        found = list(_apart((*_promised(context, items), *_planned(context, items))))
        found += [*_next_meeting(context, meeting), *_unknown(context, items)]
    promises = [item for item in items if item.statement.is_promise]
    table = {(one.statement.id, tuple(one.statement.by), _due_of(context, one)) for one in promises}
    told = {step.row.id for step in found if (step.row.id, step.by, step.row.due) in table}
    if not to_do:  # else a person has put them in order
        found.sort(key=lambda step: _place(context, step, desk))
    rows = [step.row.model_copy(update={"ours": _is_ours(context, step, desk)}) for step in found]
    return _steps(context, rows, told, written=bool(to_do))


def _steps(context: Context, rows: list[StepRow], told: set[str | None], *, written: bool) -> Steps:
    words, desk = context.words, context.library.desk
    most = len(rows) if written else MOST_STEPS
    shown, further = rows[:most], rows[most:]
    ours = [row for row in shown if row.ours]
    others = [row for row in shown if not row.ours]
    numbers = range(len(further), len(rows))
    more = tuple(words.say("more", n=n) if n else "" for n in numbers)
    key = "for_us" if desk and ours else "to_do"
    first, second = (ours, others) if desk and ours else (shown, [])
    return Steps(
        heading=words.say(key),
        rows=tuple(first),
        others=tuple(second),
        others_heading=words.say("for_others") if second else "",
        further=tuple(row for row in further if row.ours or row.id not in told),
        written=written,
        more=more,
    )


def _place(context: Context, step: _Step, desk: str | None) -> tuple[bool, int, bool, date]:
    """Order by whose it is, then by what is overdue, then by date; the undated come last."""
    sides = list(context.library.sides)
    own = {_side(context, name) for name in step.by}
    first = min((sides.index(side) for side in own if side in sides), default=len(sides))
    several = 0 if len(own) > 1 else first + 1
    return not _is_ours(context, step, desk), several, not step.row.overdue, step.due or date.max


def _is_ours(context: Context, step: _Step, desk: str | None) -> bool:
    return desk is not None and (not step.by or desk in {_side(context, n) for n in step.by})


def _side(context: Context, name: str) -> str | None:
    library = context.library
    return name if name in library.sides else library.organisations[name].side


def _who(context: Context, names: tuple[str, ...]) -> str:
    """Return who does something; of bodies, their side too where there are several sides."""
    told = who(few(context.who(names)), context.words)
    sides = {_side(context, name) for name in names} - {None}
    bodies = all(name not in context.library.sides for name in names)
    if context.library.desk or not bodies or len(sides) != 1:
        return told
    side = context.party(str(next(iter(sides)))).text
    return context.words.say("of_whom", text=told, who=side)


def _due(context: Context, due: When | None, due_words: str | None) -> str:
    words = context.words
    if due_words:
        return with_year(cut(due_words, WORDS_OF_A_DATE), due_words, due, words)
    return words.when(due, short=True) if due else words.say("no_date")


def _due_of(context: Context, item: FollowedStatement) -> str:
    return _due(context, item.due, item.due_words)


def _written(context: Context, item: NextStep) -> _Step:
    words = context.words
    overdue = item.follows and page_one_texts.is_overdue(context, item)
    row = StepRow(
        text=item.text,
        who=item.who or _who(context, item.by),
        due=_due(context, item.due, item.due_words),
        overdue=words.say("overdue") if overdue else "",
        refs=context.sources.cite(item.source),
    )
    return _Step(row, item.by, item.due.last if item.due else None)


def _promised(context: Context, items: Iterable[FollowedStatement]) -> Iterator[_Step]:
    """Yield the promises that are not done."""
    for item in items:
        statement, standing, words = item.statement, item.standing, context.words
        if not statement.is_promise or not standing.is_unfinished:
            continue
        later = replacement(context, statement)
        due = later.due if later else item.due
        due_words = later.due_words if later else item.due_words
        row = StepRow(
            id=statement.id,
            text=words.capital(cut(short(statement, words), WORDS_OF_A_STEP)),
            who=_who(context, standing.left or statement.by),
            due=_due(context, due, due_words),
            overdue=words.say("overdue") if standing.is_late_for_some else "",
            refs=context.sources.cite(statement.source, later.source if later else None),
        )
        track = track_of(context, statement)
        marks = _marks(row.text, due, track)
        by = standing.left or tuple(statement.by)
        yield _Step(row, by, due.last if due else None, marks)


def _planned(context: Context, items: Iterable[FollowedStatement]) -> Iterator[_Step]:
    """Yield the dated plans ahead: of the meeting, and of programmes that it is about."""
    followed: set[str] = set()
    for item in items:
        statement = item.statement
        if not item.has_status:
            continue
        followed.update(name for name in statement.about if name in context.library.programmes)
        replaced = replacement(context, statement) or item.standing.status not in UNFINISHED
        due = item.due
        if statement.is_promise or replaced:
            continue
        if not _becomes_near(context, due):
            continue
        row = StepRow(
            id=statement.id,
            text=context.words.capital(cut(short(statement, context.words), WORDS_OF_A_STEP)),
            who=_who(context, statement.by),
            due=_due(context, due, item.due_words),
            refs=context.sources.cite(statement.source),
        )
        marks = _marks(row.text, due, track_of(context, statement))
        yield _Step(row, tuple(statement.by), due.last if due else None, marks)
    for name in sorted(followed):
        programme = context.library.programmes[name]
        for track in programme.tracks:
            if plan := _plan_ahead(context, track):
                yield _track_step(context, programme, track, plan)


def _track_step(context: Context, programme: Programme, track: Track, plan: Plan) -> _Step:
    name = programme.abbreviation or context.label(programme.name).text
    is_named = name.casefold() in track.name.casefold()
    text = track.name if is_named else context.words.say("of_whom", text=track.name, who=name)
    row = StepRow(
        text=context.words.capital(cut(text, WORDS_OF_A_STEP)),
        who=_who(context, tuple(programme.lead)),
        due=plan_due(context, plan),
        refs=context.sources.cite(plan.source),
    )
    documents = [citation.document for citation in plan.source]
    marks = _marks(row.text, plan.due, track) | {(str(plan.due), name) for name in documents}
    return _Step(row, tuple(programme.lead), plan.due.last, marks)


@settled
def _plan_ahead(context: Context, track: Track) -> Plan | None:
    """Return the newest plan of a track, where it still stands and is near."""
    snapshot = context.snapshot
    plans = [plan for plan in track.plans if snapshot.knows(plan.stated)]
    plans = [plan for plan in plans if not context.library.is_weak(plan.source)]
    if not plans or (track.outcome and snapshot.knows(track.outcome.date)):
        return None
    newest = plans[-1]
    off = [item for item in track.postponed if item.date is None or snapshot.knows(item.date)]
    if any(item.date is None or newest.stated < item.date for item in off):
        return None
    return newest if _is_near(context, newest.due) else None


def _is_near(context: Context, due: When | None) -> bool:
    """Return whether a date lies ahead, and not so far that nobody can do anything about it yet."""
    snapshot = context.snapshot
    if due is None or snapshot.has_passed(due):
        return False
    since = _months_before(due.last)
    snapshot.note(since)
    return since <= snapshot.day


_becomes_near = settled(_is_near)


def _months_before(due: date) -> date:
    """Return the first day on which a date is near."""
    day = date(max(due.year - MONTHS_AHEAD // 12, 1), due.month, 1)
    while months_later(day, MONTHS_AHEAD) < due:
        day += timedelta(days=1)
    return day


def _marks(text: str, due: When | None, track: Track | None) -> frozenset[object]:
    same = {("text", text.casefold(), str(due))}
    return frozenset(same | ({("track", id(track))} if track else set()))


def _apart(found: Iterable[_Step]) -> Iterator[_Step]:
    """Yield each thing once, however many records it stands in."""
    seen: set[object] = set()
    for step in found:
        if seen.isdisjoint(step.marks):
            yield step
        seen |= step.marks


def _next_meeting(context: Context, meeting: Meeting) -> Iterator[_Step]:
    """Yield that a next meeting is to be agreed on, in the briefings on the last two."""
    last = last_before_gap(context, meeting)
    if last is None:
        return
    words, chairs = context.words, last.cochairs
    desk = context.library.desk
    own = tuple(chair.organisation for chair in chairs if chair.side == desk)
    names = own or tuple(context.library.sides)
    row = StepRow(
        text=words.say("agree_on_next", meeting=the_next(context, last))
        if has_ordinal(last)
        else words.say("agree_on_further"),
        who=_who(context, names),
        due=words.say("no_date_agreed"),
    )
    yield _Step(row, tuple(context.library.sides))


@settled
def _in_vain(context: Context, item: FollowedStatement) -> str:
    """Return what somebody looked for last, and did not find."""
    entries = context.snapshot.history(item.statement.history) if item.has_status else ()
    return entries[-1].text if entries and entries[-1].checked else ""


def _unknown(context: Context, items: Iterable[FollowedStatement]) -> Iterator[_Step]:
    """Yield what somebody looked for in vain, of promises and dated plans: for our own house."""
    words = context.words
    if is_public(context.library.edition):
        return
    for item in items:
        if found := _in_vain(context, item):
            text = words.say("look_again", text=inside(context, found))
            row = StepRow(
                text=cut(text, 2 * WORDS_OF_A_STEP),
                who=words.say("desk_officer"),
                due=words.say("before_next_use"),
                refs=context.sources.cite(item.statement.source),
            )
            yield _Step(row, ())

"""How we know: how much was read, what cannot be told, and of what no news was found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from reporter.language import clause
from reporter.records.brevity import cut
from reporter.records.meeting import WORDS_OF_A_STEP
from reporter.reports.common.agreed_points import few
from reporter.reports.common.context import settled
from reporter.reports.common.gap import next_was_held
from reporter.reports.common.mid_sentence import inside
from reporter.reports.common.review_marks import changed_line
from reporter.reports.common.sentences import named, report_on, speaker, spoken
from reporter.reports.comparison.differences import lacks_lists, tells_moves, untold
from reporter.reports.meeting.standing import evidence
from reporter.reports.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.records.meeting import Meeting
    from reporter.records.statements import Forecast, Statement
    from reporter.reports.common.changes import Changes
    from reporter.reports.common.context import Context
    from reporter.reports.meeting.standing import FollowedStatement
    from reporter.reports.views import Corrected

LATELY = timedelta(days=90)
"""For how long page one says that something was corrected."""


class Knowledge(View):
    """How far the knowledge of a meeting reaches."""

    line: str
    """In a line, for page one."""
    sentences: tuple[str, ...]
    """In full; who took part stands with the lists."""


class Differing(View):
    """A fact on which sources disagree, and the report that tells what they say."""

    id: str
    fact: str
    report: str


@settled
def told_elsewhere(context: Context, meeting: Meeting, about: set[str]) -> tuple[Differing, ...]:
    """Return on what of these records sources disagree, but not about the meeting itself.

    The page of an agreement or a programme tells it in full.
    """
    return tuple(_told_elsewhere(context, meeting, about))


def _told_elsewhere(context: Context, meeting: Meeting, about: set[str]) -> Iterator[Differing]:
    library, snapshot = context.library, context.snapshot
    made = library.agreements.keys() & about
    made = {name for name in made if snapshot.is_made(library.agreements[name])}
    for item in library.disagreements.values():
        if meeting.id in item.about:
            continue
        here = [name for name in item.about if name in about]
        pages = [name for name in here if name in made or name in library.programmes]
        if pages and snapshot.knows(item.since):
            yield Differing(id=item.id, fact=item.fact, report=report_on(library, pages[0]))


def knowledge(
    context: Context,
    meeting: Meeting,
    items: Sequence[FollowedStatement],
    found: Changes | None,
    mended: Sequence[Corrected],
) -> Knowledge:
    """Return how far the knowledge of a meeting reaches, and what the page lately said wrong.

    Where somebody looked in vain is noted for the end of the page.
    """
    words = context.words
    extent = read_of(context, meeting)
    lists, moved = _lists(context, meeting), _moves(context, meeting, found)
    silent = " ".join(_silent(context, meeting, items))
    questions = len(meeting.not_verified)
    asked = words.capital(words.say("open_questions", n=questions)) if questions else ""
    said: tuple[Statement | Forecast, ...] = (*context.said(meeting), *meeting.forecasts)
    changed = changed_line(context, (meeting,), said)
    brief = filter(None, (_lately(context, mended), lists, f"{asked}." if asked else ""))
    for where in _searched(context, items):
        context.sources.search(where)
    return Knowledge(
        line=" ".join(brief),
        sentences=tuple(filter(None, (extent, moved, silent, changed))),
    )


@settled
def _searched(context: Context, items: Sequence[FollowedStatement]) -> tuple[str, ...]:
    """Return where somebody looked in vain, of each statement the last time."""
    histories = (context.snapshot.history(item.statement.history) for item in items)
    checks = ([entry for entry in entries if entry.checked] for entries in histories)
    return tuple(entry.where or "" for found in checks for entry in found[-1:])


def read_of(context: Context, meeting: Meeting) -> str:
    """Return how much of the document of a meeting was read; it is called what it is.

    Nothing where none is on record, and none is looked for: its head says that there is none.
    """
    words, issued = context.words, context.library.documents.get(meeting.document)
    if issued is None and meeting.evidence != "announced":
        return ""
    kind = issued.kind if issued else None
    if kind == "joint statement" or meeting.evidence == "announced":
        return words.of("evidence", meeting.evidence)
    if kind == "minutes":
        return words.of("evidence_of_minutes", meeting.evidence)
    told = words.of("document_kind", kind or "document")
    return words.of("evidence_of", meeting.evidence, kind=told)


def _moves(context: Context, meeting: Meeting, found: Changes | None) -> str:
    """Return what cannot be told of who and what came or went.

    Where nothing of it is told, and its own statement is here in part, the page has said why.
    """
    if found is None or not context.snapshot.took_place(meeting):
        return ""
    said = meeting.statements.complete or tells_moves(found) or lacks_lists(found)
    return " ".join(untold(context.library, found, context.words)) if said else ""


@settled
def _lately(context: Context, mended: Sequence[Corrected]) -> str:
    """Return what was corrected lately: whoever holds an older page has to know."""
    for item in mended:  # the newest first
        ends = item.day.last + min(LATELY, date.max - item.day.last)
        if ends >= context.snapshot.day:
            context.snapshot.note(item.day)
            return context.words.say("corrected_lately", date=context.words.when(item.day))
        context.snapshot.note(ends + min(timedelta(days=1), date.max - ends))
    return ""


def _lists(context: Context, meeting: Meeting) -> str:
    """Return of which sides it is not known who all took part."""
    found: list[str] = []
    for given in (None, "not given", "open-ended"):
        lists = [item for item in meeting.participants if not item.complete and item.list == given]
        names = [context.label(context.library.sides[item.side].name).text for item in lists]
        sides = named(names, context.words)
        if names and given:
            found.append(context.words.of("lists_of", given, sides=sides))
        elif names:
            found.append(context.words.say("extent_lists", sides=sides))
    return " ".join(found)


def _told(context: Context, statement: Statement) -> str:
    """Return a statement in a few words; without any, who said what."""
    if statement.short:
        return inside(context, statement.short)
    who = speaker(few(context.who(statement.by)), context.words)
    return f"{who} {clause(spoken(statement, context.words))}"


def _silent(
    context: Context, meeting: Meeting, items: Sequence[FollowedStatement]
) -> Iterator[str]:
    """Yield of which matters no news was found; that a next meeting was held is news."""
    names = [
        cut(_told(context, item.statement), WORDS_OF_A_STEP)
        for item in items
        if not item.has_status and not evidence(context, item.statement)
        if not next_was_held(context, meeting, item.statement)
    ]
    if names:
        yield context.words.say("no_news_of", list="; ".join(names))

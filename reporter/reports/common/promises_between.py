"""What became of one meeting's promises by another: new, taken up again, met, missed, unchecked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reporter.dates import When
from reporter.library import Owned
from reporter.reports.common.sentences import in_short
from reporter.reports.views import Refs, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reporter.library.snapshot import Standing
    from reporter.records.base import Citation
    from reporter.records.meeting import Meeting
    from reporter.records.statements import Entry, Statement
    from reporter.reports.common.context import Context

T = TypeVar("T")
Proven = tuple["Promise", "Iterable[Citation]"]
"""A promise, and what proves what is said of it."""


class Promise(View):
    """A promise in a few words."""

    id: str
    text: str
    earlier: str | None = None
    """Of one that was taken up again: the id of the earlier promise."""
    when: When | None = None
    """When it was met or missed, or last checked."""
    inferred: bool = False
    """Whether that it was met or missed is our inference."""
    late: bool = False
    """Whether it was met after its day."""


class Promises(View):
    """Several promises, with the sources that prove it of all of them."""

    items: tuple[Promise, ...] = ()
    refs: Refs = ()


class PromiseChanges(View):
    """What changed in the promises from one meeting to another."""

    made: int
    """Promises of the earlier meeting that are on record."""
    complete: bool
    """Whether all of the statement of the earlier meeting is here."""
    new: Promises
    """Empty where a statement is here only in part: then it cannot be told."""
    again: Promises
    met: Promises
    """Of the earlier meeting: those met by the day of the report."""
    missed: Promises
    """The same, of those missed."""
    unchecked: Promises
    """Unfinished ones of the earlier meeting: unchecked for long, or due after anybody looked."""


class _Again(NamedTuple):
    statement: Statement
    earlier: Statement


class _Became(NamedTuple):
    """The evidence by which a promise was met or missed, if it was."""

    entry: Entry | None
    inferred: bool
    late: bool = False


def promise_changes(context: Context, before: Meeting, meeting: Meeting) -> PromiseChanges:
    """Return how promises changed from ``before`` to ``meeting``.

    That includes what became of those of ``before``.
    """
    made = [statement for statement in context.said(before) if statement.is_promise]
    again = _taken_up(context, meeting)
    repeated = {item.statement.id for item in again}
    complete = before.statements.complete and meeting.statements.complete
    new = (
        [item for item in context.said(meeting) if item.is_promise and item.id not in repeated]
        if complete
        else []
    )
    return PromiseChanges(
        made=len(made),
        complete=before.statements.complete,
        new=_promises(
            context, [(_promise(context, statement), statement.source) for statement in new]
        ),
        again=_promises(
            context,
            [(_promise(context, item.statement, item), item.statement.source) for item in again],
        ),
        met=_promises(context, _ended(context, made, before, _fulfilment)),
        missed=_promises(context, _ended(context, made, before, _miss)),
        unchecked=_promises(
            context,
            [
                (_promise(context, statement, when=since), statement.source)
                for statement, since in _told(context, made, before, _unchecked_since)
                if since
            ],
        ),
    )


def no_changes(context: Context, before: Meeting) -> PromiseChanges:
    """Return nothing of what changed: where there is no room for it."""
    made, none = sum(statement.is_promise for statement in context.said(before)), Promises()
    return PromiseChanges(
        made=made,
        complete=before.statements.complete,
        new=none,
        again=none,
        met=none,
        missed=none,
        unchecked=none,
    )


def _promises(context: Context, found: list[Proven]) -> Promises:
    return Promises(
        items=tuple(item for item, _ in found),
        refs=context.sources.cite_each(source for _, source in found),
    )


def _promise(
    context: Context, statement: Statement, again: _Again | None = None, when: When | None = None
) -> Promise:
    return Promise(
        id=statement.id or "",
        text=context.words.capital(in_short(statement, context.words)),
        earlier=again.earlier.id if again else None,
        when=when,
    )


def _taken_up(context: Context, meeting: Meeting) -> list[_Again]:
    """Return the statements that by record repeat an earlier promise, whichever meeting made it."""
    pairs = (
        (statement, _earlier(context, statement, meeting)) for statement in context.said(meeting)
    )
    return [_Again(statement, earlier) for statement, earlier in pairs if earlier]


def _earlier(context: Context, statement: Statement, meeting: Meeting) -> Statement | None:
    """Return the earlier promise that a statement repeats or is the same as, the latest of them.

    It is not enough that both are about one subject.
    """
    library = context.library
    repeated = [
        library.statements[one] for one in library.repeated(statement) if one in library.statements
    ]
    alike = [one for one in library.alike(statement) if _is_before(context, one, meeting)]
    return next((one.statement for one in (*repeated, *alike) if one.statement.is_promise), None)


def _is_before(context: Context, owned: Owned, meeting: Meeting) -> bool:
    made = context.made(owned)
    return made is not None and made.last < meeting.date.last


def _told(
    context: Context, made: list[Statement], before: Meeting, tell: Callable[[Standing], T]
) -> Iterator[tuple[Statement, T]]:
    """Yield each promise with what there is to tell of where it stands."""
    for statement in made:
        yield statement, context.settled(partial(_tell, Owned(statement, before), tell))


def _tell(owned: Owned, tell: Callable[[Standing], T], context: Context) -> T:
    return tell(context.snapshot.standing(owned.statement, context.made(owned)))


def _ended(
    context: Context, made: list[Statement], before: Meeting, tell: Callable[[Standing], _Became]
) -> list[Proven]:
    """Return the promises that were met, or those that were missed."""
    return [
        (
            _promise(context, statement, when=entry.when).model_copy(
                update={"inferred": inferred, "late": late}
            ),
            entry.source or (),
        )
        for statement, (entry, inferred, late) in _told(context, made, before, tell)
        if entry
    ]


def _fulfilment(standing: Standing) -> _Became:
    """Return what fulfilled a promise, if anything did, and whether it was late."""
    found = standing.fulfilled
    return _Became(found, found is not None and found.inferred, standing.status == "met late")


def _miss(standing: Standing) -> _Became:
    """Return the newest evidence of a promise that was missed, and whether we infer that it was."""
    return _Became(standing.latest if standing.status == "missed" else None, standing.inferred)


def _unchecked_since(standing: Standing) -> When | None:
    after = standing.not_checked_after
    return standing.last_heard or (When.of(after) if after else None)

"""What a matrix is about: an agreement, a meeting or one promise; its rows and its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.choice import file_name
from reporter.library import Owned
from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.reports.agreement.view import agreement_heading
from reporter.reports.common.meeting_head import meeting_heading
from reporter.reports.views import Heading, Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.library import Library
    from reporter.library.snapshot import Snapshot
    from reporter.records.statements import Entry, Statement
    from reporter.reports.common.context import Context

SEVERAL = 2  # owners: of more, the list of what can be built has a line


@dataclass(frozen=True)
class MatrixSubject:
    """What a matrix is about."""

    name: str
    owner: Meeting | Agreement
    promise: Statement | None = None
    """The one promise, where it is about one."""

    @property
    def report(self) -> str:
        """Return the name of the report's files."""
        series = self.owner.series if isinstance(self.owner, Meeting) and not self.promise else ""
        return file_name(f"matrix-{self.name}", series)


def subject_of(library: Library, name: str) -> MatrixSubject:
    """Return what goes by this name: an agreement, a meeting of the series, or a statement."""
    if name in library.agreements:
        return MatrixSubject(name, library.agreements[name])
    of_series = f"{library.series}/{name}" if library.series else name
    for meeting in library.every_meeting:
        if meeting.id == of_series:
            return MatrixSubject(name, meeting)
    owned = library.statements[name]
    return MatrixSubject(name, owned.owner, owned.statement)


def heading_of(library: Library, subject: MatrixSubject) -> Heading:
    """Return what the matrix is called: after the agreement, the meeting or the promise."""
    if subject.promise:
        text = subject.promise.short or subject.promise.text
        return Heading(kind="matrix", name=Label(language=library.project.language, text=text))
    if isinstance(subject.owner, Agreement):
        name = agreement_heading(library, subject.owner).name
        return Heading(kind="matrix", name=name)
    heading = meeting_heading(library.whole or library, subject.owner)
    return heading.model_copy(update={"kind": "matrix"})


def promises(subject: MatrixSubject) -> tuple[Owned, ...]:
    """Return the promises that a matrix is about, in the order of their document."""
    owner = subject.owner
    found = (subject.promise,) if subject.promise else owner.statements_made
    return tuple(Owned(statement, owner) for statement in found if statement.is_promise)


def parties(library: Library, subject: MatrixSubject, made: tuple[Owned, ...]) -> tuple[str, ...]:
    """Return who owes any of the promises: sides, then parties, in their order, then others."""
    owners = dict.fromkeys(name for owned in made for name in owned.statement.by)
    named = subject.owner.parties if isinstance(subject.owner, Agreement) else ()
    return tuple(
        name for name in dict.fromkeys((*library.sides, *named, *owners)) if name in owners
    )


def decisive(context: Context, statement: Statement) -> tuple[Entry, ...]:
    """Return the lines that set where an owner stands on the day, each once, oldest first."""
    known = context.snapshot.history(statement.history)
    solid = [one for one in known if one.status and not context.library.is_weak(one.source)]
    last = {id(entry) for name in statement.by for entry in _last(solid, name)}
    return tuple(entry for entry in solid if id(entry) in last)


def _last(entries: list[Entry], owner: str) -> list[Entry]:
    return [entry for entry in entries if entry.tells_of(owner)][-1:]


def known(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield what of a series, or what all share, has promises of several on the day: name, series.

    Of two owners a line of the ledger says as much.
    """
    library = snapshot.library
    for part in library.parts.values():
        for meeting in part.every_meeting:
            subject = MatrixSubject(meeting.id.rpartition("/")[2], meeting)
            if snapshot.was_held(meeting) and _is_of_several(part, subject):
                yield subject.name, part.series
    for agreement in library.agreements.values():
        if snapshot.is_made(agreement) and _is_of_several(
            library, MatrixSubject(agreement.id, agreement)
        ):
            yield agreement.id, ""


def _is_of_several(library: Library, subject: MatrixSubject) -> bool:
    return len(parties(library, subject, promises(subject))) > SEVERAL

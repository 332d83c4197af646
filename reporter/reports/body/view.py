"""The report on one body: meetings, debts and claims, agreements, programmes, names, people.

It says what the body took part in, owes and is owed, signed and leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.problems import stop
from reporter.reports.body import rows
from reporter.reports.body.rows import Led, PersonActing
from reporter.reports.common.further_sources import WithFurther, printed_first
from reporter.reports.common.related import PromisedThere, in_short
from reporter.reports.common.rows_shown import LeftOut, left_out
from reporter.reports.common.sentences import brief
from reporter.reports.views import DisagreementTold, Heading, Label, Line, Views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.language import Language
    from reporter.library import Library
    from reporter.library.snapshot import Snapshot
    from reporter.reports.common.context import Context


class BodyReport(WithFurther):
    """All that the report on a body prints."""

    bottom_line: str
    """At how many meetings it was, how its promises stand, what it signed: 45 words at most."""
    names: tuple[Label, ...]
    """Its official name in other languages, as far as it is verified."""
    owes: tuple[PromisedThere, ...]
    owed: tuple[PromisedThere, ...]
    """What others owe that is about it."""
    left_out: LeftOut | None
    """What of very many of both the page does not show."""
    meetings: tuple[rows.MeetingAttended, ...]
    agreements: tuple[rows.Bound, ...]
    programmes: tuple[Led, ...]
    people: tuple[PersonActing, ...]
    history: tuple[Line, ...]
    """Its foundings and changes of name."""
    disagreements: tuple[DisagreementTold, ...]


def body_heading(library: Library, name: str) -> Heading:
    """Return what the report on a body is called."""
    return Heading(kind="body", name=Label.of(library.bodies[name].name, library.project.language))


@printed_first()
def body_report(context: Context, name: str) -> BodyReport:
    """Return the view of a body, with its predecessors and successors, in this context.

    Raises ReporterError where the body did not exist on the day.
    """
    body = context.library.bodies[name]
    if not _is_there(context.snapshot, (name,)):
        message = f"'{name}' did not exist on {context.snapshot.day}"
        stop(None, message, f"it was set up in {body.since}: choose a later day with --as-of")
    names = rows.line_of(context.library, body.id)
    owes = rows.promises(context, names, owed=False)
    owed = rows.promises(context, names, owed=True)
    meetings = tuple(rows.meetings(context, names))
    agreements = tuple(rows.agreements(context, names))
    said = _sentences(meetings, owes, owed, agreements, context.words)
    return BodyReport(
        id=f"body-{name}",
        heading=body_heading(context.library, name),
        masthead=context.masthead(body_heading(context.library, name)),
        bottom_line=brief(said) or context.words.say("body_nothing"),
        names=context.other_labels(body.name),
        owes=owes,
        owed=owed,
        left_out=left_out((*owes, *owed), context.words),
        meetings=meetings,
        agreements=agreements,
        programmes=tuple(rows.programmes(context, names)),
        people=tuple(rows.people(context, names)),
        history=tuple(rows.names_of(context, names)),
        disagreements=context.disagreements({*names}),
        corrections=context.corrections(*(f"body-{one}" for one in names), about=names),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
    )


def _sentences(
    meetings: tuple[rows.MeetingAttended, ...],
    owes: tuple[PromisedThere, ...],
    owed: tuple[PromisedThere, ...],
    agreements: tuple[rows.Bound, ...],
    words: Language,
) -> Iterator[str]:
    """Yield what there is to say of it in short."""
    yield from in_short(owes, "body_owes", words)
    if owed and not owes:
        yield words.say("body_owes_nothing")
    there = [row for row in meetings if not row.announced]
    if there:
        reports = len({row.report for row in there})
        yield words.say("body_meetings", n=reports, date=there[0].day)
    bound = sum(row.bound for row in agreements)
    for key, number in (
        ("body_agreements", bound),
        ("body_saw", len(agreements) - bound),
    ):
        if number:
            yield words.say(key, n=number)


def _is_there(snapshot: Snapshot, arguments: tuple[str]) -> bool:
    body = snapshot.library.bodies[arguments[0]]
    return bool(body.predecessor or body.since is None or body.since.known_on(snapshot.day))


VIEWS = Views(
    BodyReport,
    lambda snapshot, name: body_heading(snapshot.library, name),
    body_report,
    there=_is_there,
)

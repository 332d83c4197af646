"""The page on one programme: who leads it, what was planned when, what came of it, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.reports.common.further_sources import WithFurther, printed_first
from reporter.reports.common.programmes import known_since
from reporter.reports.common.related import PromisedThere, RelatedRow, in_short, promised
from reporter.reports.common.review_marks import changed_line
from reporter.reports.common.rows_shown import LeftOut, left_out
from reporter.reports.common.sentences import brief
from reporter.reports.programme import rows
from reporter.reports.programme.rows import Planned
from reporter.reports.views import DisagreementTold, Heading, Label, Line, Views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.language import Language
    from reporter.library import Library
    from reporter.library.snapshot import Snapshot
    from reporter.records.statements import Statement
    from reporter.reports.common.context import Context


class ProgrammeReport(WithFurther):
    """All that the page on a programme prints."""

    bottom_line: str
    """Where its plans stand, and the promises about it: 45 words at most."""
    names: tuple[Label, ...]
    """Its name in other languages."""
    lead: str
    """Who leads it, in words."""
    officer: str
    """Who follows it up in our house, in words; nothing where nobody is named."""
    plans: tuple[Planned, ...]
    """What was planned, and what came of it."""
    promises: tuple[PromisedThere, ...]
    """The promises and expectations that are about it."""
    left_out: LeftOut | None
    """What of very many of them the page does not show."""
    agreements: tuple[RelatedRow, ...]
    meetings: tuple[RelatedRow, ...]
    """Where it was spoken of."""
    events: tuple[Line, ...]
    """What happened, the newest first."""
    disagreements: tuple[DisagreementTold, ...]
    not_verified: tuple[str, ...]


def programme_heading(library: Library, name: str) -> Heading:
    """Return what the page on a programme is called."""
    programme = library.programmes[name]
    label = Label.of(programme.name, library.project.language)
    return Heading(kind="programme", name=label, date=known_since(programme))


@printed_first()
def programme_report(context: Context, name: str) -> ProgrammeReport:
    """Return the view of a programme in this context.

    Raises ReporterError where nothing was known of it on the day.
    """
    programme = context.library.programmes[name]
    since = known_since(programme)
    if since is None or not since.known_on(context.snapshot.day):
        raise context.unknown(name, since)
    words = context.words
    plans = tuple(rows.plans(context, programme))
    promises = promised(context, context.library.about.get(name, ()))
    led = words.list([context.in_full(name).text for name in programme.lead])
    lead = words.say("programme_lead", who=led) if led else words.say("programme_no_lead")
    officer = programme.desk_officer or context.library.project.desk_officer
    return ProgrammeReport(
        id=f"programme-{name}",
        heading=programme_heading(context.library, name),
        masthead=context.masthead(programme_heading(context.library, name)),
        bottom_line=brief(_sentences(plans, promises, words)),
        names=context.other_labels(programme.name),
        lead=words.capital(lead),
        officer=words.say("followed_up_by", name=officer) if officer else "",
        plans=plans,
        promises=promises,
        left_out=left_out(promises, words),
        agreements=tuple(rows.agreements(context, name)),
        meetings=tuple(rows.meetings(context, name)),
        events=tuple(rows.events(context, programme)),
        disagreements=context.disagreements({name}),
        not_verified=programme.not_verified,
        corrections=context.corrections(f"programme-{name}", about=(name,)),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
        review=changed_line(context, (programme,), _said(context, name)),
    )


def _sentences(
    plans: tuple[Planned, ...], promises: tuple[PromisedThere, ...], words: Language
) -> Iterator[str]:
    """Yield what there is to say of it in short, what went wrong first."""
    for plan in sorted(plans, key=lambda plan: not plan.strong):
        yield words.say("programme_plan", what=plan.name, state=plan.told)
    yield from in_short(promises, "programme_promises", words)
    if not plans and not promises:
        yield words.say("programme_nothing")


def _said(context: Context, name: str) -> Iterator[Statement]:
    for owned in context.library.about.get(name, ()):
        if owned.statement.strength and context.was_said(owned):
            yield owned.statement


def _every(snapshot: Snapshot) -> Iterator[tuple[str]]:
    for programme in snapshot.library.programmes.values():
        since = known_since(programme)
        if since and snapshot.knows(since):
            yield (programme.id,)


VIEWS = Views(
    ProgrammeReport,
    lambda snapshot, name: programme_heading(snapshot.library, name),
    programme_report,
    every=_every,
)

"""What was said, by area: who said it, the verb, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.language import clause
from reporter.records.reviews import is_changed
from reporter.reports.common.agreed_points import few
from reporter.reports.common.sentences import text_of, verb_of, who
from reporter.reports.views import Label, Refs, View, Who

if TYPE_CHECKING:
    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context


class Said(View):
    """One statement."""

    lead: str
    """Its verb, after the name of who said it where that is not everybody."""
    verb: str
    who: Who
    text: str
    quote: str | None = None
    changed: bool = False
    """Whether it was changed since somebody reviewed it."""
    refs: Refs


class AreaGroup(View):
    """What was said in one area."""

    area: Label
    rows: tuple[Said, ...]


def said(context: Context, meeting: Meeting) -> tuple[AreaGroup, ...]:
    """Return the statements of a meeting by area, in the order of the document, each once.

    Many speakers are all named once: further on, where they are the same, two are.
    """
    areas, words = context.library.project.areas, context.words
    groups: dict[str, list[Said]] = {area.id: [] for area in areas}
    told: set[tuple[str, ...]] = set()
    for statement in context.said(meeting):
        subjects = statement.subjects
        area = context.library.subjects[subjects[0]].area if subjects else areas[-1].id
        parties = context.who(statement.by)
        again = few(parties) if statement.by in told else parties
        told.add(statement.by)
        verb = verb_of(statement, words)
        row = Said(
            lead=words.capital(verb if parties.everyone else f"{who(again, words)} {verb}"),
            verb=verb,
            who=parties,
            text=clause(text_of(statement, words)),
            quote=statement.quote,
            changed=is_changed(statement),
            refs=context.sources.cite(statement.source),
        )
        if row not in groups[area]:  # a duty of each year is a promise for each time
            groups[area].append(row)
    return tuple(
        AreaGroup(area=context.label(area.name), rows=tuple(groups[area.id]))
        for area in areas
        if groups[area.id]
    )

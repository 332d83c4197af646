"""The briefing before a visit to a party: what is open and overdue with it, what comes next.

A party is a side of the series, or a body that is party to an agreement.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reporter.problems import stop
from reporter.reports.body.rows import PersonActing
from reporter.reports.common.further_sources import WithFurther, printed_first
from reporter.reports.common.ledger_rows import LedgerRow
from reporter.reports.common.owed import OwedGroup, owed_in_short, still_open
from reporter.reports.common.participants import Chair
from reporter.reports.common.related import RelatedRow
from reporter.reports.common.rows_shown import LeftOut
from reporter.reports.common.sentences import brief
from reporter.reports.party import rows
from reporter.reports.party.rows import AgreedRow, Coming, Party, Shared
from reporter.reports.views import Heading, Label, Views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.language import Language
    from reporter.library import Library
    from reporter.library.snapshot import Snapshot
    from reporter.reports.common.context import Context
    from reporter.reports.common.owed import Open


class PartyReport(WithFurther):
    """All that the briefing on a party prints."""

    bottom_line: str
    """What is open, overdue and coming with it: 45 words at most."""
    names: tuple[Label, ...]
    """Its name in other languages, as far as it is verified."""
    owed: tuple[OwedGroup, ...]
    """Promises that are not done, ours first; in each group what is most urgent first."""
    missed: tuple[LedgerRow, ...]
    """Promises that were missed."""
    expected: tuple[LedgerRow, ...]
    left_out: LeftOut | None
    """What of very many promises and expectations the page does not show."""
    unread: str
    """Which statements are here only in part, and may hold others."""
    coming: tuple[Coming, ...]
    """The next meetings, and what falls due, by date."""
    met: RelatedRow | None
    """The last meeting held with a side."""
    spoke: tuple[Chair, ...]
    """Who chaired it for that side, or led the side."""
    people: tuple[PersonActing, ...]
    """Who spoke or signed for a party that is no side."""
    agreements: tuple[AgreedRow, ...]
    """The latest first; the page leaves their sources to the reports on them."""
    programmes: tuple[Shared, ...]


def party_heading(library: Library, name: str) -> Heading:
    """Return what the briefing on a party is called."""
    found = library.sides.get(name) or library.bodies[name]
    return Heading(kind="party", name=Label.of(found.name, library.project.language))


def _printed(report: PartyReport) -> Iterator[object]:
    """Yield what has references on the page."""
    owed = (row for group in report.owed for row in group.rows)
    rows = (*owed, *report.missed, *report.expected)
    yield from (row.row.refs for row in rows if row.shown)
    yield from (report.coming, report.met, report.spoke, report.people, report.corrections)


@printed_first(_printed)
def party_report(context: Context, name: str) -> PartyReport:
    """Return the view of a party in this context.

    Its page has no room for what was heard of each promise last: the sources of that, and of
    agreements, come after those that it cites. Raises ReporterError where nothing was known of the
    party on the day, or where it is our own side.
    """
    library = context.library
    party = rows.party_of(library, library.parties[name])
    if party.name == library.desk:
        message = f"'{name}' is the side whose briefing it is"
        stop(None, message, "name another party, or another --desk")
    left = still_open(context, concerns=party.concerns, of=party.names)
    left = left.model_copy(update={"missed": tuple(filter(party.missed, left.missed))})
    open_rows = (*(row for group in left.owed for row in group.rows), *left.expected)
    meeting = tuple(rows.next_meeting(context, party))
    due = tuple(rows.due_dates(context, open_rows))
    coming = tuple(sorted((*meeting, *due), key=lambda item: item.by.last))
    met, spoke = rows.last_met(context, party)
    agreements = tuple(rows.agreements(context, party))
    people = rows.spoke_for(context, party)
    if not (
        open_rows
        or left.missed
        or coming
        or met
        or agreements
        or people
        or _is_told_of(context, party)
    ):
        raise context.unknown(name, rows.first_known(library, party))
    record = library.sides.get(party.name) or library.organisations[party.name]
    return PartyReport(
        id=f"with-{name}",
        heading=party_heading(library, name),
        masthead=context.masthead(party_heading(library, name)),
        bottom_line=brief(_sentences(context, left, (meeting or due)[:1], agreements)),
        names=context.other_labels(record.name),
        owed=left.owed,
        missed=left.missed,
        expected=left.expected,
        left_out=left.left_out,
        unread=rows.unread_with(context, party.name),
        coming=coming,
        met=met,
        spoke=spoke,
        people=people,
        agreements=agreements,
        programmes=rows.programmes(context, party),
        corrections=context.corrections(f"with-{name}"),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
    )


def _sentences(
    context: Context,
    left: Open,
    first: tuple[Coming, ...],
    agreements: tuple[AgreedRow, ...],
) -> Iterator[str]:
    """Yield what there is to say in short: what is open and overdue, what comes next."""
    words = context.words
    yield from owed_in_short(context, left, none=words.say("party_none_open"))
    for item in first:
        is_told = item.date in item.inside
        key = "party_next_open" if item.open else "party_next_alone" if is_told else "party_next"
        yield words.say(key, what=item.inside, date=item.date)
    if agreements:
        yield words.capital(_agreed(agreements, words))


def _agreed(agreements: tuple[AgreedRow, ...], words: Language) -> str:
    """Return how many agreements there are, and how many of them are in force."""
    states = Counter(row.force for row in agreements)
    number, is_never = states["in force"], set(states) == {"not applicable"}
    if len(agreements) == 1:
        never, no = "party_never_in_force_alone", "party_no_force_alone"
        force = words.say("party_force_alone" if number else never if is_never else no)
    else:
        never, no = "party_never_in_force", "party_no_force"
        force = (
            words.say("party_force", n=number) if number else words.say(never if is_never else no)
        )
    return words.say("party_agreements", n=len(agreements), force=force)


def _is_told_of(context: Context, party: Party) -> bool:
    """Return whether anything was promised by the day that concerns it, if only what is done."""
    return any(
        party.concerns(owned) and context.was_said(owned)
        for owned in context.library.all_statements
    )


def _is_there(snapshot: Snapshot, arguments: tuple[str]) -> bool:
    library = snapshot.library
    return library.parties[arguments[0]] in rows.known_parties(library, snapshot.day)


VIEWS = Views(
    PartyReport,
    lambda snapshot, name: party_heading(snapshot.library, name),
    party_report,
    there=_is_there,
)

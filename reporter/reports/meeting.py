"""The briefing on one meeting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from reporter.dates import When
from reporter.library import Owned, meeting_id
from reporter.records.base import NOT_VERIFIED
from reporter.reports.background import AgreementRow, PolicyRow, TrackRow, agreement_rows, plans_ahead, policy_rows, track_rows
from reporter.reports.desk import Desk
from reporter.reports.parts import Count, Disagreement, Followed, Label, Line, Refs, Report, View, Who
from reporter.snapshot import UNFINISHED, StandingWord

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reporter.library import Library
    from reporter.records.meeting import Meeting, Participants
    from reporter.records.statements import Post, Statement

MOST_AGREED = 6
MOST_STEPS = 8
# What the meeting agreed, strongest first; the others are not agreements.
_AGREED = ("committed", "intends", "shared view", "looks forward", "interest")


_DAYS_IN_MONTH = 365.2425 / 12


class Agreed(View):
    """One thing that was agreed: the verb in front."""

    verb: str
    text: str
    who: Who
    refs: Refs


class Step(View):
    """Something still to be done: by whom, by when."""

    text: str
    who: Who
    due: When | None = None
    due_words: str | None = None
    overdue: bool = False
    refs: Refs


class Chair(View):
    """A chairing body, with its head where one is named."""

    body: Label
    person: tuple[Label, ...] = ()
    post: Label | None = None
    refs: Refs


class Chairs(View):
    """The chairs of one side."""

    side: Label
    chairs: tuple[Chair, ...]


class Neighbour(View):
    """The meeting before or after this one."""

    number: int
    city: str | None
    date: When
    months: int
    """Months between the two, to the nearest."""
    report: str
    refs: Refs


class BodyRow(View):
    """A body that took part."""

    name: tuple[Label, ...]
    abbreviation: str | None = None
    printed_as: str | None = None
    chair: bool = False
    special: bool = False


class SideList(View):
    """The participants of one side, in the order of the document."""

    side: Label
    complete: bool
    bodies: tuple[BodyRow, ...]
    refs: Refs


class Said(View):
    """One statement."""

    verb: str
    who: Who
    text: str
    quote: str | None = None
    refs: Refs


class AreaGroup(View):
    """What was said in one area."""

    area: Label
    rows: tuple[Said, ...]


class Held(View):
    """Something held around the meeting."""

    date: When
    city: str | None
    line: Line


class MeetingReport(Report):
    """All that the briefing on a meeting prints."""

    number: int
    titles: tuple[Label, ...]
    document_titles: tuple[Label, ...]
    date: When
    city: str | None
    venue: tuple[Label, ...]
    host: Label | None
    place_refs: Refs
    evidence: str
    bottom_line: Line | None
    agreed: tuple[Agreed, ...]
    agreed_more: int
    steps: tuple[Step, ...]
    steps_more: int
    chairs: tuple[Chairs, ...]
    document: Line | None
    paragraphs: int | None
    before: Neighbour | None
    after: Neighbour | None
    complete: bool
    """Whether the statement was read to its end."""
    promises: tuple[Followed, ...]
    promise_counts: tuple[Count, ...]
    expectations: tuple[Followed, ...]
    expectation_counts: tuple[Count, ...]
    matters: tuple[Followed, ...]
    purpose: tuple[Line, ...]
    participants: tuple[SideList, ...]
    also_present: tuple[Chair, ...]
    said: tuple[AreaGroup, ...]
    firsts: tuple[Line, ...]
    events: tuple[Held, ...]
    phrases: tuple[Line, ...]
    agreements: tuple[AgreementRow, ...]
    policies: tuple[PolicyRow, ...]
    tracks: tuple[TrackRow, ...]
    disagreements: tuple[Disagreement, ...]
    unknown: tuple[str, ...]


def meeting_report(library: Library, meeting: Meeting, day: date, *, asked: bool) -> MeetingReport:
    """Return the view of ``meeting`` as of ``day``; ``asked`` says whether that day was asked for."""
    desk = Desk.on(library, day)
    desk.snapshot.note(meeting.date)
    builder = _Builder(desk, meeting)
    page_one = builder.page_one()
    rest = builder.rest()
    speaks = desk.speaks(asked=asked)
    return MeetingReport(
        id=meeting_id(meeting.number),
        series=desk.label(library.project.series),
        short=desk.label(library.project.short),
        author=library.project.author,
        speaks=speaks,
        **page_one,
        **rest,
        sources=desk.sources.entries(),
    )


class _Builder:
    """Puts the view together in the order in which it is printed, so that sources are numbered in that order."""

    def __init__(self, desk: Desk, meeting: Meeting) -> None:
        self.desk = desk
        self.meeting = meeting
        self.library = desk.library
        self.owned = [Owned(statement, meeting) for statement in meeting.statements.items]
        self.spoken_of = tuple(dict.fromkeys(name for statement in meeting.statements.items for name in statement.about))
        self.about = tuple(dict.fromkeys([*self.spoken_of, *meeting.about]))

    def page_one(self) -> dict[str, object]:
        desk, meeting = self.desk, self.meeting
        place = None if isinstance(meeting.place, str) else meeting.place
        agreed = self._agreed()
        bottom_line = desk.line(meeting.bottom_line) if meeting.bottom_line else None
        shown = tuple(self._agreed_row(statement) for statement in agreed[:MOST_AGREED])
        steps = self._steps()
        return {
            "number": meeting.number,
            "titles": desk.labels(meeting.title),
            "document_titles": desk.labels(meeting.document_title) if meeting.document_title else (),
            "date": meeting.date,
            "city": place.city if place else None,
            "host": desk.label(self.library.sides[place.host].name) if place else None,
            "venue": desk.labels(place.venue) if place and not isinstance(place.venue, str) else (),
            "evidence": meeting.evidence,
            "bottom_line": bottom_line,
            "agreed": shown,
            "agreed_more": max(0, len(agreed) - MOST_AGREED),
            "steps": steps[:MOST_STEPS],
            "steps_more": max(0, len(steps) - MOST_STEPS),
            "place_refs": desk.sources.cite(place.source) if place else (),
            "chairs": self._chairs(),
            "document": self._document(),
            "paragraphs": self._paragraphs(),
            "before": self._neighbour(-1),
            "after": self._neighbour(+1),
            "complete": meeting.statements.complete,
        }

    def rest(self) -> dict[str, object]:
        desk, meeting = self.desk, self.meeting
        promises = tuple(desk.followed(owned) for owned in self.owned if owned.statement.is_promise)
        expectations = tuple(desk.followed(owned) for owned in self.owned if owned.statement.is_expectation)
        matters = tuple(desk.followed(owned) for owned in self.owned if owned.statement.strength is None and owned.statement.history)
        return {
            "promises": promises,
            "promise_counts": counts(promises),
            "expectations": expectations,
            "expectation_counts": counts(expectations),
            "matters": matters,
            "purpose": desk.lines(meeting.purpose),
            "participants": tuple(self._side(side) for side in meeting.participants),
            "also_present": tuple(self._post(post) for post in meeting.also_present),
            "said": self._said(),
            "firsts": desk.lines(meeting.firsts),
            "events": tuple(
                Held(date=event.date, city=event.city, line=desk.text(event.text, event.source))
                for event in meeting.events
                if desk.snapshot.knows(event.date)
            ),
            "phrases": tuple(desk.text(phrase.words, phrase.source) for phrase in meeting.phrases),
            "agreements": agreement_rows(desk, self.about),
            "policies": policy_rows(desk, self.about, meeting.date),
            "tracks": track_rows(desk, self.about),
            "disagreements": desk.disagreements({*self.spoken_of, meeting_id(meeting.number)}),
            "unknown": meeting.not_verified,
        }


    def _agreed(self) -> list[Statement]:
        ranked = [statement for statement in self.meeting.statements.items if statement.strength in _AGREED]
        return sorted(ranked, key=lambda statement: _AGREED.index(str(statement.strength)))

    def _agreed_row(self, statement: Statement) -> Agreed:
        return Agreed(
            verb=statement.verb,
            text=statement.text,
            who=self.desk.who(statement.by),
            refs=self.desk.sources.cite(statement.source),
        )

    def _steps(self) -> tuple[Step, ...]:
        """Return what is still to be done: open promises and expectations, and open plans; by date, undated last."""
        steps = [step for owned in self.owned if (step := self._step(owned))]
        steps += [
            Step(text=item.heading, who=item.lead, due=item.plan.due, due_words=item.plan.due_words, refs=item.plan.refs)
            for item in plans_ahead(self.desk, self.spoken_of)
        ]
        return tuple(sorted(steps, key=lambda step: (step.due is None, step.due.last if step.due else self.meeting.date.last)))

    def _step(self, owned: Owned) -> Step | None:
        statement = owned.statement
        standing = self.desk.snapshot.standing(statement, self.meeting.date)
        if statement.strength in {None, "standing"} or standing.status not in UNFINISHED:
            return None
        return Step(
            text=statement.short or statement.text,
            who=self.desk.who(statement.by),
            due=statement.due,
            due_words=statement.due_words,
            overdue=standing.overdue_since is not None,
            refs=self.desk.sources.cite(statement.source),
        )

    def _chairs(self) -> tuple[Chairs, ...]:
        sides = dict.fromkeys(chair.side for chair in self.meeting.cochairs)
        return tuple(
            Chairs(
                side=self.desk.label(self.library.sides[side].name),
                chairs=tuple(
                    self._chair(chair.organisation, chair.head, chair.source) for chair in self.meeting.cochairs if chair.side == side
                ),
            )
            for side in sides
        )

    def _chair(self, body: str, head: Post | None, *sources: object) -> Chair:
        person = self.library.people[head.person] if head and head.person else None
        return Chair(
            body=self.desk.label(self.library.organisations[body].name),
            person=self.desk.labels(person.name) if person else (),
            post=self.desk.label(head.post) if head and head.post else None,
            refs=self.desk.sources.cite(*sources, head.source if head else None),  # type: ignore[arg-type]
        )

    def _post(self, post: Post) -> Chair:
        return self._chair(post.organisation, post)

    def _document(self) -> Line | None:
        if self.meeting.document == NOT_VERIFIED:
            return None
        document = self.library.documents[self.meeting.document]
        names = self.meeting.document_title
        title = self.desk.label(names).text if names else document.title
        return Line(text=title, refs=self.desk.sources.cite(((document.id, None),)))  # type: ignore[arg-type]

    def _paragraphs(self) -> int | None:
        document = self.library.documents.get(self.meeting.document)
        return document.paragraphs if document else None

    def _neighbour(self, step: int) -> Neighbour | None:
        other = self.library.meetings.get(self.meeting.number + step)
        if other is None or (step > 0 and not self.desk.snapshot.was_held(other)):
            return None
        earlier, later = sorted((self.meeting.date, other.date))
        place = None if isinstance(other.place, str) else other.place
        return Neighbour(
            number=other.number,
            city=place.city if place else None,
            date=other.date,
            months=nearest_months(earlier.first, later.first),
            report=meeting_id(other.number),
            refs=self.desk.sources.cite(place.source) if place else (),
        )

    def _side(self, side: Participants) -> SideList:
        chairs = {chair.organisation for chair in self.meeting.cochairs}
        bodies = tuple(
            BodyRow(
                name=self.desk.labels(organisation.name),
                abbreviation=organisation.abbreviation,
                printed_as=body.printed_as,
                chair=body.body in chairs,
                special=body.special,
            )
            for body in side.bodies
            if (organisation := self.library.organisations[body.body])
        )
        return SideList(
            side=self.desk.label(self.library.sides[side.side].name),
            complete=side.complete,
            bodies=bodies,
            refs=self.desk.sources.cite(side.source, *(body.source for body in side.bodies)),
        )

    def _said(self) -> tuple[AreaGroup, ...]:
        groups: dict[str, list[Said]] = {area.id: [] for area in self.library.project.areas}
        for statement in self.meeting.statements.items:
            area = self.library.subjects[statement.subjects[0]].area if statement.subjects else self.library.project.areas[-1].id
            groups[area].append(
                Said(
                    verb=statement.verb,
                    who=self.desk.who(statement.by),
                    text=statement.text,
                    quote=statement.quote,
                    refs=self.desk.sources.cite(statement.source),
                )
            )
        return tuple(
            AreaGroup(area=self.desk.label(area.name), rows=tuple(groups[area.id])) for area in self.library.project.areas if groups[area.id]
        )



def nearest_months(first: date, second: date) -> int:
    """Return the time between two days in months of a mean length, to the nearest."""
    return round((second - first).days / _DAYS_IN_MONTH)


def counts(items: Iterable[Followed]) -> tuple[Count, ...]:
    """Return how many stand at each status, in the order of the codebook."""
    order = ("met", "met late", *(word for word in get_args(get_args(StandingWord)[0]) if word != "met"))
    found = Counter(item.standing.status for item in items)
    return tuple(Count(status=status, number=found[status]) for status in order if found[status])

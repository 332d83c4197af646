"""The small kinds of records, and the project's settings.

These are organisations, persons, subjects, documents, policies and disagreements.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from reporter.choice import PaperName
from reporter.clock import zone_called, zone_hint
from reporter.dates import When, invalid
from reporter.problems import did_you_mean, quoted
from reporter.records.addresses import URL_PATTERN
from reporter.records.base import (
    SENTENCE_PATTERN,
    AreaId,
    Id,
    LanguageCode,
    Many,
    Names,
    OrganisationId,
    Record,
    RecordId,
    SideId,
    Some,
    Sources,
    Truth,
    WhenOrUnknown,
    Whole,
    distinct,
)
from reporter.records.package import Profile

Url = Annotated[str, StringConstraints(pattern=URL_PATTERN)]


class Organisation(Record):
    """A body: a ministry, an agency, a council, a company."""

    id: Id
    name: Names
    """Official names; ``not verified`` where none was found."""
    side: SideId | None = None
    """None for bodies of neither side."""
    abbreviation: str | None = None
    """Unique within its side only."""
    parent: OrganisationId | None = None
    predecessor: OrganisationId | None = None
    since: When | None = None
    """When it took over from its predecessor, or was set up."""
    note: str | None = None
    """A remark for those who keep the records; no page prints it."""
    source: Sources | None = None

    @model_validator(mode="after")
    def _change_has_a_source(self) -> Self:
        if (self.since or self.predecessor) and self.source is None:
            raise invalid(
                "source",
                "a change of name or a founding date without a source",
                "add 'source:' with the id of a document",
            )
        return self


class Person(Record):
    """Somebody found in an official post; the name is as the source prints it."""

    id: Id
    name: Names
    reading: str | None = None
    """How a name in another script is read, where a source says so; it stands before the name."""
    profile: Profile | None = None
    """What to know before meeting them; it is never public."""


class Subject(Record):
    """Something that is talked about, under one id over all meetings."""

    id: Id
    name: Names
    area: AreaId


DocumentKind = Literal[
    "joint statement",
    "chair's summary",
    "outline",
    "notice",
    "press release",
    "minutes",
]
SourceStanding = Literal[
    "official", "official copy", "database", "press", "trade", "reference", "weak"
]
"""From the best to the worst."""


SentenceName = Annotated[str, StringConstraints(pattern=SENTENCE_PATTERN)]


class Aside(Record):
    """Sentences of a document that no statement codes, and why not."""

    sentence: Some[SentenceName]
    """Its paragraph and its number there: 5.2."""
    reason: str


class Document(Record):
    """A source."""

    id: Id
    title: str
    """As the document has it, or our description of it (then ``described``)."""
    described: Truth = False
    publisher: str
    date: WhenOrUnknown
    """Day of publication, or of the event where the page gives no other."""
    language: Some[LanguageCode]
    address: Many[Url] = ()
    standing: SourceStanding
    """``weak`` (aggregator, blog, machine translation) alone proves nothing."""
    kind: DocumentKind | None = None
    """What it is, where a meeting issued it: 'joint statement', 'minutes'."""
    read: Literal["full", "opening", "excerpt"]
    """How much of it could be read."""
    paragraphs: Annotated[Whole, Field(ge=1, le=9999)] | None = None
    """Number of its paragraphs; a citation of it must then name one."""
    aside: tuple[Aside, ...] = ()
    """Sentences that no statement codes, each with the reason; no page prints them."""
    note: str | None = None
    """A remark for those who keep the records; no page prints it."""


class Version(Record):
    """A version of a policy."""

    name: str
    date: WhenOrUnknown
    """The day on which it was adopted."""
    note: str | None = None
    """A remark for those who keep the records; no page prints it."""
    source: Sources


class Policy(Record):
    """A side's strategy, plan or pledge, with its versions."""

    id: Id
    name: Names
    side: Some[SideId]
    versions: Some[Version]
    """Oldest first."""


class Value(Record):
    """What one group of sources says."""

    value: str
    source: Sources


class Disagreement(Record):
    """A fact on which sources disagree: who says what, what is used here, and why."""

    id: Id
    fact: str
    about: Some[RecordId]
    """Records on whose reports it is shown."""
    values: Annotated[tuple[Value, ...], Field(min_length=2)]
    used: str
    why: str
    internal: Truth = False
    """Whether the public edition leaves it out."""
    since: When | None = None
    """The day of what they disagree about, where a report of an earlier day must not know of it."""


class Side(Record):
    """A party to the series."""

    id: Id
    name: Names
    abbreviation: str | None = None


class Area(Record):
    """A heading under which subjects are printed; their order is that of the project."""

    id: Id
    name: Names


class SetPhrase(Record):
    """A phrase whose wording is followed from meeting to meeting."""

    id: Id
    name: Names


LONGEST_MARKING = 80  # characters: two lines at the head and the foot of an A4 or Letter page


def _at_the_edge(text: str) -> str:
    """Refuse a marking that the edge of the paper would cut."""
    found = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    if found > LONGEST_MARKING:
        message = (
            f"a marking of {found} characters, {found - LONGEST_MARKING} too many; "
            "a Japanese one counts as two"
        )
        raise invalid(
            "marking", message, f"the head of a page has room for {LONGEST_MARKING}: shorten it"
        )
    return text


Marking = Annotated[str, AfterValidator(_at_the_edge)]


class Handling(Record):
    """How the briefings are to be handled, and who answers for their text."""

    marking: Marking | None = None
    """At the top and bottom of each page of the internal edition: 'FOR OFFICIAL USE'; at most 80
    characters, where Japanese ones count double."""
    public_marking: Marking | None = None
    """The same for the public edition."""
    addressee: str | None = None
    """For whom the internal edition is, at the top of page one: 'For the Minister ·
    information'."""
    drafted_by: str | None = None
    cleared_by: str | None = None
    contact: str | None = None
    """Where whoever drafted the internal edition can be reached, at the foot of page one."""
    version: str | None = None


def _zone(name: str) -> str:
    if zone_called(name) is None:
        message = f"there is no time zone {quoted(name)}"
        raise invalid("time_zone", message, zone_hint(name))
    return name


TimeZone = Annotated[str, AfterValidator(_zone)]
"""The name of a time zone in the IANA list."""


class Project(Record):
    """The settings of a project: one series and its parties."""

    series: Names
    """The name of the series, in each language."""
    short: Names
    """A short name for the foot of the page."""
    language: LanguageCode
    """The language in which the records are written."""
    author: str
    """Who answers for the briefings; printed in the PDF's properties."""
    sides: Annotated[tuple[Side, ...], Field(min_length=1), distinct("sides")]
    areas: Annotated[tuple[Area, ...], Field(min_length=1), distinct("areas")]
    phrases: Annotated[tuple[SetPhrase, ...], distinct("phrases")] = ()
    paper: PaperName = "A4"
    desk: SideId | None = None
    """The side whose briefings these are: what it has to do comes first."""
    time_zone: TimeZone | None = None
    """The time zone in which a day begins and ends, by its IANA name: 'Europe/Berlin'. Default
    is the machine's."""
    handling: Handling = Handling()
    researched_until: When
    """The last day for which evidence was sought. A due date after it is never called overdue."""
    not_verified: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _desk_is_a_side(self) -> Self:
        names = [side.id for side in self.sides]
        if self.desk and self.desk not in names:
            hint = did_you_mean(self.desk, names) or f"there are: {', '.join(names)}"
            raise invalid("desk", f"there is no side {quoted(self.desk)}", hint, ("desk",))
        return self

"""The small kinds of records, and the project's settings.

These are organisations, persons, subjects, documents, policies and disagreements.
"""

from __future__ import annotations

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
    ReportedId,
    Reviewed,
    SideId,
    Some,
    Sources,
    Truth,
    WhenOrUnknown,
    Whole,
    distinct,
    distinct_names,
)
from reporter.records.brevity import width_in_letters
from reporter.records.package import Profile
from reporter.records.reportnames import WrongReport
from reporter.records.statements import Scores

Url = Annotated[str, StringConstraints(pattern=URL_PATTERN)]


class Organisation(Record):
    """A body: a ministry, an agency, a council, a company."""

    id: Id
    name: Names
    """Official names; ``not verified`` where none was found."""
    side: SideId | None = None
    """The side to which it belongs; none where it belongs to none of them."""
    abbreviation: str | None = None
    """By which records may name it, too: unique within its side only."""
    parent: OrganisationId | None = None
    predecessor: Many[OrganisationId] = ()
    """What it took over from: one body that was renamed, or several that became one."""
    since: When | None = None
    """When it took over from its predecessor, or was set up."""
    note: str | None = None
    """A remark for those who keep the records; no page prints it."""
    source: Sources | None = None
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""

    @model_validator(mode="after")
    def _change_has_a_source(self) -> Self:
        if (self.since or self.predecessor) and self.source is None:
            message = "a change of name or a founding date without a source"
            raise invalid("source", message, "add 'source:' with the id of a document")
        return self


class Person(Record):
    """Somebody found in an official post; the name is as the source prints it."""

    id: Id
    name: Names
    reading: str | None = None
    """How a name in another script is read, where a source says so; it stands before the name."""
    profile: Profile | None = None
    """What to know before meeting them; it is never public."""
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""


class Subject(Record):
    """Something that is talked about, under one id over all meetings."""

    id: Id
    name: Names
    area: AreaId
    """The heading under which it is printed, of those in ``project.yaml``."""
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""


DocumentKind = Literal[
    "joint statement",
    "chair's summary",
    "outline",
    "notice",
    "press release",
    "minutes",
]
SourceStanding = Literal[
    "official", "official copy", "database", "press", "trade", "reference", "partisan", "weak"
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
    """Who published it."""
    date: WhenOrUnknown
    """Day of publication, or of the event where the page gives no other."""
    language: Some[LanguageCode]
    """In which language it is: 'en'."""
    address: Many[Url] = ()
    """Where it can be read."""
    standing: SourceStanding
    """How good a witness it is: ``weak`` (aggregator, blog, machine translation) alone proves
    nothing, ``partisan`` (a party's or a movement's own paper) alone sets no status."""
    kind: DocumentKind | None = None
    """What it is, where a meeting issued it: 'joint statement', 'minutes'."""
    read: Literal["full", "opening", "excerpt"]
    """How much of it could be read."""
    covers: When | None = None
    """The last day that it covers, of material that was searched: a check tells nothing of later
    days."""
    paragraphs: Annotated[Whole, Field(ge=1, le=9999)] | None = None
    """Number of its paragraphs; a citation of it must then name one. Of a document that was read in
    part they are those that were read, and a citation may go without one."""
    aside: tuple[Aside, ...] = ()
    """Sentences that no statement codes, each with the reason; no page prints them."""
    note: str | None = None
    """A remark for those who keep the records; no page prints it."""
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""


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
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""


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
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""


class Correction(Record):
    """Something that our own pages said and that was wrong; it is printed, not silently mended."""

    id: Id
    about: Many[ReportedId] = ()
    """Meetings, agreements, programmes and bodies on whose reports it is printed."""
    report: Many[WrongReport] = ()
    """Reports on which it is printed, where that is not the one on a record: 'series', 'ledger',
    'compare-07-08'; of another series, 'talks--series'. Or as they are asked for: 'meeting 8'."""
    said: str
    """What our page said, in our words."""
    since: When
    """The day from which it said so."""
    right: str
    """What is right."""
    found_by: str
    """Who found it: a person, an office, a reader."""
    on: When
    """The day on which it was found; from then on it is printed."""
    internal: Truth = False
    """Whether the public edition leaves it out."""
    source: Sources | None = None
    """The document that shows it, if one does."""
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""

    @model_validator(mode="after")
    def _is_printed_and_in_order(self) -> Self:
        if not self.about and not self.report:
            hint = "name a record: 'about: meeting-08'; or a report: 'report: series'"
            raise invalid("about", "a correction that no report prints", hint)
        if self.since.surely_after(self.on):
            message = f"corrected before it was said: {self.on} lies before {self.since}"
            raise invalid("on", message, "correct one of the two days", ("on",))
        return self


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
    found = width_in_letters(text)
    if found > LONGEST_MARKING:
        message = (
            f"a marking of {found} characters, {found - LONGEST_MARKING} too many; "
            "a Japanese one counts as two"
        )
        hint = f"the head of a page has room for {LONGEST_MARKING}: shorten it"
        raise invalid("marking", message, hint)
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


SCORES = Scores.model_validate(
    {"met": "1", "partly met": "0", "in progress": "0", "slipped": "0", "missed": "-1"}
)
"""As compliance reports have it: done, begun, not done."""


class Project(Record):
    """The settings of a project: its own series, and the parties to all."""

    series: Names
    """The name of the series, in each language."""
    short: Names
    """A short name for the foot of the page."""
    language: LanguageCode
    """The language in which the records are written."""
    author: str
    """Who answers for the briefings; printed in the PDF's properties."""
    sides: Annotated[tuple[Side, ...], Field(min_length=1), distinct("sides")]
    own_sides: Annotated[Many[SideId], distinct_names("sides")] = ()
    """Those of its own series, where another series has more; default is all of them."""
    areas: Annotated[tuple[Area, ...], Field(min_length=1), distinct("areas")]
    phrases: Annotated[tuple[SetPhrase, ...], distinct("phrases")] = ()
    paper: PaperName = "A4"
    only_some: Truth = False
    """Whether only some of its meetings are on record, such as those on one matter: then nothing is
    told of a gap, nor of what came before or after."""
    desk: SideId | None = None
    """The side whose briefings these are: what it has to do comes first."""
    desk_officer: str | None = None
    """Who in our house follows up the promises and programmes that name nobody: a person or a
    desk. Never public."""
    predictions: Truth = False
    """Whether pages print what others predicted, and how it turned out; other formats always do."""
    time_zone: TimeZone | None = None
    """The time zone in which a day begins and ends, by its IANA name: 'Europe/Berlin'. Default
    is the machine's."""
    handling: Handling = Handling()
    covers: When | None = None
    """The last day that the searched material covers: a check tells nothing of later days."""
    researched_until: When
    """The last day for which evidence was sought. A due date after it is never called overdue."""
    scores: Scores = SCORES
    """What each status counts in the averages of '--matrix'; one that is left out does not
    count."""
    not_verified: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_its_sides(self) -> Self:
        names = [side.id for side in self.sides]
        if self.desk and self.desk not in names:
            hint = did_you_mean(self.desk, names) or f"there are: {', '.join(names)}"
            raise invalid("desk", f"there is no side {quoted(self.desk)}", hint, ("desk",))
        for index, name in enumerate(self.own_sides):
            if name not in names:
                hint = did_you_mean(name, names) or f"there are: {', '.join(names)}"
                message, place = f"there is no side {quoted(name)}", ("own_sides", index)
                raise invalid("side", message, hint, place)
        return self


class Series(Record):
    """Another series in a project; all else holds as the project has it."""

    id: Id
    """The name of its folder."""
    series: Names
    """The name of the series, in each language."""
    short: Names
    """A short name for the foot of the page, and for where other series are told of, too."""
    sides: Annotated[Many[SideId], distinct_names("sides")] = ()
    """Its parties, of those of the project, in its own order; default is all of them."""
    phrases: Annotated[tuple[SetPhrase, ...], distinct("phrases")] = ()
    """Phrases whose wording is followed in this series."""
    only_some: Truth = False
    """Whether only some of its meetings are on record: then no gap is told of it."""
    desk_officer: str | None = None
    """Who in our house follows up what nobody else does; default is that of the project. It is
    never public."""
    not_verified: tuple[str, ...] = ()

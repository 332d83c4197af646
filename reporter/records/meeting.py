"""A meeting of the series."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from reporter.choice import LAST_NUMBER
from reporter.dates import When, invalid
from reporter.records.base import (
    CommitmentId,
    DocumentId,
    Many,
    Names,
    NamesOrUnknown,
    NotVerified,
    OrganisationId,
    PartyId,
    PhraseId,
    Quote,
    Record,
    RecordId,
    SideId,
    Sources,
    Truth,
    Undatable,
    Unsure,
    Whole,
    brief,
    few,
)
from reporter.records.package import (
    Agenda,
    Answers,
    Avoid,
    Logistics,
    Objectives,
    RunOfShow,
    Sensitivities,
)
from reporter.records.statements import MOST_WORDS, Forecast, Post, Sourced, Statement

MOST_ITEMS = 6  # points, and steps, that page one has room for
MOST_NEW = 4  # lines of what was new
WORDS_OF_A_POINT = 30
WORDS_OF_A_STEP = 15
WORDS_OF_A_DATE = 8


class Place(Record):
    """Where a meeting is held."""

    city: str
    """The city; of a meeting by video conference, 'online'."""
    venue: NamesOrUnknown = "not verified"
    """The building, as sources name it."""
    host: SideId | None = None
    """The side that holds the meeting; none does online, or in the margins of a summit."""
    source: Sources


class Body(Record):
    """A body in a list of participants."""

    body: OrganisationId
    printed_as: str | None = None
    """Its name in this list, where that differs from its official name."""
    special: Truth = False
    """Whether it took part as a special participant, outside the list of principal ones."""
    source: Sources | None = None
    """Only where it differs from the source of the list."""


def _body(value: object) -> object:
    return {"body": value} if isinstance(value, str) else value


BodyEntry = Annotated[Body, BeforeValidator(_body, json_schema_input_type=str | Body)]


class Participants(Record):
    """The bodies of one side, in the order of the document."""

    side: SideId
    complete: Truth
    """Whether the list was read to its end; if not, nobody is ever said to be absent."""
    bodies: tuple[BodyEntry, ...] = ()
    source: Sources | None = None


class Cochair(Record):
    """A body that chairs for its side, with its head where one is named."""

    side: SideId
    organisation: OrganisationId
    head: Post | None = None
    source: Sources


class Statements(Record):
    """What was said, in the order of the document."""

    complete: Truth
    """Whether the document was read to its end; if not, nothing is ever said to be dropped."""
    items: tuple[Statement, ...] = ()


class Phrase(Record):
    """The wording of a set phrase at this meeting."""

    phrase: PhraseId
    words: Quote
    """The words of the document: twelve at most."""
    source: Sources


class Event(Record):
    """Something held around the meeting."""

    date: When
    city: str | None = None
    text: str
    internal: Truth = False
    """Whether the public edition leaves it out."""
    source: Sources


class BottomLine(Sourced):
    """What a reader must know who reads nothing else, as a person puts it."""

    text: Annotated[str, brief("the bottom line", MOST_WORDS)]
    """One or two sentences, at most 45 words. Up to about 30, the program adds how the promises
    stand."""
    date: When | None = None
    """The day from which it holds; default is the day of the meeting, or of its newest source
    where that is later."""


class Point(Sourced):
    """One point of page one, as a person puts it."""

    text: Annotated[str, brief("this point", WORDS_OF_A_POINT)]
    """A sentence, or what follows the verb; 30 words at most."""
    verb: str | None = None
    """The verb of the document, or a word or two, printed in front: 'Committed'."""
    date: When | None = None
    """The day from which it holds; default is the day of the meeting, or of its newest source
    where that is later."""


class NextStep(Sourced):
    """Something to be done: by whom, by when."""

    text: Annotated[str, brief("this step", WORDS_OF_A_STEP)]
    """What is to be done; 15 words at most."""
    by: Many[PartyId] = ()
    """Who does it: sides or bodies."""
    who: Annotated[str, brief("who does it", WORDS_OF_A_DATE)] | None = None
    """Who does it, where that is neither a side nor a body: 'desk officer'."""
    due: When | None = None
    """By when."""
    due_words: Annotated[str, brief("this date", WORDS_OF_A_DATE)] | None = None
    """The words of the source where ``due`` is our reading of them: 'early 2014'."""
    follows: CommitmentId | None = None
    """The promise or expectation that it carries out: once that is done, the step is gone."""
    done: When | None = None
    """When it was done or given up: from that day on it is gone."""
    date: When | None = None
    """The day from which it holds; default is the day of the meeting, or of its newest source
    where that is later."""

    @model_validator(mode="after")
    def _somebody_does_it(self) -> Self:
        if not self.by and not self.who:
            hint = "add 'by:' with sides or bodies, or 'who:' in words"
            raise invalid("by", "a step that nobody does", hint)
        return self


class Meeting(Record):
    """A meeting: who met, what was said and promised, and what became of it."""

    number: Annotated[Whole, Field(ge=1, le=LAST_NUMBER)]
    """Its number in the series; the file is named after it: ``08.yaml``."""
    title: Names
    """The official title in each language, as the documents have it."""
    date: Annotated[When, Undatable()]
    """A day, or a range of days; of a coming meeting, what is known of it: a month, a year, or
    ``not verified`` where it is only expected."""
    announced: Sourced | None = None
    """For a meeting that is not known to have been held: the announcement."""
    place: Annotated[Place | NotVerified, Unsure(Place)]
    document: Annotated[DocumentId | NotVerified, Unsure(DocumentId)] = "not verified"
    """The document that the meeting issued, as read."""
    document_title: Names | None = None
    """The title of that document, in each language."""
    evidence: Literal["full", "partial", "announced"]
    """How much is known: the whole document was read, a part of it, or only an announcement."""
    purpose: tuple[Sourced, ...] = ()
    """Why it was held, by its own words or by those of others, in our own wording."""
    bottom_line: Many[BottomLine] = ()
    """As a person puts it; the newest of several holds. If there is none on the day, it is
    composed."""
    agreed: Annotated[tuple[Point, ...], few("points", MOST_ITEMS)] = ()
    """What was agreed, as a person puts it: at most six points. If there are none, they are
    taken from the statements."""
    next_steps: Annotated[tuple[NextStep, ...], few("steps", MOST_ITEMS)] = ()
    """What is to be done next, as a person puts it: at most six steps. If none is left, they are
    taken from what is open."""
    new: Annotated[tuple[Point, ...], few("lines", MOST_NEW)] = ()
    """What was new, as a person puts it: at most four lines, each with a word or two in front
    (``verb``)."""
    cochairs: tuple[Cochair, ...] = ()
    """The chairing bodies, in the order of the document."""
    participants: tuple[Participants, ...] = ()
    """One list for each side, in the order of the document."""
    also_present: tuple[Post, ...] = ()
    """Persons who opened it or took part outside the lists."""
    statements: Statements
    next: Annotated[CommitmentId | NotVerified, Unsure(CommitmentId)] = "not verified"
    """The statement that agrees on the next meeting."""
    firsts: tuple[Sourced, ...] = ()
    """What happened for the first time."""
    phrases: tuple[Phrase, ...] = ()
    """Set phrases of the series, as worded here."""
    events: tuple[Event, ...] = ()
    """What was held around it."""
    forecasts: tuple[Forecast, ...] = ()
    """What others predicted of it."""
    objectives: Objectives | None = None
    """Of a coming meeting, as what follows: what we want of it. None of this is ever public."""
    avoid: Avoid | None = None
    """What is not to happen."""
    agenda: Agenda | None = None
    """Its items, with what we say to each."""
    run_of_show: RunOfShow | None = None
    """The day, with seating and precedence."""
    answers: Answers | None = None
    """Questions that may be put, and what we answer."""
    sensitivities: Sensitivities | None = None
    """What to be careful with."""
    logistics: Logistics | None = None
    """Where to go, and whom to call."""
    about: Many[RecordId] = ()
    """Further agreements, policies and programmes that belong to its background, though no
    statement names them."""
    not_verified: tuple[str, ...] = ()
    """Questions that stay open, in our own words."""

"""A meeting of the series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from reporter.choice import LAST_NUMBER, NUMBERED, MeetingKey, meeting_id, meeting_report_id
from reporter.dates import When, invalid
from reporter.problems import quoted
from reporter.records.base import (
    NOT_VERIFIED,
    CommitmentId,
    Defaults,
    DocumentId,
    Id,
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
    Reviewed,
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

if TYPE_CHECKING:
    import datetime as dt

MeetingKind = Literal[
    "regular",
    "preparatory",
    "extraordinary",
    "informal",
    "working-level",
    "senior-level",
    "ministerial",
    "summit",
    "margins",
    "workshop",
    "visit",
    "call",
]
MOST_ITEMS = 6  # points, and steps, that page one has room for
MOST_NEW = 4  # lines of what was new
WORDS_OF_A_POINT = 30
WORDS_OF_A_STEP = 15
WORDS_OF_A_DATE = 8


def _own_id(name: str) -> str:
    """Refuse an id that reads like a number, or like the id of a meeting with a number."""
    if name.isdigit() or NUMBERED.fullmatch(name):
        message = f"'{name}' is no id for a meeting of its own"
        hint = "leave 'id' out and give its 'number'; or name it by kind and date: call-2024-05"
        raise invalid("id", message, hint)
    return name


MeetingForm = Literal["in person", "online", "by telephone", "hybrid"]
APART: frozenset[MeetingForm | None] = frozenset({"online", "by telephone"})
"""The forms of a meeting that is in no city."""


class Place(Record):
    """Where a meeting is held."""

    city: str | None = None
    """The city; of a meeting ``online`` or ``by telephone``, none."""
    venue: NamesOrUnknown = "not verified"
    """The building, as sources name it."""
    host: PartyId | None = None
    """Who holds the meeting: a side, or a body that is no side, as of a third country; nobody does
    online, by telephone, or in the margins of a summit."""
    source: Sources

    @property
    def known_venue(self) -> Names | None:
        """The building; None where it is not verified."""
        return None if isinstance(self.venue, str) else self.venue


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
    """Their side; by default that of the first of them that has one."""
    complete: Truth = False
    """Whether the list was read to its end; if not, nobody is ever said to be absent."""
    list: Literal["not given", "open-ended"] | None = None
    """Of a document that was read: that it gives no list (``not given``), or that its list ends in
    "and others" (``open-ended``). It then has no ``complete``."""
    bodies: tuple[BodyEntry, ...] = ()
    source: Sources | None = None

    @model_validator(mode="after")
    def _list_is_one_thing(self) -> Self:
        said = "complete" in self.model_fields_set
        if self.list is None and not said:
            hint = "add 'complete: true' or 'complete: false', or 'list: not given' or 'open-ended'"
            raise invalid("missing", "the field 'complete' is missing", hint)
        if self.list and self.complete:
            hint = f"leave 'complete' out: the document's list is '{self.list}'"
            raise invalid("list", f"a list that is complete and '{self.list}'", hint, ("list",))
        if self.list == "not given" and self.bodies:
            hint = "write 'list: open-ended' where it names some, or leave 'bodies' out"
            raise invalid("list", "bodies of a list that is not given", hint, ("list",))
        return self


class Cochair(Record):
    """A body that chairs for its side or leads it, with its head where one is named."""

    side: SideId
    """For which it chairs; by default its own."""
    organisation: OrganisationId
    """The body, by its id."""
    head: Post | None = None
    """Who chairs for it: by default one of the same body, by the same source."""
    source: Sources
    """The document that says so."""


class Statements(Record):
    """What was said, in the order of the document."""

    complete: Truth
    """Whether the document was read to its end; if not, nothing is ever said to be dropped."""
    items: tuple[Statement, ...] = ()
    """In a list; or below the paragraph, or the sentence, in which they stand (``3.2:``): then they
    need no ``source``."""


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


class PageOnePoint(Sourced):
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


def _place_left_out(others: dict[str, Any]) -> Any:  # noqa: ANN401 (None is refused)
    """Return what the place is that was not given: who met apart needs none, nor does a call."""
    is_open = others.get("kind") == "call" and others.get("form") is None
    return NOT_VERIFIED if is_open or others.get("form", "online") in APART else None


class Meeting(Record):
    """A meeting: who met, what was said and promised, and what became of it."""

    id: Annotated[Id, AfterValidator(_own_id)] = ""
    """Its id where its number does not name it; the file is then named after it. Of a meeting with
    a number and no id of its own it is ``meeting-08``."""
    number: Annotated[Whole, Field(ge=1, le=LAST_NUMBER)] | None = Field(
        default=None, validate_default=True
    )
    """Its number in the series, if its document says one; the file is named after it,
    ``08.yaml``, unless the meeting has an ``id``."""
    kind: MeetingKind = "regular"
    """What sort of meeting it was: ``regular`` is one of those that the series is made of. Each
    kind has its own numbers, and is compared with the meeting before it of its own kind."""
    title: Names | None = None
    """The official title in each language, as the documents have it. Pages compose theirs from
    number, kind, place and date."""
    date: Annotated[When, Undatable()]
    """A day, or a range of days; of a coming meeting, what is known of it: a month, a year, or
    ``not verified`` where it is only expected."""
    announced: Sourced | None = None
    """For a meeting that is not known to have been held: the announcement."""
    called_off: Sourced | None = None
    """That one that was announced will not be held: who called it off, and why."""
    date_inferred: Literal["day", "month", "year"] | None = None
    """What of the date is our inference and not the document's: ``year``."""
    form: MeetingForm | None = None
    """How they met, as far as it is known."""
    place: Annotated[Place | NotVerified, Unsure(Place)] = Field(
        default_factory=_place_left_out, validate_default=True
    )
    """Where it is held; only a meeting online or by telephone, and a call, may leave that out."""
    margins: Names | None = None
    """In the margins of what it was held: the ocean summit."""
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
    agreed: Annotated[tuple[PageOnePoint, ...], few("points", MOST_ITEMS)] = ()
    """What was agreed, as a person puts it: at most six points. If there are none, they are
    taken from the statements."""
    next_steps: Annotated[tuple[NextStep, ...], few("steps", MOST_ITEMS)] = ()
    """What is to be done next, as a person puts it: at most six steps. If none is left, they are
    taken from what is open."""
    new: Annotated[tuple[PageOnePoint, ...], few("lines", MOST_NEW)] = ()
    """What was new, as a person puts it: at most four lines, each with a word or two in front
    (``verb``)."""
    defaults: Defaults | None = None
    """What holds for place, co-chairs, participants, statements, firsts and phrases that do not
    say otherwise."""
    chairing: Literal["co-chairs", "in turn", "heads"] = "co-chairs"
    """Whether all who chair do so together, or each side in turn: then one side has the chair.
    ``heads`` where nobody says that a side has it: ``cochairs`` are then those who lead theirs."""
    cochairs: tuple[Cochair, ...] = ()
    """The chairing bodies, in the order of the document."""
    chaired_by: Many[Post] = ()
    """Who had the chair and is of no side: a body of the third country in which they met."""
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
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""
    _series: str = PrivateAttr("")
    _key: MeetingKey = PrivateAttr("")

    @model_validator(mode="after")
    def _only_what_is_announced_is_called_off(self) -> Self:
        if self.called_off and not self.is_announced:
            hint = "write 'evidence: announced', or leave 'called_off' out"
            what = "a meeting that was held and called off"
            raise invalid("evidence", what, hint, ("called_off",))
        return self

    @field_validator("place", mode="before")
    @classmethod
    def _has_a_place(cls, place: object) -> object:
        if place is None:
            raise invalid("missing", "the field 'place' is missing", "or write 'form: online'")
        return place

    @field_validator("place")
    @classmethod
    def _place_and_form_agree(
        cls, place: Place | NotVerified, others: ValidationInfo
    ) -> Place | NotVerified:
        """Held to the form while all else is looked at too: nobody mends one mistake at a time."""
        if isinstance(place, str) or "form" not in others.data:
            return place
        form = others.data["form"]
        if form in APART and place.city and place.city.lower() != form:
            hint = "leave 'city' out, or write 'form: hybrid' where some met there"
            what = "an online meeting" if form == "online" else f"a meeting {form}"
            raise invalid("form", f"{what} in {quoted(place.city)}", hint, ("city",))
        if form not in APART and not place.city:
            hint = "add 'city:', or write 'place: not verified', or 'form: online'"
            raise invalid("missing", "the field 'city' is missing", hint)
        return place

    @field_validator("number")
    @classmethod
    def _has_a_name(cls, number: int | None, others: ValidationInfo) -> int | None:
        if number is None and others.data.get("id") == "":
            hint = "add 'number:', or 'id:' for one without a number, as in call-2024-05"
            raise invalid("missing", "a meeting without a number and without an id", hint)
        return number

    def model_post_init(self, _context: object) -> None:
        """Give a meeting that has only its number the id that follows from it."""
        self._key = self.id or self.number or 0
        if not self.id and self.number:
            object.__setattr__(self, "id", meeting_id(self.number))

    @property
    def key(self) -> MeetingKey:
        """By which it is known in its series: its number, or the id that it has instead."""
        return self._key

    @property
    def series(self) -> str:
        """The id of its series, which its folder tells; nothing in a project of one series."""
        return self._series

    @property
    def statements_made(self) -> tuple[Statement, ...]:
        """What was said at it."""
        return self.statements.items

    def with_statements(self, made: tuple[Statement, ...]) -> Self:
        """Return it with other statements."""
        statements = self.statements.model_copy(update={"items": made})
        return self.model_copy(update={"statements": statements})

    @property
    def known_place(self) -> Place | None:
        """Its place; None where that is not verified."""
        return None if isinstance(self.place, str) else self.place

    @property
    def has_no_place(self) -> bool:
        """Whether it needs none: they met apart, or it was a call."""
        return self.form in APART or (self.kind == "call" and self.place == NOT_VERIFIED)

    @property
    def is_announced(self) -> bool:
        """Whether nothing but an announcement of it is known."""
        return self.evidence == "announced"

    def is_over(self, day: dt.date) -> bool:
        """Return whether it is over on a day: what was only announced is to come until it ends."""
        return self.date.last < day if self.is_announced else self.date.known_on(day)

    @property
    def report(self) -> str:
        """The name of the files of the report on it."""
        return meeting_report_id(self._key, self._series)

    def of_series(self, series: str) -> Self:
        """Return the same meeting as one of a series."""
        found = self.model_copy(update={"id": meeting_id(self._key, series)})
        found._series = series  # noqa: SLF001 (of the same class)
        return found

"""What an office prepares for a coming meeting.

It is what our own side wants, and no source says it: in place of one it has an author and a
clearance. It is internal by nature, and no public edition has any of it.
"""

from __future__ import annotations

from typing import Annotated

from reporter.dates import When
from reporter.records.base import Many, Record, SideId, Some, brief, few

MOST_AIMS = 3  # objectives, and things to avoid, that page one has room for
WORDS_OF_AN_AIM = 20
WORDS_OF_A_PURPOSE = 30
WORDS_OF_A_BIOGRAPHY = 40  # two lines
_IN_TWO_LINES = "it has room for {}: shorten it"


class Prepared(Record):
    """A part of the package, with who answers for it. No public edition has it."""

    author: str
    """Who wrote it: an office."""
    clearance: str
    """Who cleared it, and when; or 'not cleared'."""
    date: When | None = None
    """The day on which it was written; a package of an earlier day is without it."""


_Aim = Annotated[str, brief("this line", WORDS_OF_AN_AIM)]


class Objectives(Prepared):
    """What the meeting is for, and what our side wants of it."""

    purpose: Annotated[str, brief("the purpose", WORDS_OF_A_PURPOSE)] | None = None
    """Why the meeting is held: one sentence, 30 words at most."""
    items: Annotated[Some[_Aim], few("objectives", MOST_AIMS)]
    """What we want to have afterwards: three at most, of 20 words each."""


class Avoid(Prepared):
    """What is not to happen at the meeting."""

    items: Annotated[Some[_Aim], few("things to avoid", MOST_AIMS)]
    """Three at most, of 20 words each."""


class AgendaItem(Record):
    """An item of the agenda, with what our side says to it."""

    title: str
    """As the agenda has it."""
    lead: str | None = None
    """Who speaks for us, in words: 'Director for Rivers'."""
    line: Many[str] = ()
    """The line to take: what we say."""
    if_raised: Many[str] = ()
    """What we say only if the others raise it."""
    red_line: str | None = None
    """What we do not agree to."""


class Agenda(Prepared):
    """The agenda, with points to make."""

    items: Some[AgendaItem]
    """In the order of the agenda."""


class Slot(Record):
    """A line of the run of show."""

    time: str
    """When it begins, at the place of the meeting: '09:30'."""
    text: str
    """What happens."""
    who: str | None = None
    """Who does it, or who is there."""
    place: str | None = None
    """The room, where it changes."""


class Seating(Record):
    """How one side sits."""

    side: SideId
    seats: Some[str]
    """From the middle of the table outwards: offices or names."""


class RunOfShow(Prepared):
    """The day from arrival to departure, with seating and precedence."""

    items: Some[Slot]
    """In the order of time."""
    seating: tuple[Seating, ...] = ()
    precedence: Many[str] = ()
    """Who goes before whom: at the door, at the table, in speaking and in signing."""


class Answer(Record):
    """A question that may be put, and what we answer."""

    question: str
    answer: str


class Answers(Prepared):
    """Questions and answers, for the press or for the table."""

    items: Some[Answer]


class Sensitivity(Record):
    """What is touchy, and why."""

    topic: str
    text: str


class Sensitivities(Prepared):
    """What to be careful with."""

    items: Some[Sensitivity]


class Contact(Record):
    """Whom to call."""

    who: str
    """An office or a name, and for what."""
    reach: str
    """Telephone, or address."""


class Logistics(Prepared):
    """Where to go, how to get in, and whom to call."""

    address: str | None = None
    arrival: str | None = None
    """When and where to arrive, and who receives."""
    interpreter: str | None = None
    """Languages, and who interprets how."""
    contacts: tuple[Contact, ...] = ()


class Profile(Prepared):
    """What to know of a person before meeting them."""

    rank: str | None = None
    """Rank or title, by which precedence goes: Ambassador, Lieutenant General."""
    form_of_address: str | None = None
    """How to address them, in speaking and in writing."""
    biography: (
        Annotated[str, brief("the biography", WORDS_OF_A_BIOGRAPHY, _IN_TWO_LINES)] | None
    ) = None
    """Two lines, 40 words at most."""
    contact: str | None = None
    """How to reach their office."""

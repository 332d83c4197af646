"""Agreements, declarations and leaders' statements."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, ValidationInfo, field_validator, model_validator

from reporter.dates import When, invalid
from reporter.records.base import (
    AgreementId,
    Defaults,
    Id,
    Many,
    Names,
    NotVerified,
    PartyId,
    ProgrammeId,
    Record,
    Reviewed,
    SideId,
    Some,
    Sources,
    Truth,
    Unsure,
    WhenOrUnknown,
    Whole,
    distinct_names,
)
from reporter.records.statements import Forecast, Post, Sourced, Statement, Summary

AgreementType = Literal[
    "treaty-level agreement",
    "exchange of notes",
    "memorandum of understanding",
    "memorandum of cooperation",
    "implementing arrangement",
    "declaration",
    "political principles",
    "joint statement",
    "bilateral document",
    "negotiation",
    "technical agreement",
    "inter-agency agreement",
    "arrangement",
    "letter of intent",
    "roadmap",
    "non-binding instrument",
]


class LocalDate(Record):
    """The date of an act on one side's calendar, where the clock makes it differ."""

    side: SideId
    date: When


SigningName = Literal["signed", "issued", "exchanged", "announced", "adopted"]
RelationName = Literal["implements", "rests on", "amends", "replaces", "follows", "beside"]


class Signing(Record):
    """The signing or issuing."""

    date: WhenOrUnknown
    """The date at the place of signing."""
    local: tuple[LocalDate, ...] = ()
    """Dates by side, where they differ."""
    place: str | None = None
    how: SigningName = "signed"
    signatories: Annotated[tuple[Post, ...] | NotVerified, Unsure(tuple[Post, ...])] = (
        "not verified"
    )
    present: tuple[Post, ...] = ()
    """Others in whose presence it was done."""
    witnesses: tuple[Post, ...] = ()
    """Those who signed it as witnesses."""
    source: Sources

    @property
    def named(self) -> tuple[Post, ...]:
        """Those who signed, as far as that is verified."""
        return () if isinstance(self.signatories, str) else self.signatories


BindingName = Literal["signed", "ratified", "accepted", "approved", "acceded", "succeeded"]
ActName = Literal[
    "signed",
    "ratified",
    "accepted",
    "approved",
    "acceded",
    "succeeded",
    "applied provisionally",
    "reserved",
    "withdrew a reservation",
    "objected",
    "withdrew",
    "denounced",
]
INSTRUMENTS: tuple[BindingName, ...] = get_args(BindingName)[1:]
LEAVING: frozenset[ActName] = frozenset({"withdrew", "denounced"})


class Act(Record):
    """What parties did to be bound, to limit that, or to be bound no longer."""

    parties: Annotated[Some[PartyId], distinct_names("parties")]
    """Whose act it is; several may have done the same on one day."""
    what: ActName
    """What they did."""
    date: When
    """The day of it: of the signature, or on which the depositary received the instrument; from
    which it is applied provisionally."""
    effective: When | None = None
    """From when it has effect for them, where a source gives another day than the rule does."""
    to: str | None = None
    """Of a reservation, what withdraws it, and an objection: to what, as 'Article 9'."""
    text: str | None = None
    """What it says, in our own words."""
    source: Sources

    @model_validator(mode="after")
    def _has_effect_later(self) -> Self:
        if self.effective and self.date.surely_after(self.effective):
            message = f"in effect before it was done: {self.effective} lies before {self.date}"
            raise invalid("effective", message, "correct one of the two days", ("effective",))
        return self


class Period(Record):
    """How long something takes: in one of these units."""

    days: Annotated[Whole, Field(ge=0, le=9999)] | None = None
    weeks: Annotated[Whole, Field(ge=0, le=999)] | None = None
    months: Annotated[Whole, Field(ge=0, le=999)] | None = None
    years: Annotated[Whole, Field(ge=0, le=99)] | None = None
    next_month: Truth = False
    """Whether it runs on to the first day of the month that follows."""

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(unit is not None for unit in (self.days, self.weeks, self.months, self.years)) != 1:
            raise invalid("period", "a period has one unit", "write {days: 30}, or {months: 3}")
        return self


class ForceRule(Record):
    """When an agreement enters into force by its own terms, as a whole and for each party."""

    instruments: Annotated[Whole, Field(ge=1, le=9999)] | None = None
    """How many parties have to be bound."""
    of: Many[PartyId] = ()
    """Parties that have to be among them."""
    every: Truth = False
    """Whether all that are named as its parties have to be."""
    bound_by: Some[BindingName] = INSTRUMENTS
    """The acts by which a party is bound; default is all but the signature."""
    after: Period | None = None
    """How long after the last of these acts; default is the same day."""
    later: Period | None = None
    """For a party that is bound later, how long after its own act; default is as ``after``."""
    next_month: Truth = False
    """Whether all these times, that of a withdrawal too, run on to the first day of the month that
    follows; or say so of one of them."""
    withdrawal: Period | None = None
    """How long after its notice a party is no longer bound; default is the same day."""

    @model_validator(mode="after")
    def _needs_something(self) -> Self:
        if not (self.instruments or self.of or self.every):
            hint = "add 'instruments:' with how many, 'of:' with the parties, or 'every: true'"
            raise invalid("rule", "a rule that does not say whose acts are needed", hint)
        return self


class InForce(Record):
    """Entry into force."""

    rule: ForceRule | None = None
    """From which the date follows, and since when it is in force for each party."""
    date: WhenOrUnknown | None = Field(default=None, validate_default=True)
    """May be left out where there is a rule: then it follows from the acts."""
    text: str | None = None
    """How: by exchange of notes, by deposit."""
    source: Sources | None = None

    @field_validator("date")
    @classmethod
    def _has_a_date_or_a_rule(
        cls, date: WhenOrUnknown | None, others: ValidationInfo
    ) -> WhenOrUnknown | None:
        if date is None and others.data.get("rule", ...) is None:
            raise invalid("missing", "the field 'date' is missing", "add 'date:', or a 'rule:'")
        return date


class Link(Record):
    """How this agreement stands to another one."""

    agreement: AgreementId
    relation: RelationName
    """``implements``: carries it out; ``rests on``: needs it; ``follows``: takes it further;
    ``beside``: related, not under it."""
    text: str | None = None
    inferred: Truth = False
    source: Sources | None = None


class Agreement(Record):
    """An agreement, or a text of leaders or agencies that others rest on."""

    id: Id
    short: Names
    """The name by which it goes in a sentence."""
    title: Names
    """The official title in each language; ``not verified`` where it was not found."""
    type: AgreementType
    """What sort of text it is."""
    parties: Some[PartyId]
    """Who is bound by it, or issued it: sides, other states, bodies or offices; what is no side is
    a body."""
    multilateral: Truth = False
    defaults: Defaults | None = None
    """What holds for summary, signing, content and undertakings that do not say otherwise."""
    summary: Summary
    """One sentence that says what it is."""
    signing: Annotated[Signing | NotVerified, Unsure(Signing)]
    in_force: Annotated[
        InForce | NotVerified | Literal["not applicable"], Unsure(InForce, "not applicable")
    ]
    depositary: Many[PartyId] = ()
    """Who keeps the signed text, and receives the instruments; of some treaties several do."""
    acts: tuple[Act, ...] = ()
    """Signatures, ratifications, provisional application, reservations and withdrawals of its
    parties, oldest first: of all of them, or none."""
    content: tuple[Sourced, ...] = ()
    """What it provides."""
    undertakings: tuple[Statement, ...] = ()
    """What each side undertook, in a list; or below the paragraph, or the sentence, in which it
    stands (``3.2:``): then it needs no ``source``."""
    about: Many[ProgrammeId] = ()
    """Programmes that it is about; those that its undertakings name need not be given again."""
    links: tuple[Link, ...] = ()
    """Other agreements that it implements, rests on, amends, replaces or stands beside."""
    events: tuple[Sourced, ...] = ()
    """Later acts, oldest first: approval, amendment, use; each with its date."""
    forecasts: tuple[Forecast, ...] = ()
    """What others predicted of it."""
    commentary: tuple[Sourced, ...] = ()
    """What others say about it; cited, never briefed as a fact."""
    not_verified: tuple[str, ...] = ()
    """Questions that stay open, in our own words."""
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""

    @property
    def statements_made(self) -> tuple[Statement, ...]:
        """What was undertaken in it."""
        return self.undertakings

    def with_statements(self, made: tuple[Statement, ...]) -> Self:
        """Return it with other undertakings."""
        return self.model_copy(update={"undertakings": made})

    @property
    def told_on(self) -> tuple[When, ...]:
        """The dates of what it provides, of what happened and of acts, as far as they are known."""
        told = filter(None, (item.date for item in (*self.content, *self.events)))
        return (*told, *(act.date for act in self.acts))

    @property
    def known_signing(self) -> Signing | None:
        """Its signing; None where nothing of that is verified."""
        return None if isinstance(self.signing, str) else self.signing

    @property
    def signed_on(self) -> When | None:
        """The date of its signing; None where that is not verified."""
        signing = self.known_signing
        return None if signing is None or isinstance(signing.date, str) else signing.date

    @property
    def oldest_first(self) -> tuple[date, str]:
        """Sort key: by the last day on which it can have been signed; without one, last."""
        return self.signed_on.last if self.signed_on else date.max, self.id

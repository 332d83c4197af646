"""Agreements, declarations and leaders' statements."""

from __future__ import annotations

from typing import Annotated, Literal

from reporter.dates import When
from reporter.records.base import (
    AgreementId,
    Defaults,
    Id,
    Names,
    NotVerified,
    PartyId,
    Record,
    Reviewed,
    SideId,
    Some,
    Sources,
    Truth,
    Unsure,
    WhenOrUnknown,
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


class InForce(Record):
    """Entry into force."""

    date: WhenOrUnknown
    text: str | None = None
    """How: by exchange of notes, by deposit."""
    source: Sources | None = None


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
    content: tuple[Sourced, ...] = ()
    """What it provides."""
    undertakings: tuple[Statement, ...] = ()
    """What each side undertook."""
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

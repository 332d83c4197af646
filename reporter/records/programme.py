"""Programmes and missions, with what was planned when, and what happened."""

from __future__ import annotations

from typing import Annotated, Literal

from reporter.dates import When
from reporter.records.base import Id, Many, Names, PartyId, Record, Reviewed, Sources, distinct
from reporter.records.statements import Sourced


class Plan(Record):
    """A date as it was planned on a day."""

    stated: When
    """The day on which the plan was stated."""
    due: When
    """For when."""
    due_words: str | None = None
    """The words of the source where ``due`` is our reading of them."""
    note: str | None = None
    """A remark for those who keep the records; no page prints it."""
    source: Sources


class Outcome(Record):
    """How a track ended."""

    date: When
    result: Literal["done", "failed", "stopped"]
    text: str
    source: Sources


class Track(Record):
    """One thing that was planned: an opening, a delivery, a first voyage."""

    id: Id
    name: str
    """In a few words: 'The second ferry, with its radar'."""
    plans: tuple[Plan, ...] = ()
    """Oldest first."""
    outcome: Outcome | None = None
    postponed: tuple[Sourced, ...] = ()
    """Postponements without a new date, or reports of a halt, each with its date."""


class Programme(Record):
    """A programme or mission."""

    id: Id
    name: Names
    abbreviation: str | None = None
    lead: Many[PartyId]
    """Who leads it: sides or bodies."""
    tracks: Annotated[tuple[Track, ...], distinct("tracks")] = ()
    """What was planned, and what came of it."""
    milestones: tuple[Sourced, ...] = ()
    """What happened, oldest first; each with its date."""
    desk_officer: str | None = None
    """Who follows it up in our house, if not the one whom ``project.yaml`` names. Never public."""
    not_verified: tuple[str, ...] = ()
    """Questions that stay open, in our own words."""
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""

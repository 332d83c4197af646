"""The page on one agreement: what it is, who took on what, what it rests on and what rests on it, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import meeting_id
from reporter.dates import When
from reporter.library import Owned
from reporter.records.base import NOT_VERIFIED
from reporter.reports.agreed import counts
from reporter.reports.attendance import Chair, posts
from reporter.reports.background import LocalDay, signed
from reporter.reports.desk import Desk
from reporter.reports.happened import Happened, happened
from reporter.reports.meeting import meeting_heading
from reporter.reports.parts import Count, Disagreement, Followed, Heading, Label, Line, Refs, Report, Standing, View, Who
from reporter.reports.relations import Relation, agreement_id, relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.library import Library
    from reporter.records.agreement import Agreement
    from reporter.records.base import Citation
    from reporter.records.meeting import Meeting
    from reporter.records.statements import Forecast


class Signature(View):
    """The signing or issuing."""

    how: str
    date: When | None
    local: tuple[LocalDay, ...]
    """Dates on the calendars of the sides, where they differ from ``date``."""
    place: str | None
    known: bool
    """Whether it is verified who signed."""
    signatories: tuple[Chair, ...]
    present: tuple[Chair, ...]
    refs: Refs


class Force(View):
    """Entry into force, as far as it is known on the day."""

    state: str
    """``in force``, ``not yet``, ``not verified`` or ``not applicable``."""
    date: When | None = None
    text: str | None = None
    refs: Refs = ()


class Tied(View):
    """What a meeting said that is tied to the agreement."""

    report: str
    heading: Heading
    row: Followed


class Predicted(View):
    """What somebody predicted, and how it turned out. Never briefed as a fact."""

    by: tuple[str, ...]
    """Publishers of the documents that predict it."""
    line: Line
    due: When | None
    outcome: tuple[Line, ...]
    standing: Standing


class View_(View):
    """What somebody else thinks of it."""

    by: tuple[str, ...]
    line: Line


class AgreementReport(Report):
    """All that the page on an agreement prints."""

    name: Label
    titles: tuple[Label, ...]
    """The official title in each language in which it is verified."""
    untitled: tuple[str, ...]
    """Languages in which the official title was looked for and is not verified."""
    type: str
    parties: Who
    multilateral: bool
    summary: Line
    signature: Signature | None
    """None where nothing of a signing is verified."""
    force: Force
    undertakings: tuple[Followed, ...]
    promises: int
    """How many of the undertakings are promises."""
    promise_counts: tuple[Count, ...]
    content: tuple[Line, ...]
    since: tuple[Happened, ...]
    relations: tuple[Relation, ...]
    tied: tuple[Tied, ...]
    forecasts: tuple[Predicted, ...]
    commentary: tuple[Commented, ...]
    disagreements: tuple[Disagreement, ...]
    unknown: tuple[str, ...]

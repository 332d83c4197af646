"""Records: frozen values, one model for each kind, and the one list of kinds."""

from __future__ import annotations

from typing import NamedTuple

from reporter.records.agreement import Agreement
from reporter.records.base import Record
from reporter.records.meeting import Meeting
from reporter.records.programme import Programme
from reporter.records.prose import watch
from reporter.records.register import (
    Correction,
    Disagreement,
    Document,
    Organisation,
    Person,
    Policy,
    Project,
    Series,
    Subject,
)
from reporter.records.visit import Visit


class Kind(NamedTuple):
    """A kind of record: its model, and whether each record has its own file.

    Otherwise all records of the kind share ``<plural>.yaml``.
    """

    name: str
    plural: str
    model: type[Record]
    own_file: bool
    series: str = ""
    """The id of the series in whose folder they are; nothing of the project's own."""


MEETING = Kind("meeting", "meetings", Meeting, own_file=True)
KINDS = (
    MEETING,
    Kind("agreement", "agreements", Agreement, own_file=True),
    Kind("programme", "programmes", Programme, own_file=True),
    Kind("visit", "visits", Visit, own_file=True),
    Kind("policy", "policies", Policy, own_file=False),
    Kind("organisation", "organisations", Organisation, own_file=False),
    Kind("person", "people", Person, own_file=False),
    Kind("subject", "subjects", Subject, own_file=False),
    Kind("document", "documents", Document, own_file=False),
    Kind("disagreement", "disagreements", Disagreement, own_file=False),
    Kind("correction", "corrections", Correction, own_file=False),
)

SERIES = Kind("series", "series", Series, own_file=True)
"""What holds for another series: ``series.yaml`` in its folder."""

NAMES = {kind.model: kind.name for kind in (*KINDS, SERIES)}
"""The name of a kind, by its model."""

CALLED = {"organisation": "body"}
"""What people call a kind, where that is not its name."""

watch(*(kind.model for kind in KINDS if kind.own_file))

__all__ = ["CALLED", "KINDS", "MEETING", "NAMES", "SERIES", "Kind", "Project", "Record", "Series"]

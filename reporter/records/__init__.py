"""Records: frozen values, one model for each kind, and the one list of kinds."""

from __future__ import annotations

from typing import NamedTuple

from reporter.records.agreement import Agreement
from reporter.records.base import Record
from reporter.records.meeting import Meeting
from reporter.records.programme import Programme
from reporter.records.register import (
    Disagreement,
    Document,
    Organisation,
    Person,
    Policy,
    Project,
    Subject,
)


class Kind(NamedTuple):
    """A kind of record: its model, and whether each record has its own file.

    Otherwise all records of the kind share ``<plural>.yaml``.
    """

    name: str
    plural: str
    model: type[Record]
    own_file: bool


KINDS = (
    Kind("meeting", "meetings", Meeting, own_file=True),
    Kind("agreement", "agreements", Agreement, own_file=True),
    Kind("programme", "programmes", Programme, own_file=True),
    Kind("policy", "policies", Policy, own_file=False),
    Kind("organisation", "organisations", Organisation, own_file=False),
    Kind("person", "people", Person, own_file=False),
    Kind("subject", "subjects", Subject, own_file=False),
    Kind("document", "documents", Document, own_file=False),
    Kind("disagreement", "disagreements", Disagreement, own_file=False),
)

__all__ = ["KINDS", "Kind", "Project", "Record"]

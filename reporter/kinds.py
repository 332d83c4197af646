"""The kinds of report: how each is requested, its file names, its forms.

These are plain values, at once available. What a kind says is in its folder, ``reports/<kind>/``;
how to add one is in CONTRIBUTING.md.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from reporter.formats import FORMATS

Taken = Literal["meeting", "agreement", "organisation", "programme"]
Argument = int | str

GROUPS = ("whole", "meeting", "comparison", "agreement", "programme")
"""The headings of the index, in order."""


class Option(NamedTuple):
    """How a report is asked for on the command line."""

    flag: str
    help: str
    metavar: str = ""


class Kind(NamedTuple):
    """What is the same for all reports of a kind."""

    file: str
    """Name of its files, without the ending; each ``{}`` stands for an argument."""
    takes: tuple[Taken, ...] = ()
    """The kinds of record that its arguments name: meetings by number, others by id."""
    option: Option | None = None
    """None: it cannot be asked for by itself."""
    group: str | None = "whole"
    """Its heading in the index; None where the index does not lead to it."""
    forms: tuple[str, ...] = ()
    """The formats that it has besides those of every report."""

    @property
    def formats(self) -> tuple[str, ...]:
        """All formats that it has, pages first."""
        return tuple(name for name in FORMATS if FORMATS[name].every or name in self.forms)

    def report(self, arguments: tuple[Argument, ...]) -> str:
        """Return the name of the files of one report."""
        return self.file.format(
            *(f"{name:02}" if isinstance(name, int) else name for name in arguments)
        )

    def arguments(self, report: str) -> tuple[Argument, ...] | None:
        """Return the arguments of the report whose files have this name; None where none has."""
        groups = ("([0-9]{2,4})" if kind == "meeting" else "(.+)" for kind in self.takes)
        found = re.fullmatch(self.file.replace("{}", "%s") % tuple(groups), report)
        if found is None:
            return None
        arguments = tuple(
            int(text) if kind == "meeting" else text
            for kind, text in zip(self.takes, found.groups(), strict=True)
        )
        return arguments if self.report(self.ordered(arguments)) == report else None

    def ordered(self, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """Return arguments in the order that names the report: two meetings, the earlier first."""
        return tuple(sorted(arguments, key=str if self.takes[:1] != ("meeting",) else int))


KINDS: dict[str, Kind] = {
    "meeting": Kind(
        "meeting-{}",
        ("meeting",),
        Option(
            "--meeting", "Only the briefing on this meeting; before its day, the one for it.", "N"
        ),
        "meeting",
        ("csv", "ics"),
    ),
    "upcoming": Kind("meeting-{}", ("meeting",), None, "meeting", ("csv", "ics")),
    "comparison": Kind(
        "compare-{}-{}",
        ("meeting", "meeting"),
        Option("--compare", "Only the comparison of these two meetings.", "N M"),
        "comparison",
        ("csv",),
    ),
    "agreement": Kind(
        "agreement-{}",
        ("agreement",),
        Option("--agreement", "Only the page on this agreement.", "ID"),
        "agreement",
    ),
    "body": Kind(
        "body-{}",
        ("organisation",),
        Option(
            "--body", "Only the report on this body: what it took part in, owes and is owed.", "ID"
        ),
        group=None,
    ),
    "programme": Kind(
        "programme-{}",
        ("programme",),
        Option(
            "--programme", "Only the page on this programme: plans and what came of them.", "ID"
        ),
        "programme",
    ),
    "ledger": Kind(
        "ledger",
        option=Option("--ledger", "Only the ledger of all promises."),
        forms=("csv", "ics"),
    ),
    "series": Kind(
        "series",
        option=Option("--series", "Only the overview of the series."),
        forms=("csv", "ics"),
    ),
    "index": Kind("index", group=None),
}

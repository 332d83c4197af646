"""The kinds of report: how each is requested, its file names, its formats.

These are plain values, at once available. What a kind says is in its folder, ``reports/<kind>/``;
how to add one is in CONTRIBUTING.md.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from reporter.filters import Filters
from reporter.formats import FORMATS

TakenKind = Literal[
    "meeting",
    "agreement",
    "organisation",
    "programme",
    "party",
    "visit",
    "filters",
    "promises",
    "year",
]
Argument = int | str
UNDATED = "undated"
"""The year of what has no date, in the name of its page."""
_MEETING = "[0-9]{2,4}|(?![0-9]+(?:--|$))[a-z0-9]+(?:-[a-z0-9]+)*"  # a number, or an id
_TAKEN = {"meeting": _MEETING, "year": f"[0-9]{{4}}|{UNDATED}"}

GROUPS = ("whole", "visit", "meeting", "comparison", "agreement", "programme")
"""The headings of the index, in order."""


class Option(NamedTuple):
    """How a report is asked for on the command line."""

    flag: str
    help: str
    metavar: str = ""


class ReportKind(NamedTuple):
    """What is the same for all reports of a kind."""

    file: str
    """Name of its files, without the ending; each ``{}`` stands for an argument."""
    takes: tuple[TakenKind, ...] = ()
    """What each of its arguments is: the number or id of a meeting, or the id of another record.
    ``filters`` is the name of filters of the ledger; ``promises`` an agreement, a meeting or one
    promise; ``year`` a year, or ``undated``."""
    option: Option | None = None
    """None: it cannot be asked for by itself."""
    group: str | None = "whole"
    """Its heading in the index; None where the index does not lead to it."""
    more_formats: tuple[str, ...] = ()
    """The formats that it has besides those of every report."""
    of_series: bool = False
    """Whether it is always about one series: it is made of the records of that series alone."""
    in_series: bool = False
    """Whether it may be about one series: its name then begins with that of the series, too."""
    of_named: bool = False
    """Whether it is made only of those meetings that name the record it is about."""

    @property
    def formats(self) -> tuple[str, ...]:
        """All formats that it has, pages first."""
        return tuple(name for name in FORMATS if FORMATS[name].every or name in self.more_formats)

    def report(self, arguments: tuple[Argument, ...]) -> str:
        """Return the name of the files of one report."""
        return self._file(arguments).format(
            *(f"{name:02}" if isinstance(name, int) else name for name in arguments)
        )

    def _file(self, arguments: tuple[Argument, ...]) -> str:
        """Return how its files are named: ids of meetings are parted by what no id has."""
        with_ids = self.takes == ("meeting", "meeting") and any(
            isinstance(name, str) for name in arguments
        )
        return self.file.replace("-{}", "--{}") if with_ids else self.file

    def arguments(self, report: str) -> tuple[Argument, ...] | None:
        """Return the arguments of the report whose files have this name; None where none has."""
        if not report.startswith(self.file.partition("{")[0]):  # as most are
            return None
        groups = (f"({_TAKEN.get(kind, '.+')})" for kind in self.takes)
        files = dict.fromkeys((self.file, self._file(("",) * len(self.takes))))
        wanted = "|".join(name.replace("{}", "%s") for name in files)
        found = re.fullmatch(wanted % (tuple(groups) * len(files)), report)
        if found is None or ("filters" in self.takes and Filters.named(found[1]) is None):
            return None
        arguments = tuple(
            int(text) if kind == "meeting" and text.isdigit() else text
            for kind, text in zip(self.takes, filter(None, found.groups()), strict=True)
        )
        return arguments if self.report(self.ordered(arguments)) == report else None

    def ordered(self, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """Return arguments in the order that names the report: two meetings, numbers first."""
        return tuple(sorted(arguments, key=lambda name: (isinstance(name, str), name)))


KINDS: dict[str, ReportKind] = {
    "meeting": ReportKind(
        "meeting-{}",
        ("meeting",),
        Option(
            "--meeting", "Only the briefing on this meeting; before its day, the one for it.", "N"
        ),
        "meeting",
        ("csv", "ics"),
        of_series=True,
    ),
    "upcoming": ReportKind(
        "meeting-{}", ("meeting",), None, "meeting", ("csv", "ics"), of_series=True
    ),
    "comparison": ReportKind(
        "compare-{}-{}",
        ("meeting", "meeting"),
        Option("--compare", "Only the comparison of these two meetings.", "N M"),
        "comparison",
        ("csv",),
        of_series=True,
    ),
    "agreement": ReportKind(
        "agreement-{}",
        ("agreement",),
        Option("--agreement", "Only the page on this agreement.", "ID"),
        "agreement",
        of_named=True,
    ),
    "body": ReportKind(
        "body-{}",
        ("organisation",),
        Option(
            "--body", "Only the report on this body: what it took part in, owes and is owed.", "ID"
        ),
        group=None,
    ),
    "party": ReportKind(
        "with-{}",
        ("party",),
        Option(
            "--with",
            "Only the briefing on this party: what is open, overdue and agreed with it.",
            "PARTY",
        ),
        group=None,
    ),
    "programme": ReportKind(
        "programme-{}",
        ("programme",),
        Option(
            "--programme", "Only the page on this programme: plans and what came of them.", "ID"
        ),
        "programme",
        of_named=True,
    ),
    "ledger": ReportKind(
        "ledger",
        option=Option("--ledger", "Only the ledger of all promises."),
        more_formats=("csv", "ics"),
    ),
    "filtered": ReportKind("ledger--{}", ("filters",), group=None, more_formats=("csv", "ics")),
    "matrix": ReportKind(
        "matrix-{}",
        ("promises",),
        Option(
            "--matrix",
            "Only who kept what: the promises of this agreement or meeting (8, talks/8), or one"
            " promise, by party, with averages.",
            "ID",
        ),
        group=None,
        more_formats=("csv",),
        in_series=True,
    ),
    "series": ReportKind(
        "series",
        option=Option(
            "--series",
            "Only the overview of the series. With an ID, of that one of several; beside --meeting"
            " or --compare, the series of these.",
            "[ID]",
        ),
        more_formats=("csv", "ics"),
        of_series=True,
    ),
    "binder": ReportKind(
        "binder-{}",
        ("visit",),
        Option("--binder", "Only the binder of this visit: its reports, with contents.", "ID"),
        "visit",
    ),
    "year": ReportKind("year-{}", ("year",), group=None, more_formats=("js",)),
    "index": ReportKind("index", group=None),
}

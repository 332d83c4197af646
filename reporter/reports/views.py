"""What the views of all reports are made of: frozen values that hold what a template prints."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from reporter.choice import EditionName, PaperName
from reporter.dates import When
from reporter.library.snapshot import Snapshot, StandingWord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reporter.kinds import Argument
    from reporter.library import Library


class View(BaseModel):
    """A frozen value; a report's view is made of these, and is what ``--format json`` writes."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Label(View):
    """A name, and the language in which it is."""

    language: str
    text: str


class Ref(View):
    """A numbered source, with the paragraphs that are cited."""

    number: int
    paragraphs: tuple[int, ...] = ()


Refs = tuple[Ref, ...]


class Line(View):
    """A sentence or part of one, with its sources."""

    text: str
    refs: Refs = ()
    date: When | None = None
    inferred: bool = False
    """Whether it is our conclusion."""
    weak: bool = False
    """Whether weak sources alone say so: reported, not confirmed."""


class Standing(View):
    """Where something stands on the day of the report."""

    status: StandingWord
    overdue_since: date | None = None
    not_checked_after: date | None = None
    not_checked_since: date | None = None


class Who(View):
    """Those who said or owe something."""

    everyone: bool = False
    """Whether these are all the sides."""
    names: tuple[Label, ...] = ()
    more: int = 0
    """How many others there are, where not all are named."""


class Anchored(View):
    """What has an id in the records, and a row in a page."""

    id: str

    @property
    def anchor(self) -> str:
        """The id of its row in a page: its own, unless a part of the page may have the same one.

        Parts of a page have no digit in theirs, but for the sources.
        """
        alone = re.search("[0-9]", self.id) and not self.id.startswith(("source-", "row-"))
        return self.id if alone else f"row-{self.id}"


class Followed(Anchored):
    """A promise, an expectation or another matter, with what became of it."""

    verb: str
    text: str
    short: str
    quote: str | None = None
    who: Who
    strength: str | None = None
    due: When | None = None
    due_words: str | None = None
    refs: Refs
    evidence: Line | None = None
    checked: When | None = None
    """Where ``evidence`` is a check that found nothing: its day."""
    looked: When | None = None
    """The day on which somebody looked for newer evidence and found none."""
    reported: tuple[Line, ...] = ()
    """What weak sources alone say."""
    standing: Standing


class Count(View):
    """How many stand at a status."""

    status: StandingWord
    number: int


class SourceEntry(View):
    """A numbered source as printed at the end."""

    number: int
    id: str
    title: Label
    described: bool
    publisher: str
    date: When | None
    address: tuple[str, ...] = ()
    """Empty for weak sources: their addresses are not linked."""
    standing: str
    read: str
    paragraphs: int | None = None


class Speaks(View):
    """The day for which the report speaks, and how far the sources were searched."""

    day: date
    """Where none was asked for: the last on which anything in the report changed."""
    asked: bool
    """Whether that day was asked for."""
    searched: date | None = None
    """The last day for which sources were searched, as far as that is not after the day."""
    text: str = ""
    """``As of 27 November 2026 · sources searched to 31 May 2026``."""


class Disagreement(View):
    """Where sources disagree."""

    fact: str
    values: tuple[Line, ...]
    used: str
    why: str


class Heading(View):
    """What a report is called; the language puts it into words."""

    kind: str
    number: int | None = None
    """Of a meeting; of a comparison, the earlier one."""
    other: int | None = None
    """Of a comparison, the later meeting."""
    city: str | None = None
    date: When | None = None
    name: Label | None = None
    """Of an agreement."""


class Masthead(View):
    """What stands at the head and foot of every page."""

    title: str
    """What the report is called."""
    head: str
    """The series, as far as the head of a page has room for it."""
    foot: str
    """The title, as far as the foot of a page has room for it."""
    series: Label
    short: Label
    author: str
    edition: EditionName
    marking: str | None = None
    """The handling marking, at the top and the bottom of each page."""
    addressee: str | None = None
    """For whom it is, and what for: 'For the Minister, for information'."""
    drafted_by: str | None = None
    cleared_by: str | None = None
    contact: str | None = None
    """Where whoever drafted it can be reached."""
    version: str | None = None
    imprint: str = ""
    """Who drafted it, who cleared it, and where to call, in one line."""
    desk: str | None = None
    """Id of the side whose briefing it is; None where it is nobody's."""
    paper: PaperName = "A4"


class Report(View):
    """What every report has."""

    id: str
    """Name of its files, without the ending."""
    heading: Heading
    masthead: Masthead
    speaks: Speaks
    sources: tuple[SourceEntry, ...]
    searched: tuple[str, ...] = ()
    """Where somebody looked for what is said not to be found."""


def refs_in(value: object) -> Iterator[Ref]:
    """Yield the references in a view."""
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, View):
        for name in type(value).model_fields:
            yield from refs_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from refs_in(item)


def about_all(_library: Library, _arguments: tuple[Argument, ...], _day: date) -> None:
    """Say that a report is about all records: an error in any of them stops it."""
    return


def by_itself(_snapshot: Snapshot) -> tuple[tuple[Argument, ...], ...]:
    """Say that a full build has no report of the kind."""
    return ()


def itself(_library: Library, _arguments: tuple[Argument, ...], _day: date) -> None:
    """Say that no other kind of report takes the place of this one on any day."""
    return


class Views(NamedTuple):
    """How reports of a kind are made."""

    model: type[Report]
    heading: Callable[..., Heading]
    """From the library and the arguments of the report: what it is called."""
    make: Callable[..., Report]
    """From a context and the arguments: the view."""
    subjects: Callable[[Library, tuple[Any, ...], date], tuple[str, ...] | None] = about_all
    """The records without which it cannot be; None: all."""
    every: Callable[[Snapshot], Iterable[tuple[Argument, ...]]] = by_itself
    """The arguments of each report of a full build on the day."""
    instead: Callable[[Library, tuple[Any, ...], date], str | None] = itself
    """The kind that takes its place on a day."""

"""What the views of all reports are made of: frozen values that hold what a template prints."""

from __future__ import annotations

import operator
import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ConfigDict, Field

from reporter.choice import EditionName, PaperName
from reporter.dates import When
from reporter.library.snapshot import Snapshot, StandingWord
from reporter.records.base import Numerous

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Self

    from reporter.kinds import Argument
    from reporter.library import Library
    from reporter.records.base import Names


class View(Numerous):
    """A frozen value; a report's view is made of these, and is what ``--format json`` writes."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")  # each when used


class Label(View):
    """A name, and the language in which it is."""

    language: str
    text: str

    @classmethod
    def of(cls, names: Names, code: str) -> Self:
        """Return the name in the language with this code, else in the first one that it has."""
        language, text = names.best(code)
        return cls(language=language, text=text)


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


class OfOwner(View):
    """Where one of several stands who owe a promise together."""

    id: str
    name: Label
    status: StandingWord
    inferred: bool = False
    overdue_since: date | None = None


class StatusTold(View):
    """Where something stands on the day of the report."""

    status: StandingWord | None
    """None of what is neither a promise nor a plan with a date: that has news, and no status."""
    inferred: bool = False
    """Whether the status rests on an inference of ours."""
    unmarked: bool = False
    """Whether it does, and the evidence printed beside it does not say so."""
    overdue_since: date | None = None
    not_checked_after: date | None = None
    not_checked_since: date | None = None
    last_heard: When | None = None
    """The same as it is on record: a month where no day of it is."""
    changed: bool = False
    """Whether it, or a line on what became of it, was changed since somebody reviewed it."""
    owners: tuple[OfOwner, ...] = ()
    """Where each of those stands who owe it, if lines tell of some of them only."""
    apart: str = ""
    """How they differ, in words; nothing where they do not."""

    @property
    def is_overdue(self) -> bool:
        """Whether its last due day has passed."""
        return self.overdue_since is not None

    @property
    def unchecked_since(self) -> date | None:
        """The day since which nobody has looked: since it fell due, or for nine months."""
        return self.not_checked_after or self.not_checked_since

    @property
    def is_unchecked(self) -> bool:
        """Whether nobody has looked at it since its due date, or for nine months."""
        return self.unchecked_since is not None


class Who(View):
    """Those who said or owe something."""

    everyone: bool = False
    """Whether these are all the sides."""
    names: tuple[Label, ...] = ()
    more: int = 0
    """How many others there are, where not all are named."""
    but: tuple[Label, ...] = Field(default=(), exclude=True)
    """The few sides that are not among them, where these are most of the sides of a series."""


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
    by_when: str = Field(default="", exclude=True)
    """The same in words, or that there is no date."""
    refs: Refs
    evidence: Line | None = None
    checked: When | None = None
    """Where ``evidence`` is a check that found nothing: its day."""
    looked: When | None = None
    """The day on which somebody looked for newer evidence and found none."""
    reported: tuple[Line, ...] = ()
    """What weak sources alone say."""
    standing: StatusTold


class Count(View):
    """How many stand at a status."""

    status: StandingWord
    number: int
    inferred: int = 0
    """Of how many that is our inference."""


class SourceEntry(View):
    """A numbered source as printed at the end."""

    number: int
    id: str
    title: Label
    described: bool
    publisher: str
    date: When | None
    languages: tuple[str, ...]
    """In which languages it exists."""
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


class DisagreementTold(View):
    """Where sources disagree."""

    fact: str
    values: tuple[Line, ...]
    used: str
    why: str
    told: str
    """What is used and why, in sentences."""


class Corrected(Anchored):
    """Something that this page said and that was wrong."""

    id: str
    head: str
    """Since when it said so, and who found it: several may have one head."""
    text: str
    """What it said, and what is right."""
    day: When
    """The day on which it was found."""
    refs: Refs = ()


class Heading(View):
    """What a report is called; the language puts it into words."""

    kind: str
    number: int | None = None
    """Of a meeting; of a comparison, the earlier one."""
    other: int | None = None
    """Of a comparison, the later meeting."""
    city: str | None = None
    date: When | None = None
    sort: str | None = None
    """Of a meeting that is not a regular one: its kind."""
    form: str | None = None
    """Of a meeting that was not in person alone: ``online``, ``by telephone`` or ``hybrid``."""
    date_inferred: str | None = None
    """What of the date is our inference."""
    pair: tuple[Heading, ...] = ()
    """Of a comparison of meetings that their numbers do not name: the two."""
    name: Label | None = None
    """What the record is called that it is about; of what one of several series has, the series."""


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
    predictions: bool = False
    """Whether pages print what others predicted."""


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
    corrections: tuple[Corrected, ...] = ()
    """What it said wrong, the newest first."""
    review: str = ""
    """What of it was changed since somebody reviewed it, where it is said below the sources."""


def refs_in(value: object) -> Iterator[Ref]:
    """Yield the references in a view, but those of rows that its page does not show."""
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, View) and getattr(value, "shown", True):
        for name in type(value).model_fields:
            yield from refs_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from refs_in(item)


def renumbered(value: Any, numbers: Mapping[int, int]) -> Any:  # noqa: ANN401 (any part of a view)
    """Return a part of a view with other numbers for its sources; itself if it cites none."""
    if isinstance(value, Ref | SourceEntry):
        new = numbers.get(value.number, value.number)
        return value if new == value.number else value.model_copy(update={"number": new})
    if isinstance(value, View):
        fields = vars(value).items()
        changed = {
            name: new for name, old in fields if (new := renumbered(old, numbers)) is not old
        }
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, tuple):
        items = tuple(renumbered(item, numbers) for item in value)
        return items if any(map(operator.is_not, items, value)) else value
    return value


class Refusal(NamedTuple):
    """Why a report cannot be made of sound records: on that day, or in that edition."""

    record: str
    """The id of the record at fault."""
    where: tuple[str | int, ...]
    """The way to the field in it."""
    message: str
    hint: str


class Views(NamedTuple):
    """How reports of a kind are made."""

    model: type[Report]
    heading: Callable[..., Heading]
    """From the day's snapshot and the arguments of the report: what it is called."""
    make: Callable[..., Report]
    """From a context and the arguments: the view."""
    records: Callable[[Library, tuple[Any, ...], date], tuple[str, ...] | None] = (
        lambda _library, _arguments, _day: None
    )
    """The ids of the records without which it cannot be; None: all, and an error in any stops
    it."""
    every: Callable[[Snapshot], Iterable[tuple[Argument, ...]]] = lambda _snapshot: ()
    """The arguments of each report of a full build on the day: none, unless a kind says so."""
    instead: Callable[[Library, tuple[Any, ...], date], str | None] = (
        lambda _library, _arguments, _day: None
    )
    """The kind that takes its place on a day, if one does."""
    there: Callable[[Snapshot, tuple[Any, ...]], bool | None] = lambda _snapshot, _arguments: None
    """Whether it can be had on the day, where the records that it names are there; None: if a full
    build of that day has it."""
    refused: Callable[[Library, tuple[Any, ...], date], Iterable[Refusal]] = (
        lambda _library, _arguments, _day: ()
    )
    """Why it cannot be made on a day, though the records that it names are there."""
    page: Callable[..., Report] | None = None
    """Like ``make``, without what the page does not show; None where that is little."""

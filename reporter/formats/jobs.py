"""A job makes one report in all formats that are wanted of it: its view goes in, files come out."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (a cluster reads what results are made of)
from dataclasses import dataclass, field, replace
from pathlib import Path  # noqa: TC003 (as above)
from typing import TYPE_CHECKING, Any

from reporter.formats import FORMATS, needed
from reporter.outputs.digests import digest
from reporter.problems import Problem, ReporterError
from reporter.records.prose import EVERY
from reporter.text import noted

if TYPE_CHECKING:
    from reporter.choice import KeptFile
    from reporter.reports.views import Report
    from reporter.theme import Theme


@dataclass(frozen=True, slots=True)
class Earlier:
    """A report as it was on an earlier day; without a view, it was not there yet."""

    template: str = ""
    report: Report | None = None
    record: bytes = b""
    """The view as JSON."""
    page: bytes = b""
    """The page, once it is made."""
    word: KeptFile | None = None
    """The file that somebody kept, in place of all that."""

    @property
    def told(self) -> tuple[str | bytes, ...]:
        """All that it depends on."""
        return self.template, self.record, self.word.content if self.word else b""


@dataclass(frozen=True, slots=True)
class FullView:
    """A view with all that it holds, also what its page does not show."""

    report: Report
    record: bytes
    """The view as JSON."""


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make."""

    id: str
    """Name of its files, without the ending."""
    template: str
    report: Report
    """The view."""
    record: bytes
    """The view as JSON."""
    language: str
    formats: tuple[str, ...] = ()
    """Those that are wanted."""
    gathered: Mapping[str, Any] = field(default_factory=dict)
    """By format, what it needs beyond the view."""
    earlier: Earlier | None = None
    """With what it is compared, by the formats that show changes."""
    known: Mapping[str, str] = field(default_factory=dict)
    """By format, the ``made_of`` of the file that is there."""
    tools: str = ""
    """Digest of all that makes a format out of another."""
    check: bool = False
    """Whether it is enough to know what would be made anew."""
    until: str = ""
    """The first day on which its view may be another one; nothing where that is not known."""
    worded: str = EVERY
    """The ids of the records of which it reads sentences."""
    whole: FullView | None = None
    """The view with what the page does not show, where a format holds that and the page is wanted,
    too."""
    gone: frozenset[str] = frozenset()
    """The files of other reports that could not be made, to which no link is to lead."""

    def of(self, name: str) -> Job:
        """Return the same with the view for a format."""
        whole = None if FORMATS[name].of_page else self.whole
        return replace(self, report=whole.report, record=whole.record) if whole else self

    def says(self, name: str) -> str:
        """Return the digest of what a format of it says."""
        gathered = repr(self.gathered.get(name, ""))
        earlier = self.earlier if FORMATS[name].compares else None
        since = earlier.told if earlier else ()
        told = (*since, *sorted(self.gone))
        return digest(self.template, self.language, self.of(name).record, gathered, *told)


@dataclass(frozen=True, slots=True)
class File:
    """What became of one format of a report."""

    made_of: str
    """Digest of what it was made of, which it is known by the next time."""
    content: bytes | None = None
    """None where it is as it was, or was only looked at."""
    problems: tuple[Problem, ...] = ()
    """Warnings of what made it."""


@dataclass(frozen=True, slots=True)
class Result:
    """The files of a report by format; without files, the problems for which there are none."""

    files: Mapping[str, File] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    read: Mapping[Path, str] = field(default_factory=dict)
    """The files that were read for it, each with the digest of what was in it."""


MadeContent = tuple[bytes, "tuple[Problem, ...]"]
"""The content of a file, and the warnings about it."""


def make(job: Job, theme: Theme) -> Result:
    """Make the files of a report. Where one of them cannot be made, there is none."""
    with noted() as read:
        return replace(_made(job, theme), read=read)


def _made(job: Job, theme: Theme) -> Result:
    contents: dict[str, bytes] = {"": b""}
    files: dict[str, File] = {}
    try:
        job = _with_earlier_page(job, theme)
        for name in needed(job.formats):
            source = FORMATS[name].source
            compared = job.earlier if FORMATS[name].compares else None
            since = (compared.page, *compared.told) if compared else ()
            own = job.of(name)
            made_of = digest(contents[source], own.record, job.tools, *since) if source else ""
            known = job.known.get(name)
            content = None
            problems: tuple[Problem, ...] = ()
            if not source or (made_of != known and not job.check):
                content, problems = FORMATS[name].load().make(own, theme, contents[source])
                contents[name] = content
                made_of = made_of or digest(content)
            if name in job.formats:
                files[name] = File(made_of, None if made_of == known else content, problems)
    except ReporterError as error:
        return Result(problems=error.problems)
    return Result(files)


def _with_earlier_page(job: Job, theme: Theme) -> Job:
    """Return a job with the page of the earlier day, if it is compared with one."""
    earlier = job.earlier
    if earlier is None or earlier.report is None:
        return job
    other = replace(job, template=earlier.template, report=earlier.report, record=earlier.record)
    page, _ = FORMATS["html"].load().make(other, theme, b"")
    return replace(job, earlier=replace(earlier, page=page))

"""Which reports are made of something else than before, and what of them is to be made anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from reporter.outputs.two_processes import in_two
from reporter.problems import ReporterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reporter.choice import Options
    from reporter.formats.jobs import Job
    from reporter.outputs.folder import Folder
    from reporter.outputs.manifest import OutputEntry
    from reporter.problems import Problem
    from reporter.reports import Selection

    JobOf = Callable[[Selection, tuple[str, ...]], Job]


MANY = 4  # reports to look at that are worth a second process


@dataclass(frozen=True, slots=True)
class Seen:
    """What is to be made of a report."""

    id: str
    kept: Mapping[str, OutputEntry] = field(default_factory=dict)
    """The outputs that stay, with what is to be noted of them."""
    job: Job | None = None
    """What makes the others, if there are any."""
    problems: tuple[Problem, ...] = ()
    """Why nothing of it can be made."""


class Staleness:
    """Compares reports with the outputs that are there. It notes nothing."""

    def __init__(self, options: Options, folder: Folder, inputs: Mapping[str, str]) -> None:
        self._options, self._folder, self._inputs = options, folder, inputs
        self.parts: dict[str, Callable[[str], str]] = {}
        """By the id of a report, what returns the digest of all that it is made of, if it reads
        sentences of these records."""

    def part(self, report: str, worded: str) -> str:
        """Return the digest of all of which a report is made; nothing where it is not known."""
        return self.parts[report](worded) if report in self.parts else ""

    def known(self, name: str) -> str:
        """Return by what an output that may stay is known; nothing where it is to be made."""
        if self._options.force or self._folder.state(name):
            return ""
        entry = self._folder.manifest.files[name]
        return entry.made_of or entry.digest

    def seen(self, chosen: Sequence[Selection], job_of: JobOf) -> Iterator[Seen]:
        """Yield what is to be made of each report, those first of which something changed.

        Of these, those that take longest come first; of new ones the last, which are about
        everything. ``job_of`` returns the job that makes a report in these formats.
        """
        look = partial(self._look, job_of)
        reports = [*reversed(chosen)]
        reports.sort(key=self._effort, reverse=True)
        same: list[Selection] = []
        changed = self._changed(reports, same)
        first = [*islice(changed, MANY)]
        wanted = chain(first, changed)
        if self._options.jobs == 1 or len(first) < MANY:
            yield from map(look, (reports[place] for place in wanted))
        else:
            yield from in_two(look, reports, wanted)
        self._folder.look(name for report in same for name in self._options.names(report.id))
        yield from (self._as_it_was(report.id) or look(report) for report in same)

    def _changed(self, reports: Iterable[Selection], same: list[Selection]) -> Iterator[int]:
        """Yield the places of those made of something else than before; collect the others."""
        for place, report in enumerate(reports):
            if self._is_of_same_part(report.id):
                same.append(report)
            else:
                yield place

    def _is_of_same_part(self, report: str) -> bool:
        """Return whether nothing changed of all that a report was made of."""
        names, files = self._options.names(report), self._folder.manifest.files
        now = self._inputs
        made = [files[name] for name in names if name in files and not self._options.force]
        return 0 < len(names) == len(made) and all(
            entry.part
            and (entry.part, entry.look) == (self.part(report, entry.worded), now["look"])
            and entry.holds_on(now["day"])
            for entry in made
        )

    def _effort(self, report: Selection) -> tuple[bool, int]:
        """Return by what to tell how long a report takes: whether it tells of all, and its size."""
        return report.about is None, sum(map(self._folder.size, self._options.names(report.id)))

    def _as_it_was(self, report: str) -> Seen | None:
        """Return that all outputs of a report stay, if nobody changed one."""
        names = self._options.names(report)
        if not all(map(self.known, names)):
            return None
        return Seen(report, {name: self._folder.manifest.files[name] for name in names})

    def _look(self, job_of: JobOf, report: Selection) -> Seen:
        """Return what is to be made anew of a report, from its view."""
        names = self._options.names(report.id)
        try:
            job = job_of(report, tuple(name.rpartition(".")[2] for name in names))
        except ReporterError as error:
            return Seen(report.id, problems=tuple(error.problems))
        found = ((f"{job.id}.{ending}", self._same(job, ending)) for ending in job.formats)
        kept = {name: entry for name, entry in found if entry}
        formats = tuple(ending for ending in job.formats if f"{job.id}.{ending}" not in kept)
        return Seen(job.id, kept, replace(job, formats=formats) if formats else None)

    def _same(self, job: Job, ending: str) -> OutputEntry | None:
        """Return what is to be noted of an output that says the same in the same look."""
        name = f"{job.id}.{ending}"
        if not self.known(name):
            return None
        entry = self._folder.manifest.files[name]
        if (entry.look, entry.says) != (self._inputs["look"], job.says(ending)):
            return None
        return replace(entry, until=job.until, worded=job.worded)

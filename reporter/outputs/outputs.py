"""The outputs of a build, beside those that are there: what is made anew, and what became of it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reporter.choice import FEED, Choice
from reporter.formats import FORMATS
from reporter.outputs.digests import digest, inputs_of, printing_of
from reporter.outputs.files import check_apart
from reporter.outputs.folder import LARGEST, Folder
from reporter.outputs.manifest import OutputEntry, content_of, warning
from reporter.outputs.outcome import BuildOutcome, complaints, day_given, too_early
from reporter.outputs.whereabouts import placed
from reporter.problems import Problem, ReporterError, has_errors
from reporter.text import noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Self

    from reporter.choice import Options
    from reporter.formats.jobs import File, Job, Result
    from reporter.library import Library
    from reporter.outputs.progress import Progress
    from reporter.outputs.staleness import JobOf
    from reporter.reports import Selection
    from reporter.reports.plan import BuildPlan
    from reporter.theme import Theme


FORCED = "it was asked for with --force"
BOTH = {".yaml", ".js"}  # a language reads the default beside its own; a policy knows our programs


class Outputs:
    """The outputs of a build, beside existing ones. A context manager: it locks the folder."""

    def __init__(self, options: Options, theme: Theme, progress: Progress) -> None:
        self._options, self._theme, self._progress = options, theme, progress
        self._folder = Folder(options.output)
        self._chosen: tuple[str, ...] = ()
        self._there: dict[str, str] = {}
        self._reasons: dict[str, str] = {}
        self._unchanged: set[str] = set()
        self._settled: dict[str, bool] = {}
        """The reports that are done with, and whether they could be made."""
        self._plan: BuildPlan | None = None
        self._inputs: dict[str, str] = {}
        self._open = ExitStack()
        self.problems: list[Problem] = []

    def __enter__(self) -> Self:
        options = self._options
        data = options.project / "data"
        check_apart(options.output, data, options.project / "templates")
        make = not options.check and data.is_dir()
        self._folder.open(options.edition.name, self._progress.waiting, make=make)
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.close()
        self._open.close()

    def look(self) -> None:
        """Take the digests of all files, and note from now on which are read. Once is enough."""
        if self._inputs:
            return
        options = self._options
        with noted() as self._before:
            self._inputs = inputs_of(
                options.project,
                self._theme,
                options.day,
                asked=options.asked,
                since=digest(options.kept.content) if options.kept else options.since,
                edition=options.edition,
            )
        self._read = self._open.enter_context(noted())

    def _compare(self, read: Mapping[Path, str]) -> None:
        """Trust no digest of files of which others were read than those that it was taken of."""
        data = self._options.project / "data"
        other = [path for path, found in read.items() if self._before.get(path) != found]
        if any(path.is_relative_to(data) for path in other):
            self._inputs["records"] = ""
        own, *defaults = self._theme.folders
        away = (
            own / path.relative_to(folder)
            for folder in defaults
            for path in read
            if path.is_relative_to(folder) and path.suffix not in BOTH
        )  # of which a default was read instead
        if any(map(self._theme.home, other)) or {*away} & (self._before.keys() - read.keys()):
            self._inputs["look"] = ""

    @property
    def pages(self) -> frozenset[str]:
        """The pages that are there, and the feed."""
        return self._folder.manifest.pages | self._feed

    def are_current(self) -> bool:
        """Return whether nothing is to be made, as can be seen without reading a record."""
        options, manifest = self._options, self._folder.manifest
        reports, names = self._wanted()
        if self._is_any_missing(names):
            return False
        self.look()
        if not options.choice.report and (
            manifest.inputs != self._inputs or manifest.linked != self._links(names)
        ):
            return False
        # A look at the records may tell that what is left over is not.
        doubtful = manifest.left and (options.prune or options.check or options.variable)
        if doubtful or not all(manifest.files[name].made_from(self._inputs) for name in names):
            return False
        self._folder.look(names)
        if any(map(self._folder.state, names)):
            return False
        self._chosen, self._unchanged = reports, {*names}
        for name in names:
            self.problems += manifest.files[name].problems(name.rpartition(".")[0])
        return True

    def are_doubtful(self) -> bool:
        """Return whether something is sure or likely to be made: records or look changed."""
        files = self._folder.manifest.files
        _, names = self._wanted()
        if self._is_any_missing(names):
            return True
        now = self._inputs["records"], self._inputs["look"]
        changed = any((files[name].records, files[name].look) != now for name in names)
        return changed or any(map(self._folder.state, names))

    def _is_any_missing(self, names: Sequence[str]) -> bool:
        """Return whether something is sure to be made, as can be seen without a look at a file."""
        known = self._folder.manifest.files
        return self._options.force or not names or any(name not in known for name in names)

    def _wanted(self) -> tuple[tuple[str, ...], list[str]]:
        """Return the reports that are wanted, as far as the last build knows, and their outputs."""
        asked = self._options.choice.report
        reports = (asked,) if asked else self._folder.manifest.reports
        return reports, [name for report in reports for name in self._options.names(report)]

    def expect(
        self,
        plan: BuildPlan,
        digests_of: Callable[[Mapping[Path, str]], Callable[[Selection, str], str]],
    ) -> None:
        """Say which reports there will be, and what there is to say of other records.

        ``digests_of`` is given the digest of each file that was read. It returns a function: of a
        report, and the ids of the records whose sentences it reads, that gives the digest of all
        that it is made of. Raises ReporterError where outputs cannot be written.
        """
        from reporter.outputs.staleness import Staleness  # noqa: PLC0415 (not where nothing changed)

        self._stale = Staleness(self._options, self._folder, self._inputs)
        self._plan = plan
        self._chosen = tuple(report.id for report in plan.selections)
        self.problems += plan.problems
        self._compare(self._read)
        gone, as_read = self._is_any_gone(), bool(self._inputs["records"])
        if self.problems or gone:
            self._inputs["records"] = ""  # what was said of other records is to be said again
        # Of one report alone, others may be known in part: what is wrong there was not read.
        is_whole = not self.problems or self._options.choice.kind is None
        if as_read and is_whole and not gone:
            digest_of = digests_of(self._before)
            self._stale.parts = {
                report.id: partial(digest_of, report) for report in plan.selections
            }
        if not self._options.check:
            names = [name for report in self._chosen for name in self._options.names(report)]
            self._folder.check_writable(names, force=self._options.force)

    def _is_any_gone(self) -> bool:
        """Return whether a record was there before, and was not read."""
        from reporter.records import KINDS  # noqa: PLC0415 (heavy: not where nothing changed)

        data = self._options.project / "data"
        folders = {data, *(data / kind.plural for kind in KINDS if kind.own_file)}
        return any(
            path.suffix == ".yaml"
            and (path.parent in folders or data / "series" in path.parents)
            and path.name[0] != "#"
            for path in self._before.keys() - self._read.keys()
        )

    @property
    def _reports(self) -> tuple[Selection, ...]:
        return self._plan.selections if self._plan else ()

    def stale(self, job_of: JobOf) -> Iterator[Job]:
        """Yield a job for each report of which something is to be made; settle the others.

        ``job_of`` returns the job that makes a report in these formats.
        """
        tools = printing_of(self._theme)
        for seen in self._stale.seen(self._reports, job_of):
            for name, entry in seen.kept.items():
                self._keep(name, entry)
            if seen.job:
                known = {
                    ending: self._stale.known(f"{seen.id}.{ending}") for ending in seen.job.formats
                }
                yield replace(seen.job, known=known, tools=tools, check=self._options.check)
            else:
                self._settle(seen.id, seen.problems)

    def unlinked(self, job_of: JobOf) -> Iterator[Job]:
        """Yield a job for each report that leads to one that could not be made, once all are done.

        It is made without that link. What it says is then noted as something else, so that the
        next build makes it anew, with the link, if there is anything to lead to.
        """
        lost = [report.id for report in self._reports if not self._settled[report.id]]
        files = self._folder.manifest.files
        names = (f"{report}.{ending}" for report in lost for ending in FORMATS)
        gone = frozenset(name for name in names if name not in files)
        for report in self._reports if gone and not self._options.check else ():
            if self._settled[report.id] and self._leads_to(report.id, gone):
                wanted = self._options.names(report.id)
                job = job_of(report, tuple(name.rpartition(".")[2] for name in wanted))
                known = dict.fromkeys(job.formats, "")
                yield replace(job, known=known, tools=printing_of(self._theme), gone=gone)

    def _leads_to(self, report: str, gone: frozenset[str]) -> bool:
        """Return whether a page leads to what is not there; where it cannot be seen, it may."""
        from reporter.formats.markup import leads_to  # noqa: PLC0415 (not where nothing changed)

        page = content_of(self._options.output / f"{report}.html", LARGEST)
        return page is None or leads_to(page.decode(errors="replace"), gone)

    def _keep(self, name: str, entry: OutputEntry) -> None:
        self._unchanged.add(name)
        part, inputs = self._stale.part(name.rpartition(".")[0], entry.worded), self._inputs
        kept = replace(
            entry, look=inputs["look"], day=inputs["day"], records=inputs["records"], part=part
        )
        self._folder.keep(name, kept)
        self.problems += entry.problems(name.rpartition(".")[0])

    def put(self, job: Job, result: Result) -> None:
        """Write what is new of a report. What cannot be written costs no other."""
        problems = list(result.problems)
        self._compare(result.read)
        for ending, file in result.files.items():
            try:
                self._put(job, ending, file)
            except ReporterError as error:
                problems += error.problems
        self._settle(job.id, problems)

    def _put(self, job: Job, ending: str, file: File) -> None:
        name, says = f"{job.id}.{ending}", job.says(ending)
        if file.made_of == job.known[ending]:
            entry = self._folder.manifest.files[name]
            self._keep(name, replace(entry, says=says, until=job.until, worded=job.worded))
            return
        reason = self._folder.reason(name, says, self._inputs)
        there = self._there.setdefault(name, self._stale.known(name))
        if file.content is not None and not self._options.check:
            made_of = file.made_of if FORMATS[ending].source else ""
            warnings = tuple(map(warning, file.problems))
            made = digest(file.content)
            part = "" if job.gone else self._stale.part(job.id, job.worded)
            entry = OutputEntry(
                made,
                says=says,
                **self._inputs,
                made_of=made_of,
                warnings=warnings,
                part=part,
                worded=job.worded,
                until=job.until,
            )
            self._folder.write(name, file.content, entry)
            if job.gone and there in {made_of, made} - {""}:  # after a failure it is as it was
                self._reasons.pop(name, None)
                self._unchanged.add(name)
                return
        self._reasons.setdefault(name, FORCED if self._options.force else reason)
        self._unchanged.discard(name)
        self.problems += file.problems

    def _settle(self, report: str, problems: Iterable[Problem] = ()) -> None:
        found = list(problems)
        self.problems += found
        self._settled[report] = not found
        self._progress.step(report, len(self._settled), len(self._chosen))

    def outcome(self) -> BuildOutcome:
        """Note what was built, remove leftovers if requested, and say what was done."""
        options, manifest = self._options, self._folder.manifest
        library = self._plan.library if self._plan else None
        early = too_early(options, library.first_day if library else None)
        if library:
            self._note(library)
        left = manifest.left if options.choice.kind is None and not early else ()
        found = [*self.problems, *([early] if early else [])]
        names = [name for report in self._chosen for name in options.names(report)]
        if options.check:
            found += complaints(options, names, self._reasons, left)
        else:
            if options.prune and left:
                found += self._folder.remove(left)
                found += [day_given(options)] if options.variable else []
            try:
                if library:  # else nothing was looked at that could have changed
                    self._folder.save()
            except ReporterError as error:
                found += error.problems
        return BuildOutcome(
            {options.output / name: self._reasons[name] for name in names if name in self._reasons},
            tuple(options.output / name for name in names if name in self._unchanged),
            tuple(options.output / name for name in left if name in manifest.files),
            tuple(options.output / name for name in left if name not in manifest.files),
            tuple(report for report in self._chosen if not self._settled.get(report, True)),
            tuple(dict.fromkeys(placed(found, options.project))),
            options.check,
        )

    def _note(self, library: Library) -> None:
        """Note in the manifest which reports exist; all of them only where they could be made."""
        manifest, choice = self._folder.manifest, self._options.choice
        alone = {*manifest.alone} | ({*self._chosen} if choice.kind else set())
        if choice.kind is None and not has_errors(self.problems):
            manifest.inputs, manifest.reports = self._inputs, self._chosen
            self._note_links()
            alone = {report for report in alone if _exists(library, report)}
        built = {name.rpartition(".")[0] for name in manifest.files}
        manifest.alone = tuple(sorted(alone & built - {*manifest.reports}))

    def _note_links(self) -> None:
        """Note to which pages the index leads, if each index that there is was just looked at."""
        manifest, links = self._folder.manifest, self._links()
        there = {name for name in manifest.pages if name.startswith("index.")}
        made = there <= {*self._options.names("index")}
        manifest.linked = links if made or manifest.linked == links else ""

    def _links(self, names: Iterable[str] = ()) -> str:
        """Return the digest of the names of all pages of the last full build, with ``names``."""
        manifest = self._folder.manifest
        pages = [name for name in names if FORMATS[name.rpartition(".")[2]].page]
        found = manifest.pages.union(pages)
        reports = {*manifest.reports}
        led = (name for name in found if name.rpartition(".")[0] in reports)
        return digest(*sorted(led), *self._feed)

    @property
    def _feed(self) -> frozenset[str]:
        """The feed, where there is one."""
        return frozenset({FEED} if (self._options.output / FEED).is_file() else ())


def _exists(library: Library, report: str) -> bool:
    """Return whether the records of which a report is made are there."""
    from reporter.reports.choose import missing  # noqa: PLC0415 (heavy: not where nothing changed)

    choice = Choice.named(report)
    return choice is not None and not missing(library, choice)

"""Decides what of each report is to be renewed, and keeps the manifest true while it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reporter.choice import Choice
from reporter.outputs.crew import Lost
from reporter.outputs.digests import digest
from reporter.outputs.files import write
from reporter.outputs.manifest import FORCED, Done, Entry, warning
from reporter.outputs.workers import Page, Paper, Sheet, Wish, lost
from reporter.plan import missing
from reporter.problems import ReporterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.choice import Order
    from reporter.outputs.manifest import Manifest
    from reporter.outputs.progress import Progress
    from reporter.plan import Plan
    from reporter.problems import Problem

CHECKPOINT = 50  # outputs after which the manifest is written: what a build that is killed has done is not done again


@dataclass
class Renewal:
    """The outputs of a plan, beside those that are there."""

    order: Order
    plan: Plan
    manifest: Manifest
    inputs: dict[str, str]
    printing: str
    progress: Progress
    problems: list[Problem] = field(init=False)
    reasons: dict[str, str] = field(default_factory=dict)
    """The outputs that are renewed, and why."""
    unchanged: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    """The reports that could not be made."""
    _settled: int = 0

    def __post_init__(self) -> None:
        self.problems = list(self.plan.problems)

    def wishes(self) -> Iterator[Wish]:
        """Yield the pages to make, each with its view where all its outputs show that one already.

        The last come first: they are about everything, and so the longest. Nobody is to wait for them alone.
        """
        for index, item in reversed(list(enumerate(self.plan.selections))):
            yield Wish(item.id, index, self._known(item.id))

    def _known(self, report: str) -> str:
        names = self.order.names(report)
        if self.order.force or any(map(self.manifest.state, names)):
            return ""
        entries = [self.manifest.files[name] for name in names]
        same = len({entry.view for entry in entries}) == 1 and all(
            entry.look == self.inputs["look"] for entry in entries
        )
        return entries[0].view if same else ""

    def sheets(self, pages: Iterable[tuple[Wish, Page | Lost]]) -> Iterator[Sheet]:
        """Yield the pages that are to be printed; settle the others."""
        for wish, page in pages:
            if isinstance(page, Lost):
                self._fail(wish.id, [lost(wish.id, page)])
            elif page.problems:
                self._fail(wish.id, page.problems)
            else:
                sheet = Sheet(
                    page, digest(page.html, page.record, self.printing) if page.html else ""
                )
                if sheet.input and self._is_to_print(sheet):
                    yield sheet
                else:
                    self._settle(sheet, None)

    def _is_to_print(self, sheet: Sheet) -> bool:
        return (
            "pdf" in self.order.formats
            and not self.order.check
            and not self._is_kept(f"{sheet.id}.pdf", sheet)
        )

    def _is_kept(self, name: str, sheet: Sheet) -> bool:
        """Return whether an output stays as it is."""
        if sheet.page.html is None:
            return True
        if self.order.force or self.manifest.state(name):
            return False
        entry = self.manifest.files[name]
        return (
            entry.input == sheet.input
            if name.endswith(".pdf")
            else entry.digest == digest(sheet.page.html)
        )

    def settle(self, papers: Iterable[tuple[Sheet, Paper | Lost]]) -> None:
        """Write what was printed."""
        for sheet, paper in papers:
            if isinstance(paper, Lost):
                self._fail(sheet.id, [lost(sheet.id, paper)])
            elif paper.pdf is None:
                self._fail(sheet.id, paper.problems)
            else:
                self.problems += paper.problems
                self._settle(sheet, paper)

    def _fail(self, report: str, problems: Iterable[Problem]) -> None:
        self.failed.add(report)
        self.problems += problems
        self._step(report)

    def _step(self, report: str) -> None:
        self._settled += 1
        self.progress.step(report, self._settled, len(self.plan.selections))

    def finish(self) -> Done:
        """Note what a full build has built, and return what was done, in the order of the reports."""
        reports = tuple(item.id for item in self.plan.selections)
        alone = {*self.manifest.alone} | ({*reports} if self.order.choice.kind else set())
        if self.order.choice.kind is None and not any(
            problem.severity == "error" for problem in self.problems
        ):
            self.manifest.inputs, self.manifest.reports = self.inputs, reports
            self._note_links()
            alone = {
                report
                for report in alone
                if (choice := Choice.named(report)) and not missing(self.plan.library, choice)
            }
        self.manifest.alone = tuple(sorted(alone - {*self.manifest.reports}))
        names = [name for report in reports for name in self.order.names(report)]
        reasons = {name: self.reasons[name] for name in names if name in self.reasons}
        unchanged = tuple(name for name in names if name in self.unchanged)
        return Done(
            reasons,
            unchanged,
            tuple(report for report in reports if report in self.failed),
            tuple(self.problems),
        )

    def _note_links(self) -> None:
        """Note to which pages the index leads, if every index that there is was made, or found to be as it should, just now."""
        links = self.manifest.links()
        made = all(
            name in self.order.names("index")
            for name in self.manifest.pages
            if name.startswith("index.")
        )
        self.manifest.linked = links if made or self.manifest.linked == links else ""

    def _settle(self, sheet: Sheet, paper: Paper | None) -> None:
        """Write the outputs of one report that are to be renewed, and note what each is now. What cannot be written costs no other."""
        try:
            for name in self.order.names(sheet.id):
                self._renew(name, sheet, paper)
        except ReporterError as error:
            self._fail(sheet.id, error.problems)
        else:
            self._step(sheet.id)

    def _renew(self, name: str, sheet: Sheet, paper: Paper | None) -> None:
        if self._is_kept(name, sheet):
            before = self.manifest.files[name]
            self.unchanged.add(name)
            self._note(name, sheet, before.digest, before.warnings)
        else:
            reason = (
                FORCED
                if self.order.force
                else self.manifest.reason(name, sheet.page.view, self.inputs)
            )
            if not self.order.check:
                self._write(name, sheet, paper)
            self.reasons[name] = reason

    def _write(self, name: str, sheet: Sheet, paper: Paper | None) -> None:
        printed = paper if name.endswith(".pdf") else None
        content = (printed.pdf if printed else sheet.page.html) or b""
        self.manifest.claim()
        write(self.order.output / name, content)
        problems = printed.problems if printed else ()
        self._note(name, sheet, digest(content), tuple(map(warning, problems)))
        if len(self.reasons) % CHECKPOINT == CHECKPOINT - 1:
            self.manifest.write()

    def _note(
        self, name: str, sheet: Sheet, content: str, warnings: tuple[tuple[str, str, str], ...]
    ) -> None:
        records = (
            "" if self.plan.problems else self.inputs["records"]
        )  # what was said of other records is to be said again
        before = self.manifest.files.get(name)
        input_ = (sheet.input or (before.input if before else "")) if name.endswith(".pdf") else ""
        entry = Entry(
            content,
            self.inputs["look"],
            self.inputs["day"],
            sheet.page.view,
            records,
            input_,
            warnings,
        )
        self.manifest.keep(name, entry)

"""A job makes one report in all formats that are wanted of it: its view goes in, files come out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reporter.formats import FORMATS, needed
from reporter.outputs.digests import digest
from reporter.problems import Problem, ReporterError, Severity
from reporter.text import noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reporter.reports import Selection
    from reporter.reports.common.context import Context
    from reporter.reports.views import Report
    from reporter.theme import Theme

DAMAGED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What an answer that is none fails with."""


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
    known: Mapping[str, str] = field(default_factory=dict)
    """By format, the ``made_of`` of the file that is there."""
    tools: str = ""
    """Digest of all that makes a format out of another."""
    check: bool = False
    """Whether it is enough to know what would be made anew."""

    def says(self, name: str) -> str:
        """Return the digest of what a format of it says."""
        return digest(self.template, self.language, self.record, repr(self.gathered.get(name, "")))


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

    def packed(self) -> bytes:
        """Return it as bytes, for who does not trust the sender: a line of JSON, then contents."""
        files = {
            name: [file.made_of, None if file.content is None else len(file.content), *_said(file)]
            for name, file in self.files.items()
        }
        contents = (file.content or b"" for file in self.files.values())
        return b"".join((json.dumps([files, *_said(self)]).encode(), b"\n", *contents))

    @classmethod
    def unpacked(cls, packed: bytes, formats: Iterable[str], sender: str) -> Result:
        """Return what was packed, as far as it is of these formats; a problem where it is not."""
        try:
            line, _, contents = packed.partition(b"\n")
            said, *problems = json.loads(line)
            files = {}
            for name, (made_of, size, *warnings) in said.items():
                if not 0 <= int(size or 0) <= len(contents):
                    raise ValueError
                content = None if size is None else contents[: int(size)]
                contents = contents[int(size or 0) :]
                files[name] = File(str(made_of), content, tuple(starmap(_heard, warnings)))
            known = {name: files[name] for name in formats} if files else {}
            lost = (_at(sender, problem) for problem in starmap(_heard, problems))
            return cls(known, tuple(lost))
        except DAMAGED:
            message = f"what the worker {sender} sent is not what was made of a report"
            return cls(problems=(Problem(None, message, "see its log"),))


def _said(found: File | Result) -> list[list[object]]:
    return [
        [
            str(item.path or ""),
            item.message,
            item.hint,
            item.line,
            item.column,
            item.severity,
            item.characters,
        ]
        for item in found.problems
    ]


def _at(sender: str, problem: Problem) -> Problem:
    """Return a problem, with its worker where it is of no file."""
    if problem.path:
        return problem
    return replace(problem, message=f"{problem.message}, on the worker {sender}")


def _heard(  # noqa: PLR0913, PLR0917 (the fields of a problem)
    path: str, message: str, hint: str, line: int, column: int, severity: str, characters: str
) -> Problem:
    weight: Severity = "warning" if severity == "warning" else "error"
    place = Path(path) if path else None
    words = str(message), str(hint)
    return Problem(place, *words, int(line), int(column), weight, str(characters))


Made = tuple[bytes, "tuple[Problem, ...]"]
"""The content of a file, and the warnings about it."""


def job_of(context: Context, selection: Selection, formats: tuple[str, ...]) -> Job:
    """Return the job that makes a report: its view, and what formats need beyond it."""
    report = selection.view(context.afresh())
    library, day, words = context.library, context.snapshot.day, context.words
    gathered = {
        name: FORMATS[name].load().gather(report, library, day, words)
        for name in formats
        if FORMATS[name].gathers
    }
    record = report.model_dump_json(indent=1).encode()
    return Job(selection.id, selection.template, report, record, words.code, formats, gathered)


def make(job: Job, theme: Theme) -> Result:
    """Make the files of a report. Where one of them cannot be made, there is none."""
    with noted() as read:
        return replace(_made(job, theme), read=read)


def _made(job: Job, theme: Theme) -> Result:
    contents: dict[str, bytes] = {"": b""}
    files: dict[str, File] = {}
    try:
        for name in needed(job.formats):
            source = FORMATS[name].source
            made_of = digest(contents[source], job.record, job.tools) if source else ""
            known = job.known.get(name)
            content = None
            problems: tuple[Problem, ...] = ()
            if not source or (made_of != known and not job.check):
                content, problems = FORMATS[name].load().make(job, theme, contents[source])
                contents[name] = content
                made_of = made_of or digest(content)
            if name in job.formats:
                files[name] = File(made_of, None if made_of == known else content, problems)
    except ReporterError as error:
        return Result(problems=error.problems)
    return Result(files)

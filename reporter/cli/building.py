"""The command ``build``: its options, read into ``Options``, and what it says of the build."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from math import isnan
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from reporter.choice import EDITIONS, Choice, Edition, Options
from reporter.cli.failures import problems, show
from reporter.cli.options import (
    AS_OF,
    DESK,
    PROJECT,
    TODAY,
    FolderName,
    Numbered,
    PromisesNamed,
    completes,
    day_of,
    misused,
    read_day,
    read_meeting,
    read_promises,
    read_scheduler,
    read_since,
    read_standings,
)
from reporter.desk import completion
from reporter.filters import STANDINGS, Filters
from reporter.formats import EXPORTS, FORMATS, PAGES
from reporter.kinds import KINDS
from reporter.outputs.cores import cores
from reporter.outputs.progress import progress
from reporter.outputs.terminal import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from reporter.build import BuildOutcome
    from reporter.choice import KeptFile

LONGEST = 86_400  # seconds for one report: a day


_TYPES: dict[str, Any] = {"meeting": read_meeting, "promises": read_promises}
"""What the options take that name no record by its id alone."""


def _reports(command: Callable[..., None]) -> Callable[..., None]:
    """Add to a command an option for each kind of report that can be asked for by itself."""
    for kind in reversed(KINDS.values()):
        if kind.option is None:
            continue
        flag, help_text, metavar = kind.option
        takes: dict[str, Any] = {"is_flag": True}
        if metavar == "[ID]":  # it may stand alone
            takes = {"is_flag": False, "flag_value": "", "default": None, "metavar": metavar}
            takes["shell_complete"] = completes(completion.series)
        elif kind.takes:
            takes = {"nargs": len(kind.takes), "metavar": metavar}
            takes["type"] = _TYPES.get(kind.takes[0], str)
            takes["shell_complete"] = completes(completion.names_of(kind.takes[0]))
        command = click.option(flag, help=help_text, **takes)(command)
    return command


@click.command()
@_reports
@click.option(
    "--owner",
    metavar="BODY",
    default="",
    shell_complete=completes(completion.owners),
    help="With --ledger, only what this side or body owes. Alone it is another name for --body: "
    "what a body owes, and is owed, too.",
)
@click.option(
    "--status",
    "standings",
    type=read_standings,
    metavar="LIST",
    shell_complete=completes(lambda _: list(STANDINGS)),
    help="With --ledger, only what stands so: overdue,open. Any status of the ledger, 'overdue' and"
    " 'unchecked', parted by commas.",
)
@click.option(
    "--due-before",
    "before",
    type=read_day,
    metavar="DAY",
    help="With --ledger, only what is due before this day (2026-03-31, or 'today').",
)
@PROJECT
@click.option(
    "--output", type=FolderName(), help="Folder for the results.  [default: output/ of the project]"
)
@click.option(
    "--format",
    "formats",
    type=click.Choice([*PAGES, *EXPORTS]),
    multiple=True,
    help="Only this format; repeatable. Markdown is for a wiki or a ticket, docx for Word, JSON, "
    "CSV and iCalendar for other programs.  [default: html and pdf]",
)
@click.option(
    "--since",
    type=read_since,
    metavar="DAY|FILE",
    help="Show in Word documents what changed since this day, or since this Word document that was "
    "made before, as tracked changes.",
)
@click.option(
    "--edition",
    type=click.Choice(EDITIONS),
    default="internal",
    help="Leave out what is internal (public), what nobody has reviewed as it stands (reviewed), "
    "or both.  [default: internal, which has everything]",
)
@click.option(
    "--paper",
    type=click.Choice(["A4", "Letter"]),
    help="Size of the pages.  [default: that of the project]",
)
@DESK
@click.option(
    "--predictions",
    is_flag=True,
    help="Print what others predicted, and how it turned out.  [default: as in the project]",
)
@AS_OF
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Reports to render at once.  [default: the cores there are]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(1, LONGEST),
    metavar="SECONDS",
    default=120.0,
    help="Time for one report.  [default: 120]",
)
@click.option(
    "--scheduler",
    type=read_scheduler,
    metavar="tcp://HOST:PORT",
    help="Make reports on the workers of this Dask cluster, which have one thread each.",
)
@click.option("--force", is_flag=True, help="Render what did not change, too.")
@click.option("--prune", is_flag=True, help="Remove the files of reports that no longer exist.")
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; fail where an output, in the formats named, is missing, stale "
    "or edited by hand.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say of each file why it was written.")
def build(
    project: Path,
    output: Path | None,
    as_of: date | str | None,
    *,
    verbose: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """Build briefings as HTML and PDF: all of them, or one.

    All of them have an index that leads to them. What did not change is not rendered again.

    Example: reporter build --meeting 8 --as-of 2023-06-30
    """
    from reporter.build import build as run  # noqa: PLC0415 (only for this command)

    begun = monotonic()
    wanted = _options(project, output or project / "output", as_of, **options)
    with problems(project):
        with progress(
            terminal=bool(sys.stderr) and sys.stderr.isatty(), ci=bool(os.environ.get("CI"))
        ) as shown:
            outcome = run(wanted, shown)
        show(outcome.problems, project)
        for path in outcome.written:
            say(path)
        for line in _summary(outcome, monotonic() - begun, verbose=verbose):
            say(line, err=True)
        if outcome.failed:
            sys.exit(1)


def _summary(outcome: BuildOutcome, seconds: float, *, verbose: bool) -> Iterator[str]:
    """Yield the lines that stand on stderr after a build."""
    if verbose and not outcome.checked:
        yield from (f"{path}: {reason}" for path, reason in outcome.reasons.items())
    yield from (f"{path}: removed, there is no such report any more" for path in outcome.removed)
    if not outcome.checked:
        yield from (
            f"{path}: there is no such report any more; --prune removes it" for path in outcome.left
        )
    counts = [
        f"{len(outcome.reasons)} to be renewed"
        if outcome.checked
        else f"{len(outcome.written)} written",
        f"{len(outcome.unchanged)} unchanged",
        f"{len(outcome.left)} left over" if outcome.left else f"{len(outcome.removed)} removed",
        *([f"{len(outcome.lost)} failed"] if outcome.lost else []),
    ]
    yield f"{', '.join(counts)}, in {seconds:.1f} s"


def _options(
    project: Path,
    output: Path,
    as_of: date | str | None,
    **options: Any,  # noqa: ANN401
) -> Options:
    """Return what is to be built, and how."""
    formats, jobs, limit, scheduler = (
        options.pop(name) for name in ("formats", "jobs", "timeout", "scheduler")
    )
    edition = Edition(*(options.pop(name) for name in ("edition", "paper", "desk", "predictions")))
    how = {name: options.pop(name) for name in ("force", "prune", "check")}
    if how["check"] and (how["force"] or how["prune"]):
        misused("--check writes nothing: leave out --force and --prune")
    found = day_of(project, as_of)
    choice = _filtered(options, found.day) or _choice(options)
    if how["prune"] and choice.kind:
        misused("--prune is for a full build: only that knows which reports no longer exist")
    if isnan(limit):
        misused("--timeout takes a number of seconds")
    if scheduler and (how["check"] or (formats and "pdf" not in formats)):
        misused("--scheduler is for printing PDF: leave it out where none is printed")
    choice = replace(
        choice, formats=tuple(name for name in PAGES if name in formats or not formats)
    )
    asked = options.pop("since")
    since = kept = None
    if isinstance(asked, Path):
        kept = _kept(asked, output, choice, found.day, formats)
    else:
        since = _since(project, asked, found.day, formats)
    return Options(
        project,
        output,
        found.day,
        found.asked,
        choice,
        jobs or cores(),
        limit,
        **how,
        exports=_exports(choice, formats),
        edition=edition,
        scheduler=scheduler or "",
        since=since,
        kept=kept,
        variable=found.variable,
    )


def _check_shows_changes(formats: tuple[str, ...]) -> None:
    """Stop where no format is asked for that shows changes."""
    if not any(FORMATS[name].compares for name in formats):
        showing = " or ".join(f"--format {name}" for name in FORMATS if FORMATS[name].compares)
        misused(f"--since is for {showing}: no other format shows changes")


def _kept(
    path: Path, output: Path, choice: Choice, day: date, formats: tuple[str, ...]
) -> KeptFile | None:
    """Return the file since which changes are to be shown; a wrong one is a usage error."""
    from reporter.formats.docx.stamp import opened  # noqa: PLC0415 (heavy: only where it is asked)

    _check_shows_changes(formats)
    with problems(Path()):
        kept = opened(path)
    report, named = kept.stamp.report, Choice.named(kept.stamp.report)
    option = KINDS[named.kind].option if named and named.kind else None
    if report != choice.report:
        words = [option.flag, *_as_asked(named)] if option and named else []
        hint = f": ask for that one, with {' '.join(words)}" if words else ""
        misused(f"--since {path} is the report '{report}'{hint}")
    if kept.stamp.day > day:
        misused(f"--since {path} speaks for {kept.stamp.day}, which is after {day}")
    if path.resolve() == (output / f"{report}.docx").resolve():
        misused(f"--since {path} would be overwritten: keep a copy elsewhere, and name that")
    return kept


def _as_asked(choice: Choice) -> list[str]:
    """Return what of a report stands behind its option: ``talks/8`` if it is of another series."""
    if choice.series and not choice.arguments:
        return [choice.series]
    return [f"{choice.series}/{one}" if choice.series else str(one) for one in choice.arguments]


def _since(
    project: Path, asked: date | str | None, day: date, formats: tuple[str, ...]
) -> date | None:
    """Return the day since which changes are to be shown; one that cannot be is a usage error."""
    if asked is None:
        return None
    _check_shows_changes(formats)
    since = day_of(project, asked).day
    if since >= day:
        misused(f"--since {since} is not before {day}, the day for which the reports speak")
    return since


def _exports(choice: Choice, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Return the requested formats for other programs.

    One that the chosen report does not have is a usage error.
    """
    known = KINDS[choice.kind].formats if choice.kind else None
    for name in formats:
        if known is not None and name not in known:
            misused(f"this report has no format '{name}'; it has {', '.join(known)}")
    return tuple(name for name in EXPORTS if name in formats)


def _filtered(options: dict[str, Any], today: date) -> Choice | None:
    """Return the part of the ledger that is asked for; None where another report is.

    Without the ledger, an owner is a body to report on; other filters are a usage error.
    """
    owner, standings, before = (options.pop(name) for name in ("owner", "standings", "before"))
    if not options["ledger"]:
        if standings or before:
            misused("--status and --due-before choose lines of the ledger: add --ledger")
        if owner and options["with"]:
            misused("--with and --owner together choose lines of the ledger: add --ledger")
        if owner and options["body"]:
            misused("--owner is another name for --body: name one of them")
        options["body"] = options["body"] or owner
        return None
    names = (options["with"] or "").lower(), owner.lower()
    due = today if before == TODAY else before
    if not (any(names) or standings or due):
        return None
    filters = Filters(*names, standings or (), due)
    if Filters.named(filters.name) is None:
        misused("--with and --owner take an id or an abbreviation: letters, digits, hyphens")
    options["with"] = None
    choice = _choice(options)
    return replace(choice, kind="filtered", arguments=(filters.name,))


def _choice(options: dict[str, Any]) -> Choice:
    """Return what the options choose; more than one at a time is a usage error."""
    series = options.pop("series", None)
    found: list[Choice] = []
    for name, kind in KINDS.items():
        value = options.pop(kind.option.flag.removeprefix("--"), None) if kind.option else None
        if kind.option and value:
            found.append(_chosen(name, kind.option.flag, value, series or ""))
    if series is not None and not any(series and one.series == series for one in found):
        found.append(Choice("series", series=series))
    if len(found) > 1:
        *flags, last = [kind.option.flag for kind in KINDS.values() if kind.option]
        every = f"{', '.join(flags)} and {last}"
        misused(f"choose one of {every}; without any, everything is built")
    return found[0] if found else Choice()


def _chosen(name: str, flag: str, value: Any, series: str) -> Choice:  # noqa: ANN401 (from Click)
    """Return the choice of one report; not two different meetings of one series: a usage error."""
    kind = KINDS[name]
    if isinstance(value, PromisesNamed):
        if series and value.series not in {"", series}:
            misused(f"{flag} names a meeting of another series than the rest of the command")
        return Choice(name, (value.name,), series=value.series or series)
    if not kind.of_series:
        return Choice(name, (value,) if kind.takes else ())
    meetings: tuple[Numbered, ...] = (value,) if isinstance(value, Numbered) else value
    keys = tuple(meeting.key for meeting in meetings)
    named = {meeting.series or series for meeting in meetings}
    if len(named | {series or meetings[0].series}) > 1:
        misused(f"{flag} names a meeting of another series than the rest of the command")
    if len(set(keys)) != len(keys):
        misused(f"{flag} takes two different meetings")
    return Choice(name, kind.ordered(keys), series=named.pop())

"""The command line. Only this module knows Click; each command is options, one call, one report."""

from __future__ import annotations

import errno
import os
import re
import shlex
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO
from math import isnan
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.shell_completion import get_completion_class

from reporter.choice import LAST_NUMBER, Choice, Edition, Options, meeting_id
from reporter.clock import today
from reporter.desk import completion
from reporter.desk.annotations import annotation
from reporter.formats import FORMATS, FORMS, PAGES
from reporter.kinds import KINDS
from reporter.outputs.cores import cores
from reporter.outputs.progress import progress
from reporter.problems import Problem, ReporterError, capped, quoted
from reporter.startup import keep_out_current_folder
from reporter.terminal import command, open_streams, say, silence, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

TODAY = "today"
EPOCH = "SOURCE_DATE_EPOCH"
LAST_PORT = 65535
NUMBER = click.IntRange(1, LAST_NUMBER)
MOST_DIFFERENCES = 200  # that are shown
LONGEST = 86_400  # seconds for one report: a day


class Folder(click.Path):
    """The name of a folder."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 (as Click has it)
        """Return the path; an empty name, as of a variable that is not set, is a usage error."""
        if value == "":
            self.fail("an empty name is no folder", param, ctx)
        return super().convert(value, param, ctx)


PROJECT = click.option(
    "--project",
    type=Folder(),
    default=Path(),
    help="Folder of the project: it holds data/ and, if it has its own look, templates/."
    "  [default: the current folder]",
)


def _completes(
    names: Callable[[Path], list[str]],
) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Let a shell complete an option with the names of records in the project."""
    return lambda context, _, typed: [
        name for name in names(context.params.get("project") or Path()) if name.startswith(typed)
    ]


class Day(click.ParamType[date | str]):
    """A day, or the word 'today', whose day is that of the project's time zone."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | str:
        """Return the day; a wrong one is a usage error."""
        if isinstance(value, date) or value == TODAY:
            return value
        written = re.fullmatch(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)
        )  # Python takes other forms, too
        try:
            return date.fromisoformat(written[0] if written else "")
        except ValueError:
            message = f"{quoted(str(value))} is not a day: write it as 2023-03-24, or 'today'"
            self.fail(message, param, ctx)


class Scheduler(click.ParamType[str]):
    """The address of a Dask scheduler."""

    name = "address"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the address; a wrong one is a usage error."""
        found = re.fullmatch(
            r"(tcp|tls)://([^\s:/@\[\]]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})", str(value)
        )
        if not found or not 0 < int(found[3]) <= LAST_PORT:
            shown = quoted(str(value))
            hint = "write it as tcp://HOST:PORT (or tls://)"
            self.fail(f"{shown} is not the address of a scheduler: {hint}", param, ctx)
        return str(value)


AS_OF = click.option(
    "--as-of",
    type=Day(),
    help="Say what was true on this day (2023-06-30, or 'today'), and print it. Today is a day of "
    "the project's time_zone, or else of the machine's.  [default: SOURCE_DATE_EPOCH, else today]",
)


DESK = click.option(
    "--desk",
    metavar="SIDE",
    default="",
    help="The side whose briefing it is: what it has to do comes first."
    "  [default: that of the project]",
)


def _say_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 (as Click calls it)
    if not asked or ctx.resilient_parsing:
        return
    from importlib import metadata  # noqa: PLC0415 (only for this option)

    try:
        say(f"reporter, version {metadata.version('reporter-briefings')}")
    except metadata.PackageNotFoundError:
        say("reporter, not installed: run from a checkout")
    ctx.exit()


class _Commands(click.Group):
    """The commands; whatever Click says of their use goes through our door, too."""

    def main(self, *args: Any, **how: Any) -> Any:  # noqa: ANN401 (as Click has it)
        """Do what the command line says.

        A full disk behind the standard output is told, and is no fault of ours.
        """
        keep_out_current_folder()
        open_streams()
        try:
            code = super().main(*args, **{**how, "standalone_mode": False})
        except click.ClickException as error:
            _say_wrong_use(error)
            sys.exit(error.exit_code)
        except click.Abort:
            say("Aborted!", err=True)
            sys.exit(1)
        except OSError as error:
            if error.filename is not None or error.errno not in FULL:
                raise
            silence(sys.stdout)
            say(f"error: the standard output cannot be written: {error.strerror}", err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def _say_wrong_use(error: click.ClickException) -> None:
    told = StringIO()
    error.show(told)
    for line in told.getvalue().expandtabs(4).rstrip("\n").split("\n"):
        say(line, err=True)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Turn structured records of meetings and agreements into briefings, as HTML and PDF."""
    try:
        Path.cwd()
    except FileNotFoundError:
        message = "the current folder is no more: change to another one"
        raise click.ClickException(message) from None


def _reports(command: Callable[..., None]) -> Callable[..., None]:
    """Add to a command an option for each kind of report that can be asked for by itself."""
    for kind in reversed(KINDS.values()):
        if kind.option is None:
            continue
        flag, help_text, metavar = kind.option
        if not kind.takes:
            command = click.option(flag, is_flag=True, help=help_text)(command)
            continue
        command = click.option(
            flag,
            type=NUMBER if kind.takes[0] == "meeting" else str,
            nargs=len(kind.takes),
            metavar=metavar,
            shell_complete=_completes(completion.NAMES[kind.takes[0]]),
            help=help_text,
        )(command)
    return command


@main.command()
@_reports
@PROJECT
@click.option(
    "--output", type=Folder(), help="Folder for the results.  [default: output/ of the project]"
)
@click.option(
    "--format",
    "formats",
    type=click.Choice([*PAGES, *FORMS]),
    multiple=True,
    help="Only this format; repeatable. Markdown is for a wiki or a ticket, docx for Word, JSON, CSV"
    " and iCalendar for other programs.  [default: html and pdf]",
)
@click.option(
    "--since",
    type=Day(),
    help="Show in Word documents what changed since this day, as tracked changes.",
)
@click.option(
    "--edition",
    type=click.Choice(["internal", "public"]),
    default="internal",
    help="Leave out what is internal, or not.",
)
@click.option(
    "--paper",
    type=click.Choice(["A4", "Letter"]),
    help="Size of the pages.  [default: that of the project]",
)
@DESK
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
    type=Scheduler(),
    metavar="tcp://HOST:PORT",
    help="Print on the workers of this Dask cluster, which have one thread each; "
    "--jobs are then the pages to make here at once.",
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
    """Build briefings as HTML and PDF: all of them with an index, or the one that is named.

    What did not change is not rendered again.

    Example: reporter build --meeting 8 --as-of 2023-06-30
    """
    from reporter.build import build as run  # noqa: PLC0415 (only for this command)
    from reporter.desk.summary import summary  # noqa: PLC0415 (as above)

    begun = monotonic()
    wanted = _options(project, output or project / "output", as_of, **options)
    with _problems(project):
        with progress(
            terminal=bool(sys.stderr) and sys.stderr.isatty(), ci=bool(os.environ.get("CI"))
        ) as shown:
            outcome = run(wanted, shown)
        _show(outcome.problems, project)
        for path in outcome.written:
            say(path)
        for line in summary(outcome, monotonic() - begun, verbose=verbose):
            say(line, err=True)
        if outcome.failed:
            sys.exit(1)


def _options(project: Path, output: Path, as_of: date | str | None, **options: Any) -> Options:  # noqa: ANN401
    """Return what is to be built, and how."""
    formats, jobs, limit, scheduler = (
        options.pop(name) for name in ("formats", "jobs", "timeout", "scheduler")
    )
    edition = Edition(*(options.pop(name) for name in ("edition", "paper", "desk")))
    how = {name: options.pop(name) for name in ("force", "prune", "check")}
    if how["check"] and (how["force"] or how["prune"]):
        message = "--check writes nothing: leave out --force and --prune"
        raise click.UsageError(message)
    choice = _choice(options)
    if how["prune"] and choice.kind:
        message = "--prune is for a full build: only that knows which reports no longer exist"
        raise click.UsageError(message)
    if isnan(limit):
        message = "--timeout takes a number of seconds"
        raise click.UsageError(message)
    if scheduler and (how["check"] or (formats and "pdf" not in formats)):
        message = "--scheduler is for printing PDF: leave it out where none is printed"
        raise click.UsageError(message)
    choice = replace(
        choice, formats=tuple(form for form in PAGES if form in formats or not formats)
    )
    found = _day(project, as_of)
    since = _since(project, options.pop("since"), found.day, formats)
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
        variable=found.variable,
    )


def _since(
    project: Path, asked: date | str | None, day: date, formats: tuple[str, ...]
) -> date | None:
    """Return the day since which changes are to be shown; one that cannot be is a usage error."""
    if asked is None:
        return None
    if not any(FORMATS[name].compares for name in formats):
        showing = " or ".join(f"--format {name}" for name in FORMATS if FORMATS[name].compares)
        message = f"--since is for {showing}: no other format shows changes"
        raise click.UsageError(message)
    since = _day(project, asked).day
    if since >= day:
        message = f"--since {since} is not before {day}, the day for which the reports speak"
        raise click.UsageError(message)
    return since


def _exports(choice: Choice, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Return the requested formats for other programs.

    One that the chosen report does not have is a usage error.
    """
    known = KINDS[choice.kind].formats if choice.kind else None
    for form in formats:
        if known is not None and form not in known:
            message = f"this report has no form '{form}'; it has {', '.join(known)}"
            raise click.UsageError(message)
    return tuple(form for form in FORMS if form in formats)


def _choice(options: dict[str, Any]) -> Choice:
    """Return what the options choose; more than one at a time is a usage error."""
    found: list[Choice] = []
    for name, kind in KINDS.items():
        value = options.pop(kind.option.flag.removeprefix("--"), None) if kind.option else None
        if value:
            arguments = value if isinstance(value, tuple) else (value,) if kind.takes else ()
            if len(set(arguments)) != len(arguments):
                message = f"{kind.option.flag} takes two different meetings" if kind.option else ""
                raise click.UsageError(message)
            found.append(Choice(name, kind.ordered(arguments)))
    if len(found) > 1:
        *flags, last = [kind.option.flag for kind in KINDS.values() if kind.option]
        every = f"{', '.join(flags)} and {last}"
        message = f"choose one of {every}; without any, everything is built"
        raise click.UsageError(message)
    return found[0] if found else Choice()


@main.command("list")
@PROJECT
@DESK
@AS_OF
def list_(project: Path, desk: str, as_of: date | str | None) -> None:
    """List what can be built, with title and date.

    A meeting to come is listed with the command that builds the briefing for it: a full build
    leaves it out.

    Example: reporter list --as-of 2020-12-31
    """
    from reporter.desk.listing import listing  # noqa: PLC0415 (heavy: only for this command)

    found = _day(project, as_of)
    with _problems(project):
        for line in listing(project, found.day, asked=found.asked, desk=desk):
            say(line)


@main.command()
@PROJECT
@click.option(
    "--coverage",
    is_flag=True,
    help="Show which sentences of documents are neither coded nor set aside, how much of each "
    "record a text holds, and which documents set a status without one.",
)
def check(project: Path, *, coverage: bool) -> None:
    """Read and cross-check all records and own templates; list which paragraphs are cited.

    Quotations, verbs and dates are held to the texts of documents that have a fingerprint.

    Example: reporter check --project ../dialogue
    """
    from reporter.records.check import check as run  # noqa: PLC0415 (heavy: only for this command)

    with _problems(project):
        found = run(project, coverage=coverage)
        _show(found.warnings, project)
        for line in found.lines:
            say(line)


@main.group()
def source() -> None:
    """Hold records to the texts of their documents.

    Example: reporter source add statement.pdf --document joint-statement-08
    """


@source.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--document", metavar="ID", required=True, help="The document whose text it is.")
@click.option(
    "--paragraphs",
    metavar="LIST",
    default="",
    help="Which of the paragraphs found are those of the document, in order: numbers and ranges, "
    "with '+' where two are one: 3,5-9,10+11.  [default: all]",
)
@click.option(
    "--date",
    "day",
    type=Day(),
    default=TODAY,
    help="The day on which the text was retrieved.  [default: today]",
)
@click.option(
    "--language", metavar="CODE", default="", help="Its language.  [default: by its record]"
)
@click.option("--keep-text", is_flag=True, help="Keep the text itself, too, in texts/.")
@PROJECT
def add(project: Path, file: Path, day: date | str, **wanted: Any) -> None:  # noqa: ANN401
    """Write the fingerprint of a document, to which records are held, to data/fingerprints/.

    FILE is UTF-8 text, HTML, PDF or DOCX. Its paragraphs are shown with their numbers. A
    fingerprint has digests of the words, and no text. Write it again as often as you like.

    Example: reporter source add statement.pdf --document joint-statement-08 --paragraphs 3-9,10+11
    """
    from reporter.sources.add import Wanted  # noqa: PLC0415 (heavy: only for this command)
    from reporter.sources.add import add as run  # noqa: PLC0415 (as above)

    keep = wanted.pop("keep_text")
    with _problems(project):
        found = run(project, Wanted(file, day=_day(project, day).day, keep=keep, **wanted))
        for line in found.paragraphs:
            say(line)
        for path in found.paths:
            say(path)
        if found.todo:
            say(found.todo, err=True)


@main.command()
@PROJECT
def schema(project: Path) -> None:
    """Write the JSON Schema of each kind of record to data/.schema/, for editors.

    And what each field is for to data/FIELDS.md, for people.

    Example: reporter schema
    """
    from reporter.desk.fields import write_fields  # noqa: PLC0415 (heavy: only for this command)
    from reporter.desk.schema import write_schemas  # noqa: PLC0415 (as above)

    with _problems(project):
        for path in (*write_schemas(project), write_fields(project)):
            say(path)


@main.command()
@click.argument("field", metavar="FIELD")
def explain(field: str) -> None:
    """Say what a kind of record, or one of its fields, is for and what it takes.

    Example: reporter explain meeting.place
    """
    from reporter.desk.fields import explained  # noqa: PLC0415 (heavy: only for this command)

    with _problems(Path()):
        for line in explained(field):
            say(line)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Start a project in DIR: a meeting, an agreement, and comments that teach.

    DIR is made if it is not there. The project can be built at once. DIR may be a fresh clone:
    README, LICENSE, .gitignore and the like stay as they are. A DIR that holds anything else is
    refused.

    Example: reporter init talks
    """
    from reporter.desk.start import init as run  # noqa: PLC0415 (heavy: only for this command)

    with _problems(folder):
        made = run(folder)
        for path in made:
            say(path)
        if folder / ".gitignore" not in made:
            say(f"{folder / '.gitignore'}: left as it was; add output/ to it", err=True)
        for line in (
            "",
            "Next:",
            f"  cd {shlex.quote(str(folder))}",
            "  reporter serve        shows the briefings while you change data/",
            "  reporter build        writes them to output/, as HTML and PDF",
            "  reporter new meeting  adds a record",
        ):
            say(line)


@main.command()
@click.argument("kind", type=click.Choice(["meeting", "agreement", "programme"]))
@click.argument("name", metavar="[ID]", required=False)
@PROJECT
def new(project: Path, kind: str, name: str | None) -> None:
    """Add a record with all that it must have; what is there already is never overwritten.

    A meeting without ID, which is its number, gets the next one.

    Example: reporter new agreement data-sharing-2024
    """
    from reporter.desk.listing import briefing_command  # noqa: PLC0415 (heavy: only for this command)
    from reporter.desk.start import new as run  # noqa: PLC0415 (as above)

    with _problems(project):
        path = run(project, kind, name, today(project))
        say(path)
        if kind == "meeting":
            told = (
                "A full build has a meeting from its day on; the briefing for it, before that day:"
            )
            say(f"{told} {briefing_command(project, int(path.stem))}", err=True)


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    default=8000,
    help="Port to listen on; 0 takes any that is free.  [default: 8000]",
)
@click.option(
    "--meeting",
    type=NUMBER,
    metavar="N",
    shell_complete=_completes(completion.meetings),
    help="Begin with the briefing on this meeting, not with the index.",
)
@click.option(
    "--open/--no-open",
    "browser",
    default=True,
    help="Whether to open the browser.  [default: open]",
)
@PROJECT
@DESK
@AS_OF
def serve(  # noqa: PLR0913 (its options)
    project: Path,
    port: int,
    meeting: int | None,
    desk: str,
    as_of: date | str | None,
    *,
    browser: bool,
) -> None:
    """Show the briefings in the browser, and each save at once, until Ctrl-C.

    Only this machine can see them, and on it only who has the address, which is another one each
    time. Nothing is written to output/. While records are wrong, the last good page stays, with
    the problems below it.

    Example: reporter serve --meeting 8
    """
    from reporter.desk.serve import Request  # noqa: PLC0415 (heavy: only for this command)
    from reporter.desk.serve import serve as run  # noqa: PLC0415 (as above)

    first = meeting_id(meeting) if meeting else "index"
    request = Request(project, first, *_day(project, as_of)[:2], Edition(desk=desk))
    with _problems(project):
        run(request, port, say, lambda problems: _show(problems, project), browser=browser)


@main.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_(shell: str) -> None:
    """Print what makes a shell complete commands, options, and the ids of meetings and agreements.

    \b
    bash, in ~/.bashrc:                   eval "$(reporter completion bash)"
    zsh, in ~/.zshrc after compinit:      eval "$(reporter completion zsh)"
    fish, in ~/.config/fish/config.fish:  reporter completion fish | source

    Example: reporter completion bash
    """  # noqa: D301 (Click's mark of lines that are to stay as they are)
    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 (Click knows all that are offered)
    for line in found(main, {}, "reporter", "_REPORTER_COMPLETE").source().splitlines():
        say(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@PROJECT
def verify(file: Path, project: Path) -> None:
    """Take the record out of a PDF, and say whether the records of the project still say the same.

    That compares the record inside, not the printed pages. Of these it is said whether the file is,
    byte for byte, the one that was built, where the folder of the build still has its
    .reporter.json.

    Example: reporter verify output/meeting-08.pdf
    """
    from reporter.desk.verify import verify as run  # noqa: PLC0415 (heavy: only for this command)

    with _problems(project):
        verdict = run(file, project, _day(project, None).day)
        for line in verdict.differences[:MOST_DIFFERENCES]:
            say(line)
        count = len(verdict.differences)
        if count > MOST_DIFFERENCES:
            say(f"... and {count - MOST_DIFFERENCES} more")
        if count:
            places = "one place" if count == 1 else f"{count} places"
            say(f"{file}: the record inside differs from the records in {places}", err=True)
        else:
            say(f"{file}: the record inside says the same as the records")
        if verdict.changed:
            _show([verdict.changed], Path())
        else:
            say(f"{file}: {verdict.page}", err=bool(count))
        if count or verdict.changed:
            sys.exit(1)


@main.command()
@click.argument("before", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--log",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the build said, with --verbose.",
)
def changes(before: Path, after: Path, log: Path | None) -> None:
    """Compare the ledgers of two builds, and print what moved as Markdown.

    The ledgers are written by 'reporter build --ledger --format json'.

    Example: reporter changes yesterday/ledger.json output/ledger.json
    """
    from reporter.desk.changes import changes as run  # noqa: PLC0415 (only for this command)

    with _problems(Path()):
        for line in run(before, after, log):
            say(line)


@contextmanager
def _problems(project: Path) -> Iterator[None]:
    """Show the problems of what cannot be done, and exit with 1. Only this catches them."""
    try:
        yield
    except ReporterError as error:
        _show(error.problems, project)
        sys.exit(1)


def _show(problems: Iterable[Problem], project: Path) -> None:
    in_workflow = os.environ.get("GITHUB_ACTIONS") == "true"
    for problem in capped(problems):
        tell(problem, project)
        if in_workflow:
            command(annotation(problem, Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())))


class Asked(NamedTuple):
    """A day, and who asked for it."""

    day: date
    asked: bool
    """Whether it was asked for in the command."""
    variable: str = ""
    """The variable of the environment that gave it."""


def _day(project: Path, as_of: date | str | None) -> Asked:
    """Return the day for which to speak."""
    if isinstance(as_of, date):
        return Asked(as_of, asked=True)
    epoch = os.environ.get(EPOCH, "")
    if as_of == TODAY or not epoch:
        return Asked(today(project), asked=as_of is not None)
    if not re.fullmatch("[0-9]{1,11}", epoch):  # up to the year 5138
        shown = quoted(epoch)
        message = f"{EPOCH} is {shown}: it must be a number of seconds since 1970"
        raise click.UsageError(message)
    moment = datetime.fromtimestamp(int(epoch), tz=UTC)
    return Asked(today(project, moment), asked=False, variable=EPOCH)

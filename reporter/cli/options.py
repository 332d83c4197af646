"""Options that several commands have, and what they take."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from reporter.choice import LAST_NUMBER, NUMBERED, MeetingKey, meeting_id
from reporter.clock import today
from reporter.filters import ID, STANDINGS
from reporter.problems import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = "today"
EPOCH = "SOURCE_DATE_EPOCH"
LAST_PORT = 65535
NUMBER = click.IntRange(1, LAST_NUMBER)


class FolderName(click.Path):
    """The name of a folder."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(
        self,
        value: Any,  # noqa: ANN401 (as Click has it)
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401 (as above)
        """Return the path; an empty name, as of a variable that is not set, is a usage error."""
        if value == "":
            self.fail("an empty name is no folder", param, ctx)
        return super().convert(value, param, ctx)


PROJECT = click.option(
    "--project",
    type=FolderName(),
    default=Path(),
    help="Folder of the project: it holds data/ and, if it has its own look, templates/."
    "  [default: the current folder]",
)


FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
LANGUAGE = click.option(
    "--language", metavar="CODE", default="", help="Its language.  [default: by its record]"
)


def misused(message: str) -> NoReturn:
    """Stop, and say how the options of a command are to be used."""
    raise click.UsageError(message)


def completes(
    names: Callable[[Path], list[str]],
) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Let a shell complete an option with the names of records in the project."""
    return lambda context, _, typed: [
        name for name in names(context.params.get("project") or Path()) if name.startswith(typed)
    ]


# What an option takes: each returns what is meant by a word of the command line; Click tells where
# a wrong one stands.


def read_day(text: str) -> date | str:
    """Return a day, or the word 'today', whose day is that of the project's time zone."""
    if text == TODAY:
        return text
    # Python takes other forms, too.
    written = re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
    try:
        return date.fromisoformat(written[0] if written else "")
    except ValueError:
        message = f"{quoted(text)} is not a day: write it as 2023-03-24, or 'today'"
        raise click.BadParameter(message) from None


def read_since(text: str) -> date | str | Path:
    """Return a day, or the path of a Word document that was made before."""
    return Path(text) if text.lower().endswith(".docx") else read_day(text)


def read_standings(text: str) -> tuple[str, ...]:
    """Return how lines of the ledger stand: statuses, parted by commas."""
    found = [" ".join(re.split(r"[\s_-]+", word)) for word in text.lower().split(",")]
    words = [word.strip() for word in found if word.strip()]
    for word in words or [""]:
        if word not in STANDINGS:
            hint = did_you_mean(word, STANDINGS) or f"there are: {', '.join(STANDINGS)}"
            message = f"{quoted(word)} is no status; {hint}"
            raise click.BadParameter(message)
    return tuple(word for word in STANDINGS if word in words)


class Numbered(NamedTuple):
    """A meeting as it is named in a command: its number or id and its series, if another."""

    series: str
    key: MeetingKey

    @property
    def id(self) -> str:
        """The id by which records refer to it."""
        return meeting_id(self.key, self.series)


def read_meeting(text: str) -> Numbered:
    """Return a meeting by its number or its id, with its series: ``talks/8``, ``call-2024-05``."""
    series, slash, name = text.rpartition("/")
    if slash and not re.fullmatch(ID, series):
        message = f"{quoted(series)} is not the id of a series: write it as talks/8"
        raise click.BadParameter(message)
    if numbered := re.fullmatch("meeting-0*([1-9][0-9]*)", name):
        name = numbered[1]
    if re.fullmatch(ID, name) and not name.isdigit():
        return Numbered(series, name)
    if not name.lstrip("-").isdigit():
        message = f"{quoted(name)} is neither the number nor the id of a meeting"
        raise click.BadParameter(message)
    return Numbered(series, int(NUMBER(name)))


class PromisesNamed(NamedTuple):
    """What has promises, as it is named in a command: an id and, of a meeting, its series."""

    series: str
    name: str


def read_promises(text: str) -> PromisesNamed:
    """Return what has promises: an agreement, a meeting or a promise by its id.

    A meeting also by its number, ``talks/8``.
    """
    series, slash, name = text.lower().rpartition("/")
    if slash or name.isdigit() or NUMBERED.fullmatch(name):
        meeting = read_meeting(text)
        return PromisesNamed(meeting.series, meeting_id(meeting.key))
    if not re.fullmatch(ID, name):
        message = f"{quoted(text)} is no id: name an agreement, a meeting or a promise"
        raise click.BadParameter(message)
    return PromisesNamed(series, name)


def read_scheduler(text: str) -> str:
    """Return the address of a Dask scheduler."""
    found = re.fullmatch(r"(tcp|tls)://([^\s:/@\[\]]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})", text)
    if not found or not 0 < int(found[3]) <= LAST_PORT:
        hint = "write it as tcp://HOST:PORT (or tls://)"
        message = f"{quoted(text)} is not the address of a scheduler: {hint}"
        raise click.BadParameter(message)
    return text


AS_OF = click.option(
    "--as-of",
    type=read_day,
    metavar="DAY",
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


class AskedDay(NamedTuple):
    """A day, and who asked for it."""

    day: date
    asked: bool
    """Whether it was asked for in the command."""
    variable: str = ""
    """The variable of the environment that gave it."""


def day_of(project: Path, as_of: date | str | None) -> AskedDay:
    """Return the day for which to speak."""
    if isinstance(as_of, date):
        return AskedDay(as_of, asked=True)
    epoch = os.environ.get(EPOCH, "")
    if as_of == TODAY or not epoch:
        return AskedDay(today(project), asked=as_of is not None)
    if not re.fullmatch("[0-9]{1,11}", epoch):  # up to the year 5138
        shown = quoted(epoch)
        misused(f"{EPOCH} is {shown}: it must be a number of seconds since 1970")
    moment = datetime.fromtimestamp(int(epoch), tz=UTC)
    return AskedDay(today(project, moment), asked=False, variable=EPOCH)

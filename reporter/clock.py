"""What day it is: the clock, and the time zone of a project. Known before any record is read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reporter.problems import LONGEST_SHOWN, ReporterError, quoted
from reporter.text import read_text

if TYPE_CHECKING:
    from datetime import date, tzinfo
    from pathlib import Path

FIELD = "time_zone"
LINE = re.compile(rf"^{FIELD}:[ ]+([A-Za-z0-9_+/-]+)[ ]*(?:#.*)?$", re.MULTILINE)
COMMENTS = re.compile(r"^[ ]*#.*$", re.MULTILINE)
# A text over several lines may hold a line that looks like a field; an escape may hide one.
UNSURE = re.compile(r"""\\|(?:^|[\s\[{,:])(?:"[^"\n]*|'[^'\n]*)$""", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")
# What lies among the zones of a system and is none, or another one on each machine.
NO_ZONES = re.compile(r"(posix|right)/.*|localtime|posixrules|Factory|leapseconds|tzdata\..*")


def today(project: Path, moment: datetime | None = None) -> date:
    """Return the day of ``moment`` in the time zone of ``project``; without a moment, of now.

    A project that names no zone has that of the machine. Of a moment that was given from outside,
    it has UTC: the same everywhere.
    """
    zone = zone_called(zone_name(project))
    if moment is None:
        return datetime.now(tz=UTC).astimezone(zone).date()
    return moment.astimezone(zone or UTC).date()


def zone_called(name: str) -> tzinfo | None:
    """Return the time zone of this name in the IANA list; None where there is none."""
    if not NAME.fullmatch(name) or NO_ZONES.fullmatch(name):
        return None
    from zoneinfo import ZoneInfo  # noqa: PLC0415 (takes time, and few projects name one)

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there; no name; a folder
        return None


def zone_hint(name: str) -> str:
    """Return what to write instead of a time zone that there is not.

    Only the name of a place is guessed: 'IST' is not nearly 'EST', and 'GMT+9' lies in the west.
    """
    from difflib import get_close_matches  # noqa: PLC0415 (only where a name is wrong)
    from zoneinfo import available_timezones  # noqa: PLC0415 (as above)

    wanted = re.sub(r"[\s_]+", "", name[:LONGEST_SHOWN]).casefold()
    places = {
        zone.replace("_", "").casefold(): zone
        for zone in sorted(available_timezones())
        if "/" in zone and not zone.startswith("Etc/")
    }
    cities = [zone for place, zone in places.items() if place.endswith(f"/{wanted}")]
    near = get_close_matches(wanted, places, n=1, cutoff=0.85)
    meant = places.get(wanted) or next(iter(cities), None) or (places[near[0]] if near else None)
    names = "a name of the IANA list: Europe/Berlin, Africa/Nairobi, UTC"
    return f"did you mean {quoted(meant)}?" if meant else f"write {names}"


def zone_name(project: Path) -> str:
    """Return the time zone that ``project`` names, or nothing.

    Only that one line is looked for, as long as it can mean nothing else: a build that has nothing
    to do ends before a record is read, and the library that reads them takes its time.
    """
    path = project / "data" / "project.yaml"
    try:
        text = read_text(path, within=project)
        name = _in_a_line(text)
        return _by_parsing(path, text) if name is None else name
    except ReporterError:  # told by whoever reads the records
        return ""


def _in_a_line(text: str) -> str | None:
    """Return the name in the line that gives it, nothing without such a line; None where unsure."""
    shown = COMMENTS.sub("", text)
    if UNSURE.search(shown):
        return None
    count, lines = shown.count(FIELD), LINE.findall(shown)
    if not count:
        return ""
    return str(lines[0]) if len(lines) == count == 1 else None


def _by_parsing(path: Path, text: str) -> str:
    from reporter.records.reader import parse  # noqa: PLC0415 (imports PyYAML)

    data = parse(path, text).data
    found = data.get(FIELD) if isinstance(data, dict) else None
    return found if isinstance(found, str) else ""

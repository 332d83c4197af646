"""The names of reports in a record: as ``reporter list`` writes them, or as one asks for one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from reporter.choice import Choice, meeting_id
from reporter.dates import invalid
from reporter.filters import ID
from reporter.kinds import KINDS
from reporter.problems import did_you_mean, quoted
from reporter.records.base import REPORT, Refers

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEETING = re.compile(
    rf"(?:(?P<series>{ID})/)?(?:(?:meeting-)?(?P<number>[0-9]{{1,4}})|(?P<id>{ID}))", re.ASCII
)


def report_named(text: str, unfit: Mapping[str, tuple[str, str]]) -> str:
    """Return the name of the report that a text names: ``with-state-b`` or ``with state-b``.

    Raises an error of validation where there is no such kind of report, or it is ``unfit``: for
    each such kind that has what to say, and what to do.
    """
    choice = Choice.named(text) or _asked(text.split())
    if choice is None or choice.kind is None:
        flags = [kind.option.flag.removeprefix("--") for kind in KINDS.values() if kind.option]
        first = re.split("[ -]", text)[0]
        near = "" if first in flags else did_you_mean(first, flags)
        hint = "write its name as 'reporter list' shows it, or what it is about: 'meeting 8'"
        message = f"{quoted(text)} names no report"
        raise invalid("report", message, f"{near} {hint}" if near else hint)
    if choice.kind in unfit:
        message, hint = unfit[choice.kind]
        raise invalid("report", message.format(quoted(text)), hint)
    return str(choice.report)


def _asked(words: list[str]) -> Choice | None:
    """Return what is named as on the command line: the kind, then what it is about."""
    flag, *about = words or [""]
    for name, kind in KINDS.items():
        if kind.option is None or kind.option.flag != f"--{flag}":
            continue
        if kind.of_series and not kind.takes and len(about) == 1:
            return Choice.named(str(Choice(name, series=about[0]).report))
        if len(about) != len(kind.takes):
            continue
        is_one = kind.in_series and (about[0].isdigit() or "/" in about[0])
        met = is_one or "meeting" in kind.takes
        choice = _meetings(name, about) if met else Choice(name, tuple(about))
        return Choice.named(str(choice.report)) if choice else None
    return None


def _meetings(kind: str, words: list[str]) -> Choice | None:
    """Return the choice of a report on meetings: ``8``, ``talks/8``, ``talks/call-2024-05``."""
    found = [match for word in words if (match := _MEETING.fullmatch(word))]
    series = {match["series"] or "" for match in found}
    if len(found) < len(words) or len(series) != 1:
        return None
    keys = tuple(int(match["number"]) if match["number"] else match["id"] for match in found)
    own = series.pop()
    if KINDS[kind].in_series:
        return Choice(kind, tuple(map(meeting_id, keys)), series=own)
    return Choice(kind, keys, series=own)


ALONE = {
    "binder": ("a binder cannot hold another binder", "name the reports in it, one by one"),
    "index": ("a binder holds no index", "leave it out: a binder has its own contents"),
}
"""Kinds of report that are in no binder: what to say, and what to do."""
_NOWHERE = "{} prints no corrections of its own"
_WITHOUT = {
    "binder": (_NOWHERE, "each report in it does: name the one that was wrong"),
    "index": (_NOWHERE, "name the report that was wrong"),
    "filtered": (_NOWHERE, "it has those of the whole ledger: name 'ledger'"),
}
TabName = Annotated[str, AfterValidator(lambda text: report_named(text, ALONE)), Refers((REPORT,))]
"""The name of a report that can be in a binder."""
WrongReport = Annotated[
    str, AfterValidator(lambda text: report_named(text, _WITHOUT)), Refers((REPORT,))
]
"""The name of a report that prints what was wrong in it."""

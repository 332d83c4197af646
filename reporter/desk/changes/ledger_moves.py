"""What moved between the ledgers of two builds, as values."""

from __future__ import annotations

import json
import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from reporter.library.snapshot import StandingWord
from reporter.problems import Problem, ReporterError
from reporter.text import LARGEST_OTHER, NOT_TEXT, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reporter.language import Language

ID = re.compile("[a-z0-9-]+")
HINT = "write it with 'reporter build --ledger --format json'"
STATUSES: frozenset[str] = frozenset(
    status for part in get_args(StandingWord) for status in get_args(part) or (part,)
)


class Owner(NamedTuple):
    """Where one of several stands who owe a promise."""

    name: str
    status: str
    overdue_since: date | None


class LedgerState(NamedTuple):
    """A promise or an expectation as a ledger has it."""

    id: str
    text: str
    """In a few words, on one line."""
    report: str
    """The report on where it was made; empty where the ledger does not say."""
    status: str
    """Empty of what has none."""
    overdue_since: date | None
    not_checked_since: date | None
    owners: tuple[tuple[str, Owner], ...] = ()
    """Those who owe it, each by the id, if they may stand differently."""

    def owner(self, name: str, called: str) -> Owner:
        """Return where one of those who owe it stands: as all of them, or as is said."""
        return dict(self.owners).get(name) or Owner(called, self.status, self.overdue_since)


class Ledger(NamedTuple):
    """What a ledger says of a series on a day."""

    rows: dict[str, LedgerState]
    series: str = ""
    author: str = ""
    edition: str = "internal"
    day: date | None = None
    corrections: Mapping[str, LedgerState] = MappingProxyType({})
    """What our own pages said wrong."""


class Move(NamedTuple):
    """Something that became of a promise or an expectation."""

    sort: Literal["new", "overdue", "status", "unchecked", "gone", "corrected"]
    row: LedgerState
    before: str = ""
    """Of another status: the one that it had."""
    who: tuple[str, ...] = ()
    """Of whom it tells, of several who owe it; nobody where it is of all. The row is theirs."""

    def told(self, words: Language) -> str:
        """Return in words what became of it, and of whom."""
        told = self._told(words)
        return words.say("moved_of", who=words.list(self.who), what=told) if self.who else told

    def _told(self, words: Language) -> str:
        row = self.row
        status = _status(row.status, words)
        match self.sort:
            case "new":
                return words.say("moved_new", status=status) if status else words.say("moved_added")
            case "status":
                return words.say("moved_status", before=_status(self.before, words), now=status)
            case "gone" | "corrected":
                return words.say(f"moved_{self.sort}")
            case _:
                since = row.overdue_since if self.sort == "overdue" else row.not_checked_since
                day = words.day(since) if since else ""
                return words.say(f"moved_{self.sort}", day=day)


def _status(status: str, words: Language) -> str:
    return words.small(words.of("status", status)) if status else ""


def ledger_of(path: Path) -> Ledger:
    """Return what the ledger of a build says. Raises ReporterError where it is none."""
    try:
        view = json.loads(read_bytes(path, LARGEST_OTHER, "name the ledger of a build"))
        rows = [_row(item) for item in (*view["promises"], *view["expectations"])]
        mended = {row.id: row for row in map(_mended, view.get("mended", ()))}
        found = Ledger({row.id: row for row in rows}, corrections=mended)
        if "masthead" not in view:  # of a ledger that was cut down by hand
            return found
        masthead, day = view["masthead"], date.fromisoformat(view["speaks"]["day"])
        return found._replace(
            series=one_line(masthead["short"]["text"]),
            author=one_line(masthead["author"]),
            edition=one_line(masthead["edition"]),
            day=day,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise no_ledger(path) from None


def no_ledger(path: Path) -> ReporterError:
    """Return the error that a file is no ledger."""
    return ReporterError([Problem(path, "this is not the ledger of a build", HINT)])


def _row(item: dict[str, Any]) -> LedgerState:
    row, standing = item["row"], item["row"]["standing"]
    report = item.get("made", {}).get("report", "")
    status = standing["status"]
    if status not in {None, *STATUSES} or not ID.fullmatch(f"{row['id']}{report}"):
        raise ValueError
    return LedgerState(
        row["id"],
        one_line(row["short"]),
        report,
        status or "",
        _day(standing["overdue_since"]),
        _day(standing["not_checked_since"]),
        _owners(standing.get("owners", ())),
    )


def _owners(listed: Iterable[dict[str, Any]]) -> tuple[tuple[str, Owner], ...]:
    found = {
        own["id"]: Owner(one_line(own["name"]["text"]), own["status"], _day(own["overdue_since"]))
        for own in listed
    }
    if not {own.status for own in found.values()} <= STATUSES:
        raise ValueError
    return tuple(found.items())


def _mended(item: dict[str, Any]) -> LedgerState:
    report = next(iter(item["reports"]), "")
    if not ID.fullmatch(f"{item['id']}{report}"):
        raise ValueError
    text = one_line(f"{item['said']} \u2192 {item['right']}")
    return LedgerState(item["id"], text, report, "open", None, None)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def one_line(text: str) -> str:
    """Return a text as one line, without what is no text."""
    return re.sub(NOT_TEXT, "\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def moves(old: Ledger, new: Ledger) -> Iterator[Move]:
    """Yield what is new, gone, overdue, of another status, no longer checked, or corrected.

    Of a promise of several, also what moved for some of them, and not for all.
    """
    for name, row in new.rows.items():
        then = old.rows.get(name)
        if then is None:
            yield Move("new", row)
            continue
        whole = _move(row, then)
        yield from (whole,) if whole else ()
        yield from _of_owners(row, then, whole)
    for name, row in new.corrections.items():
        if name not in old.corrections:
            yield Move("corrected", row)
    yield from (Move("gone", row) for name, row in old.rows.items() if name not in new.rows)


def _move(row: LedgerState, then: LedgerState) -> Move | None:
    if row.overdue_since and not then.overdue_since:
        return Move("overdue", row)
    if row.status and then.status and row.status != then.status:
        return Move("status", row, then.status)
    if row.not_checked_since and not then.not_checked_since:
        return Move("unchecked", row)
    return None


def _of_owners(row: LedgerState, then: LedgerState, whole: Move | None) -> Iterator[Move]:
    """Yield what moved for some of those who owe a promise: those alike in one move."""
    alike: dict[Move, list[str]] = {}
    for id_, own in (dict(then.owners) | dict(row.owners)).items():
        now, before = row.owner(id_, own.name), then.owner(id_, own.name)
        found = _move(_as(row, now), _as(then, before))
        if found and (whole is None or _said(found) != _said(whole)):
            alike.setdefault(found, []).append(own.name)
    yield from (move._replace(who=tuple(names)) for move, names in alike.items())


def _as(row: LedgerState, own: Owner) -> LedgerState:
    """Return a promise as it is for one of those who owe it."""
    return LedgerState(row.id, row.text, row.report, own.status, own.overdue_since, None, ())


def _said(move: Move) -> tuple[str, str, str, date | None]:
    return move.sort, move.before, move.row.status, move.row.overdue_since

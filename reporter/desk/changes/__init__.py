"""What changed between two builds: for the summary of a scheduled run, for mail, for a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from reporter.desk.changes import eml, feed, md
from reporter.desk.changes.ledger_moves import ledger_of, moves, no_ledger
from reporter.language import language_of
from reporter.outputs.files import write
from reporter.problems import stop
from reporter.records import Project
from reporter.records.project import SETTINGS
from reporter.records.reader import read
from reporter.records.validation import validate
from reporter.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.desk.changes.ledger_moves import Ledger, Move
    from reporter.language import Language

ChangesFormat = Literal["md", "eml", "atom"]


class LedgerChanges(NamedTuple):
    """What moved, and the ledger in which it did."""

    ledger: Ledger
    moves: tuple[Move, ...]
    withheld: int
    """How many are gone from an edition that leaves some out, and are not named."""
    first: bool
    """Whether there was no build before this one."""


def words_of(project: Path) -> Language:
    """Return the language of a project; the default one where there is no project."""
    path = project / "data" / SETTINGS
    code = validate(Project, read(path, project)).language if path.exists() else "en"
    return language_of(Theme.of(project), code)


def changes(before: Path, after: Path) -> LedgerChanges:
    """Return what changed between two ledgers (``ledger.json``).

    Without a ledger of an earlier build everything is new, and nothing is said to have moved.
    """
    new = ledger_of(after)
    if not before.exists():
        return LedgerChanges(new, (), 0, first=True)
    old = ledger_of(before)
    if old.edition != new.edition:
        message = f"this ledger is of the {old.edition} edition, the other of the {new.edition} one"
        stop(before, message, "compare two ledgers of one edition")
    found = tuple(moves(old, new))
    shown = tuple(move for move in found if move.sort != "gone" or new.edition == "internal")
    return LedgerChanges(new, shown, len(found) - len(shown), first=False)


def lines(found: LedgerChanges, words: Language, log: Path | None) -> list[str]:
    """Return the lines of Markdown that tell of changes, and what the build said in its ``log``."""
    said = [md.item(move, words) for move in found.moves] + rest(found, words)
    heading = f"## {words.say('moved')}"
    return [heading, "", *said, "", *(md.written(log, words) if log else [])]


def rest(found: LedgerChanges, words: Language) -> list[str]:
    """Return what there is to say beside what moved."""
    if found.first:
        return [words.say("moved_first", n=len(found.ledger.rows))]
    if found.withheld:
        return [words.say("moved_withheld", n=found.withheld)]
    return [] if found.moves else [words.say("moved_none")]


def save(
    form: ChangesFormat, found: LedgerChanges, words: Language, after: Path, file: Path
) -> Path:
    """Write changes to a file: as Markdown, as the draft of an e-mail, or into a feed.

    A feed keeps what it had, as far as that still holds. Raises ReporterError.
    """
    if form == "md":
        return write(file, "\n".join([*lines(found, words, None), ""]).encode())
    if found.ledger.day is None:
        raise no_ledger(after)
    if form == "eml":
        return write(file, eml.draft(found.ledger, found.moves, rest(found, words), words))
    return write(file, feed.renewed(file, found.ledger, found.moves, words))

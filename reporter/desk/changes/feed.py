"""Changes as an Atom feed, to which each build adds what moved; a quiet night changes no byte.

An entry is kept only as long as the newest ledger has its promise in the same words: a feed of a
public edition forgets what has become internal. The file is read as we write it, line by line, and
in no other form, so that it needs no reader of XML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5
from xml.sax.saxutils import escape

from reporter.desk.changes.texts import apart
from reporter.problems import stop
from reporter.text import LARGEST_OTHER, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reporter.desk.changes.ledger_moves import Ledger, LedgerState, Move
    from reporter.language import Language

MOST = 100  # entries that a feed has
NAMESPACE = UUID("6b1c2a0e-6a5f-5f0b-9a44-5b7d0c3e9f21")  # ours alone
_TEXT = r"(?:[^<>&]|&(?:amp|lt|gt);)*"
_ENTRY = re.compile(
    rf"<entry>\n<id>urn:uuid:(?P<id>[0-9a-f-]{{36}})</id>\n<title>(?P<title>{_TEXT})</title>\n"
    r"<updated>(?P<updated>[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z)</updated>\n"
    r'<link rel="alternate" type="text/html" href="[a-z0-9.#-]+"/>\n'
    rf'<category term="(?P<of>[a-z0-9-]+)"/>\n<content>{_TEXT}</content>\n</entry>\n'
)
_HEAD = re.compile(
    r'<\?xml version="1\.0" encoding="utf-8"\?>\n<feed [^<>]*>\n<id>urn:uuid:(?P<id>[0-9a-f-]{36})'
    rf"</id>\n<title>{_TEXT}</title>\n<updated>(?P<updated>[0-9TZ:-]{{20}})</updated>\n"
    rf"<author><name>{_TEXT}</name></author>\n<generator>reporter</generator>\n"
)
_END = "</feed>\n"
_NOT_OURS = "name a file that does not exist, or a feed that reporter has written"


class _FeedEntry(NamedTuple):
    id: str
    of: str
    title: str
    """As it is written."""
    updated: str
    text: str
    """All of it."""


class _Feed(NamedTuple):
    updated: str
    entries: list[_FeedEntry]


def renewed(file: Path, ledger: Ledger, moves: Iterable[Move], words: Language) -> bytes:
    """Return the feed in ``file``, or a new one, with an entry for each move.

    What is gone has no entry. The feed of another series or edition begins anew. Raises
    ReporterError where the file is none of ours.
    """
    name = _uuid("feed", ledger.series, ledger.edition)
    day = f"{ledger.day}T00:00:00Z"
    before = (_read(file, name) if file.exists() else None) or _Feed(day, [])
    kept = [entry for entry in before.entries if _holds(entry, ledger, words)]
    there = {entry.id for entry in kept}
    made = [_entry(move, ledger, day, words) for move in moves if move.sort != "gone"]
    new = [entry for entry in made if entry.id not in there]
    entries = sorted([*new, *kept], key=lambda entry: entry.updated, reverse=True)[:MOST]
    updated = max([before.updated, *(entry.updated for entry in entries)])
    title = words.say("moved_feed", series=apart(ledger.series, words.say("moved")))
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{words.code}">\n'
        f"<id>urn:uuid:{name}</id>\n<title>{escape(title)}</title>\n"
        f"<updated>{updated}</updated>\n<author><name>{escape(ledger.author)}</name></author>\n"
        "<generator>reporter</generator>\n"
    )
    return "".join([head, *(entry.text for entry in entries), _END]).encode()


def _entry(move: Move, ledger: Ledger, day: str, words: Language) -> _FeedEntry:
    row, told = move.row, move.told(words)
    what = f"{move.sort} {move.before} {row.status} {row.overdue_since} {row.not_checked_since}"
    who = ("\t".join(move.who),) if move.who else ()
    name = _uuid("entry", ledger.series, ledger.edition, row.id, what, day, *who)
    title = escape(f"{told}: ") + _named(row, words)
    place = f"{row.report or 'ledger'}.html#{row.id}"
    text = (
        f"<entry>\n<id>urn:uuid:{name}</id>\n<title>{title}</title>\n<updated>{day}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{place}"/>\n<category term="{row.id}"/>\n'
        f"<content>{title} ({row.id})</content>\n</entry>\n"
    )
    return _FeedEntry(name, row.id, title, day, text)


def _named(row: LedgerState, words: Language) -> str:
    """Return how an entry ends that is about a promise."""
    return escape(apart(row.text, words.say("moved")))


def _uuid(*parts: str) -> str:
    return str(uuid5(NAMESPACE, "\n".join(parts)))


def _holds(entry: _FeedEntry, ledger: Ledger, words: Language) -> bool:
    """Return whether an entry is about a promise that the ledger has in the same words."""
    row = ledger.rows.get(entry.of) or ledger.corrections.get(entry.of)
    return row is not None and entry.title.endswith(f": {_named(row, words)}")


def _read(file: Path, name: str) -> _Feed | None:
    """Return what is in a feed; nothing of the feed of another series or edition."""
    text = read_bytes(file, LARGEST_OTHER, _NOT_OURS).decode("utf-8", "replace")
    head = _HEAD.match(text)
    found = list(_ENTRY.finditer(text, head.end() if head else 0))
    whole = f"{head[0] if head else ''}{''.join(entry[0] for entry in found)}{_END}"
    if not head or whole != text:
        stop(file, "this is no feed of reporter", _NOT_OURS)
    if head["id"] != name:
        return None
    entries = [
        _FeedEntry(entry["id"], entry["of"], entry["title"], entry["updated"], entry[0])
        for entry in found
    ]
    return _Feed(head["updated"], entries)

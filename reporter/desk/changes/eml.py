"""Changes as the draft of an e-mail: text and HTML, the same bytes each time."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reporter.desk import mail
from reporter.desk.changes.texts import apart, runs_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.desk.changes.ledger_moves import Ledger, Move
    from reporter.language import Language


def draft(ledger: Ledger, moves: Sequence[Move], rest: Sequence[str], words: Language) -> bytes:
    """Return a message that tells of moves, to be addressed and sent by a person."""
    subject = subject_of(ledger, words)
    message = mail.draft(subject, _text(subject, moves, rest, words))
    message.add_alternative(_page(subject, moves, rest, words), subtype="html", cte=mail.ENCODING)
    return mail.written(message)


def subject_of(ledger: Ledger, words: Language) -> str:
    """Return what the message is about, and of which day."""
    day = words.day(ledger.day) if ledger.day else ""
    series = apart(ledger.series, words.say("moved"))
    return words.say("moved_subject", series=series, day=day)


def _text(subject: str, moves: Sequence[Move], rest: Sequence[str], words: Language) -> str:
    items = []
    for move in moves:
        told = move.told(words)
        items.append(f"- {told}: {apart(move.row.text, told)} ({move.row.id})")
    return "\n".join([subject, "", *items, *rest, ""])


def _page(subject: str, moves: Sequence[Move], rest: Sequence[str], words: Language) -> str:
    direction = "rtl" if runs_left(words.say("moved")) else "ltr"
    items = [
        f"<li><strong>{escape(move.told(words))}</strong>: <bdi>{escape(move.row.text)}</bdi> "
        f"(<bdi>{escape(move.row.id)}</bdi>)</li>"
        for move in moves
    ]
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="{escape(words.code)}" dir="{direction}">',
            f'<head><meta charset="utf-8"><title>{escape(subject)}</title></head>',
            f"<body>\n<h1>{escape(subject)}</h1>",
            *(["<ul>", *items, "</ul>"] if items else []),
            *(f"<p>{escape(line)}</p>" for line in rest),
            "</body>\n</html>\n",
        ]
    )

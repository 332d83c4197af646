"""Changes as Markdown: what is in a record, or in a log, can only be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reporter.outputs.terminal import plain
from reporter.text import LARGEST_OTHER, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.desk.changes.ledger_moves import Move
    from reporter.language import Language

# What has a meaning in Markdown in the middle of a line; a backslash takes it away.
MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&!@:$^{}]|(?<=www)\.)", re.IGNORECASE)
# What is looked for again when the text is set: an address, a person, the number of a report.
LOOKED_FOR = re.compile(r"(\\[@#])(?=\w)")
APART = "&#8288;"  # a sign without width
# What the runner has read in the log already.
COMMAND = re.compile(r"\s*::(error|warning)[ :]")
# Marks of direction without which a text from right to left is not spelled as it was.
DIRECTION = re.compile("([\u200e\u200f])")


def item(move: Move, words: Language) -> str:
    """Return an item of a list that tells of a move."""
    told, text, name = map(_plain, (move.told(words), move.row.text, move.row.id))
    return f"- **{told}**: {text} ({name})"


def _plain(text: str) -> str:
    """Return a text as one line that is no markup."""
    line = "".join(
        part if DIRECTION.fullmatch(part) else plain(part) for part in DIRECTION.split(text)
    )
    return LOOKED_FOR.sub(rf"\1{APART}", MARKDOWN.sub(r"\\\1", line))


def written(log: Path, words: Language) -> list[str]:
    """Return what a build said, in a box; what it said to the runner is left out."""
    told = read_bytes(log, LARGEST_OTHER, "give the log of one build")
    shown = told.decode("utf-8", "backslashreplace").split("\n")
    lines = [plain(line.rstrip("\r")) for line in shown if line.strip() and not COMMAND.match(line)]
    runs = (len(run) + 1 for line in lines for run in re.findall("`+", line))
    fence = "`" * max([3, *runs])
    return [f"## {words.say('moved_written')}", "", f"{fence}text", *lines, fence]

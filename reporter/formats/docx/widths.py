"""How wide the columns of a table are, by what is in them, and when it has to lie across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.records.brevity import width_in_letters

if TYPE_CHECKING:
    from collections.abc import Callable

    from reporter.formats.docx.blocks import WordTable

_SIGN = 96  # twentieths of a point that a sign in a table takes, more or less
_APART = 2  # signs between two columns
_LONGEST_WORD = 16  # signs of a word that is not broken for the sake of others
_LONGEST_LINE = 60  # signs for which a column makes others give way


def needs_width(table: WordTable) -> int:
    """Return how wide a table has to be so that no word is broken."""
    return sum(least for least, _ in _columns(table)) * _SIGN


def widths(table: WordTable, width: int) -> list[int]:
    """Return the widths of columns: room for the longest word, and what is left by the texts."""
    columns = _columns(table)
    left = max(0, width // _SIGN - sum(least for least, _ in columns))
    more = [max(0, wanted - least) for least, wanted in columns]
    share = min(1.0, left / max(1, sum(more)))
    sizes = [least + wanted * share for (least, _), wanted in zip(columns, more, strict=True)]
    return [int(width * size / sum(sizes)) for size in sizes]


def _columns(table: WordTable) -> list[tuple[int, int]]:
    """Return for each column how many signs its longest word has, and how many it would like."""
    count = max(sum(cell.span for cell in row.cells) for row in table.all_rows)
    texts: list[list[str]] = [[] for _ in range(count)]
    for row in table.all_rows:
        column = 0
        for cell in row.cells:
            if cell.span == 1:
                texts[column].append(cell.text)
            column += cell.span
    return [(_longest(found, str.split), _longest(found, str.splitlines)) for found in texts]


def _longest(texts: list[str], parts: Callable[[str], list[str]]) -> int:
    most = _LONGEST_WORD if parts is str.split else _LONGEST_LINE
    lengths = (width_in_letters(part) for text in texts for part in parts(text))
    return min(most, max(lengths, default=1)) + _APART

"""Two states of a document as one with tracked changes, as in a text that is cleared in Word.

Who accepts all changes has the later one, who rejects all has the earlier one: text, styles,
tables.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeVar

from reporter.formats.docx.blocks import Run, WordParagraph, WordRow, WordTable, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from reporter.formats.docx.blocks import WordBlock, WordCell, WordChange, WordDocument

T = TypeVar("T")

_ALIKE = 0.5  # of the words of two paragraphs, so that one is taken for the other
_NAME = 12  # signs of a cell that are enough to know its row by
# A word with the blanks after it. In scripts without blanks between words, each sign is one.
_WORD = re.compile(r"(?:[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|\w+|[^\w\s])\s*|\s+")
_OTHER_LIST = 100_000  # lists of the earlier document that are not in the later one


def tracked(before: WordDocument | None, after: WordDocument) -> WordDocument:
    """Return the later document, with what is new in it and what is gone marked.

    Without an earlier one, all of it is new.
    """
    blocks = before.blocks if before else ()
    aligned = _aligned(blocks, after.blocks, _key, _are_alike)
    pairs = list(aligned)
    lists = {
        old.numbered: new.numbered
        for old, new in pairs
        if isinstance(old, WordParagraph) and isinstance(new, WordParagraph)
    }
    found = tuple(_counted(_merged(old, new), lists) for old, new in pairs)
    return replace(after, blocks=found, before=before.facts if before else None)


def marked(before: str, after: str) -> tuple[Run, ...]:
    """Return a text with what is new in it and what is gone from it marked."""
    return _words((Run(before),), (Run(after),))


def _aligned(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable],
    are_alike: Callable[[T, T], bool],
) -> Iterator[tuple[T | None, T | None]]:
    """Yield what is in both, in order, and between that what is gone, then what is new."""
    matcher = SequenceMatcher(None, list(map(key, old)), list(map(key, new)), autojunk=False)
    pairs: list[tuple[int, int]] = []
    for what, begin, end, begins, ends in matcher.get_opcodes():
        if what == "equal":
            pairs += zip(range(begin, end), range(begins, ends), strict=True)
        for number in range(begins, ends) if what == "replace" else ():
            found = (at for at in range(begin, end) if are_alike(old[at], new[number]))
            if (at := next(found, None)) is not None:
                pairs.append((at, number))
                begin = at + 1  # noqa: PLW2901 (what stands before it has no other)
    gone = come = 0
    for at, number in pairs:
        yield from _alone(old[gone:at], new[come:number])
        yield old[at], new[number]
        gone, come = at + 1, number + 1
    yield from _alone(old[gone:], new[come:])


def _alone(old: Iterable[T], new: Iterable[T]) -> Iterator[tuple[T | None, T | None]]:
    yield from ((item, None) for item in old)
    yield from ((None, item) for item in new)


def _key(block: WordBlock) -> Hashable:
    """Return what a block is known by: a table by its head, whatever is in its rows."""
    if isinstance(block, WordParagraph):
        return block.style, block.text, *(run.drawing for run in block.runs if run.drawing)
    return block.label, *(_row_key(row) for row in block.head)


def _are_alike(old: WordBlock, new: WordBlock) -> bool:
    """Return whether a paragraph may be another one in other words."""
    return (
        isinstance(old, WordParagraph)
        and isinstance(new, WordParagraph)
        and old.style == new.style != "Picture"
        and _share(old.text, new.text) >= _ALIKE
    )


def _share(old: str, new: str) -> float:
    """Return which share of the words of two texts is the same."""
    matcher = SequenceMatcher(None, _WORD.findall(old), _WORD.findall(new), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _merged(old: WordBlock | None, new: WordBlock | None) -> WordBlock:
    if isinstance(old, WordTable) and isinstance(new, WordTable):
        rows = _aligned(old.rows, new.rows, _row_key, _rows_are_alike)
        return replace(new, rows=tuple(_row(*pair) for pair in rows))
    if isinstance(old, WordParagraph) and isinstance(new, WordParagraph):
        return _reworded(old, new)
    return _whole(old, "del") if old else _whole(new, "ins") if new else WordParagraph("")


def _whole(block: WordBlock, change: WordChange) -> WordBlock:
    """Return a block that is new, or gone."""
    if isinstance(block, WordParagraph):
        return _whole_paragraph(block, change)
    rows = (tuple(_whole_row(row, change) for row in part) for part in (block.head, block.rows))
    head, body = rows
    return replace(block, head=head, rows=body)


def _whole_paragraph(paragraph: WordParagraph, change: WordChange) -> WordParagraph:
    runs = tuple(replace(run, change=change) for run in paragraph.runs)
    anchors = () if change == "del" else paragraph.anchors
    return replace(paragraph, runs=runs, anchors=anchors, change=change)


def _whole_row(row: WordRow, change: WordChange) -> WordRow:
    cells = tuple(
        replace(cell, paragraphs=tuple(_whole_paragraph(item, change) for item in cell.paragraphs))
        for cell in row.cells
    )
    return replace(row, cells=cells, change=change)


def _row_key(row: WordRow) -> Hashable:
    return tuple((*_shape(cell), cell.text) for cell in row.cells)


def _shape(cell: WordCell) -> tuple[Hashable, ...]:
    return cell.span, *(paragraph.style for paragraph in cell.paragraphs)


def _rows_are_alike(old: WordRow, new: WordRow) -> bool:
    """Return whether a row may be another one in other words: of the same paragraphs."""
    if list(map(_shape, old.cells)) != list(map(_shape, new.cells)):
        return False
    named = any(a == b and len(a) >= _NAME for a, b in zip(old.texts, new.texts, strict=True))
    return named or _share("\n".join(old.texts), "\n".join(new.texts)) >= _ALIKE


def _row(old: WordRow | None, new: WordRow | None) -> WordRow:
    if old is None or new is None:
        return _whole_row(old, "del") if old else _whole_row(new, "ins") if new else WordRow(())
    cells = []
    for before, after in zip(old.cells, new.cells, strict=True):
        pairs = zip(before.paragraphs, after.paragraphs, strict=True)
        paragraphs = tuple(_reworded(*pair) for pair in pairs)
        cells.append(replace(after, paragraphs=paragraphs))
    return replace(new, cells=tuple(cells))


def _reworded(old: WordParagraph, new: WordParagraph) -> WordParagraph:
    if old.text == new.text:
        return new
    if _share(old.text, new.text) >= _ALIKE:
        return replace(new, runs=_words(old.runs, new.runs))
    gone = (replace(run, change="del") for run in old.runs)
    return replace(new, runs=(*gone, *(replace(run, change="ins") for run in new.runs)))


def _words(old: Sequence[Run], new: Sequence[Run]) -> tuple[Run, ...]:
    """Return the words of a paragraph, with what is new and what is gone marked."""
    before, after = list(_split(old)), list(_split(new))
    texts = [[run.text for run in runs] for runs in (before, after)]
    found: list[Run] = []
    matcher = SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for what, begin, end, begins, ends in matcher.get_opcodes():
        if what == "equal":
            found += after[begins:ends]
        else:
            found += (replace(run, change="del") for run in before[begin:end])
            found += (replace(run, change="ins") for run in after[begins:ends])
    return joined(found)


def _split(runs: Iterable[Run]) -> Iterator[Run]:
    return (replace(run, text=word) for run in runs for word in _WORD.findall(run.text))


def _counted(block: WordBlock, lists: dict[int, int]) -> WordBlock:
    """Return a paragraph that is gone, counting in the list of which the others are still there."""
    if isinstance(block, WordParagraph) and block.change == "del" and block.numbered:
        other = block.numbered + _OTHER_LIST
        return replace(block, numbered=lists.get(block.numbered, other))
    return block

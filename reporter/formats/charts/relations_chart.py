"""What rests on what: one agreement between those it rests on and those that rest on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.formats.charts.drawing import (
    LEADING,
    WIDTH,
    Chart,
    Shape,
    Text,
    box,
    closed,
    line,
    lines_of,
)
from reporter.reports.views import Label, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.formats.charts.drawing import Colour
    from reporter.language import Language
    from reporter.reports.agreement.relations import Relation

_BOX = 148.0
_COLUMNS = (0.4, (WIDTH - _BOX) / 2, WIDTH - _BOX - 0.4)
_PAD, _BETWEEN, _HEAD = 5.0, 5.0, 14.0
_NAME, _NOTE = 8.4, 7.6  # the stylesheet has their ratio
_ARROW = 5.0


class AgreementBox(View):
    """An agreement in its box."""

    name: Label
    note: str = ""
    """How it is tied, when it was made, what it is."""


def relations_drawn(name: Label, found: tuple[Relation, ...], words: Language) -> Chart | None:
    """Draw what the agreement ``name`` rests on and what rests on it.

    Return None where a sentence says as much.
    """
    tied = [item for item in found if item.relation != "beside"]
    before = [_tied(item, words) for item in tied if not item.back]
    after = [_tied(item, words) for item in tied if item.back]
    if not (before and after):
        return None
    return relations_chart(AgreementBox(name=_named(name, words)), before, after, words)


def _tied(item: Relation, words: Language) -> AgreementBox:
    relation = words.of("relation_back" if item.back else "relation", item.relation)
    key = "relation_inferred" if item.line.inferred else "relation_note"
    when = words.when(item.signed, short=True) if item.signed else words.say("not_verified")
    return AgreementBox(
        name=_named(item.name, words), note=words.say(key, relation=relation, date=when)
    )


def _named(name: Label, words: Language) -> Label:
    return Label(language=name.language, text=words.capital(name.text))


def relations_chart(
    this: AgreementBox,
    before: Sequence[AgreementBox],
    after: Sequence[AgreementBox],
    words: Language,
) -> Chart:
    """Return a chart: ``this`` between what it rests on and what rests on it.

    ``before``, on which it rests, is at the left, and ``after``, which rests on it, at the right.
    """
    columns = (tuple(before), (this,), tuple(after))
    tall = max(_height(column) for column in columns)
    shapes: list[Shape] = []
    labels = _heads(words)
    middles: list[list[float]] = []
    for x, column in zip(_COLUMNS, columns, strict=True):
        placed = _placed(column, tall)
        middles.append([y + _tall(item) / 2 for item, y in placed])
        for item, y in placed:
            shapes.append(
                Shape(
                    box(x, y, _BOX, _tall(item)),
                    *(("accent", "accent") if item is this else ("paper", "ink")),
                )
            )
            labels.append(_text(item, x, y, "paper" if item is this else "ink"))
        if not column:
            labels.append(Text(words.say("none"), x, _HEAD + tall / 2, colour="soft"))
    shapes += _arrows(middles)
    return Chart(
        words.say("chart_rests"),
        _told(this, before, after, words),
        WIDTH,
        _HEAD + tall + 1,
        tuple(shapes),
        tuple(labels),
        folds=True,
    )


def _heads(words: Language) -> list[Text]:
    keys = ("chart_rests_on", "chart_this", "chart_rest_on_it")
    return [
        Text(words.say(key), x, 5.5, 7.8, colour="soft", strong=True, room=_BOX)
        for key, x in zip(keys, _COLUMNS, strict=True)
    ]


def _lines(item: AgreementBox) -> tuple[int, int]:
    """Return in how many lines its name and its note stand."""
    room = _BOX - 2 * _PAD
    return lines_of(item.name.text, _NAME, room, strong=True), lines_of(
        item.note, _NOTE, room
    ) if item.note else 0


def _tall(item: AgreementBox) -> float:
    name, note = _lines(item)
    return 2 * _PAD - 2 + LEADING * (name * _NAME + note * _NOTE) + (1.5 if note else 0)


def _height(column: Sequence[AgreementBox]) -> float:
    return sum(_tall(item) for item in column) + _BETWEEN * max(0, len(column) - 1)


def _placed(column: Sequence[AgreementBox], tall: float) -> list[tuple[AgreementBox, float]]:
    """Return each agreement with its upper edge; the column stands in the middle."""
    y, placed = _HEAD + (tall - _height(column)) / 2, []
    for item in column:
        placed.append((item, y))
        y += _tall(item) + _BETWEEN
    return placed


def _text(item: AgreementBox, x: float, y: float, colour: Colour) -> Text:
    top = y + _PAD - 1 + _NAME * LEADING / 2
    language, room = item.name.language, _BOX - 2 * _PAD
    return Text(
        item.name.text,
        x + _PAD,
        top,
        _NAME,
        colour=colour,
        strong=True,
        room=room,
        wraps=True,
        below=item.note,
        language=language,
    )


def _arrows(middles: Sequence[Sequence[float]]) -> list[Shape]:
    """Return the lines from the left boxes to the middle one, and from there to the right ones."""
    before, (this,), after = middles
    left, middle, right = _COLUMNS
    paths, heads = [], []
    for ys, start, end, inward in (
        (before, left + _BOX, middle, True),
        (after, middle + _BOX, right, False),
    ):
        trunk = (start + end) / 2
        for y in ys:
            first, last = (y, this) if inward else (this, y)
            paths.append(line((start, first), (trunk, first), (trunk, last), (end - _ARROW, last)))
        heads += [
            closed((end, y), (end - _ARROW, y - 2.6), (end - _ARROW, y + 2.6))
            for y in ([this] if inward and ys else ys)
        ]
    return [Shape("".join(paths)), Shape("".join(heads), "ink", "none")] if heads else []


def _told(
    this: AgreementBox,
    before: Sequence[AgreementBox],
    after: Sequence[AgreementBox],
    words: Language,
) -> tuple[str, str]:
    def named(items: Sequence[AgreementBox]) -> str:
        names = [
            f"{item.name.text} ({item.note})" if item.note else item.name.text for item in items
        ]
        return words.say("chart_separator").join(names) or words.say("none")

    return (
        words.say("chart_told_before", name=this.name.text, list=named(before)),
        words.say("chart_told_after", name=this.name.text, list=named(after)),
    )

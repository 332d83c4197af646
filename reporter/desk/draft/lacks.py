"""What the record of a meeting lacks of what a text says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.desk.draft.drafted import Drafted
from reporter.records.brevity import cut
from reporter.records.meeting import Meeting
from reporter.records.references import citations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.desk.draft.compose import Draft
    from reporter.desk.draft.paragraphs import Sentence
    from reporter.records.project import Loaded
    from reporter.records.register import Document

MOST_SHOWN = 12  # words of a sentence


def lacks(existing: Loaded, draft: Draft, document: Document | None) -> Iterator[str]:
    """Yield the sentences that no statement, list or aside covers, and verbs of no statement."""
    record = existing.record
    assert isinstance(record, Meeting)  # noqa: S101 (it was looked for as one)
    name = document.id if document else record.document
    cited = {(one.paragraph, one.sentence) for _, one in citations(record) if one.document == name}
    aside = {place for one in (document.aside if document else ()) for place in one.sentence}
    said = {
        (one.paragraph, statement.verb)
        for statement in record.statements.items
        for one in statement.source
        if one.document == name
    }
    lines = [*_lines(draft, cited, aside, said)]
    path = existing.path.name
    yield f"{path} is there already, and stays as it is; " + (
        "it lacks:" if lines else "of what was found it lacks nothing"
    )
    yield from lines


def _lines(
    draft: Draft,
    cited: set[tuple[int | None, int | None]],
    aside: set[str],
    said: set[tuple[int | None, str]],
) -> Iterator[str]:
    for paragraph in draft.paragraphs:
        told: set[str] = set()
        for item in draft.items[paragraph.number]:
            sentence = item.sentence
            where = (sentence.paragraph, sentence.number), (sentence.paragraph, None)
            if sentence.place in aside or sentence.place in told:
                continue
            if not any(place in cited for place in where):
                told.add(sentence.place)
                yield f"  {_shown(sentence)} is in no statement and not set aside"
            elif isinstance(item, Drafted) and (paragraph.number, item.verb) not in said:
                yield f"  {_shown(sentence)}: no statement has the verb '{item.verb}'"


def _shown(sentence: Sentence) -> str:
    return f"#{sentence.place} '{cut(sentence.text, MOST_SHOWN)}'"

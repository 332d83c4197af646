"""``reporter draft``: makes the draft of a meeting's record from the text of its document."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from reporter.choice import MeetingKey, meeting_id
from reporter.desk.draft.attendance import RollCall
from reporter.desk.draft.compose import NO_ID, Draft, composed
from reporter.desk.draft.drafted import Drafted, Drafter, DraftTools
from reporter.desk.draft.lacks import lacks
from reporter.desk.draft.paragraphs import groups_of, layout, of_groups, sentences_of
from reporter.desk.draft.title_block import opening
from reporter.desk.draft.whose import sides_of_people
from reporter.library.edition import part_of
from reporter.outputs.files import check_writable, write
from reporter.problems import did_you_mean, quoted, stop
from reporter.records import MEETING
from reporter.records.places import place_of
from reporter.records.project import load
from reporter.records.register import Document, Organisation
from reporter.sources.add import select
from reporter.sources.extract import paragraphs_of
from reporter.text import check_inside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reporter.desk.draft.drafted import Left
    from reporter.desk.draft.paragraphs import Layout
    from reporter.records.project import Contents


class DraftRequest(NamedTuple):
    """What to draft, and from what."""

    file: Path
    meeting: MeetingKey
    document: str = ""
    paragraphs: str = ""
    language: str = ""
    series: str = ""
    """The id of the meeting's series, of several in the project."""


class Drafting(NamedTuple):
    """A draft, and what there is to say of it."""

    text: str
    path: Path | None
    """Where the record of the meeting would stand; None where there is one already."""
    told: tuple[str, ...]
    """What is to be done, or what the record that is there lacks."""


def write_draft(project: Path, wanted: DraftRequest, target: Path | None) -> Drafting:
    """Write a draft to ``target``, or where its record would stand; return it, and its file.

    Where there is a record and no ``target``, nothing is written, and the file is None. Raises
    ReporterError where the draft cannot be made or written: a file that is there stays as it is.
    """
    if target and os.path.lexists(target):
        hint = "choose another name: what is there is never overwritten"
        stop(target, "there is such a file already", hint)
    found = draft(project, wanted)
    path = target or found.path
    if path is None:
        return found
    check_writable(path.parent)
    if not target:
        check_inside(path.parent, project)
    return found._replace(path=write(path, found.text.encode()))


def draft(project: Path, wanted: DraftRequest) -> Drafting:
    """Return the draft of the record of a meeting. Nothing is written.

    Raises ReporterError where the file has no text, or the project no such document.
    """
    contents = part_of(load(project), wanted.series)
    document = _document(contents, wanted.document)
    _, there = paragraphs_of(wanted.file)
    language = wanted.language or (document.language[0] if document else contents.settings.language)
    tools = DraftTools(contents, language, wanted.file)
    laid = _laid(tools, document, there, wanted)
    tools.names.learn([paragraph.text for paragraph in laid.paragraphs])
    found = _draft(tools, wanted, laid, document, there)
    name = meeting_id(wanted.meeting, wanted.series)
    existing = next((one for one in contents.records if one.facts.id == name), None)
    folder = project / "data" / place_of(MEETING._replace(series=wanted.series))
    stem = f"{wanted.meeting:02}" if isinstance(wanted.meeting, int) else wanted.meeting
    path = folder / f"{stem}.yaml"
    told = [*_todo(wanted, document, laid)]
    if existing is not None:
        told += lacks(existing, found, document)
    there_is_one = existing is not None or os.path.lexists(path)
    return Drafting(composed(found), None if there_is_one else path, tuple(told))


def _document(contents: Contents, name: str) -> Document | None:
    documents = {document.id: document for document in contents.every(Document)}
    if name and name not in documents:
        hint = did_you_mean(name, documents)
        hint = hint or "add it to data/documents.yaml first; without --document the draft says what"
        stop(None, f"there is no document {quoted(name)}", hint)
    return documents.get(name)


def _laid(
    tools: DraftTools, document: Document | None, there: Sequence[str], wanted: DraftRequest
) -> Layout:
    """Return the paragraphs: those that are asked for, those of the fingerprint, or those found."""
    if wanted.paragraphs:
        return of_groups(there, select(wanted.paragraphs, len(there)))
    fingerprint = tools.contents.fingerprints.get(document.id) if document else None
    groups = groups_of(there, fingerprint) if fingerprint else []
    return of_groups(there, groups) if groups else layout(there, tools.lexicon)


def _draft(
    tools: DraftTools,
    wanted: DraftRequest,
    laid: Layout,
    document: Document | None,
    there: Sequence[str],
) -> Draft:
    every = [one for paragraph in laid.paragraphs for one in sentences_of(paragraph, tools.reading)]
    bodies = tools.contents.every(Organisation)
    official = {body.id: body.name.best(tools.language)[1] for body in bodies}
    attendance = RollCall(tools.lexicon, tools.names, official).of(every, there)
    for one in (*attendance.chairs, *attendance.persons):
        if one.person and one.side:
            tools.names.act_for(one.person, one.id, one.side)
    first = opening(laid, every, tools.lexicon, tools.calendar, tools.names)
    first = first._replace(title=document.title if document else first.title)
    held = bool(document and tools.contents.fingerprints.get(document.id))
    return Draft(
        wanted.meeting,
        wanted.file.name,
        tools.language,
        document.id if document else NO_ID,
        tools.names.sides,
        first,
        attendance,
        laid.paragraphs,
        _items(tools, laid, {first.source if first.when else "", *attendance.told}, first.when),
        exact=held,
        series=wanted.series,
        own_sides={body.id: body.side for body in bodies if body.side},
    )


def _items(
    tools: DraftTools, laid: Layout, told: set[str], held: str
) -> dict[int, list[Drafted | Left]]:
    """Return what each paragraph states, and what is left of it that is not ``told`` elsewhere."""
    texts = [paragraph.text for paragraph in laid.paragraphs]
    drafter = Drafter(tools, held, sides_of_people(texts, tools.names, tools.lexicon))
    return {
        paragraph.number: [
            one
            for one in drafter.drafted(paragraph)
            if one.sentence.place not in told or (isinstance(one, Drafted) and not one.plain)
        ]
        for paragraph in laid.paragraphs
    }


def _todo(wanted: DraftRequest, document: Document | None, laid: Layout) -> list[str]:
    name = document.id if document else "ID"
    chosen = f" --paragraphs {laid.chosen}" if laid.changed else ""
    told = [f"to hold it to the text: reporter source add {wanted.file} --document {name}{chosen}"]
    if document and document.paragraphs != len(laid.paragraphs):
        told.append(
            f"the draft counts {len(laid.paragraphs)} paragraphs, the record of '{name}' "
            f"{document.paragraphs or 'none'}: write 'paragraphs: {len(laid.paragraphs)}' there, "
            "or say which they are with --paragraphs"
        )
    return told

"""The words by which a reader finds a report, in every language of the records.

They are titles, bodies, people, subjects and promises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.records.base import NOT_VERIFIED
from reporter.records.meeting import Meeting
from reporter.reports.views import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.library import Library
    from reporter.library.snapshot import Snapshot
    from reporter.records.agreement import Agreement
    from reporter.records.base import Names
    from reporter.records.statements import Post, Statement


class FoundBy(View):
    """What a report is found by, each as one line of text."""

    titles: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    """Expectations too."""
    statuses: tuple[str, ...] = ()
    """Promises by where they stand on the day: ``Missed: ferry in 2024``."""
    phrases: tuple[str, ...] = ()
    """Set phrases as worded there."""


def together(found: Iterable[FoundBy]) -> FoundBy:
    """Return all of these, each line once, in the order of first appearance."""
    every = tuple(found)
    return FoundBy(
        **{
            field: tuple(dict.fromkeys(line for words in every for line in getattr(words, field)))
            for field in FoundBy.model_fields
        }
    )


def words_of(snapshot: Snapshot, owner: Meeting | Agreement) -> FoundBy:
    """Return what the report on a meeting or an agreement is found by."""
    said = tuple(statement for statement in owner.statements_made if snapshot.knows(statement.made))
    return snapshot.library.once(
        ("words", owner.id, len(said)), lambda: _words_of(snapshot.library, owner, said)
    )


def _words_of(library: Library, owner: Meeting | Agreement, said: tuple[Statement, ...]) -> FoundBy:
    if isinstance(owner, Meeting):
        return _meeting_words(library, owner, said)
    return _agreement_words(library, owner, said)


def _meeting_words(library: Library, meeting: Meeting, said: tuple[Statement, ...]) -> FoundBy:
    listed = [body.body for side in meeting.participants for body in side.bodies]
    heads = [chair.head for chair in meeting.cochairs if chair.head]
    posts = (*heads, *meeting.chaired_by, *meeting.also_present)
    titles = [
        _name(meeting.title) if meeting.title else "",
        *([_name(meeting.document_title)] if meeting.document_title else []),
    ]
    place = [meeting.known_place.city or ""] if meeting.known_place else []
    return FoundBy(
        titles=_lines([*titles, *place]),
        bodies=_bodies(
            library,
            [
                *(chair.organisation for chair in meeting.cochairs),
                *listed,
                *(post.organisation for post in posts),
            ],
        ),
        people=_people(library, posts),
        subjects=_subjects(library, said),
        promises=_promises(said),
        phrases=_lines(phrase.words for phrase in meeting.phrases),
    )


def _agreement_words(
    library: Library, agreement: Agreement, said: tuple[Statement, ...]
) -> FoundBy:
    signing = agreement.known_signing
    posts = (*signing.named, *signing.present, *signing.witnesses) if signing else ()
    return FoundBy(
        titles=_lines([_name(agreement.short), _name(agreement.title)]),
        bodies=_bodies(library, [*agreement.parties, *(post.organisation for post in posts)]),
        people=_people(library, posts),
        subjects=_subjects(library, said),
        promises=_promises(said),
    )


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each text once, as one line; those that are empty are left out."""
    return tuple(dict.fromkeys(line for text in texts if (line := " ".join(text.split()))))


def _name(names: Names, *others: str | None) -> str:
    """Return a name in every language in which it is verified, then ``others``, as one line."""
    return ", ".join(
        dict.fromkeys(
            text for text in (*names.root.values(), *others) if text and text != NOT_VERIFIED
        )
    )


def _bodies(library: Library, names: Iterable[str]) -> tuple[str, ...]:
    """Return bodies, or sides where these are meant as a whole, with their abbreviations."""
    found = (
        library.sides.get(name) or library.organisations[name] for name in dict.fromkeys(names)
    )
    return _lines(_name(body.name, body.abbreviation) for body in found)


def _people(library: Library, posts: Iterable[Post]) -> tuple[str, ...]:
    return _lines(_name(library.people[post.person].name) for post in posts if post.person)


def _subjects(library: Library, statements: Iterable[Statement]) -> tuple[str, ...]:
    named = dict.fromkeys(subject for statement in statements for subject in statement.subjects)
    return _lines(_name(library.subjects[subject].name) for subject in named)


def _promises(statements: Iterable[Statement]) -> tuple[str, ...]:
    return _lines(
        statement.short or statement.text for statement in statements if statement.strength
    )

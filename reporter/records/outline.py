"""Statements as a record may list them: below the paragraph of each, with its verb for a key.

Whatever reads or edits a record finds them in one list, with a ``verb`` and a ``text`` each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.problems import Problem, did_you_mean, quoted
from reporter.records.inline import inline, key_span, sources_in
from reporter.records.reader import Source, spans
from reporter.records.spans import Short, Span
from reporter.records.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.reader import Path_

# The ways to the lists of statements in the records that have some.
LISTS: tuple[Path_, ...] = (("statements", "items"), ("undertakings",))
# What of a statement stands elsewhere where it is below a paragraph, or where its verb is a key.
BELOW = "source"
SAID = ("verb", "text")
PARAGRAPH_PATTERN = r"^[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3})?$"
_PARAGRAPH = re.compile(PARAGRAPH_PATTERN)
LONGEST_VERB = 80  # characters; YAML has no key of more than one line
_FIELDS = frozenset(Statement.model_fields)


def can_be_key(verb: str) -> bool:
    """Return whether a verb is one also where it is a key, and not taken for a field."""
    is_short = len(verb) <= LONGEST_VERB and "\n" not in verb
    return is_short and verb not in _FIELDS and not did_you_mean(verb, _FIELDS)


def in_one_list(source: Source, *, cited: bool = True) -> Source:
    """Return a file of a record with its statements in one list, where they stand in it.

    With ``cited``, those below a paragraph cite it. What is no paragraph is left out, and told.
    What keys and ends of texts say is in fields.
    """
    root, faults = source.root, [*source.faults]
    for way in LISTS:
        listed = root.at(way)
        if listed and (listed.is_list or _is_outline(listed)):
            faults += _strangers(source, listed)
            items = enumerate(_statements(listed, source.text, cited=cited))
            listed.style, listed.children = "[" if listed.is_flow else "list", dict(items)
    faults += inline(source)
    return replace(source, data=root.plain, faults=tuple(faults))


def spans_of(text: str) -> Span:
    """Return the values in the text of a file, statements in one list."""
    root = spans(text)
    in_one_list(Source(Path(), text, None, root), cited=False)
    return root


def _is_outline(span: Span) -> bool:
    names = map(str, span.children)
    return span.is_mapping and (not span.children or any(map(_PARAGRAPH.match, names)))


def _strangers(source: Source, listed: Span) -> Iterator[Problem]:
    """Yield what is wrong with a list by paragraph: no paragraph, or no list below it."""
    for key, below in listed.children.items() if listed.is_mapping else ():
        if not _PARAGRAPH.match(str(key)):
            hint = "write its number, '5', or that of a sentence, '5.2'"
            message = f"{quoted(str(key))} is no paragraph"
            yield source.problem_at(below, message, hint, of_key=True)
        elif not below.is_list:
            hint = "begin each statement below it with '- '"
            yield source.problem_at(below, "expected a list of statements", hint)


def _statements(listed: Span, text: str, *, cited: bool) -> Iterator[Span]:
    """Yield the statements of a list, or of the lists below paragraphs."""
    if listed.is_list:
        lists = [("", listed)]
    else:
        found = ((str(name), below) for name, below in listed.children.items())
        lists = [one for one in found if _PARAGRAPH.match(one[0]) and one[1].is_list]
    for paragraph, below in lists:
        for one in below.children.values():
            one.inside = below
            if one.is_mapping:
                _name_verb(one, text)
                if cited and paragraph and not sources_in(one):
                    source = Span(below.begin, below.start, "", f"#{paragraph}", below.key)
                    one.children = {BELOW: source, **one.children}
            yield one


def _name_verb(one: Span, text: str) -> None:
    """Give a statement of which a key is the verb a ``verb`` and a ``text``."""
    verb = _verb(one)
    if verb:
        said = one.children[verb]
        key = key_span(verb, said, text)
        one.short = Short({"verb": verb}, key, said)
        children: dict[str | int, Span] = {}
        for name, each in one.children.items():
            children |= {"verb": key, "text": each} if name == verb else {name: each}
        one.children = children


def _verb(one: Span) -> str:
    """Return the key that is the verb of a statement: the only one that is no field of it."""
    if one.children.keys() & {*SAID}:
        return ""
    texts = {str(name): each for name, each in one.children.items() if each.is_word}
    strange = [name for name in texts if can_be_key(name)]
    if not strange and "reviewed" in texts and texts["reviewed"].value is not None:
        return "reviewed"  # a field, and a verb, too
    return strange[0] if len(strange) == 1 else ""

"""What differs between two meetings, what is the same, and what is open: rows and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.reports.common.bodies import delegation, pairs
from reporter.reports.common.meeting_names import keyed
from reporter.reports.common.phrases import Piece
from reporter.reports.common.sentences import named
from reporter.reports.views import Label, Line, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.choice import MeetingKey
    from reporter.language import Language
    from reporter.library import Library
    from reporter.records.base import Citation
    from reporter.records.meeting import Meeting
    from reporter.reports.common.bodies import DelegationMember
    from reporter.reports.common.bodies_between import Group, Limit, Moved
    from reporter.reports.common.changes import Changes, First
    from reporter.reports.common.context import Context
    from reporter.reports.common.phrases import Reworded, Wording
    from reporter.reports.common.promises_between import Promise
    from reporter.reports.comparison.two_columns import SideTable


class Named(View):
    """A body or a subject, and what there is to say of it."""

    name: Label
    note: str = ""


class ListedNames(View):
    """Bodies of one side, or subjects."""

    side: Label | None = None
    names: tuple[Named, ...]
    refs: Refs


class PhraseWords(View):
    """The words of a set phrase at one meeting."""

    when: str
    pieces: tuple[Piece, ...]
    refs: Refs


class Difference(View):
    """Something in which the two meetings differ: names, or lines, or the words of a set phrase."""

    head: str
    groups: tuple[ListedNames, ...] = ()
    lines: tuple[Line, ...] = ()
    phrase: Label | None = None
    words: tuple[PhraseWords, ...] = ()
    """Of a set phrase: the later words, then the earlier ones."""


def differences(library: Library, found: Changes, words: Language) -> Iterator[Difference]:
    """Yield only what differs and can be told, in the order in which a reader asks."""
    for groups, key in (
        (found.came.groups, "changes_in"),
        (found.left.groups, "changes_out"),
        (found.renamed, _renamed(found)),
    ):
        if groups:
            named = tuple(_names(library, group, found, words) for group in groups)
            yield Difference(head=words.say(key), groups=named)
    if found.firsts:
        lines = tuple(_first(library, first, words) for first in found.firsts)
        yield Difference(head=words.say("changes_firsts"), lines=lines)
    for group, key in (
        (found.opened, "new"),
        (found.returned, "returned"),
        (found.dropped, "dropped"),
    ):
        if group.items:
            named = (_names(library, group, found, words),)
            yield Difference(head=words.say(f"changes_{key}"), groups=named)
    yield from _promises(found, words)
    yield from (_phrase(item, words) for item in found.wording if item.later and _is_new(item))


def _renamed(found: Changes) -> str:
    return "changes_reorganised" if _is_reorganised(found) else "changes_renamed"


def _is_reorganised(found: Changes) -> bool:
    """Return whether a body was made of several, or of a part of one."""
    return any(item.reorganised for group in found.renamed for item in group.items)


def _names(library: Library, group: Group, found: Changes, words: Language) -> ListedNames:
    names = tuple(_named(library, item, found, words) for item in group.items)
    return ListedNames(side=group.side, names=names, refs=group.refs)


def _named(library: Library, item: Moved, found: Changes, words: Language) -> Named:
    notes = [words.say("special")] if item.special else []
    notes += [words.say("changes_first")] if item.first else []
    if item.former:
        at = keyed(library, [found.before], words)
        former = words.say("changes_formerly", meeting=at, name=item.former.text)
        when = words.when(item.since, short=True) if item.since else ""
        key = "changes_reorganised_since" if item.reorganised else "changes_since"
        since = f" ({words.say(key, date=when)})" if when else ""
        notes.append(f"{former}{since}")
    return Named(name=item.name, note=", ".join(notes))


def _first(library: Library, first: First, words: Language) -> Line:
    told = words.say("changes_at_meeting", meeting=keyed(library, [first.number], words))
    return first.line.model_copy(update={"text": f"{told} {first.line.text}"})


def _promises(found: Changes, words: Language) -> Iterator[Difference]:
    for key, promises in (
        ("new", found.promises.new),
        ("again", found.promises.again),
        ("met", found.promises.met),
        ("missed", found.promises.missed),
        ("unchecked", found.promises.unchecked),
    ):
        if promises.items:
            texts = [_promise(item, words) for item in promises.items]
            line = Line(text="; ".join(texts), refs=promises.refs)
            yield Difference(head=words.say(f"cmp_promises_{key}"), lines=(line,))


def _promise(item: Promise, words: Language) -> str:
    text = words.say("cmp_met_late", text=item.text) if item.late else item.text
    text = words.say("with_inference", text=text) if item.inferred else text
    return f"{text}, {words.when(item.when, short=True)}" if item.when else text


def _is_new(item: Reworded) -> bool:
    """Return whether the words of a set phrase moved, or are the first on record."""
    return item.moved or item.earlier is None


def _phrase(item: Reworded, words: Language) -> Difference:
    said = tuple(_words(found, words) for found in (item.later, item.earlier) if found)
    return Difference(head=words.say("changes_wording"), phrase=item.name, words=said)


def _words(wording: Wording, words: Language) -> PhraseWords:
    when = words.when(wording.date, short=True)
    return PhraseWords(when=when, pieces=wording.pieces, refs=wording.refs)


def bottom_line(found: Changes, sides: Iterable[SideTable], words: Language) -> Iterator[str]:
    """Yield what differs in sentences; of what cannot be told nothing is claimed."""
    came, left = (
        sum(len(group.items) for group in moved.groups) for moved in (found.came, found.left)
    )
    is_whole = not (found.came.unread or found.left.unread)
    bodies = [words.say("cmp_in", n=came)] if came else []
    bodies += [words.say("cmp_out" if came else "cmp_out_alone", n=left)] if left else []
    if bodies:
        yield f"{words.capital(words.list(bodies))}."
    elif is_whole and not _is_reorganised(found) and any(side.rows for side in sides):
        yield words.say("cmp_same_bodies")
    opened, dropped = len(found.opened.items), len(found.dropped.items)
    subjects = [words.say("cmp_opened", n=opened)] if opened else []
    subjects += (
        [words.say("cmp_dropped" if opened else "cmp_dropped_alone", n=dropped)] if dropped else []
    )
    if subjects:
        yield f"{words.capital(words.list(subjects))}."
    for item in found.wording:
        if item.moved:
            name = words.in_quotation(item.name.text)
            yield words.say("cmp_phrase", name=name, change=_moved(item, words))
    if promised := _promised(found, words):
        yield promised


def _moved(item: Reworded, words: Language) -> str:
    told = [
        words.say(key, words=words.list([words.in_quotation(word) for word in changed]))
        for key, changed in (("cmp_added", item.added), ("cmp_gone", item.dropped))
        if changed
    ]
    return words.list(told) if told else words.say("cmp_reordered")


def _promised(found: Changes, words: Language) -> str:
    told = [
        words.say(key, n=len(items))
        for key, items in (
            ("cmp_promised", found.promises.new.items),
            ("cmp_repeated", found.promises.again.items),
        )
        if items
    ]
    return f"{words.capital(words.list(told))}." if told else ""


def same(context: Context, found: Changes, before: Meeting, meeting: Meeting) -> Iterator[Line]:
    """Yield in a line each what is the same at both meetings."""
    words, library = context.words, context.library
    for name, side in library.sides.items():
        earlier, later = delegation(library, before, name), delegation(library, meeting, name)
        stayed = [pair for pair in pairs(library, earlier, later) if pair.move == "stayed"]
        bodies = [library.organisations[pair.member.body].name for pair in stayed]
        if bodies:
            names = "; ".join(context.label(body).text for body in bodies)
            told = {"side": context.label(side.name).text, "names": names}
            told_by = (
                later.source or _sources(pair.later for pair in stayed),
                earlier.source or _sources(pair.earlier for pair in stayed),
            )
            refs = context.sources.cite(*told_by)
            text = words.capital(words.say("cmp_both", n=len(bodies), **told))
            yield Line(text=text, refs=refs)
    if found.again.items:
        names = "; ".join(item.name.text for item in found.again.items)
        text = words.say("cmp_both_subjects", n=len(found.again.items), names=names)
        yield Line(text=words.capital(text), refs=found.again.refs)
    unmoved = [item for item in found.wording if item.later and not _is_new(item)]
    if unmoved:
        names = words.list([item.name.text for item in unmoved])
        said = [wording for item in unmoved for wording in (item.later, item.earlier) if wording]
        refs = tuple(dict.fromkeys(ref for wording in said for ref in wording.refs))
        yield Line(text=words.say("cmp_both_words", n=len(unmoved), names=names), refs=refs)


def _sources(members: Iterable[DelegationMember | None]) -> tuple[Citation, ...]:
    """Return what says that bodies were there, where no list does: that they led, or chaired."""
    return tuple(citation for member in members if member for citation in member.source)


def untold(
    library: Library, found: Changes, words: Language, *, all_of_it: bool = False
) -> tuple[str, ...]:
    """Return in a sentence or two what cannot be told, and why; nothing where all was read.

    ``all_of_it`` says that nothing at all can be told.
    """
    if not found.limits:
        return ()
    moved = _bodies_moved(found)
    # Where no list is lacking, it is told that the same bodies took part.
    is_told = tells_moves(found) or not lacks_lists(found)
    key = "cmp_untold" if all_of_it else "changes_untold" if is_told else "changes_untold_all"
    unlisted = [limit.number for limit in found.limits if _has_no_list(library, limit)]
    limits = [_of_statement(limit) if limit.number in unlisted else limit for limit in found.limits]
    limits = [limit for limit in limits if not limit.given and (limit.lists or limit.statement)]
    parts = _limits(library, limits, words)
    number = sum(2 if limit.lists and limit.statement else 1 for limit in limits)
    left_open = [_limit(library, limit, words) for limit in found.limits if limit.given]
    if unlisted:
        meetings = keyed(library, unlisted, words)
        left_open.append(words.say("changes_no_list", meeting=meetings))
    told = [words.say(key, n=number, parts=words.list(parts))] if parts else []
    open_key = "changes_untold_open" if moved else "changes_untold_who"
    told += [words.say(open_key, parts=words.list(left_open))] if left_open else []
    return tuple(told)


def lacks_lists(found: Changes) -> bool:
    """Return whether who came or went cannot be told in full."""
    return any(limit.lists or limit.given for limit in found.limits)


def tells_moves(found: Changes) -> bool:
    """Return whether anybody, or any subject, is told to have come or gone."""
    spoken = (found.opened, found.returned, found.dropped)
    return bool(_bodies_moved(found) or found.firsts) or any(group.items for group in spoken)


def _bodies_moved(found: Changes) -> bool:
    return bool(found.came.groups or found.left.groups or found.renamed)


def _has_no_list(library: Library, limit: Limit) -> bool:
    """Return whether no list of a meeting is on record, not even a part of one."""
    return limit.lists and not library.meetings[limit.number].participants


def _of_statement(limit: Limit) -> Limit:
    return limit if limit.given else limit.model_copy(update={"lists": False, "sides": ()})


def _limits(library: Library, limits: list[Limit], words: Language) -> list[str]:
    """Return what is here only in part: of several statements their meetings, in one go."""
    if len(limits) <= 1 or any(limit.lists for limit in limits):
        return [_limit(library, limit, words) for limit in limits]
    meetings = keyed(library, [limit.number for limit in limits], words)
    return [words.say("changes_partly_statements", meetings=meetings)]


def _limit(library: Library, limit: Limit, words: Language) -> str:
    key = "both" if limit.lists and limit.statement else "list" if limit.lists else "statement"
    sides = f" ({named([side.text for side in limit.sides], words)})" if limit.sides else ""
    if limit.given:
        told = keyed(library, [limit.number], words)
        key = "changes_not_given" if limit.given == "not given" else "changes_open_ended"
        return words.say(key, meeting=told, sides=sides)
    return words.say(
        f"changes_partly_{key}", meeting=keyed(library, [limit.number], words), sides=sides
    )


def firsts_untold(library: Library, sides: Iterable[SideTable], words: Language) -> Iterator[str]:
    """Yield for which sides nobody can tell whether a body took part for the first time.

    Where all were at the earlier meeting, too, nobody asks. Sides with the same reason are told
    together.
    """
    untold: dict[tuple[MeetingKey, ...], list[str]] = {}
    for side in sides:
        missed = any(row.earlier in {"absent", "not known", "announced"} for row in side.rows)
        if side.firsts_unread and missed:
            untold.setdefault(side.firsts_unread, []).append(side.side.text)
    for unread, names in untold.items():
        key = {"side": words.list(names), "meetings": keyed(library, unread, words)}
        yield words.say("cmp_firsts_unread", n=len(unread), **key)

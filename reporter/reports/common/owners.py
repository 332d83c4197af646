"""Where those stand who owe one promise together, where they stand differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.library.snapshot import WORST_FIRST
from reporter.reports.views import OfOwner

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reporter.library.snapshot import Standing
    from reporter.records.statements import Entry
    from reporter.reports.common.context import Context
    from reporter.reports.views import StatusTold as ViewStanding

MOST_NAMED = 3  # of those who stand alike, in a line
FEW = 4  # owners, all of whom are named


def of_owners(context: Context, standing: Standing) -> tuple[OfOwner, ...]:
    """Return where each owner stands; nothing where no line tells of some of them only."""
    return tuple(
        OfOwner(
            id=name,
            name=context.party(name),
            status=own.status,
            inferred=own.inferred,
            overdue_since=own.overdue_since,
        )
        for name, own in standing.own
    )


def apart(context: Context, standing: Standing) -> str:
    """Return ``missed: 2 of 20 (State C and State D); met: 18 of 20``, the worst first.

    Nothing where all owners stand alike.
    """
    found: dict[str, list[str]] = {}
    for name, own in sorted(standing.own, key=lambda one: WORST_FIRST.index(one[1].status)):
        found.setdefault(own.status, []).append(name)
    if len(found) <= 1:
        return ""
    told = _told(context, found, len(standing.own))
    return context.words.say("apart_between").join(told)


def _told(context: Context, found: dict[str, list[str]], number: int) -> Iterator[str]:
    words = context.words
    for status, names in found.items():
        who = words.list([context.party(name).text for name in names[:MOST_NAMED]])
        of = words.small(words.of("status", status))
        if number <= FEW:
            yield words.say("apart_who", status=of, who=who)
        elif len(names) <= MOST_NAMED:
            yield words.say("apart_some", status=of, number=len(names), all=number, who=who)
        else:
            yield words.say("apart_many", status=of, number=len(names), all=number)


def named(context: Context, standing: ViewStanding, owners: Collection[str]) -> str:
    """Return where those of these owners stand whom the words on how they differ do not name."""
    words = context.words
    told = [
        words.say(
            "apart_who", status=words.small(words.of("status", own.status)), who=own.name.text
        )
        for own in standing.owners
        if own.id in owners and own.name.text not in standing.apart
    ]
    return words.say("apart_between").join(told) if standing.apart else ""


def of_whom(context: Context, entry: Entry) -> str:
    """Return of whom a line tells; nothing of all, and where its text or its end names them."""
    names = [context.party(name).text for name in entry.parties]
    if all(name in entry.text for name in names) or entry.parties == (entry.self_reported,):
        return ""
    more = len(names) - MOST_NAMED
    words = context.words
    return words.list([*names[:MOST_NAMED], *([words.say("others", n=more)] if more > 0 else [])])

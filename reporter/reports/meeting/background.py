"""What stands behind a meeting, in ten lines: agreements and policies, those named first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reporter.choice import agreement_id
from reporter.dates import When
from reporter.records.brevity import cut, words
from reporter.reports.common.instruments import in_force
from reporter.reports.common.sentences import ended, who
from reporter.reports.views import Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.records.agreement import Agreement
    from reporter.records.register import Version
    from reporter.reports.common.context import Context

MOST_LINES = 10
WORDS_OF_A_SUMMARY = 32


class Behind(View):
    """An agreement or a policy in a line."""

    date: str
    name: str
    text: str
    report: str = ""
    """Id of its own report."""
    refs: Refs = ()


class Background(View):
    """The lines, and the names of the others."""

    lines: tuple[Behind, ...]
    others: tuple[Behind, ...]


def background(
    context: Context, named: Iterable[str], further: Iterable[str], day: When
) -> Background:
    """Return what the statements name, and then what else belongs to it, each by date."""
    found: list[tuple[tuple[bool, bool], str, Behind]] = []
    seen: set[str] = set()
    for is_named, names in ((True, named), (False, further)):
        for name in names:
            if name in seen:
                continue
            seen.add(name)
            place = not is_named, name not in context.library.agreements
            found += [(place, key, row) for key, row in _rows(context, name, day)]
    chosen = sorted(found, key=lambda item: item[0])[:MOST_LINES]
    others = [item for item in found if item not in chosen]
    return Background(
        lines=tuple(row for _, _, row in sorted(chosen, key=lambda item: item[1])),
        others=tuple(
            row.model_copy(update={"refs": ()})
            for _, _, row in sorted(others, key=lambda item: item[1])
        ),
    )


def _rows(context: Context, name: str, day: When) -> Iterator[tuple[str, Behind]]:
    library = context.library
    agreement = library.agreements.get(name)
    if agreement and context.snapshot.is_made(agreement):
        yield str(agreement.signed_on or ""), _agreement(context, agreement)
    if policy := library.policies.get(name):
        known = [item for item in policy.versions if context.snapshot.knows(item.date)]
        before = [v for v in known if isinstance(v.date, str) or v.date.known_on(day.last)]
        newest = before[-1:] + [version for version in known if version not in before]
        for version in newest:
            yield str(version.date), _policy(context, version, tuple(policy.side))


def _agreement(context: Context, agreement: Agreement) -> Behind:
    language, (state, force) = context.words, in_force(context, agreement)
    when = agreement.signed_on
    text = ended(_clauses(agreement.summary.text))
    if state == "in force" and force and isinstance(force.date, When):
        date = language.when(force.date, short=True)
        text = f"{text} {language.capital(ended(language.of('force', state, date=date)))}"
    return Behind(
        date=language.when(when, short=True) if when else language.say("no_page_date"),
        name=language.capital(context.label(agreement.short).text),
        text=text,
        report=agreement_id(agreement.id),
        refs=context.sources.cite(agreement.summary.source),
    )


def _clauses(text: str) -> str:
    """Return as many clauses of a text as three lines have room for.

    A comma may stand within a clause: what ends at one is marked as cut, and only where nothing
    before it ends at a semicolon.
    """
    parts = re.split(r"(?<=[,;:]) ", text)
    beginnings = [" ".join(parts[:number]) for number in range(len(parts), 0, -1)]
    fitting = [told for told in beginnings if words(told) <= WORDS_OF_A_SUMMARY]
    if not fitting:
        return cut(text, WORDS_OF_A_SUMMARY)
    whole = (told for told in fitting if told == text or told.endswith(";"))
    told = next(whole, fitting[0])
    return f"{told[:-1]}…" if told.endswith(",") else told.rstrip(";:")


def _policy(context: Context, version: Version, sides: tuple[str, ...]) -> Behind:
    date = version.date
    return Behind(
        date=context.words.say("no_page_date")
        if isinstance(date, str)
        else context.words.when(date, short=True),
        name=context.words.capital(version.name),
        text=ended(who(context.who(sides), context.words)),
        refs=context.sources.cite(version.source),
    )

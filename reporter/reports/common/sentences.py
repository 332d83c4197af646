"""Sentences that several reports say, made with the language at hand."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from reporter.choice import agreement_id, report_on_meeting
from reporter.language import BOTH, CLOSING, Share
from reporter.records.base import NOT_VERIFIED
from reporter.records.brevity import beyond, cut, within
from reporter.records.meeting import WORDS_OF_A_POINT
from reporter.records.statements import MOST_WORDS, PLANS, PROMISES
from reporter.reports.common.meeting_names import has_ordinal, mentioned, name, numbered, the

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reporter.dates import When
    from reporter.language import Language
    from reporter.library import Library
    from reporter.library.snapshot import Snapshot
    from reporter.records.meeting import Meeting
    from reporter.records.programme import Plan
    from reporter.records.register import Correction
    from reporter.records.statements import Statement
    from reporter.reports.common.programmes import PlanRow
    from reporter.reports.meeting.standing import FollowedStatement
    from reporter.reports.views import Count, Followed, Line, Who


MOST_TOLD = 4  # sides, in brackets
MOST_NAMED = 3  # meetings of one of several series, by their dates
_ENDED = re.compile(rf"[.\u2026!?\u3002\uff01\uff1f][{CLOSING})]*$")


def standings(
    counts: Iterable[Count], words: Language, *, alone: bool = False, numbered: bool = False
) -> str:
    """Return ``one is met and two are in progress``; of several that stand alike ``all are met``.

    That says how many only beside their number: ``alone``, it is given. How many are our inference
    is said as so many of all of them, unless the sentence has just told their number.
    """
    found = tuple(counts)
    is_told = not alone and all(count.status != NOT_VERIFIED for count in found)
    every = sum(count.number for count in found) if is_told else 0
    told = words.list([words.of("stand", one.status, n=Share(one.number, every)) for one in found])
    ours, number = sum(one.inferred for one in found), sum(one.number for one in found)
    if not ours:
        return told
    if number == 1:
        return words.say("with_inference", text=told)
    if numbered:
        return words.say("of_these_inferred", counts=told, n=ours)
    return words.say("of_all_inferred", counts=told, n=ours, all=words.number(number))


def of_its_promises(counts: Sequence[Count], words: Language, of_one: str = "") -> Iterator[str]:
    """Yield how the promises of one meeting or agreement stand, and that we infer it.

    ``of_one`` ends the names of the sentences that say whose promises they are.
    """
    number = sum(count.number for count in counts)
    ours = sum(count.inferred for count in counts)
    if number == 1:
        yield words.of(f"stand_alone{of_one}", counts[0].status)
        if ours:
            yield words.say("by_inference")
    elif len(counts) == 1:
        key = "stand_both" if number == BOTH else "stand_all"
        yield words.capital(words.of(f"{key}{of_one}", counts[0].status, n=number))
        if ours:
            some = words.capital(words.say("some_by_inference", n=ours))
            yield words.say("by_inference") if ours == number else some
    elif number:
        key = "promises_stand_of_meeting" if of_one else "promises_stand"
        yield words.say(key, n=number, counts=standings(counts, words, numbered=True))


def who(parties: Who, words: Language) -> str:
    """Return those who said or owe something: ``Both`` are two sides, ``All`` are more."""
    names = [name.text for name in parties.names]
    if is_of_all(parties):
        return words.say("both" if len(names) == BOTH else "all")
    if parties.but:
        return words.say("all_but", names=_left_out(parties, words))
    names += [words.say("others", n=parties.more)] if parties.more else []
    return words.list(names)


def speaker(parties: Who, words: Language) -> str:
    """Return those who said something, as a sentence begins: ``Both sides``, ``ASR and SA``."""
    if parties.but:
        return words.say("all_sides_but", names=_left_out(parties, words))
    if not is_of_all(parties):
        return who(parties, words)
    return words.say("both_sides" if len(parties.names) == BOTH else "all_sides")


def _left_out(parties: Who, words: Language) -> str:
    return words.list([name.text for name in parties.but])


def named(names: Sequence[str], words: Language) -> str:
    """Return names as a list: of many the first two, and how many others there are."""
    if len(names) <= MOST_TOLD:
        return words.list(names)
    return words.list([*names[:BOTH], words.say("others", n=len(names) - BOTH)])


def is_of_all(parties: Who) -> bool:
    """Return whether these are all sides, of several."""
    return parties.everyone and len(parties.names) > 1


def are_overdue(number: int, late: int, words: Language) -> str:
    """Return that so many of this number of promises are overdue; nothing where none is."""
    if number == 1 == late:
        return words.say("it_is_overdue")
    return words.capital(words.say("are_overdue", n=Share(late, number))) if late else ""


def ended(text: str) -> str:
    """Return a text with a full stop, unless it has an end: 'p.m.' gets no second one."""
    return text if not text or _ENDED.search(text) else f"{text}."


def report_on(library: Library, named: str) -> str:
    """Return the name of the report on a record."""
    if named in library.agreements:
        return agreement_id(named)
    if named in library.programmes:
        return f"programme-{named}"
    return f"body-{named}" if named in library.organisations else report_on_meeting(named)


def corrected(item: Correction, words: Language) -> tuple[str, str]:
    """Return since when a page was wrong and who found it; and what it said, and what is right."""
    since, on = words.when(item.since), words.when(item.on)
    head = words.say("correction_head", since=since, who=item.found_by, on=on)
    said, right = sentence(item.said, words), sentence(item.right, words)
    return head, words.say("correction", said=said, right=right)


def sentence(text: str, words: Language) -> str:
    """Return a text as a sentence, with a capital and an end."""
    return ended(words.capital(text))


def quotation(words: Language) -> tuple[str, str]:
    """Return the marks before and after a quotation."""
    quoted = words.quoted('"x"')
    return quoted[0], quoted[-1]


def in_short(statement: Statement, words: Language) -> str:
    """Return a statement in a few words; without any, what is to be done, else verb and text.

    Of a long text it is the beginning: the whole stands where its record is told.
    """
    text, infinitive = cut(text_of(statement, words), WORDS_OF_A_POINT), words.infinitive
    if statement.short or not infinitive:
        return statement.short or text
    is_deed = statement.strength in {*PROMISES, *PLANS}
    deed = words.deed(text, statement.verb) if is_deed else ""
    return deed or f"{verb_of(statement, words)} {text}"


def verb_of(statement: Statement, words: Language) -> str:
    """Return its verb, as one or several say it in a sentence."""
    return words.small(words.verb(statement.verb, len(statement.by)))


def spoken(statement: Statement, words: Language) -> str:
    """Return its verb and its text."""
    return f"{verb_of(statement, words)} {text_of(statement, words)}"


def text_of(statement: Statement, words: Language) -> str:
    """Return its text as it follows the verb."""
    return words.after_verb(statement.text)


def dated(line: Line, words: Language) -> Line:
    """Return what happened with its day before it."""
    text = words.say("news", date=words.capital(_short(line.date, words)), text=line.text)
    return line.model_copy(update={"text": text})


def in_vain(line: Line, words: Language) -> Line:
    """Return what somebody looked for and did not find, with the day of the search."""
    text = f"{words.say('checked', date=_short(line.date, words))} {line.text}"
    return line.model_copy(update={"text": text})


def due(
    item: Followed | FollowedStatement | Plan | PlanRow, words: Language, *, inside: bool = False
) -> str:
    """Return by when something is due, in the words of the document where these are kept.

    Inside brackets it is the date where the words do not name its year.
    """
    is_read = inside and item.due_words and lacks_year(item.due_words, item.due)
    return by_when(item.due, None if is_read else item.due_words, words)


def by_when(when: When | None, said: str | None, words: Language) -> str:
    """Return a date as it was said, with its year where that was not, or by itself."""
    return with_year(said, said, when, words) if said else _short(when, words)


def with_year(text: str, said: str, when: When | None, words: Language) -> str:
    """Return ``text`` with the date of which it tells, where what was ``said`` has no year."""
    if when is None or not lacks_year(said, when):
        return text
    return words.say("due_of", words=text, date=words.when(when, short=True))


def lacks_year(said: str, when: When | None) -> bool:
    """Return whether words such as "by the end of October" do not tell the year of a date."""
    return when is not None and str(when.last.year) not in unicodedata.normalize("NFKC", said)


def _short(when: When | None, words: Language) -> str:
    return words.when(when, short=True) if when else words.say("no_date")


def ordinals(found: Iterable[Meeting], words: Language) -> str:
    """Return ``first, second and fifth``; one without a number by name, after others with 'the'."""
    told = [
        words.ordinal(one.number or 0) if has_ordinal(one) else (the if place else name)(one, words)
        for place, one in enumerate(found)
    ]
    return words.list(told)


def told_meetings(library: Library, found: Iterable[Meeting], words: Language) -> str:
    """Return ``meetings 1 and 5``; of several series ``meetings 1 (Rivers) and 3 (Trade)``."""
    found = tuple(found)
    series: dict[str, list[Meeting]] = {}
    for meeting in found:
        series.setdefault(meeting.series, []).append(meeting)
    if not library.has_many:
        return mentioned(found, words)
    counted = all(map(has_ordinal, found))
    told = words.list(
        [
            words.say(
                "number_in_series",
                number=numbered((one.number for one in group), words)
                if counted
                else _few(group, words),
                series=library.parts[of].project.short.best(words.code)[1],
            )
            for of, group in series.items()
        ]
    )
    return words.say("meetings_numbered", n=len(found), numbers=told) if counted else told


def _few(meetings: list[Meeting], words: Language) -> str:
    """Return the meetings of a series by their names; of many that no number names, how many."""
    named = [one for one in meetings if not has_ordinal(one)]
    if len(named) <= MOST_NAMED:
        return mentioned(meetings, words)
    return words.say("meetings_counted", n=len(meetings))


def unread(snapshot: Snapshot, over: Iterable[Meeting], words: Language) -> str:
    """Return which of the meetings that are over have statements here only in part.

    Of those that were only announced that nobody knows whether they were held.
    """
    over = list(over)
    held = list(filter(snapshot.took_place, over))
    found = [meeting for meeting in held if not meeting.statements.complete]
    told = told_meetings(snapshot.library, found, words)
    said = [words.say("ledger_unread", n=len(found), meetings=told)] if found else []
    for meeting in over:
        if meeting not in held:
            named = words.capital(told_meetings(snapshot.library, [meeting], words))
            day = words.when(meeting.date)
            said.append(words.say("series_only_announced", None, meeting=named, date=day))
    return " ".join(said)


def brief(sentences: Iterable[str]) -> str:
    """Return a bottom line: the first sentence, and of the others those for which it has room."""
    return within(sentences, MOST_WORDS)


def rest(sentences: Iterable[str]) -> str:
    """Return what a bottom line of these sentences has no room for."""
    return beyond(sentences, MOST_WORDS)

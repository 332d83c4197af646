"""What the overview of a series says in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.dates import UNDATED
from reporter.language import Share
from reporter.records.statements import PROMISES
from reporter.reports.common.gap import LONG
from reporter.reports.common.meeting_names import has_ordinal, the
from reporter.reports.common.meetings_table import least_and_most, told_months
from reporter.reports.common.sentences import due, ended, ordinals, speaker, standings
from reporter.reports.views import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.language import Language
    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context
    from reporter.reports.common.meetings_table import Hosted
    from reporter.reports.series.view import NextMeeting
    from reporter.reports.views import Count

MOST_HOSTS = 6  # that a sentence names


def ahead(upcoming: NextMeeting | None, words: Language) -> Line:
    """Return what is on record of the next meeting."""
    if upcoming is None:
        return Line(text=words.say("series_no_next"))
    if upcoming.announced and upcoming.called:
        day = words.when(upcoming.date) if upcoming.date else words.say("open_date")
        said = words.say("series_announced_for", meeting=words.capital(upcoming.called), date=day)
        told = f"{said} {ended(upcoming.announced.text)}"
        return upcoming.announced.model_copy(update={"text": told})
    agreed = upcoming.agreed
    assert agreed is not None  # noqa: S101 (one of the two is there)
    day = due(agreed, words, inside=True)
    if agreed.strength in PROMISES:
        text = words.say("series_next_agreed", text=agreed.short, due=day)
    else:
        who, verb = speaker(agreed.who, words), agreed.verb
        text = words.say("series_next_said", who=who, verb=verb, text=agreed.text, due=day)
    return Line(text=text, refs=agreed.refs)


def meetings_sentence(meetings: Sequence[Meeting], words: Language) -> str:
    """Return how many meetings there were, and from when to when."""
    if not meetings:
        return words.say("series_no_meeting")
    first, last = words.when(meetings[0].date), words.when(meetings[-1].date)
    ends = (meetings[0], meetings[-1])
    exact = all(one.date.start and one.date.start.day and one.date.end.day for one in ends)
    counted = [one.number for one in meetings if has_ordinal(one)]
    if len(meetings) == 1:
        key = "series_one_meeting" if exact else "series_one_meeting_of"
        return words.say(key, date=first)
    key = "series_meetings" if exact and counted[:1] == [1] else "series_meetings_from"
    return words.capital(words.say(key, n=len(meetings), first=first, last=last))


def promises_sentence(promises: Sequence[Count], overdue: int, words: Language) -> str:
    """Return how the promises of all meetings and agreements stand."""
    if not promises:
        return words.say("series_no_promise")
    number = sum(count.number for count in promises)
    found = [words.say("series_promises", n=number, counts=standings(promises, words))]
    found += [words.say("series_overdue", n=Share(overdue, number))] if overdue else []
    return " ".join(map(words.capital, found))


def announced_sentences(
    announced: Sequence[Meeting], known: Sequence[Meeting], words: Language
) -> Iterator[str]:
    """Yield which meetings were only announced; those known to have been held in one sentence."""
    if held := [meeting for meeting in announced if meeting in known]:
        yield words.say("series_announced", list=ordinals(held, words))
    for meeting in announced:
        if meeting not in known:
            yield _of_a_day("series_only_announced", meeting, words)


def called_off(context: Context) -> Iterator[Line]:
    """Yield which meetings were announced and called off, with what is on record of that."""
    for meeting in context.library.meetings.values():
        if meeting.called_off and context.snapshot.is_called_off(meeting):
            line = context.line(meeting.called_off)
            said = _of_a_day("series_called_off", meeting, context.words)
            yield line.model_copy(update={"text": f"{said} {ended(line.text)}"})


def _of_a_day(key: str, meeting: Meeting, words: Language) -> str:
    """Return a sentence on a meeting that was announced for a day: one without a number has it.

    Its name, that is: 'the ministerial meeting of May 2026'.
    """
    name = words.capital(the(meeting, words))
    if not has_ordinal(meeting):
        return words.say(f"{key}_of", meeting=name)
    day = words.say("open_date") if meeting.date == UNDATED else words.when(meeting.date)
    return words.say(key, meeting=name, date=day)


def further_sentences(
    hosts: Sequence[Hosted],
    unknown: int,
    longest: tuple[Meeting, Meeting, int] | None,
    words: Language,
) -> Iterator[str]:
    """Yield who was host, of many only those who were it most often, and the longest gap."""
    first = sorted(hosts, key=lambda host: -host.meetings)[:MOST_HOSTS]
    shown = hosts if len(hosts) <= MOST_HOSTS else [host for host in first if host.meetings > 1]
    told = [words.say("series_hosted", n=host.meetings, side=host.side.text) for host in shown]
    if len(hosts) > len(shown):
        told += [words.say("others", n=len(hosts) - len(shown))]
    told += [words.say("series_host_unknown", n=unknown)] if unknown else []
    if told:
        yield words.say("series_hosts", list=words.list(told))
    if longest:
        before, after = (ordinals([one], words) for one in longest[:2])
        least, most = least_and_most(*longest[:2])
        ends = {"before": before, "after": after}
        if least == most < LONG:
            yield words.say("series_longest", n=most, **ends)
        else:
            months = told_months(*longest[:2], words)
            yield words.say("series_longest_between", None, months=months, **ends)

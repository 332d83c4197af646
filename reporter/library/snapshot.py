"""The library as of a day: what had happened, where promises stood, when that last changed.

A fact is shown when its whole date lies at or before the day, whenever its source was published.
What a rule derives from the records (a due date passed, nine months without a check) changes on a
day of its own, and that day counts too: the page says "no change since" the latest of all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from reporter.dates import MONTHS_IN_YEAR, When, months_later
from reporter.library.today import Today, plain_of
from reporter.records.base import NOT_VERIFIED
from reporter.records.statements import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from reporter.library import Library, Owned
    from reporter.records.agreement import Agreement
    from reporter.records.meeting import Meeting
    from reporter.records.statements import Entry, Forecast, Sourced, Statement

V = TypeVar("V")
StandingWord = Status | Literal["met late"]
UNFINISHED: frozenset[StandingWord] = frozenset(
    {"partly met", "in progress", "open", "slipped", "not verified"}
)
WORST_FIRST: tuple[StandingWord, ...] = (
    *("missed", "slipped", "not verified", "open", "partly met", "in progress"),
    *("overtaken", "met late", "standing", "met"),
)
"""Of several who owe one promise, the first of these holds for it as a whole."""
MONTHS_UNTIL_STALE = 9
_DAYS_IN_MONTH = 365.2425 / 12


class InShort(NamedTuple):
    """How a statement stands, for places where nothing else of its history is shown."""

    status: StandingWord
    is_overdue: bool
    inferred: bool
    """Whether the status rests on an inference of ours."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a statement stands on a day."""

    status: StandingWord
    due: When | None = None
    """By when it is to be done: the day that was given first, or the last to which it was moved."""
    latest: Entry | None = None
    """The newest evidence that is not weak, or the newest check where there is no such evidence."""
    reported: tuple[Entry, ...] = ()
    """Evidence by weak sources alone: reported, not confirmed."""
    overdue_since: date | None = None
    """Of a promise: its last due day, where that has passed."""
    not_checked_after: date | None = None
    """Where the due day has passed, but only after the last day that was researched."""
    not_checked_since: date | None = None
    """Where there was neither evidence nor check for nine months: the day of the last one."""
    last_heard: When | None = None
    """The same as it is on record: a month where no day of it is."""
    fulfilled: Entry | None = None
    """Of what is met, in time or late: the evidence of the day on which it was."""
    inferred: bool = False
    """Whether the status rests on an inference of ours."""
    own: tuple[tuple[str, Standing], ...] = ()
    """Where lines tell of some of those who owe it only: where each of them stands."""

    @property
    def is_overdue(self) -> bool:
        """Whether its last due day has passed."""
        return self.overdue_since is not None

    @property
    def unchecked_since(self) -> date | None:
        """The day since which nobody has looked: since it fell due, or for nine months."""
        return self.not_checked_after or self.not_checked_since

    @property
    def left(self) -> tuple[str, ...]:
        """Those of the owners who stand differently that are not done."""
        return tuple(name for name, own in self.own if own.status in UNFINISHED)

    @property
    def is_late_for_some(self) -> bool:
        """Whether it is overdue, as a whole or for one of those who stand differently."""
        return any(one.overdue_since for one in (self, *(own for _, own in self.own)))

    @property
    def fulfilments(self) -> tuple[Entry, ...]:
        """The evidence by which it was met: by all who owe it, or by one of them."""
        found = (self.fulfilled, *(own.fulfilled for _, own in self.own))
        return tuple(filter(None, found))

    @property
    def is_unfinished(self) -> bool:
        """Whether it is not done, or some of its owners are not."""
        return self.status in UNFINISHED or bool(self.left)

    @property
    def in_short(self) -> InShort:
        """What it says where nothing else of the history is shown."""
        return InShort(self.status, self.is_overdue, self.inferred)


def over_from(meeting: Meeting) -> date:
    """Return the first day on which a meeting is over; of one only announced, the day after it."""
    last = meeting.date.last
    return last + min(timedelta(days=meeting.is_announced), date.max - last)


@dataclass(slots=True)
class Snapshot:
    """Answers what was known on ``day``, and remembers the latest day when an answer changed."""

    library: Library
    day: date
    changed: date | None = field(default=None, init=False)
    within: Snapshot | None = None
    """One of more records, in which this one is asked: it remembers, too."""
    plain: date = field(init=False)
    """The day without any notes: what lies before it is known today and on any later day."""

    def __post_init__(self) -> None:
        self.plain = plain_of(self.day)

    def note(self, when: When | date | None) -> None:
        """Remember that something shown has this date."""
        day = when if when is None or isinstance(when, date) else when.last
        if day is None:
            return
        if (self.changed is None or day > self.changed) and (day < self.plain or day <= self.day):
            self.changed = day
        if self.within:
            self.within.note(day)

    def knows(self, when: When | str | None) -> bool:
        """Return whether a fact of this date is shown.

        A fact without a date, or without a verified one, is shown.
        """
        if when is None or isinstance(when, str):
            return True
        if known := when.last < self.plain or when.known_on(self.day):
            self.note(when.last)
        return known

    def settled(self, make: Callable[[Snapshot], V]) -> V:
        """Return what ``make`` makes of this day, noting only the last day when that changed.

        Other changes do not count, since nothing of them is shown.
        """
        seen = Snapshot(self.library, self.day)
        value = make(seen)
        while (changed := seen.changed) and changed > date.min:
            seen = Snapshot(self.library, changed - timedelta(days=1))
            if make(seen) != value:
                self.note(changed)
                break
        return value

    def once(self, name: Hashable, make: Callable[[Snapshot], V]) -> V:
        """Return what ``make`` makes of this day, and work it out only once for all reports."""

        def work() -> tuple[V, date, date | None]:
            own = Today.of(self.plain)
            seen = Snapshot(self.library, own)
            return make(seen), own.until, seen.changed

        value, until, changed = self.library.once((name, self.plain), work)
        if isinstance(self.day, Today):
            self.day.changes(until)
        self.note(changed)
        return value

    def has_passed(self, when: When) -> bool:
        """Return whether the whole due date lies before the day. This changes the day after it."""
        passed = when.last < self.day
        if passed:
            self.note(when.last + timedelta(days=1))
        return passed

    def was_held(self, meeting: Meeting) -> bool:
        """Return whether the meeting is over on the day."""
        if self.is_called_off(meeting):
            return False
        over = meeting.is_over(self.day)
        if over:
            self.note_held(meeting)
        return over

    def is_announced(self, meeting: Meeting) -> bool:
        """Return whether a meeting was announced by the day, and not called off."""
        return self._is_told(meeting.announced) and not self.is_called_off(meeting)

    def is_called_off(self, meeting: Meeting) -> bool:
        """Return whether it was announced, but is not to be held, as far as the day knows."""
        return self._is_told(meeting.called_off)

    def _is_told(self, told: Sourced | None) -> bool:
        """Return whether it is of the day or before: what has no date is of its newest source."""
        if told is None or told.date:
            return told is not None and self.knows(told.date)
        documents = (self.library.documents[citation.document] for citation in told.source or ())
        dates = [document.date for document in documents if isinstance(document.date, When)]
        return all(map(self.knows, dates or [self.library.project.researched_until]))

    def note_held(self, meeting: Meeting) -> None:
        """Remember the day from which a meeting that is over counts as such."""
        self.note(over_from(meeting))

    def took_place(self, meeting: Meeting) -> bool:
        """Return whether it is known to have been held.

        Of one that was only announced a later meeting tells it, whose number goes on from it.
        """
        if not meeting.is_announced or not self.was_held(meeting):
            return self.was_held(meeting)
        later = self.library.counted_on_from(meeting)
        return any(not one.is_announced and self.was_held(one) for one in later)

    def held(self) -> tuple[Meeting, ...]:
        """Return the meetings that are over on the day, in order."""
        return tuple(filter(self.was_held, self.library.meetings.values()))

    def is_made(self, agreement: Agreement) -> bool:
        """Return whether the agreement exists on the day."""
        signing = agreement.signing
        if isinstance(signing, str) or isinstance(signing.date, str):
            return any(map(self.knows, agreement.told_on)) or not agreement.told_on
        return self.knows(signing.date)

    def was_said(self, owned: Owned) -> bool:
        """Return whether a statement was made by the day."""
        meeting, agreement = owned.meeting, owned.agreement
        held = meeting is not None and self.was_held(meeting)
        exists = held or (agreement is not None and self.is_made(agreement))
        return exists and self.knows(owned.statement.made)

    def history(self, history: Iterable[Entry]) -> tuple[Entry, ...]:
        """Return the entries of a history up to the day."""
        return tuple(entry for entry in history if self.knows(entry.when))

    def evidence(self, history: Iterable[Entry]) -> list[Entry]:
        """Return what happened up to the day, but for what weak sources alone say."""
        return [
            entry
            for entry in self.history(history)
            if entry.date and entry.source and not self.library.is_weak(entry.source)
        ]

    def looked_since(self, history: Iterable[Entry], latest: Entry | None) -> Entry | None:
        """Return the last check that found nothing newer than ``latest``, which is evidence."""
        if latest is None or latest.checked:
            return None
        checks = [entry for entry in self.history(history) if entry.checked]
        return checks[-1] if checks and latest.when < checks[-1].when else None

    def standing(self, item: Statement | Forecast, made: When | None) -> Standing:
        """Return where a promise, expectation, followed matter or forecast stands.

        ``made`` is when it was said.
        """
        if not isinstance(self.day, Today):
            return self._stands(item, made)
        # Many reports ask it of the day for which they are made. The item is kept with its address.
        asked, whole = ("standing", id(item), made), self.library.whole
        here = Snapshot(whole, self.day, within=self) if whole else self
        return here.once(asked, lambda seen: (Snapshot._stands(seen, item, made), item))[0]

    def _stands(self, item: Statement | Forecast, made: When | None) -> Standing:
        entries = self.history(item.history)
        if not any(entry.parties for entry in entries):
            return self._standing(item, made, entries)
        owners: tuple[str, ...] = getattr(item, "by", ())
        return _together(tuple((name, self.of_owner(item, made, name)) for name in owners))

    def of_owner(self, item: Statement | Forecast, made: When | None, owner: str) -> Standing:
        """Return where one of those stands who owe a promise."""
        entries = self.history(item.history)
        return self._standing(item, made, tuple(one for one in entries if one.tells_of(owner)))

    def _standing(
        self, item: Statement | Forecast, made: When | None, entries: tuple[Entry, ...]
    ) -> Standing:
        weak = tuple(one for one in entries if one.date and self.library.is_weak(one.source))
        solid = [entry for entry in entries if entry not in weak]
        evidence = [entry for entry in solid if entry.date]
        latest = next(reversed(evidence or solid), None)
        decisive = [entry for entry in solid if entry.status]
        due = next((entry.due for entry in reversed(decisive) if entry.due), item.due)
        is_whole = (
            item.id not in self.library.cut
        )  # else what is missing may be the evidence, or a check
        if fulfilled := _fulfilment(decisive):
            late = is_whole and due is not None and fulfilled.when.surely_after(due)
            word: StandingWord = "met late" if late else "met"
            ours = fulfilled.inferred
            return Standing(word, due, latest, weak, fulfilled=fulfilled, inferred=ours)
        status: StandingWord = (decisive[-1].status if decisive else None) or _at_first(
            getattr(item, "strength", None)
        )
        inferred = bool(decisive and decisive[-1].inferred)
        if not is_whole:
            return Standing(status, due, latest, weak, inferred=inferred)
        overdue, unchecked = (
            self._overdue(due, status) if getattr(item, "is_promise", False) else (None, None)
        )
        has_status = getattr(item, "has_status", True)  # else there is nothing to keep or to break
        stale = self._stale(status, entries, made) if has_status else None
        since = stale.last if stale else None
        dates = (overdue, unchecked, since, stale)
        return Standing(status, due, latest, weak, *dates, inferred=inferred)

    def _overdue(self, due: When | None, status: StandingWord) -> tuple[date | None, date | None]:
        """Return since when a promise is overdue, or else after which day it was not checked.

        This is the rule: it is not done, and its whole due date lies before the day.
        """
        if due is None or status not in UNFINISHED or not self.has_passed(due):
            return None, None
        researched = self.library.project.researched_until.last
        return (due.last, None) if due.last <= researched else (None, researched)

    def _covered(self, entry: Entry) -> When:
        """Return up to when an entry tells: a check no further than what was searched."""
        if entry.date:
            return entry.when
        documents = (self.library.documents[cited.document] for cited in entry.source or ())
        known = [document.covers for document in documents if document.covers]
        project = self.library.project.covers
        covers = known or ([project] if project else [])
        return min([entry.when, *covers], key=lambda when: when.last)

    def _stale(
        self, status: StandingWord, entries: Iterable[Entry], made: When | None
    ) -> When | None:
        """Return when the last evidence or check was, where nine months have passed since."""
        if status not in UNFINISHED:
            return None
        told = [*map(self._covered, entries), *([made] if made else [])]
        last = max(told, key=lambda when: when.last, default=None)
        if last is None or (stale := months_later(last.last, MONTHS_UNTIL_STALE)) > self.day:
            return None
        self.note(stale)
        return last.at_its_end


def _together(own: tuple[tuple[str, Standing], ...]) -> Standing:
    """Return where a promise stands whose owners stand differently: as the worst of them does.

    It comes with the newest evidence on those who stand so; it was met when the last of them met
    it.
    """
    every = [standing for _, standing in own]
    status = min((standing.status for standing in every), key=WORST_FIRST.index)
    alike = [standing for standing in every if standing.status == status]
    newest = max(alike, key=lambda one: one.latest.when.last if one.latest else date.min)
    met = [standing.fulfilled for standing in alike if standing.fulfilled]
    return replace(
        newest,
        reported=tuple(dict.fromkeys(entry for one in every for entry in one.reported)),
        fulfilled=max(met, key=lambda entry: entry.when, default=None),
        inferred=any(standing.inferred for standing in alike),
        own=own,
    )


def _fulfilment(decisive: Iterable[Entry]) -> Entry | None:
    """Return the entry that fulfilled a promise, among those that set a status.

    That is the first in the last run of entries that say ``met``; later ones only confirm it.
    """
    found: Entry | None = None
    for entry in decisive:
        found = (found or entry) if entry.status == "met" else None
    return found


def _at_first(strength: str | None) -> StandingWord:
    if strength == "standing":
        return "standing"
    return NOT_VERIFIED if strength == NOT_VERIFIED else "open"


def months_between(first: date, second: date) -> int:
    """Return the number of whole months from ``first`` to ``second``; negative if it is earlier."""
    if second < first:
        return -months_between(second, first)
    left = (MAXYEAR - first.year + 1) * MONTHS_IN_YEAR - first.month  # in all that can be dated
    return bisect_right(range(1, left + 1), second, key=lambda n: months_later(first, n))


def nearest_months(first: date, second: date) -> int:
    """Return the time between two days in months of mean length, rounded to the nearest.

    This is what a reader means by "31 months".
    """
    return round(abs((second - first).days) / _DAYS_IN_MONTH)

"""What a view is made with: the library as of a day, numbered sources, and the language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from reporter.choice import is_public
from reporter.library.snapshot import Snapshot
from reporter.problems import Problem, ReporterError
from reporter.records.base import NOT_CLEARED, NOT_VERIFIED, Names
from reporter.records.brevity import shortened
from reporter.records.meeting import Meeting
from reporter.reports import views
from reporter.reports.common.owners import apart, of_owners, of_whom
from reporter.reports.common.review_marks import has_changed
from reporter.reports.common.sentences import (
    by_when,
    corrected,
    ended,
    in_short,
    sentence,
    text_of,
    verb_of,
)
from reporter.reports.common.sources import ENOUGH, Bibliography
from reporter.reports.headings import title

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping
    from datetime import date

    from reporter.dates import When
    from reporter.language import Language
    from reporter.library import Library, Owned
    from reporter.records.agreement import Agreement
    from reporter.records.base import Citation
    from reporter.records.register import Handling, Organisation, Side
    from reporter.records.statements import Entry, Sourced, Statement


P = ParamSpec("P")
V = TypeVar("V")
MOST_LEFT_OUT = 4  # sides that are named in place of all others
FEW_OF = 3  # how many times as many the others are
LONGEST_HEAD = 80  # letters at the head and the foot of a page, beside a marking of two lines


@dataclass(frozen=True, slots=True)
class Context:
    """Turns records into parts of a view, as of one day and in one language."""

    library: Library
    snapshot: Snapshot
    sources: Bibliography
    words: Language
    """The language of the report: it makes all sentences."""
    asked: bool = False
    """Whether the day was asked for."""
    by_name: bool = False
    """Whether all sides are named, since ``Both`` might be read as others than those of a
    series."""

    @classmethod
    def on(cls, library: Library, day: date, words: Language, *, asked: bool = False) -> Context:
        """Return a context in which nothing has been seen or cited yet."""
        return cls(library, Snapshot(library, day), Bibliography(library), words, asked)

    def afresh(self) -> Context:
        """Return the same context before anything was seen or cited."""
        return self.on_day(self.snapshot.day)

    def on_day(self, day: date) -> Context:
        """Return the same on a day, before anything was seen or cited."""
        return Context.on(self.library, day, self.words, asked=self.asked)

    def of_part(self, series: str | None) -> Context:
        """Return a context of one series, or of all, in which nothing was seen or cited yet."""
        part = self.library.part(series)
        if part is self.library:
            return self
        return Context.on(part, self.snapshot.day, self.words, asked=self.asked)

    def at(self, owner: Meeting | Agreement) -> Context:
        """Return the same context with the records of a meeting's own series alone.

        What is seen and cited there is seen and cited here.
        """
        if not self.library.has_many or not isinstance(owner, Meeting):
            return self
        part = self.library.part(owner.series)
        by_name = part.sides.keys() != self.library.sides.keys()
        return replace(self, library=part, snapshot=self.on_part(part), by_name=by_name)

    def on_part(self, part: Library) -> Snapshot:
        """Return the records of one series on the day; what is seen there is seen here."""
        if part is self.library:
            return self.snapshot
        return Snapshot(part, self.snapshot.day, within=self.snapshot)

    def unknown(self, name: str, first: When | None) -> ReporterError:
        """Return the error that nothing was known of ``name`` on the day; ``first`` is known."""
        message = f"nothing was known of '{name}' on {self.snapshot.day}"
        known = f"the first that is on record is of {first}: " if first else ""
        return ReporterError([Problem(None, message, f"{known}choose a later day with --as-of")])

    @property
    def language(self) -> str:
        """The code of the language."""
        return self.words.code

    def settled(self, make: Callable[[Context], V]) -> V:
        """Return what ``make`` makes, without citing anything.

        Of the days that it looks at, only the one on which its result last changed counts.
        """
        return self.snapshot.settled(lambda snapshot: make(replace(self, snapshot=snapshot)))

    def label(self, names: Names) -> views.Label:
        """Return the name in the language of the report, else in the first one that it has."""
        return views.Label.of(names, self.language)

    def labels(self, names: Names) -> tuple[views.Label, ...]:
        """Return the name in every language that is verified, that of the report first."""
        known = [(language, text) for language, text in names.root.items() if text != NOT_VERIFIED]
        known.sort(key=lambda item: item[0] != self.language)
        return tuple(views.Label(language=language, text=text) for language, text in known)

    def other_labels(self, names: Names) -> tuple[views.Label, ...]:
        """Return the name in the languages that are not that of the report."""
        return tuple(label for label in self.labels(names) if label.language != self.language)

    def party(self, name: str) -> views.Label:
        """Return a side or an organisation, by its abbreviation where it has one."""
        found = self._named(name)
        if found.abbreviation:
            return views.Label(language=self.language, text=found.abbreviation)
        return self.label(found.name)

    def in_full(self, name: str) -> views.Label:
        """Return a side or an organisation, by its name."""
        return self.label(self._named(name).name)

    def _named(self, name: str) -> Side | Organisation:
        return self.library.sides.get(name) or self.library.organisations[name]

    def who(self, names: Iterable[str]) -> views.Who:
        """Return those who said or owe something."""
        found = tuple(names)
        key = "who", found, self.by_name, self.words.code
        return self.library.once(key, lambda: self._who(found))

    def _who(self, names: tuple[str, ...]) -> views.Who:
        sides = () if self.by_name else tuple(self.library.sides)
        rest = [side for side in sides if side not in names]
        most = (
            set(names) < set(sides)
            and len(rest) <= MOST_LEFT_OUT
            and FEW_OF * len(rest) < len(names)
        )
        return views.Who(
            everyone=set(names) == set(sides),
            names=tuple(map(self.party, names)),
            but=tuple(map(self.party, rest if most else ())),
        )

    def line(self, item: Sourced) -> views.Line:
        """Return a short text with its sources."""
        return self.text(item.text, item.source, date=item.date, inferred=item.inferred)

    def text(
        self,
        text: str,
        source: Iterable[Citation],
        *,
        date: When | None = None,
        inferred: bool = False,
        most: int | None = ENOUGH,
    ) -> views.Line:
        """Return ``text`` with its sources; it says itself if only weak sources support it."""
        cited = tuple(source)
        weak = self.library.is_weak(cited)
        return views.Line(
            text=text,
            refs=self.sources.cite(cited, most=most),
            date=date,
            inferred=inferred,
            weak=weak,
        )

    def lines(self, items: Iterable[Sourced]) -> tuple[views.Line, ...]:
        """Return those of the texts whose date is known on the day."""
        return tuple(self.line(item) for item in items if self.snapshot.knows(item.date))

    def entry(self, entry: Entry, *, most: int | None = ENOUGH) -> views.Line:
        """Return a line of a history, with ``most`` of its sources."""
        if entry.where:
            self.sources.search(entry.where)
        cited = entry.source or ()
        return self.text(
            self.told(entry), cited, date=entry.when, inferred=entry.inferred, most=most
        )

    def told(self, entry: Entry) -> str:
        """Return what a line of a history says, of whom, and whether these say so themselves."""
        text = entry.text
        if whom := of_whom(self, entry):
            text = self.words.say("of_owners", who=whom, text=text)
        if not entry.self_reported:
            return text
        who = self.party(entry.self_reported).text
        return self.words.say("self_reported", text=text, who=who)

    def made(self, owned: Owned) -> When | None:
        """Return when a statement was made: on the date of its meeting, or of the signing."""
        if owned.statement.made:
            return owned.statement.made
        if owned.meeting:
            return owned.meeting.date
        return owned.agreement.signed_on if owned.agreement else None

    def followed(self, owned: Owned) -> views.Followed:
        """Return a statement with what became of it by the day."""
        statement = owned.statement
        standing = self.snapshot.standing(statement, self.made(owned))
        refs, inferred = self.sources.cite(statement.source), standing.inferred
        inferred = inferred and statement.has_status
        due_words = statement.due_words if standing.due == statement.due else None
        return views.Followed(
            id=statement.id or "",
            verb=verb_of(statement, self.words),
            text=text_of(statement, self.words),
            short=in_short(statement, self.words),
            quote=statement.quote,
            who=self.who(statement.by),
            strength=statement.strength,
            due=standing.due,
            due_words=due_words,
            by_when=by_when(standing.due, due_words, self.words),
            refs=refs,
            evidence=self.entry(standing.latest) if standing.latest else None,
            checked=standing.latest.checked if standing.latest else None,
            looked=self._looked(statement, standing.latest),
            reported=tuple(self.entry(entry) for entry in standing.reported),
            standing=views.StatusTold(
                status=standing.status if statement.has_status else None,
                inferred=inferred,
                unmarked=inferred
                and not (standing.latest is not None and standing.latest.inferred),
                overdue_since=standing.overdue_since,
                not_checked_after=standing.not_checked_after,
                not_checked_since=standing.not_checked_since,
                last_heard=standing.last_heard,
                changed=has_changed(self.snapshot, statement),
                owners=of_owners(self, standing) if statement.has_status else (),
                apart=apart(self, standing) if statement.has_status else "",
            ),
        )

    def was_said(self, owned: Owned) -> bool:
        """Return whether a statement was made by the day."""
        return self.snapshot.was_said(owned)

    def said(self, meeting: Meeting) -> tuple[Statement, ...]:
        """Return what was said by the day at a meeting held, in the order of the document."""
        return tuple(
            statement
            for statement in meeting.statements.items
            if self.snapshot.knows(statement.made)
        )

    def _looked(self, statement: Statement, latest: Entry | None) -> When | None:
        """Return the day of the newest check after the newest evidence."""
        check = self.snapshot.looked_since(statement.history, latest)
        if check is None:
            return None
        self.sources.search(check.where or "")
        return check.checked

    def disagreements(
        self, about: set[str], besides: Container[str] = ()
    ) -> tuple[views.DisagreementTold, ...]:
        """Return where sources disagree about any of these records, if they exist on the day.

        Those with the ids ``besides`` are told elsewhere.
        """
        return tuple(
            views.DisagreementTold(
                fact=item.fact,
                values=tuple(
                    views.Line(text=value.value, refs=self.sources.cite(value.source, most=1))
                    for value in item.values
                ),
                used=item.used,
                why=item.why,
                told=self.words.say(
                    "used_here", used=ended(item.used), why=sentence(item.why, self.words)
                ),
            )
            for item in self.library.disagreements.values()
            if item.id not in besides
            and about.intersection(item.about)
            and self.snapshot.knows(item.since)
        )

    def corrections(self, *reports: str, about: Iterable[str] = ()) -> tuple[views.Corrected, ...]:
        """Return what reports, or those on records, said wrong, as far as it was found by now."""
        wrong, records = {*reports}, {*about}
        known = [
            item
            for item in self.library.corrections.values()
            if not (wrong.isdisjoint(item.report) and records.isdisjoint(item.about))
            and self.snapshot.knows(item.on)
        ]
        known.sort(key=lambda item: item.on, reverse=True)
        told = ((item, *corrected(item, self.words)) for item in known)
        return tuple(
            views.Corrected(
                id=item.id,
                head=head,
                text=text,
                day=item.on,
                refs=self.sources.cite(item.source or ()),
            )
            for item, head, text in told
        )

    def masthead(
        self, heading: views.Heading, own: Mapping[str, str] | None = None
    ) -> views.Masthead:
        """Return what stands at the head and foot of every page.

        ``own`` has what a record says of its handling, in place of what holds for the project.
        """
        project, edition = self.library.project, self.library.edition
        handling = project.handling.model_copy(update=dict(own or {}))
        series, called = self.label(project.series), title(heading, self.words)
        return views.Masthead(
            title=called,
            head=shortened(series.text, LONGEST_HEAD),
            foot=shortened(called, LONGEST_HEAD),
            series=series,
            short=self.label(project.short),
            author=project.author,
            edition=edition,
            marking=handling.public_marking if is_public(edition) else handling.marking,
            addressee=None if is_public(edition) else handling.addressee,
            drafted_by=handling.drafted_by,
            cleared_by=handling.cleared_by,
            contact=None if is_public(edition) else handling.contact,
            version=handling.version,
            imprint=shortened(self._imprint(handling), 2 * LONGEST_HEAD),
            desk=self.library.desk,
            paper=project.paper,
            predictions=project.predictions,
        )

    def _imprint(self, handling: Handling) -> str:
        words = self.words
        contact = None if is_public(self.library.edition) else handling.contact
        drafted = [name for name in (handling.drafted_by, contact) if name]
        parts = [words.say("imprint_drafted", name=", ".join(drafted))] if drafted else []
        if handling.cleared_by == NOT_CLEARED:
            parts.append(words.say("not_cleared"))
        elif handling.cleared_by:
            parts.append(words.say("imprint_cleared", name=handling.cleared_by))
        return words.say("dot").join(parts)

    def speaks(self) -> views.Speaks:
        """Return the day for which the report speaks. Call it last, after all that is shown."""
        researched = self.library.project.researched_until
        seen = self.snapshot.changed or min(self.snapshot.day, researched.last)
        if researched.last < self.snapshot.day:
            seen = max(seen, researched.last)
        day = self.snapshot.day if self.asked else seen
        searched = min(day, researched.last)
        until = self.words.when(researched)
        parts = (
            self.words.say("as_of", date=self.words.day(day)),
            self.words.say("searched_until", date=until)
            if searched < day
            else self.words.say("searched_all"),
        )
        text = self.words.say("dot").join(parts)
        return views.Speaks(day=day, asked=self.asked, searched=searched, text=text)


def settled(make: Callable[Concatenate[Context, P], V]) -> Callable[Concatenate[Context, P], V]:
    """Let a function answer without citing anything.

    Of the days that it looks at, only the one on which its answer last changed counts.
    """

    @wraps(make)
    def answer(context: Context, /, *args: P.args, **kwargs: P.kwargs) -> V:
        return context.settled(lambda found: make(found, *args, **kwargs))

    return answer

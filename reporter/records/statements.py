"""Statements, the promises among them, and what became of them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, RootModel, model_validator

from reporter.dates import When, invalid
from reporter.records.base import (
    CommitmentId,
    Id,
    Many,
    MatterId,
    Names,
    Number,
    Numerous,
    OrganisationId,
    PartyId,
    PersonId,
    Quote,
    Record,
    RecordId,
    Reviewed,
    Some,
    Sources,
    SubjectId,
    Truth,
    distinct_names,
)
from reporter.records.brevity import words

MOST_WORDS = 45  # of a bottom line, with what the program adds to it

Status = Literal[
    "met",
    "partly met",
    "in progress",
    "open",
    "slipped",
    "missed",
    "overtaken",
    "standing",
    "not verified",
]
"""What a person may set. "Met late", "overdue" and "not checked since" are derived from dates."""


class Scores(RootModel[Annotated[dict[Status, Number], Field(min_length=1)]]):
    """What statuses count in averages: ``{met: 1, in progress: 0, missed: -1}``."""

    model_config = ConfigDict(defer_build=True, frozen=True)


TurnedOut = Literal["confirmed", "not confirmed", "not known"]
"""How a forecast turned out; it binds nobody, so nothing is kept or broken."""

Strength = Literal[
    "committed",
    "intends",
    "shared view",
    "looks forward",
    "interest",
    "planned",
    "standing",
    "not verified",
]
"""How strongly it was said that something will be done; only the first is a promise, the others are
expectations."""

OF_ITSELF: tuple[Status, ...] = ("open", "in progress")
"""What those who owe something may say of it without a source."""

PROMISES: frozenset[Strength] = frozenset({"committed"})
PLANS: frozenset[Strength] = frozenset({"intends", "planned"})
"""What somebody means to do, and did not promise: with a date it has a status."""


class Entry(Numerous, Record):
    """One line of a history: evidence (``date``), or a check that found nothing (``checked``).

    The day may be the key of its text, with its status: '2023-06-13 met: It is built',
    '2023-06-13 in progress (inferred): ...', 'checked 2024-01-10: ...'.
    """

    date: When | None = None
    """The day of what happened, as the source dates it (not the day on which it was published)."""
    checked: When | None = None
    """The day on which somebody looked and found nothing."""
    where: str | None = None
    """With ``checked``: where they looked, unless the record's ``defaults`` say it."""
    text: str
    """What happened, or what was looked for, in our own words."""
    status: Status | None = None
    """The status from then on, set by a person. A weak source alone sets none."""
    due: When | None = None
    """With ``slipped``: the new day by which it is to be done, which holds from the date of the
    entry."""
    parties: Annotated[Many[PartyId], distinct_names("parties")] = ()
    """Of whom it tells, of those who owe the promise; without it, of all of them."""
    turned_out: TurnedOut | None = None
    """Of a forecast, in place of a status: how it turned out, set by a person."""
    inferred: Truth = False
    """Whether the link between this evidence and the statement is ours, not the source's."""
    self_reported: PartyId | None = None
    """Who told us so of what they owe, when asked. Without a source it can say 'in progress', and
    never 'met'."""
    about: Many[RecordId] = ()
    """Records that this entry is about."""
    source: Sources | None = None
    """The document that says so. A check needs none, nor does what is self-reported."""
    internal: Truth = False
    """Whether the public edition leaves it out."""
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""

    @model_validator(mode="after")
    def _is_evidence_or_check(self) -> Self:
        if (self.date is None) == (self.checked is None):
            hint = "split it into two entries" if self.date else "add the one that fits"
            raise invalid(
                "entry",
                "an entry of a history has either 'date' (an evidence) "
                "or 'checked' (nothing was found)",
                hint,
            )
        if self.date is not None and self.source is None:
            self._check_is_reported()
        if self.due is not None and self.status != "slipped":
            message = "a new 'due' where nothing was moved"
            raise invalid("due", message, "add 'status: slipped', or leave it out", ("due",))
        if self.checked is not None and self.where is None:
            raise invalid("where", "a check that does not say where one looked", "add 'where:'")
        if self.checked is not None and self.status not in {None, "not verified"}:
            message = f"a check that found nothing cannot set the status '{self.status}'"
            raise invalid("status", message, "give the evidence instead", ("status",))
        if self.checked is not None and self.turned_out not in {None, "not known"}:
            message = f"a check that found nothing cannot say '{self.turned_out}'"
            raise invalid("outcome", message, "give the evidence instead", ("turned_out",))
        return self

    def _check_is_reported(self) -> None:
        """Refuse what neither a document says nor those who owe it; and too much of these."""
        if self.self_reported is None:
            hint = "add 'source:' with the id of a document"
            raise invalid("source", "an evidence without a source", hint)
        if self.status not in {None, *OF_ITSELF}:
            message = (
                f"what is self-reported cannot set the status '{self.status}' without a source"
            )
            hint = f"add 'source:', or leave it at '{OF_ITSELF[-1]}'"
            raise invalid("status", message, hint, ("status",))

    @property
    def when(self) -> When:
        """The day of the evidence or of the check."""
        when = self.date or self.checked
        assert when is not None  # noqa: S101 (the validator has seen to it)
        return when

    def tells_of(self, owner: str) -> bool:
        """Return whether it tells of one of those who owe the promise."""
        return not self.parties or owner in self.parties


class Statement(Numerous, Record):
    """Something said in a document: whose statement it is, its verb, and what it is about."""

    id: Id | None = None
    """Needed where something else refers to it, and for each promise and expectation."""
    subjects: Many[SubjectId] = ()
    """What it is about; comparisons between meetings are made on these."""
    by: Some[PartyId]
    """Whose statement it is; of a promise, who owes it: sides or bodies."""
    verb: str
    """The verb of the document: exchanged views, welcomed, affirmed, recalled, committed. It may be
    the key of its ``text``: 'welcomed: the plan'."""
    text: str
    """What was said, in our own words, as strong as the document, to follow the verb: 'to deepen
    the links between the industries'."""
    short: str | None = None
    """The same in a few words, for tables and page one; default is ``text``."""
    quote: Quote | None = None
    """Words of the document, where they matter: twelve at most."""
    strength: Strength | None = None
    """For promises and expectations: how strongly it is said that something will be done.
    ``committed`` makes a promise, the others an expectation."""
    made: When | None = None
    """When it was said, if not on the day of the meeting or of the signing."""
    due: When | None = None
    """By when, if the document says so."""
    due_words: str | None = None
    """The document's words, where ``due`` is our reading of them: 'early 2014', 'fiscal 2026'."""
    repeats: CommitmentId | None = None
    """The earlier promise or expectation that this one repeats."""
    same_as: MatterId | None = None
    """The same promise at another place: its id; or the track of a programme that shows what became
    of it, ``ferry#delivery``. They share evidence and status."""
    about: Many[RecordId] = ()
    """Agreements, policies, programmes and bodies that it refers to."""
    history: tuple[Entry, ...] = ()
    """What became of it, oldest first."""
    desk_officer: str | None = None
    """Who follows it up in our house, if not the one whom ``project.yaml`` names: a person or a
    desk. Never public."""
    internal: Truth = False
    """Whether the public edition leaves it out."""
    source: Sources
    """The document and, where it has paragraphs, the paragraph."""
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""

    @model_validator(mode="after")
    def _tracked_has_an_id(self) -> Self:
        if self.id is None and (self.strength or self.history or self.same_as):
            hint = "add 'id:', for example 'c8-01'"
            raise invalid("id", "a promise or expectation without an id", hint)
        return self

    @model_validator(mode="after")
    def _is_no_forecast(self) -> Self:
        for index, entry in enumerate(self.history):
            if entry.turned_out:
                message = "'turned_out' is for a forecast: what was said has a status"
                where = ("history", index, "turned_out")
                raise invalid("outcome", message, "write 'status:' instead", where)
        return self

    @model_validator(mode="after")
    def _tells_of_owners(self) -> Self:
        for index, entry in enumerate(self.history):
            if strangers := [name for name in entry.parties if name not in self.by]:
                message = f"'{strangers[0]}' does not owe '{self.id}'"
                hint = f"a line tells of those in its 'by': {', '.join(self.by)}"
                raise invalid("owner", message, hint, ("history", index, "parties"))
        return self

    @property
    def is_promise(self) -> bool:
        """Whether somebody promised to do it (``committed``)."""
        return self.strength in PROMISES

    @property
    def has_status(self) -> bool:
        """Whether it can be kept or broken: a promise, or a plan with a date."""
        return self.is_promise or bool(self.strength in PLANS and self.due)


class Forecast(Record):
    """What somebody else predicted, and how it turned out. Never briefed as a fact."""

    id: Id
    """For example ``f-01``."""
    text: str
    """What was predicted, in our own words."""
    date: When
    """When it was predicted."""
    due: When | None = None
    """For when it was predicted."""
    history: tuple[Entry, ...] = ()
    """How it turned out, oldest first."""
    internal: Truth = False
    """Whether the public edition leaves it out."""
    source: Sources
    """The document that predicts it."""
    reviewed: Reviewed | None = None
    """Who reviewed it, as ``reporter review`` writes it."""

    @model_validator(mode="after")
    def _has_no_status(self) -> Self:
        for index, entry in enumerate(self.history):
            if entry.status:
                hint = (
                    "say how it turned out: 'turned_out: confirmed', 'not confirmed', 'not known'"
                )
                message = f"a forecast cannot be '{entry.status}': it binds nobody"
                raise invalid("status", message, hint, ("history", index, "status"))
            if entry.parties:
                message = "'parties' is for a promise: nobody owes a forecast"
                where = ("history", index, "parties")
                raise invalid("owner", message, "leave it out", where)
        return self


class Sourced(Record):
    """A short text with its source, and its date where it has one."""

    text: str
    date: When | None = None
    inferred: Truth = False
    """Whether it is our conclusion from the sources, not their word."""
    internal: Truth = False
    """Whether the public edition leaves it out."""
    source: Sources


def _for_all(summary: Sourced) -> Sourced:
    if summary.internal:
        hint = (
            "the public edition needs it: leave 'internal' out, "
            "and write elsewhere what is not for all"
        )
        raise invalid("internal", "a summary cannot be internal", hint, ("internal",))
    if (found := words(summary.text)) > MOST_WORDS:
        hint = f"it is a bottom line, which has room for {MOST_WORDS}: put the rest elsewhere"
        raise invalid(
            "long", f"the summary has {found} words, {found - MOST_WORDS} too many", hint, ("text",)
        )
    return summary


Summary = Annotated[Sourced, AfterValidator(_for_all)]


class Post(Record):
    """A person in an official post, as a source names them."""

    person: PersonId | None = None
    """Who, if named."""
    organisation: OrganisationId
    """The body for which they act."""
    post: Names | None = None
    """The post, as the source gives it."""
    source: Sources

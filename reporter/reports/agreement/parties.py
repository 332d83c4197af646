"""The parties to an agreement: who signed, is bound or withdrew, and with which reservations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.language import clause
from reporter.library.force import bonds, entered
from reporter.records.agreement import ActName
from reporter.reports.views import Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.library.force import Bond, Reservation
    from reporter.records.agreement import Act, Agreement
    from reporter.reports.common.context import Context

MOST_NAMED = 8  # parties, beside the facts of an agreement


class Reserved(View):
    """A reservation of a party, or an objection: what it is about, and until when it held."""

    text: str
    date: When
    withdrawn: When | None = None
    refs: Refs


class PartyRow(View):
    """How a party stands to an agreement on the day."""

    id: str
    name: Label
    signed: When | None
    act: ActName | None
    """By which act it is bound, or was."""
    bound: When | None
    in_force: When | None
    """From when it is in force for the party; None where that does not follow yet."""
    is_in_force: bool
    provisional: When | None
    """Since when it applies it provisionally, where it is not in force for it."""
    left: ActName | None
    """How it withdrew."""
    until: When | None
    """From when it is not bound any more; that may lie ahead."""
    notes: tuple[str, ...]
    """What the columns do not say: that it applies it provisionally, that it withdrew."""
    reservations: tuple[Reserved, ...]
    objections: tuple[Reserved, ...]
    refs: Refs


class Participation(View):
    """Who takes part in an agreement on the day."""

    text: str
    """How many signed, are bound and withdrew, and for how many it is in force, in a sentence."""
    signed: int
    bound: int
    in_force: int
    provisional: int
    """How many apply it provisionally."""
    left: int
    ahead: When | None
    """When it enters into force, where that is certain and still to come."""
    coming: str
    """The same in words."""
    many: bool
    """Whether they are too many to be named beside the facts."""
    rows: tuple[PartyRow, ...]
    has_remarks: bool
    """Whether any of them made a reservation or an objection."""


def participation(context: Context, agreement: Agreement) -> Participation | None:
    """Return who takes part in an agreement by the acts that are known on the day."""
    day = context.snapshot.day
    known = tuple(act for act in agreement.acts if context.snapshot.knows(act.date))
    if not known:
        return None
    found = bonds(agreement, known, day)
    rows = tuple(_row(context, bond) for bond in found)
    decided = entered(agreement)
    is_ahead = decided and decided.decided.known_on(day) and not decided.day.known_on(day)
    ahead = decided.day if decided and is_ahead else None
    numbers = {
        "signed": sum(bond.signed is not None for bond in found),
        "bound": sum(bond.is_bound(day) for bond in found),
        "in_force": sum(bond.is_in_force(day) for bond in found),
        "provisional": sum(bond.is_provisional(day) for bond in found),
        "left": sum(bond.until is not None and bond.until.known_on(day) for bond in found),
    }
    unclear = any(bond.is_bound(day) and bond.since is None for bond in found)
    return Participation(
        text=_sentence(context, numbers, unclear=unclear),
        **numbers,
        ahead=ahead,
        coming=context.words.say("force_ahead", date=context.words.when(ahead)) if ahead else "",
        many=len(rows) > MOST_NAMED,
        rows=rows,
        has_remarks=any(row.reservations or row.objections for row in rows),
    )


def known_parties(agreement: Agreement, found: Participation | None) -> Iterable[str]:
    """Return the parties that are known on the day: where acts are on record, who did any."""
    return [row.id for row in found.rows] if found else agreement.parties


def _sentence(context: Context, numbers: dict[str, int], *, unclear: bool) -> str:
    """Return ``Signed by 60, bound are 43, in force for 41; two withdrew.``.

    ``unclear`` says that since when it is in force is not on record for all who are bound.
    """
    words = context.words
    keys = {"in_force": "in_force_at_least"} if unclear else {}
    told = [
        words.say(f"parties_{keys.get(key, key)}", n=number)
        for key, number in numbers.items()
        if number
    ]
    return words.capital(words.say("parties_counted", counts=words.list(told)))


def _row(context: Context, bond: Bond) -> PartyRow:
    day = context.snapshot.day
    provisional = bond.provisional if bond.is_provisional(day) else None
    shown = [act for act in (bond.signed, provisional, bond.bound, bond.left) if act]
    for when in (bond.since, bond.until):
        context.snapshot.knows(when)  # its day counts
    objections = [act for act in bond.acts if act.what == "objected"]
    return PartyRow(
        id=bond.party,
        name=context.in_full(bond.party),
        signed=bond.signed.date if bond.signed else None,
        act=bond.bound.what if bond.bound else None,
        bound=bond.bound.date if bond.bound else None,
        in_force=None if bond.was_never_in_force else bond.since,
        is_in_force=bond.is_in_force(day),
        provisional=provisional.date if provisional else None,
        left=bond.left.what if bond.left else None,
        until=bond.until,
        notes=tuple(_notes(context, bond)),
        reservations=tuple(_reserved(context, one) for one in bond.reservations),
        objections=tuple(_remark(context, act) for act in objections),
        refs=context.sources.cite(*(act.source for act in shown)),
    )


def _notes(context: Context, bond: Bond) -> Iterator[str]:
    words, day = context.words, context.snapshot.day
    if bond.provisional and bond.is_provisional(day):
        since = words.when(bond.provisional.date, short=True)
        yield words.say("party_provisional", date=since)
    if bond.left and bond.until:
        of = words.of("act", bond.left.what)
        on, until = (words.when(when, short=True) for when in (bond.left.date, bond.until))
        key = "party_left" if bond.until.known_on(day) else "party_leaves"
        key = "party_act" if bond.was_never_in_force else key
        yield words.say(key, act=of, on=on, until=until, date=on)


def _reserved(context: Context, reservation: Reservation) -> Reserved:
    withdrawn = reservation.withdrawn
    found = _remark(context, reservation.made)
    if withdrawn is None:
        return found
    refs = context.sources.cite(reservation.made.source, withdrawn.source)
    return found.model_copy(update={"withdrawn": withdrawn.date, "refs": refs})


def _remark(context: Context, act: Act) -> Reserved:
    """Return a reservation or an objection: to what it is, and what it says."""
    words = context.words
    says = [clause(act.text)] if act.text else []  # its day follows
    told = [act.to or words.of("act_alone", act.what), *says]
    refs = context.sources.cite(act.source)
    return Reserved(text=words.say("remark_between").join(told), date=act.date, refs=refs)

"""How an agreement relates to others: links in its own record, and in others to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import agreement_id
from reporter.dates import When
from reporter.records.agreement import RelationName
from reporter.reports.views import Label, Line, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.agreement import Agreement, Link
    from reporter.reports.common.context import Context


class Relation(View):
    """Another agreement, and how the two stand to each other."""

    report: str
    """Name of the files of the report on it."""
    name: Label
    type: str
    signed: When | None
    """None where the date of signing is not verified."""
    relation: RelationName
    back: bool
    """False: this agreement implements the other; true: the other implements this one."""
    line: Line
    """In what respect; its text may be empty."""


def relations(context: Context, agreement: Agreement) -> tuple[Relation, ...]:
    """Return what it rests on, then what rests on it, each by date, then what is beside it.

    Only what exists on the day counts.
    """
    found = list(_links(context, agreement))
    found.sort(key=lambda item: (item[1].relation == "beside", item[2], item[0].oldest_first))
    return tuple(
        Relation(
            report=agreement_id(other.id),
            name=context.label(other.short),
            type=other.type,
            signed=other.signed_on,
            relation=link.relation,
            back=back,
            line=context.text(link.text or "", link.source or (), inferred=link.inferred),
        )
        for other, link, back in found
    )


def _links(context: Context, agreement: Agreement) -> Iterator[tuple[Agreement, Link, bool]]:
    """Yield each other agreement with its link; two that name each other as beside are one pair."""
    others = context.library.agreements
    beside = {link.agreement for link in agreement.links if link.relation == "beside"}
    for link in agreement.links:
        if context.snapshot.is_made(others[link.agreement]):
            yield others[link.agreement], link, False
    for other in others.values():
        for link in other.links:
            twice = link.relation == "beside" and other.id in beside
            if link.agreement == agreement.id and not twice and context.snapshot.is_made(other):
                yield other, link, True

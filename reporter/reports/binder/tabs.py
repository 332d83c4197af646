"""Which reports a binder holds, and which of them cannot be had on a day or in an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import Choice
from reporter.library.snapshot import Snapshot
from reporter.reports import is_there
from reporter.reports.choose import missing, review_first
from reporter.reports.views import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reporter.library import Library
    from reporter.records.visit import Tab, Visit

OTHER_BINDER = "take it out of the binder"
OTHER_DAY = f"{OTHER_BINDER}, or choose a later day with --as-of"
OTHER_EDITION = f"{OTHER_BINDER}, or mark the visit 'internal: true'"


def choice_of(tab: Tab) -> Choice:
    """Return the choice of the report behind a tab; a record names no report that cannot be."""
    found = Choice.named(tab.report)
    if found is None:
        message = f"{tab.report} was read as the name of a report"
        raise AssertionError(message)
    return found


def refusals(library: Library, visit: Visit, day: date) -> Iterator[Refusal]:
    """Yield why reports of a binder cannot be had on a day, each with its place in the record."""
    snapshot = Snapshot(library, day)
    for index, tab in enumerate(visit.reports):
        choice = choice_of(tab)
        if absent := missing(library, choice):
            message = f"the report '{tab.report}' is not in the {library.edition} edition"
            first = review_first(library, absent[0][1])
            told = message, f"{first}; or {OTHER_BINDER}" if first else OTHER_EDITION
        elif not is_there(snapshot, choice):
            told = f"the report '{tab.report}' cannot be had on {day}", OTHER_DAY
        else:
            continue
        yield Refusal(visit.id, ("reports", index, "report"), *told)

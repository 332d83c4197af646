"""A visit, a summit or another event, with the binder of reports for those who go.

It is no fact of the series: in place of a source it says who drafted it and who cleared it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from reporter.dates import When, invalid
from reporter.records.base import Id, Names, Record, Some, Truth
from reporter.records.register import Marking
from reporter.records.reportnames import TabName

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


class Tab(Record):
    """A report in a binder."""

    report: TabName
    """Its name, as ``reporter list`` shows it, or its kind and what it is about: 'meeting 8'."""
    title: str | None = None
    """What its tab is called, where that is not the title of the report."""
    note: str | None = None
    """What to look at in it: one line of the contents."""


class _OrName:
    """Lets an editor accept a report of which nothing is said but its name."""

    def __get_pydantic_json_schema__(
        self,
        schema: Any,  # noqa: ANN401 (as the caller has it)
        handler: GetJsonSchemaHandler,
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


def _whole(tab: object) -> object:
    """Return a report of which nothing else is said, written as its name alone, as a mapping."""
    return {"report": tab} if isinstance(tab, str) else tab


def _once(tabs: tuple[Tab, ...]) -> tuple[Tab, ...]:
    seen: dict[str, int] = {}
    for index, tab in enumerate(tabs):
        if tab.report in seen:
            message = f"the report '{tab.report}' is in the binder twice"
            hint = f"it is tab {seen[tab.report] + 1} already: take it out here"
            raise invalid("repeated", message, hint, (index,))
        seen[tab.report] = index
    return tabs


class Visit(Record):
    """An event, and the package of reports for it."""

    id: Id
    title: Names
    """What it is called, in each language: 'Visit of the Minister to Paris'."""
    date: When | None = None
    """When it is, as far as that is known."""
    place: str | None = None
    """Where it is: 'Paris'."""
    addressee: str | None = None
    """For whom the binder is, in the internal edition, if not as ``handling`` says it."""
    marking: Marking | None = None
    """That of the cover and of the contents, if it is higher than that of the reports; not in the
    public edition."""
    drafted_by: str | None = None
    cleared_by: str | None = None
    contact: str | None = None
    """Where whoever drafted it can be reached; not in the public edition."""
    version: str | None = None
    internal: Truth = False
    """Whether there is no public edition of it."""
    reports: Annotated[
        Some[Annotated[Tab, BeforeValidator(_whole), _OrName()]], AfterValidator(_once)
    ]
    """The reports, in the order of their tabs."""

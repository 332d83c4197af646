"""Linked data for the head of a page: what a report is about, in terms of schema.org (JSON-LD).

The context is only a vocabulary and stands in the page, so that a processor fetches nothing. Where
a name has a language, the language stands with it. The data say nothing that the report does not
say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reporter.reports.agreement.view import AgreementReport
from reporter.reports.comparison.view import ComparisonReport
from reporter.reports.headings import title
from reporter.reports.index.view import IndexReport
from reporter.reports.meeting.view import MeetingReport
from reporter.reports.series.view import SeriesReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.dates import When
    from reporter.language import Language
    from reporter.reports.common.meetings_table import MeetingRow
    from reporter.reports.comparison.view import Met
    from reporter.reports.views import Heading, Label, Report

Json = dict[str, Any]

CONTEXT = {"@vocab": "https://schema.org/"}
# Agreements of these types bind as law does; all others are works that somebody made, except a
# negotiation, which is not a work.
_BINDING = frozenset({"treaty-level agreement", "exchange of notes"})
_UNWRITTEN = frozenset({"negotiation"})
_MODES = {"online": "OnlineEventAttendanceMode", "hybrid": "MixedEventAttendanceMode"}
_FORCE = {"in force": "https://schema.org/InForce", "not yet": "https://schema.org/NotInForce"}


def linked_data(report: Report, words: Language) -> Json:
    """Return the linked data of a report.

    That is an event or an agreement with the report on it, or the report with its subject.
    """
    series = {"@type": "EventSeries", "name": _text(report.masthead.series)}
    about = _report(report, words)
    match report:
        case MeetingReport():
            found = _held(report, words) | {
                "superEvent": series,
                "subjectOf": [about, *_document(report)],
            }
        case AgreementReport():
            found = _agreement(report) | {"subjectOf": about}
        case ComparisonReport():
            found = about | {
                "about": [
                    _met(met, words) | {"superEvent": series}
                    for met in (report.earlier, report.later)
                ]
            }
        case SeriesReport():
            found = about | {
                "about": series | _some("subEvent", [_met(row, words) for row in report.meetings])
            }
        case IndexReport():
            found = (
                about
                | {"@type": "CollectionPage", "about": series}
                | _some("hasPart", _parts(report, words))
            )
        case _:
            found = about | {"about": series}
    return {"@context": CONTEXT, **found}


def _report(report: Report, words: Language) -> Json:
    return {
        "@type": "Report",
        "name": title(report.heading, words),
        "inLanguage": words.code,
        "author": report.masthead.author,
        "dateModified": report.speaks.day.isoformat(),
    }


def _held(report: MeetingReport, words: Language) -> Json:
    """Return a meeting; of one that was only announced nobody is said to have come."""
    place, bodies = report.place, [body for side in report.participants for body in side.bodies]
    event: Json = {
        "@type": "Event",
        "name": _texts(report.titles) or title(report.heading, words),
        **_period(report.date, report.heading),
        **_attended(report.heading),
        **_location(report.heading, place.building if place else ()),
    }
    if report.evidence == "announced":
        return event
    chairs = [chair.body for side in report.chairs if not side.led for chair in side.chairs]
    listed = {body.name[0] for body in bodies}
    heads = [chair.body for side in report.chairs if side.led for chair in side.chairs]
    event |= _some("organizer", [_body(body) for body in chairs])
    return event | _some(
        "attendee",
        [
            *(_body(head) for head in heads if head not in listed),
            *(_body(*body.name, abbreviation=body.abbreviation) for body in bodies),
        ],
    )


def _met(met: Met | MeetingRow, words: Language) -> Json:
    event = {"@type": "Event", "name": title(met.heading, words)}
    when = _period(met.date, met.heading)
    return event | when | _attended(met.heading) | _location(met.heading)


def _document(report: MeetingReport) -> list[Json]:
    return (
        [{"@type": "CreativeWork", "name": _text(report.document.title)}] if report.document else []
    )


def _agreement(report: AgreementReport) -> Json:
    named: Json = {
        "name": _texts(report.titles) or _text(report.name),
        "alternateName": _text(report.name),
    }
    named["description"] = report.summary.text
    if report.type in _UNWRITTEN:
        return {"@type": "Thing", **named}
    binding, date = report.type in _BINDING, report.signature.date if report.signature else None
    named["legislationType" if binding else "genre"] = report.type
    if date and not date.is_range:
        named["legislationDate" if binding else "dateCreated"] = str(date)
    if binding and report.force.state in _FORCE:
        named["legislationLegalForce"] = {"@id": _FORCE[report.force.state]}
    based = [
        item
        for item in report.relations
        if item.relation in {"rests on", "implements"} and not item.back
    ]
    named |= _some(
        "isBasedOn", [{"@type": "CreativeWork", "name": _text(item.name)} for item in based]
    )
    return {"@type": "Legislation" if binding else "CreativeWork", **named}


def _parts(report: IndexReport, words: Language) -> list[Json]:
    entries = [entry for group in report.groups for entry in group.entries]
    return [
        {"@type": "Report", "name": title(entry.heading, words), "url": f"{entry.id}.html"}
        for entry in entries
    ]


def _period(when: When, heading: Heading) -> Json:
    """Return start and end, as exact as documents give them; an unknown start is left out."""
    length = {"day": 7, "month": 4, "year": 0}.get(heading.date_inferred or "", 10)
    found = {} if when.start is None else {"startDate": str(when.start)[:length]}
    return {key: day for key, day in (found | {"endDate": str(when.end)[:length]}).items() if day}


def _attended(heading: Heading) -> Json:
    mode = _MODES.get(heading.form or "")
    return {"eventAttendanceMode": {"@id": f"https://schema.org/{mode}"}} if mode else {}


def _location(heading: Heading, building: tuple[Label, ...] = ()) -> Json:
    """Return the city in which a meeting was held, if it was held in one."""
    city = heading.city
    if not city:
        return {}
    address = {"@type": "PostalAddress", "addressLocality": city}
    return {"location": {"@type": "Place", "name": _texts(building) or city, "address": address}}


def _body(*names: Label, abbreviation: str | None = None) -> Json:
    body: Json = {"@type": "Organization", "name": _texts(names)}
    return body | ({"alternateName": abbreviation} if abbreviation else {})


def _some(key: str, items: list[Json]) -> Json:
    return {key: items} if items else {}


def _texts(labels: Iterable[Label]) -> list[Json]:
    return [_text(label) for label in labels]


def _text(label: Label) -> Json:
    return {"@language": label.language, "@value": label.text}

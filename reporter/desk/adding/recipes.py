"""What a new record of each kind asks for, and what is made of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from reporter.records.base import NOT_VERIFIED
from reporter.records.meeting import APART, Meeting, MeetingKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from reporter.desk.adding.questions import Form
    from reporter.records.project import Contents
    from reporter.records.reader import Plain

RecordFields = dict[str, "Plain"]


def _body(form: Form, _: str) -> RecordFields:
    return {name: form.field(name) for name in ("name", "side", "abbreviation")}


def _person(form: Form, _: str) -> RecordFields:
    return {"name": form.field("name")}


def _subject(form: Form, _: str) -> RecordFields:
    return {name: form.field(name) for name in ("name", "area")}


def _document(form: Form, _: str) -> RecordFields:
    language = form.contents.settings.language
    return {
        "title": form.field("title"),
        "publisher": form.field("publisher"),
        "date": form.field("date", unsure=True),
        "language": form.field("language", default=language),
        "address": form.field("address"),
        "standing": form.field("standing", default="official"),
        "kind": form.field("kind"),
        "read": form.field("read", default="full"),
        "paragraphs": form.field("paragraphs"),
    }


def _policy(form: Form, _: str) -> RecordFields:
    name, side = form.field("name"), form.field("side")
    version = {
        "name": form.field("versions.name", "version"),
        "date": form.field("versions.date", unsure=True),
        "source": _source(form, "versions.source"),
    }
    return {"name": name, "side": side, "versions": [version]}


def _agreement(form: Form, _: str) -> RecordFields:
    sides: list[Plain] = [side.id for side in form.contents.settings.sides]
    return {
        "short": form.field("short"),
        "title": form.field("title", unsure=True),
        "type": form.field("type"),
        "parties": sides,
        "summary": {
            "text": form.field("summary.text", "summary"),
            "source": _source(form, "summary.source"),
        },
        "signing": NOT_VERIFIED,
        "in_force": NOT_VERIFIED,
    }


def _programme(form: Form, _: str) -> RecordFields:
    return {name: form.field(name) for name in ("name", "lead")}


def _visit(form: Form, _: str) -> RecordFields:
    return {
        **{name: form.field(name) for name in ("title", "date", "place", "addressee")},
        "reports": [form.field("reports.report", "report")],
    }


def _source(form: Form, path: str) -> Plain:
    """Return a citation: a document is asked for, and a paragraph where it has some."""
    document = str(form.field(path, "document"))
    return document if "#" in document else form.source(path, document)


def named_by(stem: str) -> RecordFields:
    """Return what names a meeting in a file of this name: its number, or its id and kind."""
    if stem.isdigit():
        return {"number": stem.lstrip("0")}
    kinds = [kind for kind in get_args(MeetingKind) if f"{stem}-".startswith(f"{kind}-")]
    return {"id": stem, "kind": kinds[0] if kinds else "regular"}


def _meeting(form: Form, stem: str) -> RecordFields:
    """Return a meeting with the sides and bodies of the last one, as far as they are confirmed."""
    named = named_by(stem)
    if "kind" in named:
        named["kind"] = form.field("kind", default=str(named["kind"]))
    found: RecordFields = {
        **named,
        "title": form.field("title"),
        "date": form.field("date"),
        "place": NOT_VERIFIED,
        "document": form.field("document"),
        "evidence": form.field("evidence", default="partial"),
    }
    document = found["document"]
    if found["evidence"] == "announced":
        found["announced"] = {
            "text": form.field("announced.text", "announced"),
            "source": _source(form, "announced.source"),
        }
    elif isinstance(document, str) and document != NOT_VERIFIED:
        # Who has read the whole document has read its lists to their ends, too.
        found |= _who_met(form, document, complete=found["evidence"] == "full")
    return found


def _who_met(form: Form, document: str, *, complete: bool) -> RecordFields:
    """Return place, co-chairs and participants, by the document that the meeting issued."""
    last = last_meeting(form.contents)

    def cited(path: str, what: str) -> str:
        source = form.source(path, document, what)
        return source.removeprefix(document) or source

    found: RecordFields = {}
    city = form.field("place.city", default="", more=" Then write 'online' or 'by telephone' here.")
    if city in APART:
        found |= {"form": city, "place": None}
    elif city:
        host = form.field("place.host")
        source = cited("place.source", "says where it was held")
        found["place"] = {"city": city, "host": host, "source": source}
    lists = {each.side: each for each in last.participants} if last else {}
    called = "heads" if last and last.chairing == "heads" else "co-chairs"
    cochairs: list[Plain] = []
    participants: list[Plain] = []
    for side in [*lists] or [each.id for each in form.contents.settings.sides]:
        before = [each.organisation for each in last.cochairs if each.side == side] if last else []
        chairs = form.many("cochairs.organisation", f"{called} of {side}", side, before)
        cochairs += [{"side": side, "organisation": name} for name in chairs]
        named = [body.body for body in lists[side].bodies] if side in lists else []
        bodies = form.many("participants.bodies", f"bodies of {side}", side, named)
        participants += [{"side": side, "complete": complete, "bodies": bodies}] if bodies else []
    if cochairs or participants:
        source = cited("participants.source", "lists them")
        for each in (*cochairs, *participants):
            if isinstance(each, dict):
                each["source"] = source
    if last and cochairs and last.chairing != "co-chairs":
        found["chairing"] = last.chairing
    lists_found = {"cochairs": cochairs, "participants": participants}
    return found | {name: items for name, items in lists_found.items() if items}


def last_meeting(contents: Contents) -> Meeting | None:
    """Return the meeting that was the last of which anybody took part."""
    held = [meeting for meeting in contents.every(Meeting) if meeting.participants]
    return max(held, key=lambda meeting: (meeting.number or 0, meeting.date), default=None)


RECIPES: dict[str, Callable[[Form, str], RecordFields]] = {
    "agreement": _agreement,
    "document": _document,
    "meeting": _meeting,
    "organisation": _body,
    "person": _person,
    "policy": _policy,
    "programme": _programme,
    "subject": _subject,
    "visit": _visit,
}


def answered(form: Form, name: str) -> dict[str, Any]:
    """Return a record as it was answered, with what names it, without what was left out."""
    head: RecordFields = {} if form.kind == "meeting" else {"id": name}
    return _without_nothing({**head, **RECIPES[form.kind](form, name)})


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _without_nothing(value) if isinstance(value, dict) else value
        for name, value in fields.items()
        if value is not None
    }

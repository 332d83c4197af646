"""A coming meeting of the small project for which an office prepared everything.

Each field of each part has a word of its own, made from the models: a new field needs no change.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from generated import shapes

from reporter.records.meeting import Meeting
from reporter.records.package import Prepared, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.records import Record

BEFORE = date(2025, 3, 1)  # the last day but some of the coming meeting
WORD = "Vorzimmer"  # begins each word that an office wrote; it stands nowhere else
CHAIRS = """
cochairs:
  - side: state-a
    organisation: a-ministry
    source: news
  - side: state-b
    organisation: b-agency
    head: {person: a-envoy, organisation: b-agency, source: news}
    source: news
"""


def parts() -> dict[str, type[Prepared]]:
    """Return the fields of a meeting that an office writes, with their models."""
    found = {name: shape.model for name, (shape, _) in shapes(Meeting).items()}
    return {
        name: model
        for name, model in found.items()
        if isinstance(model, type) and issubclass(model, Prepared)
    }


def prepare(project: Path) -> dict[str, str]:
    """Write all parts into the records of a project; return the words, by the way to each field."""
    words: dict[str, str] = {}
    written = {name: filled(model, words, name) for name, model in parts().items()}
    record = project / "data" / "meetings" / "02.yaml"
    text = "".join(f"{name}: {json.dumps(part)}\n" for name, part in written.items())
    record.write_text(record.read_text(encoding="utf-8") + CHAIRS + text, encoding="utf-8")
    profile = json.dumps(filled(Profile, words, "profile"))
    people = project / "data" / "people.yaml"
    person = f"- {{id: a-envoy, name: {{en: The Envoy for Space}}, profile: {profile}}}\n"
    people.write_text(person, encoding="utf-8")
    return words


def filled(model: type[Record], words: dict[str, str], way: str) -> dict[str, Any]:
    """Return a record with a word in each field; ``words`` takes them up."""
    return dict(_fields(model, words, way))


def _fields(model: type[Record], words: dict[str, str], way: str) -> Iterator[tuple[str, Any]]:
    for name, (shape, _) in shapes(model).items():
        where = f"{way}.{name}"
        match shape.kind:
            case "when":
                value: Any = str(BEFORE)
            case "reference":
                value = "state-b"
            case "record":
                value = filled(shape.model, words, where)
            case _:
                value = words[where] = f"{WORD}{len(words)}e"
        yield name, [value] if shape.many else value

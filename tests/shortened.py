"""Writes the records of a random project in short, wherever that can be done, by chance."""

from __future__ import annotations

import copy
import re
from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from generated import Node

from reporter.records.inline import CITED, ended, key_of
from reporter.records.lookalikes import way_out
from reporter.records.meeting import Meeting, Participants
from reporter.records.outline import can_be_key
from reporter.records.register import Organisation
from reporter.records.statements import Entry, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from generated import Sample

# The parts of a record for which its defaults hold.
PARTS = {
    "meetings": (
        *("place", "cochairs", "participants", "also_present", "statements", "firsts", "phrases"),
    ),
    "agreements": ("summary", "signing", "content", "undertakings"),
}
DATED = ("date", "checked", "status", "turned_out", "inferred")
SIDED = {"Cochair", "Participants", "LocalDate"}
SOURCED = {"Place", "Cochair", "Post", "Statement", "Phrase", "Sourced", "Signing", "Participants"}


def shortened(sample: Sample, random: Random) -> Sample:
    """Return the same project with defaults, own paragraphs, outlines and abbreviations."""
    files = copy.deepcopy(sample.files)
    bodies = [node for node in files.get("organisations.yaml", ()) if "abbreviation" in node]
    for name, record in files.items():
        if parts := PARTS.get(name.partition("/")[0]):
            _abbreviate(record, bodies, None, random)
            _default(record, parts, random)
            _look_in_one_place(record, random)
            _outline(record, random)
            for field in CITED & {*record}:
                record[field] = _inline(record[field], random)
    return replace(sample, files=files)


def _default(record: Node, parts: tuple[str, ...], random: Random) -> None:
    """Give a record defaults of what it says most often, and leave that out where they hold."""
    inside = [node for name in parts for node in _inside(record.get(name))]
    heads = {id(node["head"]) for node in inside if "head" in node}  # theirs is their chair's
    defaults: dict[str, Any] = {}
    for field, takes in (("by", {"Statement"}), ("source", SOURCED), ("side", SIDED)):
        held = [node for node in inside if node.model.__name__ in takes]
        if not held or any(field not in node for node in held) or random.random() < 0.2:
            continue
        ((most, _),) = Counter(repr(node[field]) for node in held).most_common(1)
        defaults[field] = next(node[field] for node in held if repr(node[field]) == most)
        for node in held:
            if node[field] == defaults[field] and id(node) not in heads and random.random() < 0.8:
                del node[field]
    documents = {cited.partition("#")[0] for cited in _many(defaults.get("source", []))}
    if record.model is Meeting and record.get("document", "not verified") != "not verified":
        documents.add(record["document"])
    if len(documents) == 1:
        _cite_own(record, documents.pop(), random)
    if defaults:
        record["defaults"] = defaults


def _outline(record: Node, random: Random) -> None:
    """Write verbs as keys, and statements below their paragraphs where that keeps their order."""
    is_meeting = record.model is Meeting
    where, name = (record["statements"], "items") if is_meeting else (record, "undertakings")
    if name not in where:
        return
    items = [_by_key(item) if random.random() < 0.6 else item for item in where[name]]
    cited = [str(item.get("source", "")) for item in items]
    own = [paragraph.removeprefix("#") for paragraph in cited if paragraph.startswith("#")]
    where[name] = items
    if items and len(own) == len(items) and len({*own}) == len([*groupby(own)]):
        where[name] = {key: [] for key in own}
        for key, item in zip(own, items, strict=True):
            where[name][key].append(item)
            if random.random() < 0.8:
                del item["source"]


def _look_in_one_place(record: Node, random: Random) -> None:
    """Say once where one looked, if that is the same of all checks of what was said."""
    said = record["statements"].get("items", ()) if record.model is Meeting else ()
    items = [*said, *record.get("undertakings", ())]
    checks = [one for item in items for one in item.get("history", ()) if "checked" in one]
    if len({check["where"] for check in checks}) == 1 and random.random() < 0.8:
        record.setdefault("defaults", {})["where"] = checks[0]["where"]
        for check in checks:
            del check["where"]


def _inline(value: Any, random: Random) -> Any:  # noqa: ANN401
    """Return a value with days as keys of texts, and texts that end with their sources."""
    if isinstance(value, list):
        return [_inline(each, random) for each in value]
    if not isinstance(value, dict):
        return value
    is_said = isinstance(value, Node) and value.model is Statement
    key = next((name for name in value if is_said and name not in Statement.model_fields), "text")
    text = value.get(key)
    found = {name: _inline(each, random) for name, each in value.items()}
    new = ended(text, value["source"]) if isinstance(text, str) and "source" in value else ""
    if new and random.random() < 0.5:
        found[key] = new
        del found["source"]
    if isinstance(value, Node) and value.model is Entry and random.random() < 0.7:
        told = {name: found[name] for name in DATED if name in found}
        if (dated := key_of(told)) and isinstance(text, str):
            found = {dated if name == "text" else name: each for name, each in found.items()}
            found = {name: each for name, each in found.items() if name not in told}
    if not isinstance(value, Node):
        return found
    node = Node(value.model)
    node |= found
    return node


def _by_key(item: Node) -> Node:
    """Return a statement with its verb as the key of its text."""
    if not isinstance(item["text"], str) or not isinstance(item["verb"], str):
        return item
    verb = item["verb"].strip()
    if not can_be_key(verb):
        return item
    found = Node(item.model)
    for key, value in item.items():
        if key == "verb":
            found[verb] = item["text"]
        elif key != "text":
            found[key] = value
    return found


def _inside(value: object) -> Iterator[Node]:
    """Yield the parts in a value, but for histories."""
    if isinstance(value, Node):
        if value.model is Entry:
            return
        yield value
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _inside(inner)


def _cite_own(value: Any, document: str, random: Random) -> None:  # noqa: ANN401
    """Cite paragraphs of a record's own document without its name."""
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            _cite_own(inner, document, random)
    if isinstance(value, dict) and "source" in value:
        cited = [
            each.removeprefix(document) if each.startswith(f"{document}#") and random.random() < 0.8
            else each
            for each in _many(value["source"])
        ]  # fmt: skip
        value["source"] = cited if isinstance(value["source"], list) else cited[0]


def _abbreviate(
    value: Any,  # noqa: ANN401
    bodies: list[Node],
    side: str | None,
    random: Random,
) -> None:
    """Name bodies by their abbreviations where these mean one."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                _abbreviate(item, bodies, side, random)
        return
    side = value.get("side", side)
    names = {"by", "organisation", "body", "parties"} & value.keys()
    if value.model is Participants:
        names |= {"bodies"} & value.keys()
    for name in names if value.model is not Organisation else ():
        told = [
            _short(each, bodies, side) if isinstance(each, str) and random.random() < 0.8 else each
            for each in _many(value[name])
        ]
        value[name] = told if isinstance(value[name], list) else told[0]
    for inner in value.values():
        if isinstance(inner, dict | list):
            if isinstance(inner, dict) and not isinstance(inner, Node):
                continue
            _abbreviate(inner, bodies, side, random)


def _short(name: str, bodies: list[Node], side: str | None) -> str:
    short = next((body["abbreviation"] for body in bodies if body["id"] == name), "")
    same = [body for body in bodies if body["abbreviation"] == short]
    own = [body for body in same if side in {None, body.get("side")}]
    meant = own or [body for body in same if "side" not in body]
    is_plain = short and not re.fullmatch("[a-z0-9-]+", short) and not way_out(short)
    return str(short) if is_plain and [body["id"] for body in meant] == [name] else name


def _many(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]

"""Four eyes, on projects by chance: changes are noticed, and the unreviewed is not printed."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from exporting import Exports, forms_of
from fuzzing import examples, folder, within
from generated import INTERNAL, STALE, Node, Sample, at, days, projects
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from reading import words
from test_fuzz_projects import THEME, TOKEN

from reporter.choice import Choice, Edition
from reporter.formats import html
from reporter.language import language_of
from reporter.records.reviews import REVIEW, digest_of
from reporter.reports.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from written import Way

    from reporter.records import Record


TEXTS = ("json", "csv", "ics")
SIGN = re.compile("[0-9A-Za-z]")


def leaves(data: object, way: Way = ()) -> Iterator[tuple[Way, str | int]]:
    """Yield each text, number and truth that a review of a part is about, with the way to it."""
    if isinstance(data, int) or (isinstance(data, str) and SIGN.search(data)):
        yield way, data
    if isinstance(data, dict | list):
        for name, value in data.items() if isinstance(data, dict) else enumerate(data):
            inside = isinstance(value, Node) and can_be_reviewed_as(value.model)
            if name != "reviewed" and not inside:
                yield from leaves(value, (*way, name))


def can_be_reviewed_as(model: type[Record]) -> bool:
    """Return whether a part of this model has a review of its own."""
    return REVIEW in model.model_fields


def is_reviewed(node: Node) -> bool:
    """Return whether a part was reviewed as it stands, or has no review of its own."""
    if not can_be_reviewed_as(node.model):
        return True
    return bool(node.get(REVIEW, {"digest": STALE})["digest"] != STALE)


def printable(data: Any) -> Iterator[str]:  # noqa: ANN401 (plain data)
    """Yield the words of texts that are reviewed, as is all in which they stand."""
    if isinstance(data, str):
        yield from TOKEN.findall(data)
    if isinstance(data, dict | list):
        if isinstance(data, Node) and not is_reviewed(data):
            return
        for value in data.values() if isinstance(data, dict) else data:
            yield from printable(value)


def digests(sample: Sample) -> dict[tuple[str, Way], str]:
    """Return the digest of each part that can be reviewed, by its file and the way to it."""
    return {
        (name, way): digest_of(node.model.model_validate(node))
        for name, way, node in sample.nodes()
        if name != "project.yaml" and can_be_reviewed_as(node.model)
    }


def changed(value: str | int, data: st.DataObject) -> str | int:
    """Return a value in which one character, or the number, is another."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    index = data.draw(st.sampled_from([found.start() for found in SIGN.finditer(value)]))
    return value[:index] + ("7" if value[index] != "7" else "3") + value[index + 1 :]


@examples(15)
@given(projects(), st.data())
def test_one_changed_character_is_noticed(sample: Sample, data: st.DataObject) -> None:
    """In any value of what was reviewed, or a number or truth; nothing else is said to change."""
    before = digests(sample)
    places = [place for place in before if list(leaves(at(sample.files[place[0]], place[1])))]
    name, around = data.draw(st.sampled_from(places))
    way, value = data.draw(st.sampled_from(list(leaves(at(sample.files[name], around)))))
    *above, last = (*around, *way)
    at(sample.files[name], tuple(above))[last] = changed(value, data)
    with suppress(ValidationError):  # noticed, too
        after = digests(sample)
        assert {place for place in before if before[place] != after[place]} == {(name, around)}


@pytest.mark.full
@examples(8, 0.3)
@given(projects(), st.data())
def test_what_is_not_reviewed_is_in_no_file(sample: Sample, data: st.DataObject) -> None:
    """Of the reviewed edition, in any form, on any day; settings have no review."""
    allowed = {word for each in sample.files.values() for word in printable(each)}
    day = data.draw(days(sample))
    edition = Edition(data.draw(st.sampled_from(["reviewed", "public-reviewed"])))
    with folder() as root, within(60):
        sample.save(root)
        made = plan(root, Choice(), day, asked=data.draw(st.booleans()), edition=edition)
        exports = Exports(made.library, day, language_of(THEME, "en"))
        for task in made.tasks(words("en")):
            texts = [html.render(THEME, task.template, task.report, task.language)]
            forms = (form for form in forms_of(task.report.heading.kind) if form in TEXTS)
            texts += [exports.render(task.report, form).decode("utf-8-sig") for form in forms]
            for text in texts:
                assert set(TOKEN.findall(re.sub(r"\r?\n ", "", text))) <= allowed
                assert edition.name == "reviewed" or not re.search(rf"{INTERNAL}\d+e", text)

"""Tests of the records: what their models accept, derive and refuse."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import Strict, TypeAdapter, ValidationError

from reporter.dates import When
from reporter.desk.schema import schemas
from reporter.records import KINDS, Record
from reporter.records.base import (
    Citation,
    Many,
    Names,
    NamesOrUnknown,
    Some,
    Sources,
    SubjectId,
    Truth,
    WhenOrUnknown,
    Whole,
)
from reporter.records.meeting import BodyEntry
from reporter.records.statements import PROMISES, Entry, Forecast, Statement, Strength


def models(model: type[Record]) -> set[type[Record]]:
    """Return a model and all models inside it."""

    def inside(annotation: Any) -> set[type[Record]]:  # noqa: ANN401
        if isinstance(annotation, type) and issubclass(annotation, Record):
            return models(annotation)
        return {found for argument in get_args(annotation) for found in inside(argument)}

    return {model}.union(*(inside(field.annotation) for field in model.model_fields.values()))


ALL = sorted(set().union(*(models(kind.model) for kind in KINDS)), key=lambda model: model.__name__)


def made(kind: Any, value: object) -> Any:  # noqa: ANN401
    """Return the value as a field of that type holds it."""
    return TypeAdapter(kind).validate_python(value)


def test_models_are_closed_and_frozen() -> None:
    """Every model refuses unknown fields and changes, and its lists are tuples."""
    assert len(ALL) >= 25
    assert [
        model
        for model in ALL
        if model.model_config.get("extra") != "forbid" or not model.model_config.get("frozen")
    ] == []
    annotations = [str(field.annotation) for model in ALL for field in model.model_fields.values()]
    assert [text for text in annotations if "list[" in text or "List[" in text] == []


def test_what_is_true_or_false_is_so_in_every_record() -> None:
    """No field takes "yes", "on" or 1 for true."""
    fields = {
        (model.__name__, name): field
        for model in ALL
        for name, field in model.model_fields.items()
        if field.annotation is bool
    }
    assert len(fields) >= 10
    assert [
        name
        for name, field in fields.items()
        if not any(isinstance(item, Strict) for item in field.metadata)
    ] == []


def test_every_field_with_a_rule_of_its_own_is_documented() -> None:
    """The top fields of a meeting say what they are for, but those whose name says it."""
    fields = schemas()["meeting"]["properties"]
    undocumented = [name for name, field in fields.items() if not field.get("description")]
    assert undocumented == ["statements"]


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("statement-2023#4", Citation("statement-2023", 4)),
        ("s1", Citation("s1")),
        ("s1#9999", Citation("s1", 9999)),
    ],
)
def test_a_citation(text: str, citation: Citation) -> None:
    """A document, and a paragraph where it has some; it is written as it is read."""
    assert (Citation.parse(text), str(citation)) == (citation, text)


@pytest.mark.parametrize(
    "text",
    [
        "S1",
        "s1#",
        "s1#0",
        "s1#01",
        "s1#1a",
        "s1#٣",
        "s1 #1",
        "#1",
        "",
        "s1#10000",
        "s--1",
        "s1#1\n",
        None,
        1,
        [["s1"]],
    ],
)
def test_no_citation(text: object) -> None:
    """Anything else names no source."""
    with pytest.raises(ValidationError, match="does not name a source"):
        made(Sources, text)


def test_one_needs_no_dash() -> None:
    """A list of one may be written as the one; an empty list of sources says nothing."""
    assert made(Many[SubjectId], "a") == made(Many[SubjectId], ["a"]) == ("a",)
    assert made(Many[SubjectId], []) == ()
    assert made(Sources, "s1#1") == (Citation("s1", 1),)
    with pytest.raises(ValidationError, match="an empty list says nothing"):
        made(Some[SubjectId], [])


@pytest.mark.parametrize("value", ["yes", "no", "on", "1", "true", 1, 0, None, "True"])
def test_only_true_and_false_are_truths(value: object) -> None:
    """No word and no number stands for them."""
    with pytest.raises(ValidationError):
        made(Truth, value)


@pytest.mark.parametrize(
    "value",
    [
        "08",
        "1.0",
        "1_0",
        " 8",
        "+8",
        "-1",
        "1e3",
        "\uff18",
        "",
        "12345678901234567890",
        True,
        None,
        8.0,
    ],
)
def test_only_digits_are_numbers(value: object) -> None:
    """A number is written in one way."""
    with pytest.raises(ValidationError, match="expected a whole number"):
        made(Whole, value)


def test_not_verified_is_a_value() -> None:
    """Unknown is not empty: the words replace the value, and similar words do not count."""
    assert (
        made(WhenOrUnknown, "not verified")
        == made(NamesOrUnknown, "not verified")
        == "not verified"
    )
    assert made(WhenOrUnknown, "2023") == When.parse("2023")
    with pytest.raises(ValidationError, match="'Not verified' is not one of the words"):
        made(WhenOrUnknown, "Not verified")


def test_names() -> None:
    """A name comes in the first requested language with a verified one, else the first written."""
    names = made(Names, {"en": "not verified", "ja": "月", "fr": "Lune"})
    assert (names.get("en"), names.get("ja"), names.get("de"), names["fr"]) == (
        None,
        "月",
        None,
        "Lune",
    )
    assert (names.best("en", "fr"), names.best("en"), names.best()) == (
        ("fr", "Lune"),
        ("ja", "月"),
        ("ja", "月"),
    )
    assert made(Names, {"en": "not verified"}).best("en") == ("en", "not verified")
    with pytest.raises(ValidationError, match="at least 1"):
        made(Names, {})


def test_blanks_around_a_text_are_no_part_of_it() -> None:
    """A block that ends in a newline says the same as one that does not."""
    assert made(Names, {"en": "Moon\n"}) == made(Names, {"en": "Moon"})


def test_a_body_may_be_its_id_alone() -> None:
    """In a list of participants."""
    assert made(BodyEntry, "a-ministry") == made(BodyEntry, {"body": "a-ministry"})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"date": "2023", "text": "x"}, "an evidence without a source"),
        ({"checked": "2023", "text": "x"}, "a check that does not say where one looked"),
        ({"text": "x"}, "has either 'date'"),
        ({"date": "2023", "checked": "2023", "text": "x", "source": "s"}, "has either 'date'"),
        (
            {"checked": "2023", "where": "here", "text": "x", "status": "open"},
            "cannot set the status 'open'",
        ),
    ],
)
def test_an_entry_is_an_evidence_or_a_check(fields: dict[str, str], message: str) -> None:
    """Evidence has a source; a check says where, and sets no status except 'not verified'."""
    with pytest.raises(ValidationError, match=message):
        made(Entry, fields)


def test_when_an_entry_counts() -> None:
    """It has the day of what happened, or of the check."""
    assert str(made(Entry, {"date": "2023", "text": "x", "source": "s"}).when) == "2023"
    assert (
        str(
            made(
                Entry, {"checked": "2024", "where": "w", "text": "x", "status": "not verified"}
            ).when
        )
        == "2024"
    )


@pytest.mark.parametrize("strength", [*get_args(Strength), None])
def test_what_is_a_promise(strength: str | None) -> None:
    """Only what is committed to is a promise."""
    statement = made(
        Statement,
        {"id": "c1", "by": "a", "verb": "v", "text": "t", "strength": strength, "source": "s"},
    )
    assert statement.is_promise == (strength in PROMISES)
    assert {"committed"} == PROMISES


@pytest.mark.parametrize(
    "field",
    [{"strength": "committed"}, {"history": [{"date": "2023", "text": "x", "source": "s"}]}],
)
def test_what_is_followed_has_an_id(field: dict[str, Any]) -> None:
    """A promise, or a statement with a history, can be referred to."""
    with pytest.raises(ValidationError, match="without an id"):
        made(Statement, {"by": "a", "verb": "v", "text": "t", "source": "s", **field})


def test_a_statement_is_somebodys() -> None:
    """Nobody's statement is refused."""
    with pytest.raises(ValidationError, match="an empty list"):
        made(Statement, {"by": [], "verb": "v", "text": "t", "source": "s"})


def test_a_quotation_is_short() -> None:
    """Twelve words may be quoted, not thirteen."""
    fields = {"by": "a", "verb": "v", "text": "t", "source": "s"}
    assert made(Statement, {**fields, "quote": "w " * 12}).quote == "w w w w w w w w w w w w"
    with pytest.raises(ValidationError, match="a quotation of 13 words"):
        made(Statement, {**fields, "quote": "w " * 13})


def test_a_quotation_in_japanese_is_short_too() -> None:
    """It has no spaces; two signs are one word."""
    fields = {"by": "a", "verb": "v", "text": "t", "source": "s"}
    assert made(Statement, {**fields, "quote": "宇宙" * 12}).quote == "宇宙" * 12
    with pytest.raises(ValidationError, match="a quotation of 13 words"):
        made(Statement, {**fields, "quote": "宇宙" * 12 + "の"})


def test_a_forecast_is_no_promise() -> None:
    """What others predict has no strength and nobody who owes it."""
    assert {"strength", "by"}.isdisjoint(Forecast.model_fields)


@pytest.mark.parametrize("model", [Statement, Entry])
def test_what_there_is_very_much_of_keeps_no_list_of_its_fields(model: type[Record]) -> None:
    """It takes more room than the record itself; a copy says what the record says."""
    given = {"text": "to meet", "source": "d", "date": "2020"}
    more = {"by": "a", "verb": "agreed"} if model is Statement else {}
    made = {"made": given.pop("date")} if model is Statement else {}
    found = model.model_validate({**given, **more, **made})
    assert found.model_fields_set == set()
    assert found.model_copy(update={"text": "x"}).model_fields_set == {"text"}
    assert found.model_copy() == found == model.model_validate({**given, **more, **made})
    assert model.model_validate({**given, **more, **made}).model_fields_set == set()

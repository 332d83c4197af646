"""Which sheets there are, and their columns: fields of the models, with what these say of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from reporter.dates import When
from reporter.desk.docstrings import descriptions
from reporter.records.base import Citation, Names
from reporter.records.meeting import Body
from reporter.records.package import Profile
from reporter.records.register import Aside, Document, Person
from reporter.records.statements import Entry, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.records import Record
    from reporter.records.reader import Path_

CellForm = Literal["text", "word", "date", "ids", "lines", "truth"]
LONG, MIDDLE, SHORT = 56, 30, 24  # how wide columns are at most, in signs
KEY = "key"
KEPT = "as written "  # begins the name of the hidden sheet that has the values as they were
_PLACES = {
    "record": "The meeting or the agreement in which it stands: 'meeting-08'. Fixed, once it is"
    " there.",
    "promise": "The id of the promise of whose history it is a line. Fixed, once it is there.",
    "document": "The id of the document that has the sentences. Fixed, once it is there.",
    "meeting": "The meeting: 'meeting-08'. Fixed, once it is there.",
    "side": "The side in whose list the body stands. Fixed, once it is there.",
}
_ANSWERS = {
    "news": "What is new, in a sentence.",
    "date": "When it happened: 2026-03-24, or 2026-03.",
    "source": "Where it is published. In the end it is the id of a document on record.",
    "status": "How it stands. Without a source: 'in progress' or 'open'.",
    "who": "The body that answers, by its id.",
}
_IDS = "Several are parted by commas."
_LINES = "Several are parted by blanks or new lines."
_NO_COLUMN = frozenset(
    {"aside", "history", "reviewed", "turned_out"}
)  # a sheet has no place for them
_ENTRY = tuple(name for name in Entry.model_fields if name not in _NO_COLUMN)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: the field that it holds."""

    name: str
    way: Path_
    """The way from the record to the field; empty where it says in which list a record stands."""
    form: CellForm = "text"
    words: tuple[str, ...] = ()
    """All that it may hold, where that is a list of words."""
    help: str = ""
    width: int = MIDDLE
    """How wide it is at most."""
    least: int = 0
    """And at least, in signs."""
    order: tuple[str, ...] = ()
    """The fields that there may be beside it, in their order."""
    fixed: bool = False
    """Whether it cannot be changed in a row that is there."""
    known: bool = False
    """Whether it only tells what is known, and is not taken."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet of records of one kind, or of parts of them."""

    name: str
    columns: tuple[SheetColumn, ...]
    model: type[Record]
    places: int = 0
    """How many columns, from the first, say in which list a record stands."""
    dated: bool = False
    """Whether its rows run by date, so that a new one is put where it belongs."""
    answers: bool = False
    """Whether each row asks for one that is new."""


def tables(kind: str, languages: Iterable[str]) -> tuple[SheetTable, ...]:
    """Return the sheets of the workbook of a kind; names are in these languages."""
    match kind:
        case "promises":
            columns = _places("promise") + _columns(Entry, _ENTRY)
            history = SheetTable("history", columns, Entry, places=1, dated=True)
            return _statements("promises"), history
        case "statements":
            return (_statements("statements"),)
        case "participants":
            columns = _places("meeting", "side") + _columns(Body, ("body",), fixed=("body",))
            rest = _columns(Body, ("printed_as", "special", "source"))
            return (SheetTable("participants", columns + rest, Body, places=2),)
        case "documents":
            fields = tuple(name for name in Document.model_fields if name not in _NO_COLUMN)
            documents = SheetTable("documents", _columns(Document, fields, fixed=("id",)), Document)
            columns = _places("document") + _columns(Aside, tuple(Aside.model_fields))
            return documents, SheetTable("aside", columns, Aside, places=1)
        case "people":
            return (_people(languages),)
    raise KeyError(kind)


def questions() -> SheetTable:
    """Return the sheet of questions: what we know, and columns for what we do not."""
    found = {column.name: column for column in _columns(Entry, _ENTRY)}
    known = (
        SheetColumn("promise", (), help="Its id: leave it.", width=SHORT, fixed=True),
        *(
            SheetColumn(name, (), width=width, known=True)
            for name, width in (
                ("what was promised", MIDDLE),
                ("made", SHORT),
                ("due", SHORT),
                ("status by our records", SHORT),
                ("what we know", LONG),
            )
        ),
    )
    answers = (
        replace(found["text"], name="news", help=_ANSWERS["news"], least=MIDDLE),
        replace(found["date"], name="date of the news", help=_ANSWERS["date"], least=SHORT),
        replace(found["source"], name="source", help=_ANSWERS["source"], least=SHORT),
        replace(found["status"], name="status", help=_ANSWERS["status"], least=SHORT),
        replace(found["self_reported"], name="answered by", help=_ANSWERS["who"]),
    )
    return SheetTable("questions", known + answers, Entry, places=1, dated=True, answers=True)


def _statements(name: str) -> SheetTable:
    fields = tuple(field for field in Statement.model_fields if field not in _NO_COLUMN)
    columns = _places("record") + _columns(Statement, fields, fixed=("id",))
    return SheetTable(name, columns, Statement, places=1)


def _people(languages: Iterable[str]) -> SheetTable:
    named = tuple(
        SheetColumn(f"name ({code})", ("name", code), help=f"Their name, in the language '{code}'.")
        for code in languages
    )
    fields = tuple(Profile.model_fields)
    profile = tuple(
        replace(column, name=f"profile: {column.name}", way=("profile", *column.way))
        for column in _columns(Profile, fields)
    )
    first = _columns(Person, ("id",), fixed=("id",))
    return SheetTable("people", first + named + _columns(Person, ("reading",)) + profile, Person)


def _places(*names: str) -> tuple[SheetColumn, ...]:
    return tuple(
        SheetColumn(name, (), help=_PLACES[name], width=SHORT, fixed=True) for name in names
    )


def _columns(
    model: type[Record], names: Iterable[str], fixed: Iterable[str] = ()
) -> tuple[SheetColumn, ...]:
    return tuple(_column(model, name, fixed=name in fixed) for name in names)


def _column(model: type[Record], name: str, *, fixed: bool) -> SheetColumn:
    annotation = model.model_fields[name].annotation
    form, words = _form(annotation)
    said = " ".join(descriptions(model).get(name, "").replace("``", "'").split())
    note = {"ids": _IDS, "lines": _LINES}.get(form, "")
    return SheetColumn(
        name,
        (name,),
        form,
        words,
        f"{said} {note}".strip(),
        _width(name, form),
        order=tuple(model.model_fields),
        fixed=fixed,
    )


def _width(name: str, form: CellForm) -> int:
    if name in {"text", "title", "note"}:
        return LONG
    return MIDDLE if form in {"text", "lines"} and name != "id" else SHORT


def _form(annotation: Any) -> tuple[CellForm, tuple[str, ...]]:  # noqa: ANN401
    """Return what a field holds, by its type, and which words."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _form(annotation.__origin__)
    if origin in (Union, UnionType):
        found = [_form(each) for each in get_args(annotation) if each is not type(None)]
        return next((each for each in found if each[0] != "word"), found[0])
    if origin is tuple:
        inner = get_args(annotation)[0]
        pattern = str(getattr(inner, "__metadata__", ""))
        return ("lines" if "http" in pattern else "ids"), ()
    if origin is Literal:
        return "word", get_args(annotation)
    forms: dict[object, CellForm] = {bool: "truth", When: "date", Citation: "ids", Names: "text"}
    return forms.get(annotation, "text"), ("true", "false") if annotation is bool else ()

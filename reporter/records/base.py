"""The parts of every record: frozen closed models, names, references, citations, unknowns."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Self, TypeVar, get_args

import pydantic
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    Strict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import core_schema

from reporter.dates import UNDATED, When, invalid
from reporter.filters import ID
from reporter.problems import did_you_mean, quoted
from reporter.records.brevity import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

    from reporter.records.statements import Statement

NOT_VERIFIED: Literal["not verified"] = "not verified"
NOT_CLEARED = "not cleared"
NotVerified = Literal["not verified"]
ID_PATTERN = f"^{ID}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
SENTENCE_PATTERN = r"^[1-9][0-9]{0,3}\.[1-9][0-9]{0,3}$"
LONGEST_ID = 80  # characters; names of files are made of it
LONGEST_QUOTE = 12  # words; what may be quoted from a document without it being copied

VALIDATOR = f"pydantic {pydantic.VERSION}"

T = TypeVar("T")


_NOBODY_ASKS: set[str] = set()


class Numerous(BaseModel):
    """A value of which there are so many that it does not keep which fields were given."""

    def model_post_init(self, _: object) -> None:
        """Let go of which fields were given: that takes more room than they do."""
        object.__setattr__(self, "__pydantic_fields_set__", _NOBODY_ASKS)


class Record(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(
        defer_build=True,  # of most kinds of record, a build makes none
        extra="forbid",
        frozen=True,
        str_min_length=1,
        str_strip_whitespace=True,
    )

    @property
    def statements_made(self) -> tuple[Statement, ...]:
        """What was said or undertaken, of what has statements: meetings and agreements."""
        return ()

    def with_statements(self, _made: tuple[Statement, ...]) -> Self:
        """Return it with other statements, if it has any."""
        return self


LanguageCode = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)]


class Names(RootModel[Annotated[dict[LanguageCode, str], Field(min_length=1)]]):
    """A name by language code: ``{en: Ministry of Defense, ja: 防衛省}``."""

    model_config = ConfigDict(
        defer_build=True, frozen=True, str_min_length=1, str_strip_whitespace=True
    )

    def __getitem__(self, language: str) -> str:
        return self.root[language]

    def get(self, language: str) -> str | None:
        """Return the name in ``language``, or None where it has none or it is not verified."""
        name = self.root.get(language)
        return None if name == NOT_VERIFIED else name

    def best(self, *languages: str) -> tuple[str, str]:
        """Return language and name in the first of ``languages`` it has, else the first written."""
        every = dict.fromkeys((*languages, *self.root))
        found = ((language, name) for language in every if (name := self.get(language)))
        return next(found, None) or next(iter(self.root.items()))


class Refers(NamedTuple):
    """Marks a field that holds the id of a record of one of these kinds."""

    kinds: tuple[str, ...]


REPORT = "report"
"""What a field refers to that holds the name of a report: the records that the report is about."""
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=LONGEST_ID)]
SideId = Annotated[Id, Refers(("side",))]
OrganisationId = Annotated[Id, Refers(("organisation",))]
PersonId = Annotated[Id, Refers(("person",))]
SubjectId = Annotated[Id, Refers(("subject",))]
DocumentId = Annotated[Id, Refers(("document",))]
AgreementId = Annotated[Id, Refers(("agreement",))]
ProgrammeId = Annotated[Id, Refers(("programme",))]
PhraseId = Annotated[Id, Refers(("phrase",))]
AreaId = Annotated[Id, Refers(("area",))]
CommitmentId = Annotated[Id, Refers(("statement",))]
MATTER_PATTERN = f"^{ID}(#{ID})?$"
MatterId = Annotated[
    str,
    StringConstraints(pattern=MATTER_PATTERN, max_length=2 * LONGEST_ID + 1),
    Refers(("statement", "track")),
]
PartyId = Annotated[Id, Refers(("side", "organisation"))]
RECORD_PATTERN = f"^(({ID})?/)?{ID}$"
RecordId = Annotated[
    str,
    StringConstraints(pattern=RECORD_PATTERN, max_length=2 * LONGEST_ID + 1),
    Refers(("agreement", "policy", "programme", "organisation", "meeting", "person", "document")),
]
ReportedId = Annotated[
    str,
    StringConstraints(pattern=RECORD_PATTERN, max_length=2 * LONGEST_ID + 1),
    Refers(("meeting", "agreement", "programme", "organisation")),
]


_CITATION = r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:#([1-9][0-9]{0,3})(?:\.([1-9][0-9]{0,3}))?)?"


class Citation(NamedTuple):
    """A document, or one of its numbered paragraphs, or a sentence of one.

    It is written ``document-id``, ``document-id#4`` or ``document-id#4.2``.
    """

    document: str
    paragraph: int | None = None
    sentence: int | None = None
    """Its number in the paragraph; only the fingerprint of a document knows its sentences."""

    @classmethod
    def parse(cls, text: object) -> Citation:
        """Read ``document-id``, ``document-id#4`` or ``document-id#4.2``."""
        if isinstance(text, Citation):
            return text
        match = re.fullmatch(_CITATION, text) if isinstance(text, str) else None
        if match is None:
            hint = "write the id of a document, with its paragraph: statement-2023#4"
            if isinstance(text, str) and re.fullmatch(SENTENCE_PATTERN, text):
                hint = (
                    f"a sentence of the record's own document is written '#{text}', with the marks"
                )
            raise invalid("citation", f"{_shown(text)} does not name a source", hint)
        return cls(match[1], *(int(number) if number else None for number in match.groups()[1:]))

    def __str__(self) -> str:
        return self.document if self.paragraph is None else f"{self.document}#{self.place}"

    @property
    def place(self) -> str:
        """The paragraph, or the sentence, as it is written."""
        return f"{self.paragraph}" + (f".{self.sentence}" if self.sentence else "")


def one_or_many(value: Any) -> Any:  # noqa: ANN401
    """Let a list of one be written without its dash."""
    return value if isinstance(value, list | tuple) else [value]


def _some(value: tuple[T, ...]) -> tuple[T, ...]:
    if not value:
        raise invalid("empty", "an empty list says nothing", "fill it, or leave the field out")
    return value


def distinct(what: str) -> AfterValidator:
    """Return a validator that refuses two items with one id in a list."""

    def validate(items: tuple[T, ...]) -> tuple[T, ...]:
        seen: set[object] = set()
        for index, item in enumerate(items):
            name = getattr(item, "id")  # noqa: B009 (of a type that is known only where it is used)
            if name in seen:
                hint = "give one of them another id"
                raise invalid("repeated", f"two {what} have the id '{name}'", hint, (index, "id"))
            seen.add(name)
        return items

    return AfterValidator(validate)


def distinct_names(what: str) -> AfterValidator:
    """Return a validator that refuses a name that stands twice in a list."""

    def validate(names: tuple[str, ...]) -> tuple[str, ...]:
        for index, name in enumerate(names):
            if name in names[:index]:
                hint = "name each of them once"
                raise invalid("repeated", f"'{name}' stands twice among the {what}", hint, (index,))
        return names

    return AfterValidator(validate)


def _whole(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,8}", value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    hint = "write it in digits, without a leading zero"
    raise invalid(
        "number", f"expected a whole number, found {_shown(value, 'something else')}", hint
    )


def _shown(value: object, other: str = "this") -> str:
    return quoted(value) if isinstance(value, str) else "nothing" if value is None else other


def _number(value: object) -> object:
    """Return a number, as exact as it is written."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str) and re.fullmatch(r"[+-]?(0|[1-9][0-9]{0,3})(\.[0-9]{1,4})?", value):
        return Decimal(value)
    hint = "write it in digits, with a plain minus and a point: 1, -1, 0.5"
    raise invalid("number", f"expected a number, found {_shown(value)}", hint)


Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
"""A number that is not rounded."""
Whole = Annotated[int, BeforeValidator(_whole)]
Truth = Annotated[bool, Strict()]  # true or false; not "yes", not 1


class _OrOne:
    """Lets an editor accept a list of one without its dash, and says how many it needs at least."""

    def __init__(self, least: int) -> None:
        self.least = least

    def __get_pydantic_json_schema__(
        self,
        schema: Any,  # noqa: ANN401 (as the caller has it)
        handler: GetJsonSchemaHandler,
    ) -> JsonSchemaValue:
        found = handler(schema)
        return {"anyOf": [found["items"], found | ({"minItems": self.least} if self.least else {})]}


Many = Annotated[tuple[T, ...], BeforeValidator(one_or_many), _OrOne(0)]
"""A list, which may be written without a dash when it has one element."""
Some = Annotated[tuple[T, ...], AfterValidator(_some), BeforeValidator(one_or_many), _OrOne(1)]
"""The same, with one element at least."""

CITATION_PATTERN = rf"^{ID}(#[1-9][0-9]{{0,3}}(\.[1-9][0-9]{{0,3}})?)?$"
_CITATION_SCHEMA = {"type": "string", "pattern": CITATION_PATTERN}
_CitationText = Annotated[
    Citation, BeforeValidator(Citation.parse), WithJsonSchema(_CITATION_SCHEMA)
]
Sources = Some[_CitationText]


DIGEST_PATTERN = r"^[0-9a-f]{12}$"
Digest = Annotated[str, StringConstraints(pattern=DIGEST_PATTERN)]


class Reviewed(Record):
    """That a second person read it beside its sources; ``reporter review`` writes it."""

    by: str
    """Who read it: not its author."""
    on: When
    """The day on which they did."""
    digest: Digest
    """Of what was read: where it has another one now, it was changed since."""


class Defaults(Record):
    """What holds for each part of the record that needs it and does not say it.

    It holds for what the record's own document says; for a ``history``, ``where`` alone does.
    """

    by: Some[PartyId] | None = None
    """Whose statements they are."""
    source: Sources | None = None
    """Their source; ``'#5'`` is paragraph 5 of this document."""
    side: SideId | None = None
    """The side of co-chairs and participants."""
    where: str | None = None
    """Where one looked, of checks in a ``history``."""


def _short(text: str) -> str:
    if (found := words(text)) > LONGEST_QUOTE:
        message = f"a quotation of {found} words: at most {LONGEST_QUOTE} may be quoted"
        raise invalid("quote", message, "quote the operative words only")
    return text


Quote = Annotated[str, AfterValidator(_short)]


OF_PAGE_ONE = "page one has room for {}: shorten it, or leave the field out to have it composed"


def brief(what: str, most: int, hint: str = OF_PAGE_ONE) -> AfterValidator:
    """Return a validator that refuses more than ``most`` words, and says how many are too many."""

    def validate(text: str) -> str:
        if (found := words(text)) > most:
            message = f"{what} has {found} words, {found - most} too many"
            raise invalid("long", message, hint.format(most))
        return text

    return AfterValidator(validate)


def few(what: str, most: int) -> AfterValidator:
    """Return a validator that refuses a list at the first item after ``most``."""

    def validate(items: tuple[T, ...]) -> tuple[T, ...]:
        if (found := len(items)) > most:
            hint = f"page one has room for {most}: join some, or leave out what matters least"
            raise invalid("many", f"{found} {what}, {found - most} too many", hint, (most,))
        return items

    return AfterValidator(validate)


class Unsure:
    """Marks a field that may say ``not verified``, or another of ``words``, instead of a value.

    It means: we looked, and do not know.
    """

    def __init__(self, inner: Any, *words: str) -> None:  # noqa: ANN401
        self.inner = inner
        self.words = (NOT_VERIFIED, *words)

    def __get_pydantic_core_schema__(
        self, _source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_wrap_validator_function(
            self._validate, handler.generate_schema(self.inner)
        )

    def __get_pydantic_json_schema__(
        self,
        schema: Any,  # noqa: ANN401 (as the caller has it)
        handler: GetJsonSchemaHandler,
    ) -> JsonSchemaValue:
        return {"anyOf": [handler(schema), *({"const": word} for word in self.words)]}

    def _validate(self, value: object, inner: core_schema.ValidatorFunctionWrapHandler) -> object:
        if value in self.words:
            return value
        if isinstance(value, str) and (hint := did_you_mean(value, self.words)):
            raise invalid("word", f"{quoted(value)} is not one of the words allowed here", hint)
        return inner(value)


class Undatable(Unsure):
    """Marks a date that may be ``not verified``, and then is ``UNDATED``."""

    def __init__(self) -> None:
        super().__init__(When)

    def _validate(self, value: object, inner: core_schema.ValidatorFunctionWrapHandler) -> object:
        found = super()._validate(value, inner)
        return UNDATED if found == NOT_VERIFIED else found


WhenOrUnknown = Annotated[When | NotVerified, Unsure(When)]
NamesOrUnknown = Annotated[Names | NotVerified, Unsure(Names)]


def held(annotation: Any, wanted: Any) -> Iterator[Any]:  # noqa: ANN401 (types)
    """Yield the types in an annotation that are of a wanted one."""
    if isinstance(annotation, type) and issubclass(annotation, wanted):
        yield annotation
    for argument in get_args(annotation):
        yield from held(argument, wanted)

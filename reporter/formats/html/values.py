"""What a template is given of our values: fields and properties to read, and nothing to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache

from markupsafe import Markup

from reporter.dates import Point, When
from reporter.formats.charts import Chart, Shape, Text
from reporter.reports.views import View

READ = (View, When, Point, Chart, Shape, Text)
"""The values of ours of which a template reads fields and properties; there are no others."""
AS_THEY_ARE = frozenset({str, Markup, int, float, bool, type(None), date, range})


class Fields:
    """A value of ours as a template has it.

    The value itself cannot be reached: the environment asks ``read`` for a field, and nobody
    else for anything.
    """

    __slots__ = ("_known", "_value")

    def __init__(self, value: object) -> None:
        self._value = value
        self._known: dict[str, object] = {}

    @property
    def kind(self) -> type:
        """What it is a value of."""
        return type(self._value)

    def read(self, name: str) -> object:
        """Return a field or a property. Raises LookupError where there is none of this name."""
        try:
            return self._known[name]
        except KeyError:
            if name not in public(self.kind):
                raise
        found = self._known[name] = to_template(getattr(self._value, name))
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fields) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __str__(self) -> str:
        message = f"'{self.kind.__name__}' is no text: name one of its fields"
        raise TypeError(message)

    def __repr__(self) -> str:
        return f"<{self.kind.__name__}>"


@cache
def public(kind: type) -> frozenset[str]:
    """Return the names of the fields and properties of a class of ours."""
    named = _declared(kind)
    ours = [base for base in kind.__mro__ if issubclass(base, READ)]
    named |= {
        name for base in ours for name, value in vars(base).items() if isinstance(value, property)
    }
    return frozenset(name for name in named if not name.startswith("_"))


def _declared(kind: type) -> set[str]:
    if issubclass(kind, View):
        return set(kind.model_fields)
    return {field.name for field in fields(kind)} if is_dataclass(kind) else set()


def to_template(value: object) -> object:
    """Return a value as a template has it: text, numbers and days as they are, ours by fields."""
    if type(value) in AS_THEY_ARE:
        return value
    if isinstance(value, READ):
        return Fields(value)
    if isinstance(value, tuple | list):
        return tuple(map(to_template, value))
    if isinstance(value, Mapping):
        return {key: to_template(item) for key, item in value.items()}
    message = f"no template may have a {type(value).__name__}"
    raise AssertionError(message)


def from_template(value: object) -> object:
    """Return what a template hands to a function or a filter, as we have it."""
    if type(value) is Fields:
        return value._value  # noqa: SLF001 (the way back, which no template can go)
    if isinstance(value, tuple | list):
        return type(value)(map(from_template, value))
    if isinstance(value, dict):
        return {key: from_template(item) for key, item in value.items()}
    return value

"""Dates as documents give them: a day, a month, a year, or a range of these.

The written forms are those of ISO 8601-2 (EDTF) level 0, with an open start: ``2023-03-24``,
``2022-05``, ``2024``, ``2024-08-26/2024-08-27``, ``../2024-12-12`` (at some time up to that day).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import MAXYEAR, date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic_core import PydanticCustomError, core_schema

from reporter.problems import quoted

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

Precision = Literal["day", "month", "year"]

_POINT = r"\d{4}(-\d{2}(-\d{2})?)?"
PATTERN = rf"^({_POINT}|({_POINT}|\.\.)/{_POINT})$"
MONTHS_IN_YEAR = 12


def invalid(
    code: str, message: str, hint: str = "", where: tuple[str | int, ...] = ()
) -> PydanticCustomError:
    """Return a validation error with its own code, message and hint.

    ``where`` is the path from the value to the part at fault.
    """
    context = {"message": message, "hint": hint, "where": where}
    return PydanticCustomError("reporter_" + code, "{message}", context)


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month or year as it is written."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Point:
        """Read ``2023``, ``2023-03`` or ``2023-03-24``; raise a validation error if impossible."""
        if not re.fullmatch(_POINT, text, re.ASCII):
            raise _not_a_date(text)
        point = cls(*(int(part) for part in text.split("-")))
        wrong = f"'{text}' is not a date"
        if point.year == 0:
            raise invalid("date", f"{wrong}: there is no year 0", "years go from 0001 to 9999")
        if point.month is not None and point.month not in range(1, MONTHS_IN_YEAR + 1):
            message = f"{wrong}: there is no month {text[5:7]}"
            raise invalid("date", message, "months go from 01 to 12")
        if point.day is not None and point.day not in range(1, (last := point.month_end) + 1):
            hint = "correct the day, or give only the month"
            raise invalid("date", f"{wrong}: that month has {last} days", hint)
        return point

    @property
    def month_end(self) -> int:
        """The last day of its month; of a year's last month where it is a year."""
        return calendar.monthrange(self.year, self.month or MONTHS_IN_YEAR)[1]

    @property
    def precision(self) -> Precision:
        """How exactly the document gives it."""
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    @property
    def first(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it can mean."""
        return date(self.year, self.month or MONTHS_IN_YEAR, self.day or self.month_end)

    def __str__(self) -> str:
        month = "" if self.month is None else f"-{self.month:02}"
        day = "" if self.day is None else f"-{self.day:02}"
        return f"{self.year:04}{month}{day}"


@dataclass(frozen=True, slots=True)
class When:
    """A point in time or a range; ``start`` is None where a range is open at its start.

    It sorts by its last day, then by its first. A fact with such a date is known as of a day when
    its last day is not after it: nothing is shown of what may lie after the day.
    """

    start: Point | None
    end: Point
    last: date = field(init=False, repr=False, compare=False)
    """The last day that it can mean."""

    def __post_init__(self) -> None:
        # Worked out once: it is asked for at every turn.
        object.__setattr__(self, "last", self.end.last)

    @classmethod
    def parse(cls, text: object) -> When:
        """Read one of the written forms.

        Anything else raises a validation error with a code, a message and a hint.
        """
        if isinstance(text, When):
            return text
        if not isinstance(text, str):
            raise _not_a_date(text)
        return cls._read(text)

    @classmethod
    @lru_cache(maxsize=10_000)  # the same days stand in many records
    def _read(cls, text: str) -> When:
        if not re.fullmatch(PATTERN, text, re.ASCII):
            raise _not_a_date(text)
        first, slash, second = text.partition("/")
        if not slash:
            point = Point.parse(first)
            return cls(point, point)
        when = cls(None if first == ".." else Point.parse(first), Point.parse(second))
        if when.start is not None and when.start.first > when.end.last:
            message = f"the range '{text}' ends before it begins"
            raise invalid("range", message, "write the earlier date first")
        return when

    @classmethod
    def of(cls, day: date) -> When:
        """Return the single day ``day``."""
        point = Point(day.year, day.month, day.day)
        return cls(point, point)

    @classmethod
    def in_month_of(cls, day: date | Point) -> When:
        """Return the month in which a day, or a month itself, lies."""
        point = Point(day.year, day.month)
        return cls(point, point)

    @property
    def at_its_end(self) -> When:
        """Its last day, or its last month or year where it gives no day."""
        return When(self.end, self.end)

    @property
    def first(self) -> date:
        """The first day that it can mean; the last one where the start is open."""
        return self.start.first if self.start else self.end.last

    @property
    def is_range(self) -> bool:
        """Whether its start and its end differ, or its start is open."""
        return self.start != self.end

    def known_on(self, day: date) -> bool:
        """Return whether a fact of this date is surely at or before ``day``."""
        return self.last <= day

    def surely_after(self, other: When) -> bool:
        """Return whether all that it can mean lies after all that ``other`` can mean."""
        return self.start is not None and self.start.first > other.last

    def __lt__(self, other: When) -> bool:
        return (self.last, self.first) < (other.last, other.first)

    def __str__(self) -> str:
        return f"{self.start or '..'}/{self.end}" if self.is_range else str(self.end)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls,
        _schema: Any,  # noqa: ANN401 (as the caller has it)
        _handler: GetJsonSchemaHandler,
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": PATTERN,
            "description": (
                "A day 2023-03-24, a month 2023-03, a year 2023, or a range 2024-08-26/2024-08-27."
            ),
        }


class _Undated(When):
    """The date of what has none yet. It comes after all days, and none of them is known of it."""

    __slots__ = ()

    def known_on(self, day: date) -> bool:  # noqa: ARG002 (on no day)
        """Return that it is not."""
        return False

    def surely_after(self, other: When) -> bool:  # noqa: ARG002 (of no date)
        """Return that it is not: it may be on any day."""
        return False

    def __str__(self) -> str:
        return "not verified"


UNDATED: When = _Undated(None, Point(date.max.year, date.max.month, date.max.day))


def _not_a_date(value: object) -> PydanticCustomError:
    from reporter.records.dateforms import IN_GENERAL, way_out  # noqa: PLC0415 (only for mistakes)

    shown = quoted(value) if isinstance(value, str) else "nothing" if value is None else "this"
    hint = way_out(value) if isinstance(value, str) else IN_GENERAL
    return invalid("date", f"{shown} is not a date", hint)


def months_later(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or the last day of a shorter month.

    Past the last year that a date can have, it is the last day of that year.
    """
    years, month = divmod(day.month - 1 + months, MONTHS_IN_YEAR)
    year, month = day.year + years, month + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))

"""The day of a report, which notes until when all that was asked of it has the same answer.

A view asks of it little else than whether dates lie before it. Until it reaches the next of these
dates, the view is the same each day, and needs not be made again.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

COMPARING = ("__lt__", "__le__", "__eq__", "__ne__", "__ge__", "__gt__")
TELLING = (
    *("__add__", "__format__", "__hash__", "__radd__", "__repr__", "__rsub__", "__str__"),
    *("__sub__", "ctime", "isocalendar", "isoformat", "isoweekday", "replace", "strftime"),
    *("timetuple", "toordinal", "weekday"),
)
"""What has another result on each day."""


class Today(date):
    """A day that can be compared with others; whatever else is asked of it changes each day."""

    plain: date
    """The same without any notes."""
    until: date
    """The first day on which something that was asked may have another answer."""

    @classmethod
    def of(cls, day: date) -> Self:
        """Return this day, of which nothing was asked yet."""
        plain = plain_of(day)
        found = cls(plain.year, plain.month, plain.day)
        found.plain, found.until = plain, date.max
        return found

    def changes(self, day: date) -> None:
        """Note that from this day on something may be otherwise."""
        self.until = min(self.until, day)

    def tells(self) -> None:
        """Note that it is otherwise tomorrow."""
        self.changes(self.plain + min(timedelta(days=1), date.max - self.plain))

    def __reduce__(self) -> tuple[type[date], tuple[int, int, int]]:
        """Return what makes a plain day of it: elsewhere nobody asks for its notes."""
        self.tells()
        return date, (self.plain.year, self.plain.month, self.plain.day)

    def __reduce_ex__(self, _: object) -> tuple[type[date], tuple[int, int, int]]:
        """Return the same, for whatever asks first for this."""
        return self.__reduce__()

    @property
    def year(self) -> int:
        """Its year."""
        self.tells()
        return self.plain.year

    @property
    def month(self) -> int:
        """Its month."""
        self.tells()
        return self.plain.month

    @property
    def day(self) -> int:
        """Its day."""
        self.tells()
        return self.plain.day


def plain_of(day: date) -> date:
    """Return a day without any notes."""
    return day.plain if isinstance(day, Today) else day


def _comparing(name: str) -> Callable[[Today, Any], bool]:
    compared = getattr(date, name)

    def compare(self: Today, other: Any) -> bool:  # noqa: ANN401 (as of a date)
        if isinstance(other, Today):
            other.tells()
        if isinstance(other, date):
            other = plain_of(other)
            if other > self.plain:
                self.changes(other)
            elif other == self.plain:
                self.tells()
        found: bool = compared(self.plain, other)
        return found

    return compare


def _telling(name: str) -> Callable[..., Any]:
    told = getattr(date, name)

    def tell(self: Today, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (as of a date)
        self.tells()
        return told(self.plain, *map(_plain, arguments), **named)

    return tell


def _plain(value: Any) -> Any:  # noqa: ANN401 (as of a date)
    return plain_of(value) if isinstance(value, date) else value


for _name in COMPARING:
    setattr(Today, _name, _comparing(_name))
for _name in TELLING:
    setattr(Today, _name, _telling(_name))

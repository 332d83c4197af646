"""What became of a build, and what there is to say of it at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.problems import Problem, has_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from reporter.choice import Options


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What was written and why, what was not, and what there is to say about it."""

    reasons: dict[Path, str]
    """What was written, or would be; and why."""
    unchanged: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()
    """Files of reports that no longer exist, and are there."""
    removed: tuple[Path, ...] = ()
    """Files of such reports that were removed."""
    lost: tuple[str, ...] = ()
    """Reports that could not be made."""
    problems: tuple[Problem, ...] = ()
    checked: bool = False
    """Whether nothing was to be written."""

    @property
    def written(self) -> tuple[Path, ...]:
        """The files that were written."""
        return () if self.checked else tuple(self.reasons)

    @property
    def failed(self) -> bool:
        """Whether anything that was asked for is missing."""
        return has_errors(self.problems)


def complaints(
    options: Options, names: Iterable[str], reasons: Mapping[str, str], left: Iterable[str]
) -> Iterator[Problem]:
    """Yield what ``--check`` has to say: of the outputs of these names, and of what is left."""
    hint = "run the build again, and do not edit what it writes"
    for name in names:
        if reason := reasons.get(name):
            message = f"not what the records say: {reason}"
            yield Problem(options.output / name, message, hint)
    for name in left:
        message = "there is no such report any more"
        yield Problem(options.output / name, message, "remove it with --prune")


def day_given(options: Options) -> Problem:
    """Return the warning that reports were called gone on a day that nobody named."""
    given = f"the day is {options.day}, as {options.variable} says"
    hint = f"if you mean another day, unset {options.variable} and build again"
    message = f"{given}: reports that do not exist on it were removed"
    return Problem(None, message, hint, severity="warning")


def too_early(options: Options, first: date | None) -> Problem | None:
    """Return the warning that the day lies before the first on record: a clock may be wrong.

    Who asked for that day, and prunes nothing, knows.
    """
    if first is None or first <= options.day or (options.asked and not options.prune):
        return None
    who = f", as {options.variable} says" if options.variable else ""
    message = f"the day is {options.day}{who}: every meeting and agreement on record is later"
    hint = f"the first is of {first}; name a day with --as-of"
    hint += f", or unset {options.variable}" if options.variable else ""
    pruned = "nothing was removed; " if options.prune else ""
    return Problem(None, message, f"{pruned}{hint}", severity="warning")

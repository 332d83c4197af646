"""Reads and cross-checks a whole project, its own templates too; renders nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reporter.problems import ReporterError, has_errors
from reporter.records import KINDS, SERIES
from reporter.records.cache import read
from reporter.records.relevance import sort_problems
from reporter.records.undrawn import undrawn
from reporter.sources.coverage import report
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from reporter.problems import Problem
    from reporter.records.facts import Facts
    from reporter.records.project import Contents


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which paragraphs of a document are cited."""

    document: str
    paragraphs: int
    cited: frozenset[int]

    @property
    def missing(self) -> tuple[int, ...]:
        """The paragraphs that nothing cites."""
        return tuple(number for number in range(1, self.paragraphs + 1) if number not in self.cited)

    def __str__(self) -> str:
        text = (
            f"{self.document}: {self.paragraphs - len(self.missing)} of {self.paragraphs} "
            "paragraphs cited"
        )
        return f"{text}; not cited: {', '.join(map(str, self.missing))}" if self.missing else text


class Checked(NamedTuple):
    """What there is to say about a project that has no errors."""

    lines: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


def check(project: Path, *, coverage: bool = False) -> Checked:
    """Return what there is to say about a project without problems.

    With ``coverage`` that is also how much of the texts the records code, and the texts hold.

    Raises ReporterError with all of them otherwise, those of its own templates included.
    """
    contents = read(project)
    problems = (*sort_problems(contents, None), *_of_templates(project, contents))
    if has_errors(problems):
        raise ReporterError(problems)
    problems = (*problems, *undrawn(contents))
    facts = [loaded.facts for loaded in contents.records]
    idle = uncited(facts)
    last = [f"documents that nothing cites ({len(idle)}): {', '.join(idle)}"] if idle else []
    last += idle_records(contents)
    more = report(contents) if coverage else ()
    return Checked((_summary(contents), *map(str, cited(facts)), *last, *more), problems)


def _of_templates(project: Path, contents: Contents) -> tuple[Problem, ...]:
    theme = Theme.of(project)
    if not theme.folders[1:]:
        return ()
    from reporter.formats.html.checks import problems_of  # noqa: PLC0415 (heavy: only where needed)

    return tuple(problems_of(theme, contents.settings.language))


def cited(records: Collection[Facts]) -> tuple[Coverage, ...]:
    """Return which paragraphs the records cite, for each numbered document that was read whole.

    Both documents and paragraphs are in order.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for facts in records:
        for document, paragraphs in facts.cites.items():
            found[document].update(paragraphs)
    return tuple(
        Coverage(facts.id, facts.document[1], frozenset(found[facts.id] - {0}))
        for facts in records
        if facts.document and facts.document[1] is not None and facts.document[2]
    )


def uncited(records: Collection[Facts]) -> tuple[str, ...]:
    """Return the documents that no record cites or names, in their order."""
    used = {document for facts in records for document in facts.cites}
    for facts in records:
        for kinds, names in facts.names.items():
            if "document" in kinds.split("|"):
                used.update(names)
    return tuple(facts.id for facts in records if facts.document and facts.id not in used)


def idle_records(contents: Contents) -> Iterator[str]:
    """Yield to which bodies, persons, subjects and policies no other record refers."""
    used: dict[str, set[str]] = defaultdict(set)
    for loaded in contents.records:
        for kinds, names in loaded.facts.names.items():
            for kind in kinds.split("|"):
                used[kind].update(names)
    for kind in ("organisation", "person", "subject", "policy"):
        found = [loaded.facts.id for loaded in contents.records if loaded.kind == kind]
        if idle := [name for name in found if name not in used[kind]]:
            plural = next(item.plural for item in KINDS if item.name == kind)
            yield f"{plural} to which nothing refers ({len(idle)}): {', '.join(idle)}"


def _summary(contents: Contents) -> str:
    found = Counter(loaded.kind for loaded in contents.records)
    kinds = [
        f"{found[kind.name]} {kind.name if found[kind.name] == 1 else kind.plural}"
        for kind in (SERIES, *KINDS)
        if found[kind.name]
    ]
    total = len(contents.records)
    counted = f"{total} record{'' if total == 1 else 's'}, no problems"
    return f"{counted}: {', '.join(kinds)}" if kinds else counted

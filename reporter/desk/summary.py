"""What a build has done, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.build import BuildOutcome


def summary(outcome: BuildOutcome, seconds: float, *, verbose: bool) -> Iterator[str]:
    """Yield the lines that stand on stderr after a build."""
    if verbose and not outcome.checked:
        yield from (f"{path}: {reason}" for path, reason in outcome.reasons.items())
    yield from (f"{path}: removed, there is no such report any more" for path in outcome.removed)
    if not outcome.checked:
        yield from (
            f"{path}: there is no such report any more; --prune removes it" for path in outcome.left
        )
    counts: tuple[str, ...] = (
        f"{len(outcome.reasons)} to be renewed"
        if outcome.checked
        else f"{len(outcome.written)} written",
        f"{len(outcome.unchanged)} unchanged",
        f"{len(outcome.left)} left over" if outcome.left else f"{len(outcome.removed)} removed",
    )
    if outcome.lost:
        counts = (*counts, f"{len(outcome.lost)} failed")
    yield f"{', '.join(counts)}, in {seconds:.1f} s"

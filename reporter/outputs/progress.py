"""What is shown during a build: a bar on a terminal, plain lines in CI, nothing elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.outputs.terminal import plain, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _line(name: str, done: int, total: int) -> None:
    say(f"[{done}/{total}] {name}", err=True)


@dataclass(frozen=True, slots=True)
class Progress:
    """Told of each report that is settled; the default tells nobody."""

    step: Callable[[str, int, int], None] = lambda *_: None
    """Name of the report, how many are settled, and of how many."""
    waiting: Callable[[], None] = lambda: None
    """Another build is at work in the folder."""


@contextmanager
def progress(*, terminal: bool, ci: bool) -> Iterator[Progress]:
    """Show how far a build is, as fits the place where it runs."""

    def waiting() -> None:
        say("waiting for another build in the same folder", err=True)

    if not terminal:
        yield Progress(_line, waiting) if ci else Progress(waiting=waiting)
        return
    with _bar() as step:
        yield Progress(step, waiting)


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar, from the first step on.

    It is drawn at each step and not by a thread, since processes are forked beside it.
    """
    shown = None

    def step(name: str, done: int, total: int) -> None:
        nonlocal shown
        if shown is None:
            from rich.console import Console  # noqa: PLC0415 (only where something is to show)
            from rich.progress import Progress as Bar  # noqa: PLC0415 (as above)

            shown = Bar(console=Console(stderr=True), auto_refresh=False, transient=True)
            shown.add_task("", total=total)
            shown.start()
        shown.update(shown.task_ids[0], completed=done, description=plain(name), refresh=True)

    try:
        yield step
    finally:
        if shown is not None:
            shown.stop()

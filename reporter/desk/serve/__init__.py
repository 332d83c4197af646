"""Shows a project in the browser, and each save at once: ``reporter serve``. Writes nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import webbrowser
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from reporter.desk.serve.last_good import Request, ServedPages
from reporter.desk.serve.server import listening
from reporter.desk.serve.watch import Watch
from reporter.theme import default_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reporter.problems import Problem

__all__ = ["Request", "serve"]
MOST_NAMED = 9  # files of which the terminal says that they were saved
# They would take the terminal from us. The last name stands for any of the others.
FOR_TERMINALS = {"browsh", "chawan", "elinks", "links", "links2", "lynx", "w3m", "www-browser"}


def serve(
    request: Request,
    port: int,
    say: Callable[[str], None],
    show: Callable[[Iterable[Problem]], None],
    *,
    browser: bool,
) -> None:
    """Serve a project until Ctrl-C: ``say`` what happens, and ``show`` what problems there are."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends the other processes, too
    try:
        with followed(request) as pages, listening(pages, port) as server:
            say(f"Serving {server.address} (Ctrl-C ends it)")
            if browser:  # meanwhile: some browsers keep whoever opened them waiting
                Thread(target=open_in_browser, args=(server.address,), daemon=True).start()
            show(pages.problems())
            while saved := pages.saved():
                say(f"{names_of(saved, request.project)} saved")
                show(pages.problems())
    except KeyboardInterrupt:
        say("Ended")


def names_of(saved: Iterable[Path], project: Path) -> str:
    """Return the names of some files in a project; of many the first, and how many more."""
    names = sorted(os.path.relpath(path, project) for path in saved)
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return f"{', '.join(names[:MOST_NAMED])}{more}"


@contextmanager
def followed(request: Request) -> Iterator[ServedPages]:
    """Keep the pages of a project, which are made anew after each save."""
    project = request.project
    watch = Watch((project / "data", project / "templates", default_templates()))
    with closing(ServedPages(request)) as pages:  # what is saved while it is read, is read again
        Thread(target=_follow, args=(watch, pages), daemon=True).start()
        try:
            yield pages
        finally:
            watch.stop()


def _follow(watch: Watch, pages: ServedPages) -> None:
    while saved := watch.wait():
        pages.refresh(saved)


def open_in_browser(address: str) -> None:
    """Open an address, away from the terminal; nothing where only a terminal could show it."""
    try:
        program = Path(webbrowser.get().name)
    except webbrowser.Error:
        return
    if FOR_TERMINALS.isdisjoint({program.name, program.resolve().name}):
        command = [sys.executable, "-I", "-m", "webbrowser", address]
        nothing = subprocess.DEVNULL
        subprocess.run(  # noqa: S603
            command,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,
            check=False,
        )

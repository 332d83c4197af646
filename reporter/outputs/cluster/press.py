"""What a build has on a worker for as long as it is at work: the files of the theme, and a process that prints.

It is a value that the worker holds for the build. Dask drops it when the build lets go of it, or is no more; then the process
and the files go too.
"""

from __future__ import annotations

import pickle
import weakref
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from distributed import get_worker

from reporter.outputs.crew import Crew, Lost
from reporter.outputs.digests import printing_versions
from reporter.outputs.files import Scratch
from reporter.outputs.workers import Paper, Sheet, printer
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

Files = dict[str, bytes]
ABOUT = "about"  # the job to say what one prints with


def packed(theme: Theme) -> tuple[Files, ...]:
    """Return the folders of a theme, with all files that a page may load: links that lead out of them are not among these."""
    return tuple(
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if _is_inside(path, folder)
        }
        for folder in theme.folders
    )


def _is_inside(path: Path, folder: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


class Press:
    """Prints one sheet at a time. What comes and goes is bytes, so that a scheduler needs to know nothing of it."""

    def __init__(self, folders: tuple[Files, ...], limit: float) -> None:
        with ExitStack() as opened:
            room = opened.enter_context(
                TemporaryDirectory(prefix="reporter-", dir=get_worker().local_directory)
            )
            theme = Theme(
                tuple(
                    _unpack(files, Path(room, str(number))) for number, files in enumerate(folders)
                )
            )
            crew: Crew[Sheet | str, Paper | dict[str, str]] = Crew(
                _printer, (theme,), size=1, limit=limit, forked=False
            )
            crew.scratch = Scratch(room)
            self._crew = opened.enter_context(crew)
            self._crew.start(1)
            weakref.finalize(self, opened.pop_all().close)

    def about(self) -> bytes:
        """Return what papers are printed with."""
        return self._do(ABOUT)

    def print_(self, sheet: bytes) -> bytes:
        """Return the paper."""
        return self._do(pickle.loads(sheet))  # noqa: S301 (from a build, which runs what it likes here)

    def _do(self, job: Sheet | str) -> bytes:
        ((_, answer),) = self._crew.run([job])
        return pickle.dumps(answer)


class Opening:
    """A press where it is unpickled."""

    def __init__(self, folders: tuple[Files, ...], limit: float) -> None:
        self._arguments = folders, limit

    def __reduce__(self) -> tuple[type[Press], tuple[tuple[Files, ...], float]]:
        """Return what to call there."""
        return Press, self._arguments


def _unpack(files: Files, folder: Path) -> Path:
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _printer(theme: Theme) -> Callable[[Sheet | str], Paper | Lost | dict[str, str]]:
    print_ = printer(theme)
    return lambda job: printing_versions() if isinstance(job, str) else print_(job)

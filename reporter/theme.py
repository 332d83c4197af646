"""The look of a project: where templates, stylesheets, fonts and languages are found."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.problems import printable, stop
from reporter.text import read_bytes, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator


NO_FILE = "put it there; a link that leads out of the folder is not followed"


def absent(name: str) -> str:
    """Return what there is to say of a file that no theme has."""
    return f"there is no file '{printable(name)}' in templates/"


def default_templates() -> Path:
    """Return the folder of the default templates: inside the wheel, or at the top of a checkout."""
    packaged = Path(__file__).parent / "_templates"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "templates"


def language_file(code: str) -> str:
    """Return the name of the file of a theme that has the words of a language."""
    return f"languages/{code}.yaml"


@dataclass(frozen=True, slots=True)
class Theme:
    """Where templates are found: first the project's own folder, then the defaults, by file."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, project: Path) -> Theme:
        """Return the theme of the project in the folder ``project``.

        Raises ReporterError where its templates are not a folder.
        """
        own = project / "templates"
        if own.exists() and not own.is_dir():
            hint = "move it away: in a folder of this name are a project's own templates"
            stop(own, "a file, not a folder", hint)
        default = default_templates()
        return cls(
            (own, default)
            if own.is_dir() and not (default.is_dir() and own.samefile(default))
            else (default,)
        )

    def find(self, name: str) -> Path | None:
        """Return the file ``name`` of the theme, if there is one.

        A name or a link that leads out of its folder counts as missing, and no default takes its
        place: whoever linked it would wonder where it is.
        """
        for folder in self.folders:
            path = folder / name
            if os.path.lexists(path):
                return (
                    path
                    if path.is_file() and path.resolve().is_relative_to(folder.resolve())
                    else None
                )
        return None

    def owns(self, path: Path) -> bool:
        """Return whether a file is the project's own, and not one of the defaults."""
        return len(self.folders) > 1 and path.is_relative_to(self.folders[0])

    def file(self, name: str) -> Path:
        """Return the file ``name`` of the theme. Raises ReporterError where there is none."""
        if not (path := self.find(name)):
            stop(None, absent(name), NO_FILE)
        return path

    def of_language(self, folder: str, code: str) -> Path | None:
        """Return the file of a language in a folder, or that of which it is a variant."""
        codes = dict.fromkeys((code, code.partition("-")[0]))
        found = (self.find(f"{folder}/{each}.yaml") for each in codes)
        return next(filter(None, found), None)

    def text(self, name: str) -> str:
        """Return the text of the file ``name`` of the theme.

        Raises ReporterError where there is none, and where it is not text.
        """
        path = self.file(name)
        hint = "a template or a stylesheet needs no more"
        return read_text(path, hint=hint, within=self.home(path))

    def content(self, name: str) -> bytes:
        """Return what the file ``name`` of the theme holds. Raises ReporterError if missing."""
        path = self.file(name)
        return read_bytes(path, within=self.home(path))

    def home(self, path: Path) -> Path | None:
        """Return the folder of the theme in which a file lies."""
        return next((folder for folder in self.folders if path.is_relative_to(folder)), None)

    def files(self) -> Iterator[Path]:
        """Yield every file of the theme, overridden ones left out."""
        seen: set[Path] = set()
        for folder in self.folders:
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder)
                leads_out = path.is_symlink() and not self.find(name.as_posix())
                if path.is_file() and name not in seen and not leads_out:
                    seen.add(name)
                    yield path

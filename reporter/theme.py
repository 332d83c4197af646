"""The look of a project: the folders in which templates, stylesheets, fonts and languages are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def default_templates() -> Path:
    """Return the folder of the default templates: inside the wheel, or at the top of a checkout."""
    packaged = Path(str(resources.files("reporter"))) / "_templates"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class Theme:
    """Where templates are looked for: the project's own folder first, then the defaults, file by file."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, project: Path) -> Theme:
        """Return the theme of the project in the folder ``project``."""
        own = project / "templates"
        default = default_templates()
        return cls((own, default) if own.is_dir() and not (default.is_dir() and own.samefile(default)) else (default,))

    def file(self, name: str) -> Path:
        """Return the file ``name`` of the theme."""
        return next((path for folder in self.folders if (path := folder / name).is_file()), self.folders[-1] / name)

    def files(self) -> Iterator[Path]:
        """Yield every file of the theme, overridden ones left out."""
        seen: set[Path] = set()
        for folder in self.folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.relative_to(folder) not in seen:
                    seen.add(path.relative_to(folder))
                    yield path

"""Writes files whole: at every moment each is either the old one or the new one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from reporter.problems import Problem, ReporterError


def check_writable(folder: Path) -> None:
    """Make the folder. Raises ReporterError where nothing can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ReporterError([Problem(folder, f"cannot write here: {error.strerror}", "choose another folder with --output")]) from None


def write(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` and return it. Raises ReporterError where that fails; the old file is then as it was."""
    name = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise ReporterError([Problem(path, f"cannot be written: {error.strerror}", "the old file is as it was")]) from None
    return path

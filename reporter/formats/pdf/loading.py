"""How the C libraries of the renderer are found."""

from __future__ import annotations

import ctypes.util
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def known_by_name() -> Iterator[None]:
    """Let Linux load libraries by the names that they go by there, and look for no others.

    WeasyPrint tries names of all systems, those of Linux last. For each other one cffi would run
    ``ldconfig``, the compiler and the linker: half of what it takes to import the renderer.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _nowhere(name: str) -> str | None:  # noqa: ARG001 (as the other)
    return None

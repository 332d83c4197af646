"""The machine's libraries that lay out text and cut fonts down to what is used.

A paper depends on their versions.
"""

from __future__ import annotations

import ctypes
import zlib
from functools import cache

# As the renderer calls them: on Linux, on macOS, on Windows.
PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")
MISSING = "missing"


@cache
def libraries() -> dict[str, str]:
    """Return their versions by name; ``missing`` for one that cannot be loaded."""
    return {
        "Pango": _version(PANGO, "pango_version_string"),
        "HarfBuzz": _version(HARFBUZZ, "hb_version_string"),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _version(names: tuple[str, ...], function: str) -> str:
    for name in names:
        try:
            ask = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return bytes(ask()).decode()
    return MISSING

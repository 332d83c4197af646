"""Lists of ids, and comments, in the style of the project's records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 130


def listed(items: Iterable[str]) -> str:
    """Return ids as YAML: a list of one without its brackets."""
    found = list(items)
    return found[0] if len(found) == 1 else f"[{', '.join(found)}]"


def comment(text: str, indent: str = "") -> Iterator[str]:
    """Yield a text as comments, in lines of a sane length."""
    line = f"{indent}#"
    for word in text.split():
        if len(line) + 1 + len(word) > WIDTH and line != f"{indent}#":
            yield line
            line = f"{indent}#  "
        line += f" {word}"
    yield line

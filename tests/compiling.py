"""Compiles a template once, however many projects fill it.

What a template is compiled to depends on its text, its file, and the words of the language, of
which constants are made. Most projects of tests have one template of their own, and all others in
common.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reporter.formats.html.environment import Closed

if TYPE_CHECKING:
    from types import CodeType

_compile = Closed.compile
_compiled: dict[tuple[object, ...], CodeType] = {}


def once(
    environment: Closed,
    source: str,
    name: str | None = None,
    filename: str | None = None,
    **how: Any,  # noqa: ANN401 (as in Jinja)
) -> CodeType:
    """Return the code of a template; this stands for ``Closed.compile``."""
    how_it_is_read = (type(environment), _words(environment), *sorted(how.items()))
    key = (source, name, filename, how_it_is_read)
    if key not in _compiled:
        _compiled[key] = _compile(environment, source, name, filename, **how)
    return _compiled[key]


@lru_cache(maxsize=8)
def _words(environment: Closed) -> str:
    """Return all that the language of an environment says."""
    ordinal: Any = environment.globals["ordinal"]
    language = ordinal._run.__self__
    return f"{language.code} {language.locale} {language.words}"

"""The characters of records that no typeface of the theme has, told where they stand.

A PDF takes no font of the machine: on another one the same records would look different. So no PDF
is made of a page with such a character, and who keeps the records should know before a build. The
files of the faces are large, and read only where a character may be in none of them.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from reporter.problems import SELECTOR, Problem, sample
from reporter.text import read_bytes
from reporter.theme import default_templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.records.project import Contents
    from reporter.records.reader import Path_, Plain, Source
    from reporter.theme import Theme

HINT = (
    "name a typeface that has them in templates/look.css; until then no PDF can be made on which "
    "they are printed, but HTML can"
)
_ASCII = bytes(range(128))
_USUAL = frozenset(
    [
        *(*range(0xA0, 0x180), *range(0x218, 0x21C), *range(0x1EA0, 0x1EFA)),  # letters, with signs
        *(*range(0x2010, 0x201F), *range(0x2020, 0x2028)),  # dashes, quotation marks, dots
        *(0x20AC, 0x2122, 0x2212),  # euro, trade mark, minus
    ]
)
"""Latin letters, and what stands between them."""
_JAPANESE = "euc_jp"
_OF_MATHEMATICS = "Sm"  # one of these is missing
_NOT_DRAWN = frozenset({"Cc", "Cf", "Mc", "Me", "Mn", "Zl", "Zp", "Zs"})


def undrawn(contents: Contents) -> Iterator[Problem]:
    """Yield a warning for each text with characters that no typeface of the theme has."""
    sources = {loaded.path: loaded for loaded in contents.records}
    found = {path: _rare(read_bytes(path), contents.theme) for path in sources}
    own = contents.settings_source
    found[own.path] = _rare(read_bytes(own.path), contents.theme)
    every: frozenset[str] = frozenset().union(*found.values())
    lacking = every - _drawn(contents.theme, every) if every else every
    for path, characters in found.items():
        if characters & lacking:
            source = sources[path].source if path in sources else own
            yield from _told(source, lacking)


def _told(source: Source, lacking: frozenset[str]) -> Iterator[Problem]:
    for where, text in _texts(source.data):
        characters = lacking & {*text}
        if characters and "://" not in text and where not in source.filled:
            found = sample(characters | ({SELECTOR} & {*text}))
            message = f"no typeface of the theme has the characters {found}"
            line, column = source.position(where)
            yield Problem(source.path, message, HINT, line, column, severity="warning")


def _texts(data: Plain, where: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield the texts in plain data, each with the way to it."""
    if isinstance(data, str):
        if not data.isascii():
            yield where, data
        return
    steps: Iterable[tuple[str | int, Plain]] = ()
    if isinstance(data, dict):
        steps = data.items()
    elif isinstance(data, list):
        steps = enumerate(data)
    for step, value in steps:
        yield from _texts(value, (*where, step))


def _rare(raw: bytes, theme: Theme) -> frozenset[str]:
    """Return the characters in a file of which it is not known that the theme has them."""
    others = {*raw.translate(None, _ASCII).decode(errors="ignore")}
    if theme.home(theme.file("fonts.css")) == default_templates():
        others = {character for character in others if not is_usual(character)}
    return frozenset(each for each in others if unicodedata.category(each) not in _NOT_DRAWN)


@cache
def is_usual(character: str) -> bool:
    """Return whether the default faces have a character: Latin letters, and those of Japanese."""
    if ord(character) in _USUAL:
        return True
    if unicodedata.category(character) == _OF_MATHEMATICS:
        return False
    try:
        # Signs that are seldom used have three bytes.
        return len(character.encode(_JAPANESE)) == len("ja")
    except UnicodeEncodeError:
        return False


def _drawn(theme: Theme, wanted: frozenset[str]) -> frozenset[str]:
    """Return which of these characters a face of the theme draws: those of a ministry are first."""
    from reporter.formats import font, look  # noqa: PLC0415 (heavy: only where there are such)

    drawn: set[str] = set()
    families: set[str] = set()
    for face in reversed(look.faces(theme)):
        if face.family not in families and not drawn >= wanted:
            families.add(face.family)
            if content := look.paper_content(face, theme):
                drawn.update(map(chr, font.drawn_by(content)))
    return wanted & drawn

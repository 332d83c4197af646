"""The faces of the PDF: loaded once for each theme, and checked in each document."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from reporter.formats import font, look
from reporter.formats.pdf.fetcher import BASE, ThemeFetcher
from reporter.problems import sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.theme import Theme


@cache
def faces(theme: Theme) -> tuple[FontConfiguration, CSS]:
    """Return the fonts of ``theme`` and the stylesheet that names them."""
    configuration = FontConfiguration()
    rules = "\n".join(face.rule() for face in look.faces(theme))
    return configuration, CSS(
        string=rules, font_config=configuration, url_fetcher=ThemeFetcher(theme), base_url=BASE
    )


@cache
def families(theme: Theme) -> frozenset[str]:
    """Return the names of the theme's fonts."""
    return frozenset(face.family for face in look.faces(theme))


def foreign(fonts: Iterable[Any], own: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the fonts that a document uses, with the characters in question.

    The families ``own`` are the theme's. Where they have no glyph, Pango silently takes a font of
    the machine, and the same records would look different elsewhere. A character that no font has
    is drawn as an empty box.
    """
    used: dict[str, set[str]] = defaultdict(set)
    missing: set[str] = set()
    for each in fonts:
        missing.update(map(chr, each.missing))
        if each.family not in own:
            used[each.family].update("".join(each.to_unicode.values()))
    for family, found in used.items():
        message = f"the font '{family}' is not one of the theme's; it was used for {sample(found)}"
        yield message, _strange(found)
    if missing:
        yield f"no font has the characters {sample(missing)}", _strange(missing)


def complete(fonts: Iterable[Any]) -> None:
    """Keep, beside each glyph in use, the one that Adobe's standard encoding has at its number.

    In a font of CFF outlines a number in the text is that of a glyph (ISO 32000-1, 9.7.4.2).
    veraPDF 1.28 looks up the standard encoding first, and takes "F" for a missing apostrophe.
    """
    for each in fonts:
        if each.type == "otf":
            encoded = font.encoded_at(each.file_content, each.to_unicode)
            each.to_unicode.update(encoded)


def _strange(characters: Iterable[str]) -> str:
    """Return those that are not found in every text."""
    return "".join(
        sorted(
            {
                character
                for character in characters
                if not character.isascii() and not character.isspace()
            }
        )
    )

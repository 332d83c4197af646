"""The faces of the PDF: loaded once for each theme, and checked in each document."""

from __future__ import annotations

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
    for each in fonts:
        if each.family not in own:
            found = "".join(each.to_unicode.values())
            yield (
                (
                    f"the font '{each.family}' is not one of the theme's; "
                    f"it was used for '{sample(found)}'"
                ),
                _strange(found),
            )
        if each.missing:
            found = "".join(map(chr, each.missing))
            yield f"no font has the characters '{sample(found)}'", _strange(found)


def complete(fonts: Iterable[Any]) -> None:
    """Keep, beside each glyph in use, the one that Adobe's standard encoding has at its number.

    In a font of CFF outlines a number in the text is that of a glyph (ISO 32000-1, 9.7.4.2).
    veraPDF 1.28 looks up the standard encoding first, and takes "F" for a missing apostrophe.
    """
    for each in fonts:
        if each.type == "otf":
            encoded = font.encoded_at(each.file_content, each.to_unicode)
            each.to_unicode.update(encoded)


def _strange(characters: str) -> str:
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

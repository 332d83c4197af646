"""The faces of the PDF: loaded once for each theme, and checked in each document."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from reporter.pdf.fetcher import BASE, ThemeFetcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.theme import Theme

FAMILY = "Reporter "  # every face of a theme belongs to a family of this name
SAMPLE = 12


@cache
def faces(theme: Theme) -> tuple[FontConfiguration, CSS]:
    """Return the fonts of ``theme`` and the stylesheet that names them."""
    configuration = FontConfiguration()
    sheet = theme.file("fonts.css").read_text(encoding="utf-8")
    return configuration, CSS(string=sheet, font_config=configuration, url_fetcher=ThemeFetcher(theme), base_url=BASE)


def foreign(fonts: Iterable[Any]) -> Iterator[str]:
    """Yield what is wrong with the fonts that a document uses.

    Pango takes a font of the machine without a word where the theme's have no glyph; the same records would then look
    different elsewhere. A character that no font has is drawn as an empty box.
    """
    for font in fonts:
        if not font.family.startswith(FAMILY):
            yield f"the font '{font.family}' is not one of the theme's; it was used for '{_sample(font.to_unicode.values())}'"
        if font.missing:
            yield f"no font has the characters '{_sample(map(chr, font.missing))}'"


def _sample(characters: Iterable[str]) -> str:
    found = sorted(set(characters) - {""})
    return "".join(found[:SAMPLE]) + ("…" if len(found) > SAMPLE else "")

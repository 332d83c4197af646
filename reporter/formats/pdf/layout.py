"""From a page of HTML to pages of paper: what is left out of them, and how tight they are set.

What is set tight has the class "compact", for which the stylesheet has smaller gaps.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from weasyprint import CSS, HTML, Document
from weasyprint.logger import LOGGER

from reporter.formats.pdf import filling, page_one
from reporter.formats.pdf.fetcher import BASE, ThemeFetcher
from reporter.formats.pdf.fonts import faces
from reporter.formats.pdf.optional import OptionalParts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from reporter.theme import Theme

    Pages = Callable[[], Document]

# With level b WeasyPrint leaves the tags to us; the metadata say a, which the finished file is.
VARIANT: dict[str, Any] = {"pdf_variant": "pdf/a-3b"}
MOST_ROUNDS = 5  # in which what left a page nearly empty is let break inside


class _Misses(Exception):  # noqa: N818 (it says what happened)
    """A page misses what it aims at, although all was left out that may be."""


def lay_out(theme: Theme, page: str, look: CSS) -> Document:
    """Return the pages: no page one runs over if leaving out helps, and no last page is hollow."""
    source = HTML(string=page, base_url=BASE, url_fetcher=ThemeFetcher(theme))
    root, (configuration, css) = source.etree_element, faces(theme)

    def pages() -> Document:
        tight = (
            [_read(theme, theme.text("compact.css"))]
            if any(map(filling.is_tight, root.iter()))
            else []
        )
        return source.render(stylesheets=[css, look, *tight], font_config=configuration, **VARIANT)

    bound = page_one.parts_of(root)
    for part in bound:
        with page_one.alone(root, part), _silent():
            _fitted(pages, part, part)
    main = next(root.iter("main"), root)
    found = (None if bound else _fitted(pages, main)) or pages()
    for _ in range(MOST_ROUNDS):
        if not filling.loosen(found.pages):
            break
        found = pages()
    return _without_hollow(pages, found, bound or [main])


def _fitted(pages: Pages, main: Element, part: Element | None = None) -> Document | None:
    """Leave out what has no room on page one. Where that does not help, set it tight and try again.

    Return the pages. Of a part of several, which is alone now, only page one is laid out: None.
    """
    if not page_one.has_aims(main, part):
        return _left_out(pages, main, part)
    whole = deepcopy(main)
    for tight in (False, True):
        filling.tighten(main, tight=tight)
        with suppress(_Misses):
            return _left_out(pages, main, part)
        main[:] = deepcopy(whole)[:]
    filling.tighten(main, tight=False)
    return None


def _left_out(pages: Pages, main: Element, part: Element | None) -> Document | None:
    """Leave out what has no room on page one, and return the pages if all were laid out."""
    optional, aims = OptionalParts(main), page_one.has_aims(main, part)
    while optional or optional.gone or aims:
        try:
            with suppress(page_one.Stands), page_one.stopping(part):
                return pages()
        except page_one.RunsOver as stopped:
            if not optional:
                break
            optional.leave_out(stopped.overrun.room, stopped.overrun.heights)
        else:
            return None
    if aims:
        raise _Misses
    return None


def _without_hollow(pages: Pages, found: Document, parts: Sequence[Element]) -> Document:
    """Set tight what ends with a hollow page, if that saves it; else let it share a section."""
    hollow = {
        part: own
        for part in parts
        if filling.is_hollow(own := page_one.pages_of(found.pages, part))
        and not filling.is_tight(part)
    }
    if not hollow:
        return found
    for part in hollow:
        filling.tighten(part)
    tight = pages()
    loose = [
        part for part in hollow if len(page_one.pages_of(tight.pages, part)) >= len(hollow[part])
    ]
    for part in loose:
        filling.tighten(part, tight=False)
    shared = [part for part in loose if filling.share(hollow[part], part)]
    if not loose:
        return tight
    return pages() if shared or len(loose) < len(hollow) else found


@lru_cache(maxsize=1)
def _read(theme: Theme, text: str) -> CSS:
    """Return a stylesheet of the theme."""
    return CSS(string=text, base_url=BASE, url_fetcher=ThemeFetcher(theme))


@contextmanager
def _silent() -> Iterator[None]:
    """Say nothing of what is laid out to be measured: it is laid out once more."""
    LOGGER.disabled = True
    try:
        yield
    finally:
        LOGGER.disabled = False

"""Files of a theme as a template takes them into a page: stylesheets, faces, pictures, colours."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound
from markupsafe import Markup

from reporter.formats.look import as_base64, colours, data_address, screen_faces, stylesheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from reporter.theme import Theme


def functions(theme: Theme) -> dict[str, Callable[..., object]]:
    """Return what puts files of the theme into a page; they are the theme's own, not a record's."""

    def known(name: str) -> str:
        """Return the name of a file of the theme; of any other, the template is told."""
        if theme.find(name):
            return name
        raise TemplateNotFound(name)

    def style(name: str) -> Markup:
        """Return a stylesheet."""
        text = stylesheet(theme, known(name)).text
        return Markup(text.replace("</", "<\\/"))  # noqa: S704 (it cannot end its element)

    @cache
    def faces() -> Markup:
        """Return the faces that a browser needs, of the theme and of a ministry."""
        return Markup(screen_faces(theme))  # noqa: S704 (addresses that hold their files)

    @cache
    def embed(name: str) -> Markup:
        """Return a file as base64, for a ``data:`` address."""
        return Markup(as_base64(known(name), theme))  # noqa: S704 (no markup can be in it)

    def picture(name: str, words: str) -> Markup:
        """Return a picture with ``words`` for those who cannot see it; without, it decorates."""
        return Markup('<img class="picture" src="{}" alt="{}">').format(
            data_address(known(name), theme), words
        )

    def colour(name: str) -> str:
        """Return a colour of the stylesheets."""
        return colours(theme)[name]

    return {"style": style, "faces": faces, "embed": embed, "picture": picture, "colour": colour}

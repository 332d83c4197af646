"""Files of a theme as a template takes them into a page: stylesheets, faces, pictures, colours."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound
from markupsafe import Markup

from reporter.formats.look import (
    FACES,
    data_address,
    place_of,
    screen_faces,
    variables,
    without_faces,
)
from reporter.problems import Problem, ReporterError
from reporter.text import read_bytes, read_text
from reporter.theme import NO_FILE, absent, default_templates

if TYPE_CHECKING:
    from collections.abc import Callable

    from reporter.theme import Theme

LOOK = ("style.css", "look.css")  # where the variables are, the last word last


def functions(theme: Theme) -> dict[str, Callable[..., object]]:
    """Return what puts files of the theme into a page; they are the theme's own text, not a record's."""

    def find(name: str) -> bytes:
        return read_bytes(theme.file(_known(theme, name)))

    def text(name: str) -> str:
        return theme.text(_known(theme, name))

    @cache
    def style(name: str) -> Markup:
        """Return a stylesheet."""
        return Markup(without_faces(text(name), _finder(theme, name)).replace("</", "<\\/"))  # noqa: S704

    @cache
    def faces() -> Markup:
        """Return the faces that a browser needs, of the theme and of a ministry."""
        return Markup("\n".join(screen_faces(text(name), _finder(theme, name)) for name in FACES))  # noqa: S704

    @cache
    def embed(name: str) -> Markup:
        """Return a file as base64, for a ``data:`` address."""
        return Markup(base64.b64encode(find(name)).decode("ascii"))  # noqa: S704 (no markup can be in it)

    def picture(name: str, words: str) -> Markup:
        """Return a picture with what it is in words, for who cannot see it; without words it only decorates."""
        return Markup('<img class="picture" src="{}" alt="{}">').format(
            data_address(name, find), words
        )

    @cache
    def colour(name: str) -> str:
        """Return a colour of the stylesheets."""
        return variables(read_text(default_templates() / LOOK[0]), *map(text, LOOK))[name]

    return {"style": style, "faces": faces, "embed": embed, "picture": picture, "colour": colour}


def _finder(theme: Theme, sheet: str) -> Callable[[str], bytes]:
    """Return what finds the files that a stylesheet names; of one that is not there, the line is told that names it."""

    def find(name: str) -> bytes:
        if path := theme.find(name):
            return read_bytes(path)
        raise ReporterError(
            [Problem(theme.file(sheet), absent(name), NO_FILE, *place_of(name, theme.text(sheet)))]
        )

    return find


def _known(theme: Theme, name: str) -> str:
    """Return the name of a file of the theme; of any other, the template that asks for it is told."""
    if theme.find(name):
        return name
    raise TemplateNotFound(name)

"""A page that leads nowhere but where a reader clicks: what leads out is an error of a template."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from reporter.formats.html.errors import FAULTS
from reporter.formats.html.tracing import TemplateLine, Traced, written
from reporter.formats.leaks import Leak, NamedPicture, leaks
from reporter.formats.look import data_address
from reporter.formats.rules import Fault
from reporter.formats.urls import file_name
from reporter.problems import Problem, ReporterError, quoted
from reporter.theme import NO_FILE, Theme, absent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ENDINGS = "name a file that ends in .svg, .png or .jpg"


def has_own_templates(theme: Theme) -> bool:
    """Return whether a project has templates of its own. Of the defaults, tests see to it."""
    own = theme.folders[0] if theme.folders[1:] else None
    return bool(own and any(path.suffix in {".html", ".js"} for path in own.rglob("*")))


def contained(page: str, theme: Theme, trace: Callable[[], str]) -> str:
    """Return a page with its pictures inside.

    Raises ReporterError where something else leads out of it. ``trace`` fills the page once more,
    with marks of where in the templates it comes from.
    """
    found, pictures = _found(page, theme)
    if found:
        raise ReporterError(_told(found, theme, trace))
    for picture in reversed(pictures):
        address = data_address(str(file_name(picture.name)), theme)
        page = f'{page[: picture.at]}"{address}"{page[picture.end :]}'
    return page


def _found(page: str, theme: Theme) -> tuple[list[Leak], list[NamedPicture]]:
    found, pictures = leaks(page)
    for picture in pictures:
        name = file_name(picture.name) or ""
        if not theme.find(name):
            found.append(Leak(Fault(absent(name), NO_FILE, picture.name), picture.at))
        elif not (mimetypes.guess_type(name)[0] or "").startswith("image/"):
            message = f"{quoted(name)} is no picture"
            found.append(Leak(Fault(message, _ENDINGS, picture.name), picture.at))
    return found, pictures


def _told(found: Iterable[Leak], theme: Theme, trace: Callable[[], str]) -> set[Problem]:
    """Return what leads out, each with its line in a template."""
    places: dict[str, list[TemplateLine]] = {}
    try:
        traced = Traced(trace())
        for leak in _found(traced.text, theme)[0]:
            if place := traced.place(leak.at):
                places.setdefault(leak.fault.message, []).append(place)
    except FAULTS:  # the marks were in the way: the words are looked for instead
        places = {}
    return {
        Problem(place.path, fault.message, fault.hint, place.line, 1)
        for fault in dict.fromkeys(leak.fault for leak in found)
        for place in _places(fault, places.get(fault.message, []), theme)
    }


def _places(fault: Fault, printed: list[TemplateLine], theme: Theme) -> list[TemplateLine]:
    """Return where a fault stands: in a project's own templates, if it is written there."""
    own = [place for place in printed if theme.owns(place.path)]
    if own:
        return own
    place = written(theme, fault.value)
    return [place] if place else printed or [TemplateLine(theme.folders[0], 0)]

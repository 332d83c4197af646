"""The templates and stylesheets of a project's own, looked through without a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from reporter.formats.html import _environment, errors
from reporter.formats.look import stylesheet
from reporter.problems import ReporterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from reporter.problems import Problem
    from reporter.theme import Theme


def problems_of(theme: Theme, code: str) -> Iterator[Problem]:
    """Yield what is wrong with the own templates and stylesheets of a project in this language."""
    environment = _environment(theme, code)
    own = theme.folders[0]
    sheets = {path.name for path in theme.folders[-1].glob("*.css")}
    for path in sorted(own.rglob("*")):
        name = path.relative_to(own).as_posix()
        if theme.find(name) and (path.suffix in {".html", ".js"} or name in sheets):
            yield from _told(environment, theme, name)


def _told(environment: Environment, theme: Theme, name: str) -> tuple[Problem, ...]:
    try:
        if name.endswith(".css"):
            stylesheet(theme, name)
        elif name.endswith(".js"):
            theme.text(name)
        else:
            environment.get_template(name)
    except ReporterError as error:
        return error.problems
    except TemplateSyntaxError as error:
        told = errors.told(error, theme, name)
        return told.problems if told else ()
    return ()

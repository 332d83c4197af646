"""A view to HTML. The only module that knows Jinja."""

from __future__ import annotations

import base64
import json
import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reporter.charts import plans_chart, rests_chart, timeline_chart
from reporter.language import Language, language_of
from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from reporter.reports.parts import Report
    from reporter.theme import Theme


class TemplateContext(TypedDict):
    """What a template sees."""

    report: Report
    """The view: all that is to be printed."""
    name: str
    """Name of the template: ``meeting``."""


def render(theme: Theme, name: str, report: Report, code: str) -> str:
    """Return the HTML of ``report`` by the template ``name``.

    Raises ReporterError where a template is wrong or uses a name that does not exist, with its file and line.
    """
    environment = _environment(theme, code)
    context: TemplateContext = {"report": report, "name": name}
    try:
        return environment.get_template(f"{name}.html").render(**context)
    except TemplateSyntaxError as error:
        path = Path(error.filename) if error.filename else theme.file(f"{name}.html")
        raise ReporterError([Problem(path, f"the template is wrong: {error.message}", "see Jinja's syntax", error.lineno, 1)]) from None
    except TemplateError as error:
        path, line = _template_line(error, theme)
        message = f"the template cannot be filled: {error.message}"
        raise ReporterError([Problem(path, message, "use the names of the report's view", line, 1 if line else 0)]) from None


def _template_line(error: BaseException, theme: Theme) -> tuple[Path, int]:
    """Return the file and line of the innermost template in the traceback."""
    found, step = (theme.folders[0], 0), error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename.endswith(".html"):
            found = (Path(step.tb_frame.f_code.co_filename), step.tb_lineno)
        step = step.tb_next
    return found


@cache
def _environment(theme: Theme, code: str) -> Environment:
    words = language_of(theme, code)
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(theme.folders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=typographic,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        say=words.say,
        of=words.of,
        ordinal=words.ordinal,
        nth=words.nth,
        heading=words.heading,
        number=words.number,
        code=code,
        embed=_embedder(theme),
        style=_styler(theme),
        plans_chart=partial(plans_chart, words=words),
        timeline_chart=partial(timeline_chart, words=words),
        rests_chart=partial(rests_chart, words=words),
    )
    environment.filters.update(_filters(words))
    return environment


def typographic(value: object) -> object:
    """Return a text with curly quotes and apostrophes; markup and addresses stay as they are."""
    if type(value) is not str or value.startswith(("http:", "https:", "mailto:")):
        return value
    opened = re.sub(r"(^|[\s(\[{\u2013\u2014])\"", "\\1\u201c", value)
    opened = re.sub(r"(^|[\s(\[{\u2013\u2014\u201c])'(?=\w)", "\\1\u2018", opened)
    return opened.replace('"', "\u201d").replace("'", "\u2019")


def _filters(words: Language) -> dict[str, object]:
    return {
        "when": words.when,
        "when_short": lambda when: words.when(when, short=True),
        "day": words.day,
        "day_short": lambda day: words.day(day, short=True),
        "and_list": words.list,
        "upper_first": lambda text: text[:1].upper() + text[1:],
        "json": lambda value: Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")),  # noqa: S704 (no markup can be in it)
    }


def _styler(theme: Theme) -> object:
    @cache
    def style(name: str) -> Markup:
        """Return a stylesheet of the theme; it is the theme's own text, not a record's."""
        return Markup(theme.file(name).read_text(encoding="utf-8").replace("</", "<\\/"))  # noqa: S704

    return style


def _embedder(theme: Theme) -> object:
    @cache
    def embed(name: str) -> str:
        """Return a file of the theme as base64, for a ``data:`` address."""
        return base64.b64encode(theme.file(name).read_bytes()).decode("ascii")

    return embed

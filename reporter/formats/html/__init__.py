"""Turns a view into HTML. The only package that knows Jinja.

A template gets values and not objects (``values``), in an environment in which there is nothing
but what is on a list (``environment``); ``template_names`` has the list, and says what each name
does.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, TypedDict

from jinja2 import FunctionLoader

from reporter.formats.html.environment import Closed
from reporter.formats.html.errors import FAULTS, stopped, told
from reporter.formats.html.glyphs import with_glyphs
from reporter.formats.html.sealing import contained, has_own_templates
from reporter.formats.html.template_names import all_names, typographic
from reporter.formats.html.tracing import Tracing
from reporter.formats.html.values import to_template
from reporter.formats.markup import with_one_stop, with_scripts_marked, without_links
from reporter.formats.policy import sealed
from reporter.language import language_of
from reporter.outputs.limits import TookTooLong

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

    from reporter.formats.jobs import Job, MadeContent
    from reporter.reports.views import Report
    from reporter.theme import Theme


FRAME = "base.html"
"""What the template of a report extends."""
PART = "part.html"
"""What stands for that where the report is a part of another page."""


class TemplateContext(TypedDict):
    """What a template sees, beside the functions of ``template_names``."""

    report: object
    """The view: all that is to be printed."""
    name: str
    """Name of the template: ``meeting``."""


def make(job: Job, theme: Theme, _source: bytes) -> MadeContent:
    """Return the page of a report."""
    return render(theme, job.template, job.report, job.language, job.gone).encode(), ()


def render(
    theme: Theme, name: str, report: Report, code: str, gone: frozenset[str] = frozenset()
) -> str:
    """Return the HTML of ``report`` by the template ``name``, under its policy.

    What would lead to one of the files ``gone`` is its text alone.

    Raises ReporterError where a template is wrong, asks for what there is not, or would lead out
    of the page, with its file and line.
    """
    context: TemplateContext = {"report": to_template(report), "name": name}
    try:
        page = _filled(theme, code, context)
    except TookTooLong:
        raise stopped(_environment(theme, code, traced=False), theme, report.id) from None
    except FAULTS as error:
        problem = told(error, theme, report.id)
        if not problem:
            raise
        raise problem from None
    page = with_scripts_marked(with_one_stop(page))
    if has_own_templates(theme):
        page = contained(page, theme, partial(_filled, theme, code, context, traced=True))
    return sealed(with_glyphs(without_links(page, gone), theme))


def _filled(
    theme: Theme, code: str, context: TemplateContext, *, traced: bool = False, frame: str = FRAME
) -> str:
    environment = _environment(theme, code, traced=traced, frame=frame)
    return environment.get_template(f"{context['name']}.html").render(**context)


@cache
def _environment(
    theme: Theme, code: str, *, traced: bool = False, frame: str = FRAME
) -> Environment:
    """Return an environment in which ``frame`` is what all pages extend."""
    words = language_of(theme, code)
    loader = FunctionLoader(partial(_template, theme, frame))
    kind = Tracing if traced else Closed
    names = all_names(theme, words, partial(_part, theme, code, traced))
    return kind(loader, names, partial(typographic, words=words))


def _part(theme: Theme, code: str, traced: bool, name: str, report: Report) -> str:  # noqa: FBT001
    """Return what a template prints of a report that is a part of a page."""
    context: TemplateContext = {"report": to_template(report), "name": name}
    return _filled(theme, code, context, traced=traced, frame=PART)


def forget() -> None:
    """Read the files of themes anew from now on: some were saved."""
    _environment.cache_clear()


def _template(theme: Theme, frame: str, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """Return the text of a template and its file, as Jinja asks for it."""
    name = frame if name == FRAME else name
    path = theme.find(name)
    if path is None:
        return None
    saved = path.stat().st_mtime_ns
    return (
        theme.text(name),
        str(path),
        lambda: theme.find(name) == path and path.stat().st_mtime_ns == saved,
    )

"""A view to HTML. The only module that knows Jinja."""

from __future__ import annotations

import base64
import json
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from reporter.balance import balanced, halved
from reporter.charts import plans_chart, timeline_chart
from reporter.charts.relations import relations_drawn
from reporter.formats.exports.linked import linked_data
from reporter.formats.look import (
    FACES,
    css_text,
    data_address,
    place_of,
    screen_faces,
    variables,
    without_faces,
)
from reporter.formats.markup import headings, with_scripts_marked
from reporter.language import Language, language_of
from reporter.outputs.limits import TookTooLong
from reporter.problems import Problem, ReporterError, printable
from reporter.records.brevity import beyond, cut, first_within, within
from reporter.records.brevity import words as count_words
from reporter.reports.headings import title
from reporter.text import read_bytes, read_text
from reporter.theme import NO_FILE, default_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reporter.reports.views import Report
    from reporter.theme import Theme


PACKAGE = str(Path(__file__).parent.parent)
EXHAUSTED = (
    MemoryError,
    RecursionError,
    TookTooLong,
)  # no fault of ours, even where we were called just then
LOOK = ("style.css", "look.css")  # where the variables are, the last word last


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
        return with_scripts_marked(environment.get_template(f"{name}.html").render(**context))
    except TemplateSyntaxError as error:
        path = _file_of(error, theme)
        raise ReporterError(
            [
                Problem(
                    path,
                    f"the template is wrong: {error.message}",
                    "see Jinja's syntax",
                    error.lineno,
                    1,
                )
            ]
        ) from None
    except TookTooLong:
        raise _stopped(environment, theme, report.id) from None
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        MemoryError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        path, line = _template_line(error, theme)
        if not line and not isinstance(error, TemplateError):
            raise
        message, hint = _wrong(error)
        whose = (
            f"{report.id}: " if isinstance(error, MemoryError) else ""
        )  # another report may be short enough
        raise ReporterError(
            [
                Problem(
                    path,
                    f"{whose}the template cannot be filled: {message}",
                    hint,
                    line,
                    1 if line else 0,
                )
            ]
        ) from None


def _file_of(error: TemplateSyntaxError, theme: Theme) -> Path:
    """Return the file of a template that is wrong. Where a comment does not end, Jinja gives its name for that of its file."""
    told = [name for name in (error.filename, error.name) if name]
    return next((path for name in told if (path := theme.find(name))), Path(told[0]))


def _wrong(error: Exception) -> tuple[str, str]:
    """Return what is wrong with a template, and what to do."""
    match error:
        case TemplateNotFound():
            return _absent(str(error)), NO_FILE
        case MemoryError():
            return "it takes too much memory", "look for a text that is made longer and longer"
        case RecursionError():
            return (
                "it includes or calls itself without end",
                "let it stop where there is no more to be filled in",
            )
        case _:
            return str(error), "use the names of the report's view"


def _absent(name: str) -> str:
    return f"there is no file '{printable(name)}' in templates/"


def _stopped(environment: Environment, theme: Theme, name: str) -> BaseException:
    """Return the problem of the template in which the time ran out; the same exception where it was in none."""
    try:
        environment.handle_exception()
    except TookTooLong as error:
        path, line = _template_line(error, theme)
        hint = "look for a loop that does not end, or raise --timeout"
        return (
            ReporterError(
                [
                    Problem(
                        path,
                        f"{name}: the template took too long and was ended here",
                        hint,
                        line,
                        1,
                    )
                ]
            )
            if line
            else error
        )


def _template_line(error: BaseException, theme: Theme) -> tuple[Path, int]:
    """Return the file and line of the innermost template in the traceback.

    Where our own code failed inside it: of the innermost one of the project's own, which may have asked for nonsense; line 0
    where there is none, since then the fault is ours.
    """
    ours = not isinstance(error, (TemplateError, *EXHAUSTED))
    found = own = theme.folders[0], 0
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename.endswith(".html"):
            found = (Path(code.co_filename), step.tb_lineno)
            own = found if found[0].is_relative_to(theme.folders[0]) and theme.folders[1:] else own
        elif code.co_filename.startswith(PACKAGE) and ours:
            found = own
        step = step.tb_next
    return found


@cache
def _environment(theme: Theme, code: str) -> Environment:
    words = language_of(theme, code)
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(partial(_template, theme)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=partial(typographic, words=words),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        say=_filler(words.say, words),
        of=_filler(words.of, words),
        ordinal=words.ordinal,
        nth=words.nth,
        heading=partial(title, words=words),
        number=words.number,
        code=code,
        **_theme_functions(theme),
        headings=headings,
        plans_chart=partial(plans_chart, words=words),
        timeline_chart=partial(timeline_chart, words=words),
        balanced=balanced,
        halved=halved,
        relations_drawn=partial(relations_drawn, words=words),
        linked_data=partial(linked_data, words=words),
    )
    environment.filters.update(_filters(words))
    return environment


def _template(theme: Theme, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """Return the text of a template and its file, as Jinja asks for it."""
    path = theme.find(name)
    if path is None:
        return None
    saved = path.stat().st_mtime_ns
    return (
        theme.text(name),
        str(path),
        lambda: theme.find(name) == path and path.stat().st_mtime_ns == saved,
    )


def typographic(value: object, words: Language) -> object:
    """Return a text with the quotation marks of the language; markup and addresses stay."""
    if type(value) is not str or value.startswith(("http:", "https:", "mailto:")):
        return value
    return words.quoted(value)


def _filters(words: Language) -> dict[str, object]:
    return {
        "when": words.when,
        "language_name": words.language,
        "when_short": lambda when: words.when(when, short=True),
        "day": words.day,
        "day_short": lambda day: words.day(day, short=True),
        "and_list": partial(_listed, words),
        "lower_first": words.small,
        "upper_first": words.capital,
        "capitals": words.upper,
        "cut": lambda text, most: cut(_plain(text), most),
        "words": lambda text: count_words(_plain(text)),
        "within": lambda sentences, most: within(map(_plain, sentences), most),
        "beyond": lambda sentences, most: beyond(map(_plain, sentences), most),
        "first_within": lambda options, most: first_within(map(_plain, options), most),
        "css_text": lambda text: Markup(css_text(text)),  # noqa: S704 (only numbers of characters are in it)
        "json": lambda value: Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")),  # noqa: S704 (no markup can be in it)
    }


def _listed(words: Language, items: Iterable[str]) -> str:
    """Return ``a, b and c``; what is markup among them stays markup, and what is not does not become any."""
    found = list(items)
    if not any(isinstance(item, Markup) for item in found):
        return words.list(found)
    text = escape(words.list([f"\ue000{index}\ue001" for index in range(len(found))]))
    for index, item in enumerate(found):
        text = text.replace(f"\ue000{index}\ue001", escape(typographic(item, words)))
    return text


def _plain(text: str) -> str:
    """Return a text as it is read, of which words can be counted and cut; it is escaped again when it is printed."""
    return text.unescape() if isinstance(text, Markup) else text


def _filler(find: Callable[..., str], words: Language) -> Callable[..., str]:
    """Return ``find`` for templates: an unknown word is theirs to mend, and markup that is filled into a word stays markup."""

    def fill(*word: str, **values: object) -> str:
        marked = {
            f"\ue000{name}\ue001": value
            for name, value in values.items()
            if isinstance(value, Markup)
        }
        tokens = {token[1:-1]: token for token in marked}
        try:
            text = find(*word, **{**values, **tokens})
        except KeyError as error:
            message = f"there is no word {error}"
            raise TemplateRuntimeError(message) from None
        if not marked:
            return text
        filled = escape(typographic(text, words))
        for token, value in marked.items():
            filled = filled.replace(token, value)
        return filled

    return fill


def _theme_functions(theme: Theme) -> dict[str, object]:
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
            [Problem(theme.file(sheet), _absent(name), NO_FILE, *place_of(name, theme.text(sheet)))]
        )

    return find


def _known(theme: Theme, name: str) -> str:
    """Return the name of a file of the theme; of any other, the template that asks for it is told."""
    if theme.find(name):
        return name
    raise TemplateNotFound(name)

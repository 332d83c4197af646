"""Every name that a template may use, in one place. What is not listed here does not exist there.

Names of the page:

    report          the view of the report, with all that is to be printed
    name            the name of the template: "meeting"
    code            the language of the page: "en"

Of a view, templates read fields and properties; of a day ``year``, ``month`` and ``day``; of a
``loop`` its numbers and whether it is ``first`` or ``last``; of an imported template its macros;
of ``self`` the blocks. Texts, numbers and lists have no attributes at all: use a filter.

Functions for words:

    say(word, ...)              a label of the language's file with its values; n chooses a plural
    of(list, word, ...)         a word of one of its lists: of("status", "met")
    heading(heading)            the title of a report
    meeting_name(heading)       the name of a meeting, as a report on another record has it
    ordinal(n), nth(n)          "eighth" (none where there is no word), "Eighth" or "8th"
    number(n)                   a small number as a word

Functions for files of templates/:

    style(file), faces()        a stylesheet; the typefaces
    picture(file, words)        a picture, and what it shows in words
    embed(file)                 a file as base64, for a data: address
    colour(name)                a colour of the stylesheets

Functions for the page:

    headings(text)              id and text of each heading of a section
    linked_data(report)         the report for machines
    parts(tabs)                 the text of each report of a binder
    plans_chart(...), timeline_chart(...), relations_drawn(...)    drawings
    range(...)                  numbers, at most 100,000
    namespace(...)              what {% set name.field = value %} can change inside a loop

Filters for dates and words:

    when, when_short, day, day_short        a date in words
    and_list                                "a, b and c"
    language_name                           "English" for "en"
    upper_first, lower_first, capitals      the first letter, or all, as the language has them
    cut(n)                                  at most n words
    within(n)                               sentences as far as n words go
    ranges                                  numbers as texts, a run of them as one
    nested                                  the pieces of words that stand in quotation marks
    css_text, json                          a text for a stylesheet, a value for a script

Filters of Jinja (see its documentation), which are given and give plain values:

    abs, batch, capitalize, center, count, d, default, dictsort, e, escape, first, float,
    forceescape, indent, int, items, join, last, length, list, lower, map, max, min, reject,
    rejectattr, replace, reverse, round, select, selectattr, slice, sort, string, striptags, sum,
    title, trim, truncate, unique, upper, wordcount

    format          numbers and texts in a pattern: "%.2f" | format(1)
    split(by)       a text as a list
    by_date         a text as a list: every second part is a date

Tests:

    boolean, defined, divisibleby, eq, even, equalto, false, float, ge, greaterthan, gt, in,
    integer, iterable, le, lessthan, lower, lt, mapping, ne, none, number, odd, sequence, string,
    true, undefined, upper, and the signs ==, !=, <, <=, >, >=
"""

from __future__ import annotations

import json
import re
from functools import partial, wraps
from itertools import chain
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateRuntimeError
from jinja2.filters import FILTERS
from jinja2.sandbox import safe_range
from jinja2.tests import TESTS
from markupsafe import Markup, escape

from reporter.formats.charts import plans_chart, relations_drawn, timeline_chart
from reporter.formats.exports.linked import linked_data
from reporter.formats.html import theme_files
from reporter.formats.html.binder_tabs import parts
from reporter.formats.html.environment import Function, NewNamespace, formatted
from reporter.formats.html.values import from_template, to_template
from reporter.formats.look import css_text
from reporter.formats.markup import headings
from reporter.records.brevity import cut, within
from reporter.reports.common.meeting_names import runs
from reporter.reports.common.phrases import nested
from reporter.reports.headings import meeting_name, title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reporter.formats.html.binder_tabs import Fill
    from reporter.language import Language
    from reporter.theme import Theme

    TemplateNames = dict[str, Any]

OF_JINJA = """
    abs capitalize center count d default dictsort e escape first float forceescape indent int join
    last length list lower max min replace round sort string striptags sum title trim truncate
    upper wordcount
"""
"""Filters of Jinja that give plain values."""
OF_JINJA_IN_STEPS = """
    batch items map reject rejectattr reverse select selectattr slice unique
"""
"""Those that give one value after the other: here, a list."""
TESTED = """
    boolean defined divisibleby eq equalto even false float ge greaterthan gt in integer iterable le
    lessthan lower lt mapping ne none number odd sequence string true undefined upper
    == != < <= > >=
"""


def all_names(theme: Theme, words: Language, fill: Fill) -> dict[str, TemplateNames]:
    """Return all that a template may use beside its report: functions, filters and tests.

    ``fill`` returns what the template of a kind prints of a report that is a part of a page.
    """
    run = {**_of_words(words), **theme_files.functions(theme), **_of_page(words)}
    run["parts"] = partial(parts, fill=fill, between=words.say("dot"))
    functions = {name: Function(name, function) for name, function in run.items()}
    jinja = {name: FILTERS[name] for name in OF_JINJA.split()}
    in_steps = {name: _listing(FILTERS[name]) for name in OF_JINJA_IN_STEPS.split()}
    ours = {name: _plain(function) for name, function in _filters(words).items()}
    return {
        "globals": {**functions, "namespace": NewNamespace(), "code": words.code},
        "filters": {**jinja, **in_steps, **ours},
        "tests": {name: TESTS[name] for name in TESTED.split()},
    }


COLOURED = "\N{VARIATION SELECTOR-16}"
# Signs that a browser and Pango draw as coloured pictures, of a typeface of the machine, unless a
# selector of a plain sign stands behind them (Emoji_Presentation and Emoji_Modifier_Base).
_PICTURE = re.compile(
    "[\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u261d\u2648-\u2653\u267f\u2693"
    "\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26f9\u26fa\u26fd"
    "\u2705\u270a-\u270d\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c"
    "\u2b50\u2b55](?!\ufe0e)"
)
_PLAIN = "\\g<0>\N{VARIATION SELECTOR-15}"


def typographic(value: str, words: Language) -> str:
    """Return a text with the quotation marks of the language; an address stays as it is.

    A sign for which a telephone asked a coloured picture is a sign like others.
    """
    if value.startswith(("http:", "https:", "mailto:")):
        return value
    if not value.isascii():
        value = _PICTURE.sub(_PLAIN, value.replace(COLOURED, ""))
    return words.quoted(value)


def _of_words(words: Language) -> TemplateNames:
    return {
        "say": _filler(words.say, words),
        "of": _filler(words.of, words),
        "heading": partial(title, words=words),
        "meeting_name": partial(meeting_name, words=words),
        "ordinal": words.ordinal,
        "nth": words.nth,
        "number": words.number,
    }


def _of_page(words: Language) -> TemplateNames:
    return {
        "headings": headings,
        "linked_data": partial(linked_data, words=words),
        "plans_chart": partial(plans_chart, words=words),
        "timeline_chart": partial(timeline_chart, words=words),
        "relations_drawn": partial(relations_drawn, words=words),
        "range": safe_range,
    }


def _filters(words: Language) -> TemplateNames:
    return {
        "when": words.when,
        "when_short": lambda when: words.when(when, short=True),
        "day": words.day,
        "day_short": lambda day: words.day(day, short=True),
        "language_name": words.language,
        "and_list": partial(_listed, words),
        "lower_first": words.small,
        "upper_first": words.capital,
        "capitals": words.upper,
        "cut": lambda text, most: cut(_read(text), most),
        "within": lambda sentences, most: within(map(_read, sentences), most),
        "css_text": lambda text: Markup(css_text(text)),  # noqa: S704 (only numbers are in it)
        "json": _json,
        "ranges": lambda numbers: _ranges(map(int, numbers)),
        "nested": lambda pieces: nested(pieces, words),
        "format": formatted,
        "split": lambda text, by: text.split(by),
        "by_date": _date_in(words).split,
    }


def _date_in(words: Language) -> re.Pattern[str]:
    """Return what finds a date in words, as one group: ``24 March 2023``, ``March 2023``."""
    months = "|".join(map(re.escape, words.locale.months["format"]["wide"].values()))
    return re.compile(rf"((?:\d[\d\u2013]*\.?\s)?(?:{months})\s\d{{4}})")


def _ranges(numbers: Iterable[int]) -> tuple[str, ...]:
    """Return numbers in order as texts; three or more that follow one another are one."""
    found = (
        (f"{run[0]}–{run[-1]}",)  # noqa: RUF001 (it means "to")
        if len(run) > 2  # noqa: PLR2004 (two are no run)
        else map(str, run)
        for run in runs(numbers)
    )
    return tuple(chain.from_iterable(found))


def _json(value: object) -> Markup:
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 (no markup can be in it)


def _plain(run: Callable[..., object]) -> Callable[..., object]:
    """Return a filter that is given our values, and gives plain ones."""

    def filtered(*args: object, **kwargs: object) -> object:
        return to_template(run(*map(from_template, args), **kwargs))

    return filtered


def _listing(run: Callable[..., Iterable[object]]) -> Callable[..., object]:
    """Return a filter of Jinja that gives a list: of a generator, more than its items is seen."""

    @wraps(run)
    def filtered(*args: object, **kwargs: object) -> object:
        return tuple(run(*args, **kwargs))

    return filtered


def _listed(words: Language, items: Iterable[str]) -> str:
    """Return ``a, b and c``; what is markup stays markup, and what is not does not become any."""
    found = list(items)
    if not any(isinstance(item, Markup) for item in found):
        return words.list(found)
    text = escape(words.list([f"\ue000{index}\ue001" for index in range(len(found))]))
    for index, item in enumerate(found):
        printed = item if isinstance(item, Markup) else escape(typographic(item, words))
        text = text.replace(f"\ue000{index}\ue001", printed)
    return text


def _read(text: str) -> str:
    """Return a text as it is read, of which words can be counted; it is escaped when printed."""
    return text.unescape() if isinstance(text, Markup) else text


def _filler(find: Callable[..., str], words: Language) -> Callable[..., str]:
    """Return ``find`` for templates.

    An unknown word is theirs to mend, and markup that is filled into a word stays markup.
    """

    def fill(*word: str, **values: object) -> str:
        given = {name: value for name, value in values.items() if isinstance(value, Markup)}
        tokens = {name: f"\ue000{name}\ue001" for name in given}
        for name, value in values.items():
            if not isinstance(value, str | int):
                message = f"'{name}' is neither a text nor a number"
                raise TemplateRuntimeError(message)
        try:
            text = find(*word, **{**values, **tokens})
        except KeyError as error:
            message = f"there is no word {error}"
            raise TemplateRuntimeError(message) from None
        if not given:
            return text
        filled = escape(typographic(text, words))
        for name, token in tokens.items():
            filled = filled.replace(token, given[name])
        return filled

    return fill

"""Tests of what templates can reach: data and a closed list of names, whatever they ask for."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from conftest import VALID
from jinja2 import Undefined
from jinja2.exceptions import SecurityError, UndefinedError
from markupsafe import Markup
from reading import words

from reporter.choice import Choice
from reporter.formats import html
from reporter.formats.html import template_names
from reporter.formats.html.environment import Closed, Function
from reporter.formats.html.values import Fields, to_template
from reporter.formats.policy import unsealed
from reporter.problems import ReporterError
from reporter.reports.plan import plan
from reporter.reports.views import Label, View
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.reports.plan import Task

DAY = date(2025, 6, 30)
BEFORE = date(2025, 1, 31)
"""A day on which a meeting of the valid project is still to come."""

FUNCTIONS = {
    *("say", "of", "heading", "meeting_name", "parts", "ordinal", "nth", "number"),
    *("style", "faces", "picture", "embed", "colour"),
    *("headings", "linked_data", "plans_chart", "timeline_chart", "relations_drawn"),
    *("range", "namespace"),
}
FILTERS = {
    *("when", "when_short", "day", "day_short", "and_list", "language_name", "nested", "ranges"),
    *("upper_first", "lower_first", "capitals"),
    *("cut", "within", "css_text", "json", "format", "split", "by_date"),
    *("abs", "batch", "capitalize", "center", "count", "d", "default", "dictsort", "e", "escape"),
    *("first", "float", "forceescape", "indent", "int", "items", "join", "last", "length", "list"),
    *("lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round"),
    *("select", "selectattr", "slice", "sort", "string", "striptags", "sum", "title", "trim"),
    *("truncate", "unique", "upper", "wordcount"),
}
TESTS = {
    *("boolean", "defined", "divisibleby", "eq", "equalto", "even", "false", "float", "ge"),
    *("greaterthan", "gt", "in", "integer", "iterable", "le", "lessthan", "lower", "lt"),
    *("mapping", "ne", "none", "number", "odd", "sequence", "string", "true", "undefined"),
    *("upper", "==", "!=", "<", "<=", ">", ">="),
}
SCALARS = {str, Markup, int, float, bool, type(None), date}
LOOP = {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth"}


@pytest.fixture(scope="module")
def environment() -> Closed:
    """Return the environment in which the pages of the valid project are filled."""
    found = html._environment(Theme.of(VALID), "en")
    assert isinstance(found, Closed)
    return found


def reports() -> Iterator[View]:
    """Yield the views of all kinds of report."""
    for day in (DAY, BEFORE):
        yield from (
            task.report for task in plan(VALID, Choice(), day, asked=True).tasks(words("en"))
        )
    (ahead,) = plan(VALID, Choice("meeting", (2,)), BEFORE, asked=True).tasks(words("en"))
    yield ahead.report


def asked(environment: Closed, value: object, name: str) -> object:
    """Return what a template gets that asks a value for a name, in both ways; None for nothing."""
    found = []
    for ask in (environment.getattr, environment.getitem):
        try:
            found.append(ask(value, name))
        except (SecurityError, UndefinedError):
            found.append(None)
    attribute, item = (None if isinstance(one, Undefined) else one for one in found)
    assert type(attribute) is type(item)
    return attribute


# The walk through all that there is


def test_the_lists_of_names_are_closed(environment: Closed) -> None:
    """Functions, filters and tests are these and no others; a new one is added here, too."""
    assert set(environment.globals) == FUNCTIONS | {"code"}
    assert {
        name for name in FUNCTIONS if not isinstance(environment.globals[name], Function)
    } == set()
    assert environment.globals["code"] == "en"
    assert set(environment.filters) == FILTERS
    assert set(environment.tests) == TESTS
    assert environment.extensions == {}


def test_every_name_is_explained() -> None:
    """The module that has the names says of each what it is for, and of none that is not there."""
    text = template_names.__doc__ or ""
    told = set(re.findall(r"[\w=!<>]+", text))
    assert (FUNCTIONS | FILTERS | TESTS | {"report", "name", "code"}) - told == set()
    listed = set(re.findall(r"^    ([a-z_0-9]+)[( ,]", text, re.MULTILINE))
    listed |= set(re.findall(r"(?<=, )([a-z_0-9]+)(?=[,(\n])", text))
    assert len(listed) > 60
    assert (
        listed - FUNCTIONS - FILTERS - TESTS - {"report", "name", "code"} - {"n", "word"} == set()
    )


@pytest.mark.full
def test_nothing_that_can_be_reached_is_more_than_data(environment: Closed) -> None:
    """From the view of every kind of report down to each leaf: fields and properties, no method."""
    kinds: dict[str, set[str]] = {}
    queue: list[tuple[str, object, object]] = [
        (type(report).__name__, report, to_template(report)) for report in reports()
    ]
    assert len({name for name, _, _ in queue}) == 8
    seen: set[int] = set()
    while queue:
        way, ours, value = queue.pop()
        if type(value) in SCALARS:
            days = {"year", "month", "day"} if type(value) is date else set()
            found = {name for name in dir(value) if asked(environment, value, name) is not None}
            assert found == days, way
        elif isinstance(value, tuple):
            assert isinstance(ours, tuple), way
            assert [
                name for name in dir(value) if asked(environment, value, name) is not None
            ] == []
            queue += [(f"{way}[]", *pair) for pair in zip(ours, value, strict=True)]
        elif isinstance(value, dict):
            assert isinstance(ours, Mapping), way
            assert {asked(environment, value, name) for name in dir(value) if name not in ours} == {
                None
            }
            queue += [(f"{way}[{key}]", ours[key], item) for key, item in value.items()]
        else:
            assert type(value) is Fields, way
            assert not callable(value), way
            if id(ours) in seen:
                continue
            seen.add(id(ours))
            got = {name: asked(environment, value, name) for name in dir(ours)}
            kinds.setdefault(type(ours).__name__, set()).update(
                name for name, item in got.items() if item is not None
            )
            queue += [
                (f"{way}.{name}", getattr(ours, name), item)
                for name, item in got.items()
                if item is not None
            ]
    assert len(kinds) > 40
    assert kinds["When"] <= {"start", "end", "first", "last", "is_range", "at_its_end"}
    assert kinds["Label"] == {"language", "text"}
    forbidden = re.compile(
        r"_|copy$|dict$|json$|parse|model|schema|construct|validate|from_orm|known_on|surely"
    )
    assert {name for found in kinds.values() for name in found if forbidden.match(name)} == set()


def test_what_functions_return_is_data() -> None:
    """What a function or a filter returns is as closed as what it was given."""
    for value in ("2023-03", [{"x": (1,)}], Fields, str, object(), print):
        if isinstance(value, str | list):
            assert type(Function("f", lambda value: value)(value)) in {str, tuple}
        else:
            with pytest.raises(AssertionError, match="no template may have"):
                Function("f", lambda value: value)(value)


def test_what_jinja_itself_hands_out(environment: Closed) -> None:
    """A loop, a block, a macro and an imported template have what is listed, and nothing else."""
    seen: list[Any] = []
    spied = environment.overlay()
    spied.globals = {
        **environment.globals,
        "spy": Function("spy", lambda *found: seen.extend(found)),
    }
    spied.from_string(
        "{% import 'macros.html' as m with context %}{% set ns = namespace(a=1) %}"
        "{% macro called() %}{{ spy(caller, varargs, kwargs) }}{% endmacro %}"
        "{% block b %}{{ spy(self, self.b, m, m.label, ns, {'a': 1}, say) }}{% endblock %}"
        "{% for x in [1] recursive %}{{ spy(loop) }}{% endfor %}"
        "{% call called(1, b=2) %}{% endcall %}"
    ).render(report=to_template(next(reports())), name="x")
    allowed = {
        "LoopContext": LOOP,
        "TemplateReference": {"b"},
        "BlockReference": {"super"},
        "TemplateModule": {"label", "MARKS"},
        "Namespace": {"a"},
        "dict": {"a", "b"},
        "Macro": set(),
        "Function": set(),
        "tuple": set(),
    }
    assert {type(value).__name__ for value in seen} == set(allowed)
    for value in seen:
        offered = {
            *dir(type(value)),
            *allowed["LoopContext"],
            "label",
            "MARKS",
            "a",
            "b",
            "_body_stream",
        }
        found = {name for name in offered if asked(environment, value, name) is not None}
        assert found <= allowed[type(value).__name__], value


# Templates from another house


PICKLE = "cposix\\nsystem\\n(S'touch {ran}'\\ntR."
HOSTILE = (
    # methods of views and of what they hold
    '{{{{ report.parse_raw("{pickle}", content_type="application/pickle", allow_pickle=True) }}}}',
    '{{{{ report.heading.parse_raw("{pickle}", proto="pickle", allow_pickle=True) }}}}',
    '{{{{ report["parse_raw"]("{pickle}", proto="pickle", allow_pickle=True) }}}}',
    '{{{{ report.parse_file("{secret}", allow_pickle=True) }}}}',
    '{{% set f = report.parse_file %}}{{{{ f("{secret}") }}}}',
    "{{{{ report.model_dump() }}}}",
    "{{{{ report.model_dump_json() }}}}",
    "{{{{ report.model_construct(id=1) }}}}",
    "{{{{ report.model_copy(update={{'id': 'x'}}) }}}}",
    "{{{{ report.copy() }}}}",
    "{{{{ report.json() }}}}",
    "{{{{ report.model_fields }}}}",
    "{{{{ report.model_config }}}}",
    "{{{{ report.model_extra }}}}",
    "{{{{ report.model_post_init }}}}",
    "{{{{ report.update_forward_refs() }}}}",
    "{{{{ report.date.known_on(report.speaks.day) }}}}",
    "{{{{ report.date.parse('2023') }}}}",
    "{{{{ report.date.of(report.speaks.day) }}}}",
    "{{{{ report.speaks.day.today() }}}}",
    "{{{{ report.speaks.day.strftime('%Y') }}}}",
    "{{{{ report.speaks.day.fromtimestamp(0) }}}}",
    "{{{{ report.speaks.day.isoformat() }}}}",
    "{{{{ report.speaks.day.min }}}}",
    # methods of texts, lists, mappings, numbers
    "{{{{ report.id.upper() }}}}",
    "{{{{ ''.join(['a']) }}}}",
    "{{{{ '{{0.parse_raw}}'.format(report) }}}}",
    "{{{{ '{{x}}'.format_map({{'x': report}}) }}}}",
    "{{{{ ''['format'](1) }}}}",
    "{{{{ report.id.encode() }}}}",
    "{{{{ report.id.maketrans('a', 'b') }}}}",
    "{{{{ report.sources.index(1) }}}}",
    "{{% set x = report.sources.append(1) %}}",
    "{{{{ [].append(1) }}}}",
    "{{{{ [1].sort() }}}}",
    "{{{{ {{}}.items() }}}}",
    "{{{{ {{'a': 1}}.pop('a') }}}}",
    "{{{{ {{'a': 1}}.get('a') }}}}",
    "{{{{ {{}}.fromkeys([1]) }}}}",
    "{{{{ (1).to_bytes(1) }}}}",
    "{{{{ (1).real }}}}",
    "{{{{ (1.5).as_integer_ratio() }}}}",
    "{{{{ ('a' | escape).striptags() }}}}",
    "{{{{ ('a' | escape).format() }}}}",
    # ways to classes, globals, frames and code
    "{{{{ ''.__class__.__mro__[1].__subclasses__() }}}}",
    "{{{{ ''['__class__'] }}}}",
    "{{{{ ()['__class__']['__base__'] }}}}",
    "{{{{ report.__class__ }}}}",
    "{{{{ report.__init__.__globals__ }}}}",
    "{{{{ report['__class__'] }}}}",
    "{{{{ report.__dict__ }}}}",
    "{{{{ report._value }}}}",
    "{{{{ report._known }}}}",
    "{{{{ report.read('id') }}}}",
    "{{{{ report.kind }}}}",
    "{{{{ report.heading.__pydantic_validator__ }}}}",
    "{{{{ say._run }}}}",
    "{{{{ say.__closure__ }}}}",
    "{{{{ say.__call__('as_of') }}}}",
    "{{{{ heading.func }}}}",
    "{{{{ heading.keywords.words }}}}",
    "{{{{ ordinal.__self__.locale }}}}",
    "{{{{ ordinal.__func__.__globals__ }}}}",
    "{{{{ style.__wrapped__ }}}}",
    "{{{{ style.cache_clear() }}}}",
    "{{{{ namespace.__init__.__globals__ }}}}",
    "{{{{ namespace(a=1)._Namespace__attrs }}}}",
    "{{{{ namespace(a=1).__class__ }}}}",
    "{{{{ range.__class__ }}}}",
    "{{{{ range(3).count(1) }}}}",
    "{{{{ range(3).start }}}}",
    "{{{{ self.__init__ }}}}",
    "{{{{ self._TemplateReference__context }}}}",
    "{{{{ self.nothing() }}}}",
    "{{% for x in [1] %}}{{{{ loop.__init__.__globals__ }}}}{{% endfor %}}",
    "{{% for x in [1] %}}{{{{ loop._iterator }}}}{{% endfor %}}",
    "{{% for x in [1] %}}{{{{ loop.cycle(1) }}}}{{% endfor %}}",
    "{{% for x in [1] %}}{{{{ loop.changed(1) }}}}{{% endfor %}}",
    "{{% for x in [1] %}}{{{{ loop._recurse }}}}{{% endfor %}}",
    "{{% macro a() %}}{{% endmacro %}}{{{{ a.name }}}}",
    "{{% macro a() %}}{{% endmacro %}}{{{{ a._func.__globals__ }}}}",
    "{{% macro a() %}}{{% endmacro %}}{{{{ a._environment }}}}",
    "{{% macro a() %}}{{{{ caller.name }}}}{{% endmacro %}}{{% call a() %}}{{% endcall %}}",
    "{{% import 'macros.html' as m with context %}}{{{{ m.__init__ }}}}",
    "{{% import 'macros.html' as m with context %}}{{{{ m._body_stream }}}}",
    "{{% import 'macros.html' as m with context %}}{{{{ m.label._func }}}}",
    "{{% from 'macros.html' import __class__ %}}",
    "{{{{ ([1] | map('string')).gi_frame }}}}",
    "{{{{ ([1] | select).gi_code }}}}",
    "{{{{ ([1] | batch(1)).send(1) }}}}",
    # filters and tests that look inside
    "{{{{ report | attr('__class__') }}}}",
    "{{{{ report | attr('id') }}}}",
    "{{{{ [report] | map(attribute='__class__') | list }}}}",
    "{{{{ [report] | map(attribute='parse_raw') | first }}}}",
    "{{{{ [report] | map(attribute='heading.__class__') | list }}}}",
    "{{{{ [report] | map('attr', 'id') | list }}}}",
    "{{{{ [report] | sum(attribute='__class__') }}}}",
    "{{{{ [report] | sort(attribute='__class__') }}}}",
    "{{{{ [report, report] | unique(attribute='__class__') | list }}}}",
    "{{{{ [report] | join(',', attribute='__class__') }}}}",
    "{{{{ [report] | selectattr('__class__') | list }}}}",
    "{{{{ [report] | rejectattr('parse_raw') | list }}}}",
    "{{{{ [report] | max(attribute='__class__') }}}}",
    "{{{{ [report] | groupby('__class__') }}}}",
    "{{{{ report | pprint }}}}",
    "{{{{ report | tojson }}}}",
    "{{{{ report | xmlattr }}}}",
    "{{{{ report | items | list }}}}",
    "{{{{ report | list }}}}",
    "{{{{ report | dictsort }}}}",
    "{{{{ report | first }}}}",
    "{{{{ report | safe }}}}",
    "{{{{ '<b>' | safe }}}}",
    "{{{{ [1, 2] | random }}}}",
    "{{{{ report is callable }}}}",
    "{{{{ 'x' is filter }}}}",
    "{{% autoescape false %}}{{{{ '<b>' }}}}{{% endautoescape %}}",
    # what is printed
    "{{{{ report }}}}",
    "{{{{ report.heading }}}}",
    "{{{{ report ~ '' }}}}",
    "{{{{ report | string }}}}",
    "{{{{ '%s' % report }}}}",
    "{{{{ '%s' % (say,) }}}}",
    "{{{{ '%s' | format(report) }}}}",
    "{{{{ say('as_of', date=report) }}}}",
    "{{{{ say }}}}",
    "{{{{ self }}}}",
    "{{{{ namespace(a=report) }}}}",
    "{{{{ [report] }}}}",
    "{{{{ [1] | map('string') }}}}",
    "{{% for x in report %}}{{% endfor %}}",
    "{{{{ report[0] }}}}",
    "{{{{ report[0:1] }}}}",
    "{{{{ dict(report) }}}}",
    "{{{{ say(*report) }}}}",
    "{{{{ say(**report) }}}}",
    # what is not there
    "{{{{ cycler(1) }}}}",
    "{{{{ joiner() }}}}",
    "{{{{ lipsum() }}}}",
    "{{{{ dict(a=1) }}}}",
    "{{{{ request }}}}",
    "{{{{ config }}}}",
    "{{{{ environment }}}}",
    "{{{{ context }}}}",
    "{{{{ print }}}}",
    "{{{{ open('{secret}') }}}}",
    "{{{{ (1)() }}}}",
    "{{{{ report() }}}}",
    "{{{{ 'say'('as_of') }}}}",
    "{{% set report.id = 'x' %}}",
    "{{% set report.id %}}x{{% endset %}}",
    "{{% from 'macros.html' import MARKS with context %}}{{% set MARKS.met %}}x{{% endset %}}",
    "{{% include '{secret}' %}}",
    "{{% include '../secret.txt' %}}",
    "{{% import '{secret}' as x %}}",
    "{{% include report %}}",
    "{{% extends say %}}",
    "{{{{ style('{secret}') }}}}",
    "{{{{ embed('../secret.txt') }}}}",
    "{{{{ picture('/etc/passwd', 'x') }}}}",
    "{{{{ style(report) }}}}",
    # without end
    "{{{{ range(10 ** 9) }}}}",
    "{{{{ 9 ** 9 ** 9 }}}}",
    "{{{{ 2 ** 100000 }}}}",
    "{{% for x in range(99999999) %}}{{% endfor %}}",
)  # fmt: skip
HIDDEN = "what-only-the-machine-knows"


@dataclass(frozen=True)
class House:
    """A project with templates of its own, and a meeting of it; the language is read once."""

    project: Path
    theme: Theme
    task: Task

    def write(self, name: str, template: str) -> None:
        """Write a template in the place of the others."""
        for path in (self.project / "templates").iterdir():
            path.unlink()
        (self.project / "templates" / name).write_text(template, encoding="utf-8")

    def page(self) -> str:
        """Return the page of the meeting."""
        return html.render(self.theme, self.task.template, self.task.report, self.task.language)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Return a project with templates of another house, beside which lies a secret."""
    project = shutil.copytree(VALID, tmp_path_factory.mktemp("house") / "project")
    (project / "templates").mkdir()
    (project / "secret.txt").write_text(HIDDEN, encoding="utf-8")
    (task,) = plan(project, Choice("meeting", (1,)), DAY, asked=True).tasks(words("en"))
    return House(project, Theme.of(project), task)


@pytest.mark.parametrize("name", ["crest.html", "meeting.html"])
@pytest.mark.parametrize("template", HOSTILE)
def test_a_hostile_template_is_an_error_at_its_line(house: House, template: str, name: str) -> None:
    """Nothing runs and nothing is read, in whatever file of the theme it stands."""
    given = {"ran": house.project / "ran", "secret": house.project / "secret.txt"}
    body = template.format(pickle=PICKLE.format(**given), **given)
    house.write(name, f"\n\n{body}\n")
    with pytest.raises(ReporterError) as caught:
        house.page()
    (problem,) = caught.value.problems
    shown = problem.render(house.project)
    assert shown.startswith(f"templates/{name}:3:1: error: the template ")
    assert not (house.project / "ran").exists()
    assert HIDDEN not in shown
    assert "0x" not in shown


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_hostile_texts_are_meant(tmp_path: Path) -> None:
    """What they try is no mistake of theirs: pydantic alone runs the program."""
    payload = PICKLE.format(ran=tmp_path / "ran").encode().decode("unicode_escape")
    with pytest.raises(ValueError, match="valid"):
        Label.parse_raw(payload.encode(), content_type="application/pickle", allow_pickle=True)
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{ report.heading.number + 1 }}", "2"),
        ("{{ report['heading']['number'] }}", "1"),
        ("{{ report.date.last.year }}", "2023"),
        ("{{ [report.heading] | map(attribute='kind') | join }}", "meeting"),
        ("{{ [1, 2, 3][1:] | join(',') }}", "2,3"),
        ("{{ 'a, b' | split(', ') | last }}", "b"),
        ("{{ '%.2f' | format(1 / 3) }} {{ '%d of %s' % (1, 'x') }}", "0.33 1 of x"),
        ("{{ 7 % 4 }} {{ 2 ** 10 }}", "3 1024"),
        ("{{ nothing | default('x') }} {{ report.nothing is defined }}", "x False"),
        ("{{ {'a': 'x'}.a }} {{ {'items': 'x'}.items }}", "x x"),
        ("{{ {'b': 2, 'a': 1} | dictsort | map('first') | join }}", "ab"),
        ((
            "{% set ns = namespace(n=0) %}{% for x in [1, 2] %}"
            "{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}"
        ), "3"),
        ("{% for x in [1, [2]] recursive %}{{ loop(x) if x is sequence else x }}{% endfor %}",
         "12"),
        ("{% block b %}x{% endblock %}{{ self.b() }}", "xx"),
        ("{% if report.heading == report.heading %}same{% endif %}", "same"),
        ("{{ [report.heading, report.heading] | unique | list | length }}", "1"),
        ("{% macro a(x) %}<{{ x }}{{ caller() }}>{% endmacro %}{% call a('&') %}!{% endcall %}",
         "<&amp;!>"),
    ],
)  # fmt: skip
def test_what_templates_are_for_still_works(house: House, template: str, printed: str) -> None:
    """Fields, items, filters, macros, blocks, loops and namespaces."""
    house.write("meeting.html", template)
    assert unsealed(house.page()) == printed


def test_a_name_that_is_nearly_right(house: House) -> None:
    """The field that was meant is offered."""
    house.write("meeting.html", "{{ report.hedding }}")
    with pytest.raises(ReporterError, match=r"no attribute 'hedding'; did you mean 'heading'\?"):
        house.page()


def test_the_default_templates_use_what_is_listed(environment: Closed) -> None:
    """Each of them can be compiled where there is nothing else."""
    found = sorted(path.name for path in default_templates().glob("*.html"))
    assert len(found) > 8
    for name in found:
        environment.get_template(name)

"""Jinja, closed: a template reads data, calls what is on a list, and reaches nothing else.

Jinja's own sandbox forbids names that begin with an underscore and allows every other method of
whatever a template can reach. Here it is the other way round: what is not allowed does not exist.
Values come as ``values`` hands them out, attributes are read by the one function that their type
has in ``_READERS``, and only what is of a type in ``_CALLED`` is called.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateRuntimeError, Undefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup

from reporter.formats.html.values import Fields, from_template, public, to_template
from reporter.problems import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import BaseLoader
    from jinja2.compiler import Frame
    from jinja2.runtime import Context

ALLOWED = "templates read fields and properties, and call what is on their list"
LARGEST_POWER = 64  # bits; a larger number is no number of a page
_LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth"})
_DAY = frozenset({"year", "month", "day"})
_PRINTED = (Markup, int, float, date, type(None), Undefined)


class Function:
    """A function of ours that a template may call: it is given our values, and gives plain ones."""

    __slots__ = ("_name", "_run")

    def __init__(self, name: str, run: Callable[..., object]) -> None:
        self._name = name
        self._run = run

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Run it with our values, and return what a template may have."""
        given = {name: from_template(value) for name, value in kwargs.items()}
        return to_template(self._run(*map(from_template, args), **given))

    def __repr__(self) -> str:
        return f"<function {self._name}>"


class NewNamespace(Function):
    """Makes what ``{% set namespace.name = value %}`` can change."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__("namespace", Namespace)

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Return a new one."""
        return Namespace(*args, **kwargs)


def _named(names: frozenset[str]) -> Callable[[Any, str], object]:
    def read(value: object, name: str) -> object:
        if name not in names:
            raise LookupError(name)
        return getattr(value, name)

    return read


def _exported(module: TemplateModule, name: str) -> object:
    if name.startswith("_"):
        raise LookupError(name)
    return vars(module)[name]


def _kept(namespace: Namespace, name: str) -> object:
    if name.startswith("_"):
        raise LookupError(name)
    try:
        return getattr(namespace, name)
    except AttributeError:
        raise LookupError(name) from None


# How an attribute of a value is read, by the value's type; the others have none.
_READERS: dict[type, Callable[[Any, str], object]] = {
    Fields: Fields.read,
    dict: dict.__getitem__,
    date: _named(_DAY),
    Namespace: _kept,
    TemplateModule: _exported,
    LoopContext: _named(_LOOP),
    TemplateReference: TemplateReference.__getitem__,
    BlockReference: _named(frozenset({"super"})),
}
_WORDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (str, "a text"),
    ((int, float), "a number"),
    ((tuple, list, range), "a list"),
    (dict, "a mapping"),
    (date, "a day"),
    (Namespace, "a namespace"),
    (Macro, "a macro"),
    (TemplateModule, "an imported template"),
)
_LISTS = (tuple, list, str, Markup, range)
_CALLED = (Function, Macro, BlockReference, LoopContext)


class Generator(CodeGenerator):
    """Compiles templates in which every text is escaped, and nothing but a namespace is changed."""

    def visit_ScopedEvalContextModifier(  # noqa: N802 (the compiler's name)
        self, node: nodes.ScopedEvalContextModifier, frame: Frame
    ) -> None:
        """Refuse a block that switches escaping off."""
        del frame
        self.fail("texts are always escaped: leave 'autoescape' out", node.lineno)

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:  # noqa: N802
        """Have it told at its own line that something cannot be changed."""
        self.newline(node)
        super().visit_Assign(node, frame)

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:  # noqa: N802
        """Refuse to set a field by a block: Jinja does not check what the field belongs to."""
        if isinstance(node.target, nodes.NSRef):
            self.fail("write 'set name.field = value': a block sets only a name", node.lineno)
        super().visit_AssignBlock(node, frame)


class Closed(SandboxedEnvironment):
    """An environment in which there is nothing but what it is given."""

    code_generator_class = Generator
    intercepted_binops = frozenset({"%", "**"})

    def __init__(
        self,
        loader: BaseLoader,
        names: Mapping[str, Mapping[str, Any]],
        finalize: Callable[[str], object],
    ) -> None:
        """Take the allowed ``globals``, ``filters`` and ``tests``; ``finalize`` finishes a text."""

        def printed(value: object) -> object:
            if type(value) is str:
                return finalize(value)
            if isinstance(value, _PRINTED):
                return value
            message = f"{_what(value)} is no text and cannot be printed"
            raise TemplateRuntimeError(message)

        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=printed,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.globals = dict(names["globals"])
        self.filters = dict(names["filters"])
        self.tests = dict(names["tests"])

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 (as in Jinja)
        """Return an attribute, if values of this type have it for templates."""
        try:
            return _READERS[type(obj)](obj, attribute)
        except LookupError:
            return self._refuse(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 (as in Jinja)
        """Return an item of a list or a text, or what has this name."""
        if isinstance(argument, str) and type(obj) is not dict:
            return self.getattr(obj, argument)
        if not isinstance(obj, (*_LISTS, dict)):
            return self._refuse(obj, str(argument))
        try:
            return obj[argument]
        except LookupError:
            return self.undefined(f"there is no item {argument!r} in {_what(obj)}")

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call a function of ours, a macro or a block; nothing else can be called."""
        if isinstance(obj, _CALLED):
            return context.call(obj, *args, **kwargs)
        if isinstance(obj, Undefined):
            return obj()
        message = f"{_what(obj)} cannot be called"
        raise SecurityError(message)

    def call_binop(
        self,
        context: Context,
        operator: str,
        left: Any,  # noqa: ANN401
        right: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Return a power if not too large, a remainder, or a text with its values filled in."""
        if operator == "%" and isinstance(left, str):
            return formatted(left, *(right if isinstance(right, tuple) else (right,)))
        if operator == "**" and abs(right) * (abs(int(left)).bit_length() + 1) > LARGEST_POWER:
            message = "the number is too large"
            raise TemplateRuntimeError(message)
        return super().call_binop(context, operator, left, right)

    def _refuse(self, value: object, name: str) -> Undefined:
        """Return nothing where nothing has this name; raise where it is not for templates."""
        if isinstance(value, Undefined):
            value._fail_with_undefined_error()  # noqa: SLF001 (as Jinja does for an attribute)
        kind = value.kind if isinstance(value, Fields) else type(value)
        if name.startswith("_") or hasattr(kind, name):
            message = f"access to {quoted(name)} of {_what(value)} is unsafe: {ALLOWED}"
            raise SecurityError(message)
        hint = did_you_mean(name, public(kind)) if isinstance(value, Fields) else ""
        return self.undefined(
            f"{_what(value)} has no attribute {quoted(name)}{f'; {hint}' if hint else ''}"
        )


def formatted(pattern: str, *values: object) -> str:
    """Return a pattern such as ``%.2f`` with numbers and texts filled in."""
    for value in values:
        if not isinstance(value, str | int | float):
            message = f"{_what(value)} is neither a text nor a number"
            raise TemplateRuntimeError(message)
    return pattern % values


def _what(value: object) -> str:
    """Return what a value is, in words for who writes templates."""
    if isinstance(value, Fields):
        return f"'{value.kind.__name__}'"
    found = next((words for kind, words in _WORDS if isinstance(value, kind)), "")
    return found or f"a {type(value).__name__}"

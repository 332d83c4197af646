"""What went wrong in a template, in words, with its file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from reporter.outputs.limits import TookTooLong
from reporter.problems import Problem, ReporterError
from reporter.theme import NO_FILE, absent

if TYPE_CHECKING:
    from jinja2 import Environment

    from reporter.theme import Theme

PACKAGE = str(Path(__file__).parent.parent.parent)
EXHAUSTED = (MemoryError, RecursionError, TookTooLong)
"""No fault of ours, even where we were called just then."""
FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template that asks for nonsense ends with."""


def told(error: Exception, theme: Theme, report: str) -> ReporterError | None:
    """Return the problem of a template; None where none of the project's is to blame for it."""
    if isinstance(error, TemplateSyntaxError):
        message = f"the template is wrong: {error.message}"
        path, hint, line = _file_of(error, theme), "see Jinja's syntax", error.lineno
        return ReporterError([Problem(path, message, hint, line, 1)])
    path, line = _template_line(error, theme)
    if not line and not isinstance(error, TemplateError):
        return None
    message, hint = _wrong(error)
    # Another report may be short enough.
    whose = f"{report}: " if isinstance(error, MemoryError) else ""
    message = f"{whose}the template cannot be filled: {message}"
    return ReporterError([Problem(path, message, hint, line, 1 if line else 0)])


def stopped(environment: Environment, theme: Theme, report: str) -> BaseException:
    """Return the problem of the template in which the time ran out, if it was in one.

    Otherwise return the exception that is being handled.
    """
    try:
        environment.handle_exception()
    except TookTooLong as error:
        path, line = _template_line(error, theme)
        if not line:
            return error
        message = f"{report}: the template took too long and was ended here"
        hint = "look for a loop that does not end, or raise --timeout"
        return ReporterError([Problem(path, message, hint, line, 1)])


def _file_of(error: TemplateSyntaxError, theme: Theme) -> Path:
    """Return the file of a template that is wrong.

    Where a comment does not end, Jinja gives the template's name for that of its file.
    """
    given = [name for name in (error.filename, error.name) if name]
    return next((path for name in given if (path := theme.find(name))), Path(given[0]))


def _wrong(error: Exception) -> tuple[str, str]:
    """Return what is wrong with a template, and what to do."""
    match error:
        case TemplateNotFound():
            return absent(str(error)), NO_FILE
        case MemoryError():
            return "it takes too much memory", "look for a text that is made longer and longer"
        case RecursionError():
            message = "it includes or calls itself without end"
            return message, "let it stop where there is no more to be filled in"
        case _:
            return str(error), "use the names of the report's view"


def _template_line(error: BaseException, theme: Theme) -> tuple[Path, int]:
    """Return the file and line of the innermost template in the traceback.

    Where our own code failed inside it: of the innermost one of the project's own, which may have
    asked for nonsense; line 0 where there is none, since then the fault is ours.
    """
    ours = not isinstance(error, (TemplateError, *EXHAUSTED))
    found = own = theme.folders[0], 0
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename.endswith(".html"):
            found = (Path(code.co_filename), step.tb_lineno)
            own = found if theme.owns(found[0]) else own
        elif code.co_filename.startswith(PACKAGE) and ours:
            found = own
        step = step.tb_next
    return found

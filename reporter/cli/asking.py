"""Asks on the terminal, and asks again where an answer is wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reporter.outputs.terminal import say
from reporter.problems import ReporterError

if TYPE_CHECKING:
    from reporter.desk.adding.questions import Question
    from reporter.records.reader import Plain


def is_terminal() -> bool:
    """Return whether somebody can be asked and can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask(question: Question) -> Plain:
    """Return the answer to a question. Ctrl-C ends the command; nothing is written by then."""
    say(err=True)
    say(question.text, err=True)

    def answer(typed: str) -> Plain:
        try:
            return question.answer(typed.strip())
        except ReporterError as error:
            raise click.UsageError(str(error).removeprefix("error: ")) from None

    found: Plain = click.prompt(
        question.name,
        default=question.default,
        show_default=bool(question.default),
        value_proc=answer,
        err=True,
    )
    return found

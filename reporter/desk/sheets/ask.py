"""``reporter ask``: what we want to know of those who promised, as a workbook and an e-mail.

It goes to other houses: nothing that is internal is in it.
"""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime, time
from email.utils import format_datetime
from typing import TYPE_CHECKING, NamedTuple

from reporter.choice import Edition, report_on_meeting
from reporter.desk import mail
from reporter.desk.sheets.columns import questions
from reporter.desk.sheets.sheet_rows import digest
from reporter.desk.sheets.take import check_free
from reporter.desk.sheets.workbook import WorkbookSheet, workbook
from reporter.language import language_of
from reporter.library.edition import edited, library_of
from reporter.library.snapshot import UNFINISHED
from reporter.outputs.files import write_all
from reporter.problems import ReporterError, did_you_mean, quoted, stop
from reporter.records.project import load
from reporter.records.relevance import check
from reporter.reports.choose import no_meeting
from reporter.reports.common.context import Context
from reporter.reports.common.ledger_rows import LedgerRow, ledger_rows
from reporter.reports.common.mid_sentence import inside
from reporter.reports.common.sentences import due
from reporter.reports.headings import title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from reporter.library import Library
    from reporter.records.statements import Entry, Statement

MOST_KNOWN = 4  # lines of a history that are told, the newest
WIDTH = 76  # columns of the e-mail
_NOON = time(12, tzinfo=UTC)  # of its day


class AskedOf(NamedTuple):
    """Whom, or about what, to ask."""

    owner: str = ""
    """A body."""
    desk: str = ""
    """A side, with its bodies."""
    meeting: str = ""
    """The id of a meeting."""


class AskedPromise(NamedTuple):
    """A promise that is not done, with what is known of it: first as the sheet has it."""

    name: str
    text: str
    made: str
    due: str
    status: str
    known: str
    owner: str
    """Who may answer, where that is one alone."""


def ask(root: Path, asked: AskedOf, day: date, file: Path) -> tuple[Path, ...]:
    """Write the questions as a workbook, and beside it a draft of the e-mail that it goes with.

    Returns both files. Raises ReporterError where records are wrong, or where there is nobody, or
    nothing, to ask.
    """
    contents = load(root)
    check(contents, None)
    library = edited(library_of(contents), Edition("public", desk=asked.desk))
    asked = _known_names(library, asked)
    words = language_of(contents.theme, library.project.language)
    context = Context.on(library, day, words, asked=True)
    found = tuple(_questions(context, asked))
    if not found:
        stop(None, "no promise that is not done is left to ask about", _nothing(library, asked))
    check_free(root, contents, file)
    table = questions()
    rows = tuple(_row(question, len(table.columns)) for question in found)
    content = workbook("questions", [WorkbookSheet(table.name, table.columns, rows)])
    letter = _mail(context, found, file.name, content)
    written = {file: content, file.with_suffix(".eml"): letter}
    write_all(
        {path: (path.read_bytes() if path.exists() else None, new) for path, new in written.items()}
    )
    return tuple(written)


def _known_names(library: Library, asked: AskedOf) -> AskedOf:
    """Return what to ask, with the body by its id. Raises ReporterError where there is no such."""
    known = {*library.bodies, *library.sides}
    if asked.owner and asked.owner.lower() not in known:
        hint = did_you_mean(asked.owner, known) or "write the id of a body, or its abbreviation"
        stop(None, f"there is no body {quoted(asked.owner)}", hint)
    if asked.meeting and asked.meeting not in {one.id for one in library.every_meeting}:
        raise ReporterError([no_meeting(library, asked.meeting)])
    body = library.bodies.get(asked.owner.lower())
    return asked._replace(owner=body.id) if body else asked


def _nothing(library: Library, asked: AskedOf) -> str:
    """Return what to try where a body owes nothing."""
    body = library.bodies.get(asked.owner)
    if body and body.side:
        return f"ask about what its side owes: --desk {body.side}"
    return "look at 'reporter build --ledger'"


def _questions(context: Context, asked: AskedOf) -> Iterator[AskedPromise]:
    """Yield what to ask, what is most urgent first."""
    for row in ledger_rows(context, unfinished=True):
        statement = context.library.statements[row.row.id].statement
        if row.kind == "promise" and _concerns(context.library, statement, row, asked):
            yield _question(context, statement, row, asked)


def _concerns(library: Library, statement: Statement, row: LedgerRow, asked: AskedOf) -> bool:
    """Return whether a promise is one to ask about.

    A body is asked about what it owes and has not done, and about what its side owes that is about
    it.
    """
    if asked.meeting and row.made.report != report_on_meeting(asked.meeting):
        return False
    if asked.desk and asked.desk not in row.sides:
        return False
    if not asked.owner:
        return True
    own = {one.id: one.status for one in row.row.standing.owners}
    if own.get(asked.owner, "open") not in UNFINISHED:
        return False
    body = library.bodies.get(asked.owner)
    is_about = body and body.id in statement.about and body.side in statement.by
    return asked.owner in statement.by or bool(is_about)


def _question(
    context: Context, statement: Statement, row: LedgerRow, asked: AskedOf
) -> AskedPromise:
    words, standing = context.words, row.row.standing
    notes = [words.of("status", standing.status)] if standing.status else []
    if standing.overdue_since:
        shown = words.day(standing.overdue_since, short=True)
        notes.append(words.say("overdue_since", date=shown))
    entries = context.snapshot.history(statement.history)[-MOST_KNOWN:]
    known = [f"{words.when(entry.when, short=True)}: {_known(context, entry)}" for entry in entries]
    owners = statement.by if len(statement.by) == 1 else ("",)
    return AskedPromise(
        name=row.row.id,
        text=words.capital(row.row.short),
        made=title(row.made.heading, words),
        due=due(row.row, words),
        status=", ".join(notes),
        known="\n".join(known),
        owner=asked.owner or asked.desk or owners[0],
    )


def _known(context: Context, entry: Entry) -> str:
    """Return a line of a history: of a check, that nothing was found; of weak sources, that too."""
    if entry.checked:
        return f"{context.words.say('agreement_checked')} {inside(context, entry.text)}"
    is_weak = entry.source and context.library.is_weak(entry.source)
    return (
        f"{context.words.say('reported')} {context.told(entry)}" if is_weak else context.told(entry)
    )


def _row(question: AskedPromise, width: int) -> tuple[str, tuple[str, ...]]:
    *known, owner = question
    cells = (*known, *[""] * (width - len(question)), owner)
    return f"{question.name}/0/ {digest(cells)}", cells


def _mail(context: Context, found: tuple[AskedPromise, ...], file: str, content: bytes) -> bytes:
    """Return an e-mail with the workbook that opens as one that is not sent yet."""
    words, count, day = context.words, len(found), context.snapshot.day
    series = context.label(context.library.project.series).text
    parts = [
        words.say("ask_greeting"),
        words.say("ask_opening", n=count, series=series, date=words.day(day)),
        *(_item(context, question) for question in found),
        words.say("ask_how", file=file),
        words.say("ask_marked"),
        context.library.project.author,
    ]
    text = "\n\n".join(_wrapped(part) for part in parts)
    message = mail.draft(words.say("ask_subject", n=count, series=series), f"{text}\n")
    message["Date"] = format_datetime(datetime.combine(day, _NOON))
    kind = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    message.add_attachment(content, maintype="application", subtype=kind, filename=file)
    return mail.written(message)


def _item(context: Context, question: AskedPromise) -> str:
    say = context.words.say
    first = say(
        "ask_item",
        text=question.text,
        made=question.made,
        due=question.due,
        status=question.status,
    )
    known = question.known.split("\n") if question.known else [say("ask_nothing")]
    return "\n".join([first, *(f"  {line}" for line in known)])


def _wrapped(part: str) -> str:
    """Return a paragraph in lines of an e-mail; a line that goes on is set in."""
    return "\n".join(
        textwrap.fill(
            line,
            WIDTH,
            subsequent_indent=line[: len(line) - len(line.lstrip(" "))],
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in part.split("\n")
    )

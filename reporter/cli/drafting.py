"""The command ``draft``: drafts a record from the text of its document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reporter.cli.failures import problems
from reporter.cli.options import FILE, LANGUAGE, PROJECT, read_meeting
from reporter.outputs.terminal import say


@click.command()
@FILE
@click.option(
    "--meeting",
    type=read_meeting,
    metavar="N",
    required=True,
    help="The meeting whose document it is.",
)
@click.option("--document", metavar="ID", default="", help="Its record, if there is one already.")
@click.option(
    "--paragraphs",
    metavar="LIST",
    default="",
    help="Which of the paragraphs of the file are those of the document, as for 'source add'."
    "  [default: those that are sentences of the text]",
)
@LANGUAGE
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the draft to this file.  [default: the record of the meeting, if there is none]",
)
@PROJECT
def draft(project: Path, file: Path, target: Path | None, **wanted: Any) -> None:  # noqa: ANN401
    """Draft the record of a meeting from the text of its document.

    FILE is UTF-8 text, HTML, PDF or DOCX. Each statement gets its paragraph, verb, strength and a
    short quotation; 'check' names each place where your own words are due. A record that is there
    is never changed: the draft is printed, and what the record lacks is told.

    Example: reporter draft statement.pdf --meeting 8 --document joint-statement-08
    """
    from reporter.desk.draft.draft import DraftRequest, write_draft  # noqa: PLC0415 (takes time)

    with problems(project):
        series, number = wanted.pop("meeting")
        wanted |= {"meeting": number, "series": series}
        found = write_draft(project, DraftRequest(file, **wanted), target)
        for line in found.text.splitlines() if found.path is None else (found.path,):
            say(line)
        for line in found.told:
            say(line, err=True)

"""What a report says, as plain text, for tests that look for a sentence."""

from __future__ import annotations

import html as markup
import re
from typing import TYPE_CHECKING

from reporter.choice import Choice
from reporter.formats import html
from reporter.language import language_of
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from reporter.kinds import Argument


def told(root: Path, day: date, kind: str | None, *arguments: Argument, series: str = "") -> str:
    """Return the text of one report of a project; without a kind, of the index of all."""
    planned = plan(root, Choice(kind, arguments, series=series), day, asked=True)
    tasks = planned.tasks(language_of(Theme.of(root), planned.library.project.language))
    (task,) = (one for one in tasks if (one.report.heading.kind == "index") == (kind is None))
    page = html.render(Theme.of(root), task.template, task.report, task.language)
    body = re.sub(
        r"<(style|script|sup)\b.*?</\1>", "", page[page.index("<body") :], flags=re.DOTALL
    )
    body = re.sub(r'<span class="nowrap">(.*?)</span>', r"\1", body)
    return " ".join(markup.unescape(re.sub(r"<[^>]+>", " ", body)).split())

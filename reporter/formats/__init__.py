"""The formats in which reports can be had. Plain values, at once at hand.

A format is a module here and a line in ``FORMATS``. The module has ``make(job, theme, source)``,
which returns the bytes of a file and the warnings about it.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Format(NamedTuple):
    """What is the same for all files of a format."""

    module: str
    """What makes it, imported where it is made."""
    mark: re.Pattern[bytes]
    """What stands in each file that was written here, and hardly in any other."""
    page: bool = False
    """Whether it is a page: made if no format is named, and one that the index leads to."""
    source: str = ""
    """The format that it is made of; without one, it is made of the view."""
    every: bool = False
    """Whether each report has it; if not, and if it is no page, ``KINDS`` names it."""
    gathers: bool = False
    """Whether it shows more than the view: ``gather(report, library, day, words)`` returns that."""
    compares: bool = False
    """Whether it can show what changed since an earlier day."""
    beside: str = ""
    """The page with which it is made: nobody asks for it by itself."""

    @property
    def of_page(self) -> bool:
        """Whether it shows no more of a report than its page does."""
        return self.page or bool(self.source or self.beside)

    def load(self) -> Any:  # noqa: ANN401 (a module)
        """Return the module that makes it."""
        return import_module(self.module)


_CSV = rb"\A\xef\xbb\xbf(id,kind,strength|meeting,date,side|side,body,name|promise,party,name),"
FORMATS = {
    "html": Format(
        "reporter.formats.html",
        re.compile(rb'<meta name="generator" content="reporter">'),
        page=True,
        every=True,
    ),
    "pdf": Format(
        "reporter.formats.pdf",
        re.compile(rb"<xmp:CreatorTool>reporter</xmp:CreatorTool>"),
        page=True,
        every=True,
        source="html",
    ),
    "json": Format(
        "reporter.formats.exports.json_view",
        re.compile(rb'\A\{\s*"id": "[a-z0-9-]+",\s*"heading": \{\s*"kind": "'),
        every=True,
    ),
    "md": Format(
        "reporter.formats.markdown",
        re.compile(rb"^<!-- Generator: reporter -->$", re.MULTILINE),
        every=True,
        source="html",
    ),
    "docx": Format(
        "reporter.formats.docx",
        re.compile(rb"<Application>reporter</Application>"),
        every=True,
        source="html",
        compares=True,
    ),
    "csv": Format("reporter.formats.exports.tables", re.compile(_CSV), gathers=True),
    "ics": Format(
        "reporter.formats.exports.calendars",
        re.compile(rb"^PRODID:-//reporter//", re.MULTILINE),
        gathers=True,
    ),
    "js": Format(
        "reporter.formats.exports.year_search",
        re.compile(rb"\A// What index\.html finds, of one year\.\n"),
        beside="html",
    ),
}
PAGES = tuple(name for name, its in FORMATS.items() if its.page)
"""The pages, the one to lead to first."""
EXPORTS = tuple(name for name, its in FORMATS.items() if not its.page and not its.beside)
"""The formats for other programs."""


def needed(formats: Iterable[str]) -> list[str]:
    """Return these formats and those they are made from, in the order of making."""
    wanted = set(formats)
    wanted |= {FORMATS[name].source for name in wanted}
    return [name for name in FORMATS if name in wanted]

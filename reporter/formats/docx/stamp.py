"""What a Word document says of itself to this program: which report it is, of which day, for whom.

It stands among the document's own properties, which Word and LibreOffice keep when they save it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from reporter.choice import KeptFile, Stamp
from reporter.formats.docx.flow import cleaned
from reporter.formats.docx.opc import CUSTOM, PackagePart
from reporter.formats.docx.xml import parsed, written
from reporter.problems import quoted, stop
from reporter.sources.unzipping import NoArchiveError, parts
from reporter.text import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.reports.views import Report

LARGEST = 32 * 1024**2  # bytes of a file, and of each part of it that is read
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM = f"{_OFFICE}/custom-properties"
_TYPES = f"{_OFFICE}/docPropsVTypes"
_OWN = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that are a user's own
_FIRST = 2  # the smallest number that a property may have
_PREFIX = "reporter "


def stamp_of(report: Report) -> Stamp:
    """Return the stamp of the document of a report."""
    head = report.masthead
    series = cleaned(head.series.text)
    return Stamp(report.id, series, report.speaks.day, head.edition, head.desk or "")


def stamped(stamp: Stamp) -> dict[str, PackagePart]:
    """Return the part of a document that has its stamp."""
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _TYPES})
    told = ((name, str(text)) for name, text in stamp._asdict().items() if text)
    for number, (name, text) in enumerate(told, _FIRST):
        found = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_OWN, pid=str(number))
        found.set("name", f"{_PREFIX}{name}")
        etree.SubElement(found, f"{{{_TYPES}}}lpwstr").text = text
    return {CUSTOM: PackagePart("custom", written(root))}


def opened(path: Path) -> KeptFile:
    """Return a document that somebody kept, with its stamp.

    Raises ReporterError where it is no Word document, or none of a report.
    """
    content = read_bytes(path, LARGEST, "name the file of a report")
    hint = "name a file that '--format docx' wrote, or the day with which to compare"
    try:
        there = parts(content, [CUSTOM, "word/document.xml"], LARGEST)
    except NoArchiveError:
        there = {}
    if "word/document.xml" not in there:
        stop(path, "this is not a Word document (.docx)", hint)
    if (stamp := _stamp(there.get(CUSTOM, b""))) is None:
        stop(path, "this Word document does not say which report it is, and of which day", hint)
    return KeptFile(path, content, stamp)


def check_stamp(stamp: Stamp, word: KeptFile) -> None:
    """Raise ReporterError where a report is not the one of the document, in the same edition."""
    other, hint = word.stamp, f"compare with the day: --since {word.stamp.day}"
    if other.series != stamp.series:
        message = f"it is of another series of meetings: {quoted(other.series)}"
    elif other.report != stamp.report:
        message = f"it is the report {quoted(other.report)}, not {quoted(stamp.report)}"
    elif other.edition != stamp.edition:
        message = f"it is of the edition {quoted(other.edition)}, not {quoted(stamp.edition)}"
        hint = f"add '--edition {other.edition}', or {hint}"
    elif other.desk != stamp.desk:
        names = [quoted(name) if name else "nobody" for name in (other.desk, stamp.desk)]
        message = f"it is the briefing of {names[0]}, not of {names[1]}"
        hint = f"add '--desk {other.desk}', or {hint}" if other.desk else hint
    else:
        return
    stop(word.path, message, hint)


def _stamp(raw: bytes) -> Stamp | None:
    try:
        root = parsed(raw)
        found = {
            str(each.get("name")).removeprefix(_PREFIX): "".join(map(str, each.itertext())).strip()
            for each in root.iterfind(f"{{{_CUSTOM}}}property")
            if str(each.get("name")).startswith(_PREFIX)
        }
        day = date.fromisoformat(found["day"])
        return Stamp(found["report"], found["series"], day, found["edition"], found.get("desk", ""))
    except (ValueError, KeyError):
        return None

"""Reads the paragraphs of the text in a file: UTF-8 text, HTML, PDF, Word (DOCX).

Whoever wrote the file is not trusted: sizes and times are limited, XML has no entities, and nothing
in it is run or fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from logging import ERROR, getLogger
from time import monotonic
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from bs4 import BeautifulSoup
from pypdf import PdfReader

from reporter.desk.embedded import UNREADABLE
from reporter.outputs.limits import TookTooLong, until
from reporter.problems import stop
from reporter.records.brevity import joined
from reporter.sources.unzipping import NoArchiveError, TooLargeError, parts
from reporter.text import OLD_OFFICE, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

getLogger("bs4.dammit").setLevel(ERROR)  # what it cannot decode, we say with the file
LARGEST = 64 * 1024 * 1024  # bytes of a file
LARGEST_PART = 32 * 1024 * 1024  # bytes of the text of a Word file, unpacked
MOST_SIGNS = 3_000_000  # of a text: a thousand pages
MOST_PAGES = 2_000
MOST_LAID_OUT = 100  # pages: to lay one out takes three times as long
MOST_BLANK, MOST_GAPS = 0.8, 0.1  # of the lines of a text, if it is one in paragraphs
FEWEST_PAGES = 3  # on which a line stands that is one of the page, not of the text
SECONDS = 60.0
UNWRAPPED = 120  # signs of a line: whoever has longer ones breaks no lines inside a paragraph
BROKEN_OFF = 0.6  # of the longest line: a line that ends before the next word has to
SHORT = 0.8  # of the longest line: a line that ends a paragraph
_SPLIT = "take the part that is cited"
_UNREAD = "\N{REPLACEMENT CHARACTER}\x00\x01\x02\x03\x04"  # signs that no text has
_BREAK, _LINE = "\x1e", "\x1f"
_DROPPED = "script, style, nav, header, footer, form, aside, template, noscript, svg, [hidden]"
_BLOCKS = (
    "p, li, h1, h2, h3, h4, h5, h6, div, section, article, blockquote, pre, tr, td, th, dt, dd, "
    "table, ul, ol, dl, figure, figcaption, hr"
)
_TEXT = "word/document.xml"  # of a Word file
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERED = re.compile(
    r"(?:\d{1,3}[.)]|[(（]\d{1,3}[)）]|[•●○◯■◆・*-])\s*\S"  # noqa: RUF001 (as texts have them)
)
_ENDS = re.compile(r"[.!?:;。！？]['\"’”)\]」』）]*$")  # noqa: RUF001 (as texts have them)


def paragraphs_of(path: Path) -> tuple[bytes, list[str]]:
    """Return the content of a file, and the paragraphs of its text.

    Raises ReporterError where it cannot be read, is too large, or has no text.
    """
    raw = read_bytes(path, LARGEST, _SPLIT)
    if raw.startswith(b"%PDF"):
        found = _of_pdf(path, raw)
    elif raw.startswith(b"PK\x03\x04"):
        found = _of_word(path, raw)
    elif raw.startswith(OLD_OFFICE):
        stop(path, "encrypted, or of an old Office", "save it as DOCX, without a password")
    elif _is_html(path, raw):
        found = _of_html(path, raw)
    else:
        found = list(_of_text(_utf_8(path, raw)))
    clean = [" ".join(text.split()) for text in found]
    paragraphs = [text for text in clean if any(sign.isalnum() for sign in text)]
    if not paragraphs:
        stop(path, "there is no text in it", "a scanned page has none: take another copy")
    if sum(map(len, paragraphs)) > MOST_SIGNS:
        stop(path, f"a text of more than {MOST_SIGNS:,} signs", _SPLIT)
    return raw, paragraphs


def _utf_8(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        stop(path, "not UTF-8, and neither HTML, PDF nor DOCX", "save it as UTF-8")


def _of_text(text: str) -> Iterator[str]:
    """Yield the paragraphs of a plain text: its lines, or what blank lines part."""
    lines = [line.strip() for line in text.splitlines()]
    if max(map(len, lines), default=0) > UNWRAPPED:
        yield from lines
    else:
        yield from (joined(block.split("\n")) for block in re.split(r"\n\n+", "\n".join(lines)))


def _is_html(path: Path, raw: bytes) -> bool:
    begin = raw[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    named = path.suffix.casefold() in {".html", ".htm", ".xhtml"}
    return named or begin.startswith(b"<!doctype html") or b"<html" in begin


def _of_html(path: Path, raw: bytes) -> list[str]:
    page = BeautifulSoup(raw, "html.parser")
    for element in page.select(_DROPPED):
        element.decompose()
    body = page.find("main") or page.find("article") or page.find("body") or page
    for line in body.find_all("br"):
        line.replace_with(_LINE)
    for block in body.select(_BLOCKS):
        block.insert_before(_BREAK)
        block.insert_after(_BREAK)
    whole = body.get_text()
    if sum(map(whole.count, _UNREAD)) * 100 > len(whole):
        stop(path, "this is no page, or in an unknown encoding", "save it as UTF-8")
    text = re.sub(rf"{_LINE}\s*{_LINE}", _BREAK, whole).replace(_LINE, " ")
    return text.split(_BREAK)


def _of_pdf(path: Path, raw: bytes) -> list[str]:
    try:
        with until(monotonic() + SECONDS):
            reader = PdfReader(BytesIO(raw))
            if reader.is_encrypted and not reader.decrypt(""):
                stop(path, "encrypted", "save it without its password")
            if len(reader.pages) > MOST_PAGES:
                stop(path, f"a PDF of more than {MOST_PAGES:,} pages", _SPLIT)
            pages = _pages(reader)
    except UNREADABLE:
        stop(path, "cannot be read as a PDF", "take another copy")
    except TookTooLong:
        stop(path, f"cannot be read as a PDF in {SECONDS:g} s", _SPLIT)
    bare = [[line.strip() for line in page if not line.strip(" -").isdigit()] for page in pages]
    return list(blocks([line for page in without_running_heads(bare) for line in page]))


def _pages(reader: PdfReader) -> list[list[str]]:
    """Return the lines of each page: with blank lines between paragraphs where it shows them."""
    if len(reader.pages) <= MOST_LAID_OUT:
        laid = [
            "\n".join(map(str.strip, page.extract_text(extraction_mode="layout").splitlines()))
            for page in reader.pages
        ]
        pages = [page.strip("\n").split("\n") for page in laid]
        if _shows_paragraphs([line for page in pages for line in page]):
            return pages
    return [page.extract_text().splitlines() for page in reader.pages]


def _shows_paragraphs(lines: list[str]) -> bool:
    """Return whether some blank lines part lines of one column: not all, and no gaps inside."""
    blank = sum(not line for line in lines)
    gaps = sum("    " in line for line in lines)
    full = len(lines) - blank
    return 0 < blank < MOST_BLANK * full and gaps < MOST_GAPS * full


def without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Return the lines of pages without what stands at the top or the foot of most of them.

    Numbers may differ: "Statement, page 2 of 8".
    """
    found: list[list[str]] = []
    counts = Counter(mark for page in pages for mark in {*(_ends_of(page) or ())})
    often = {mark for mark, count in counts.items() if count >= max(FEWEST_PAGES, len(pages) / 2)}
    for page in pages:
        first, last = _ends_of(page) or ("", "")
        inside = page[first in often : len(page) - (last in often and len(page) > 1)]
        text = "\n".join(inside).strip("\n")
        found.append(text.split("\n") if text else [])
    return found


def _ends_of(page: list[str]) -> tuple[str, str] | None:
    """Return the first and the last line of a page, with one sign for any number."""
    if not page:
        return None
    first, last = (re.sub(r"\d+", "#", line) for line in (page[0], page[-1]))
    return f"top {first}", f"foot {last}"


def blocks(lines: list[str]) -> Iterator[str]:
    """Yield the paragraphs of lines of even length: a short one that ends a sentence is a last."""
    full = sorted(map(len, lines))[-max(1, len(lines) // 20)] if lines else 0
    known = {_bare(word) for line in lines for word in line.split()}
    block: list[str] = []
    for line in lines:
        ends = block and _ENDS.search(block[-1]) and len(block[-1]) < SHORT * full
        ends = ends or (block and _is_broken_off(block[-1], line, full))
        if not line or ends or (block and _NUMBERED.match(line)):
            yield _unbroken(block, known)
            block = []
        block.append(line)
    yield _unbroken(block, known)


def _is_broken_off(line: str, following: str, full: int) -> bool:
    """Return whether a line ends long before it is full, and a heading or another one begins."""
    first = following.partition(" ")[0]
    return first[:1].isupper() and len(line) + 1 + len(first) < BROKEN_OFF * full


def _bare(word: str) -> str:
    return word.strip(".,;:()").casefold()


def _unbroken(lines: list[str], known: set[str]) -> str:
    """Return lines as one text, with words whole that were broken at the end of a line.

    A hyphen belongs to the word where the text has the word nowhere without it.
    """
    whole: list[str] = []
    for line in filter(None, lines):
        before, _, last = whole[-1].rpartition(" ") if whole else ("", "", "")
        first, _, after = line.partition(" ")
        if last.endswith("-") and first[:1].isalpha():
            word = last[:-1] + first
            word = word if _bare(word) in known else last + first
            whole[-1] = " ".join(filter(None, (before, word, after)))
        else:
            whole.append(line)
    return joined(whole)


def _of_word(path: Path, raw: bytes) -> list[str]:
    try:
        text = parts(raw, [_TEXT], LARGEST_PART)[_TEXT].decode("utf-8")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            stop(path, "XML with declarations of its own", "save it again with a word processor")
        root = ET.fromstring(text)  # noqa: S314 (without declarations there are no entities)
    except TooLargeError:
        stop(path, f"a text that unpacks to more than {LARGEST_PART // 1024**2} MiB", _SPLIT)
    except (NoArchiveError, KeyError, ET.ParseError, UnicodeDecodeError):
        stop(path, "cannot be read as a Word file (DOCX)", "save it as DOCX, or as UTF-8 text")
    return ["".join(_runs(paragraph)) for paragraph in root.iter(f"{_WORD}p")]


def _runs(paragraph: ET.Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_WORD}t":
            yield element.text or ""
        elif element.tag in {f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"}:
            yield " "

"""The formats in which reports can be had. Plain values, at once at hand."""

from __future__ import annotations

import re
from typing import NamedTuple


class Format(NamedTuple):
    """What is the same for all files of a format."""

    mark: re.Pattern[bytes]
    """What stands in each file that was written here, and hardly in any other."""


FORMATS = {
    "html": Format(re.compile(rb'<meta name="generator" content="reporter">')),
    "pdf": Format(re.compile(rb"<xmp:CreatorTool>reporter</xmp:CreatorTool>")),
    "json": Format(re.compile(rb'\A\{\s*"id": "[a-z0-9-]+",\s*"heading": \{\s*"kind": "')),
    "csv": Format(
        re.compile(rb"\A\xef\xbb\xbf(id,kind,strength|meeting,date,side|side,body,name),")
    ),
    "ics": Format(re.compile(rb"^PRODID:-//reporter//", re.MULTILINE)),
}

"""Damaged bytes: a key pressed by accident, a copy that broke off, a merge of two files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

PIECES = [
    *(
        b"\x00",
        b"\x07",
        b"\t",
        b"\r",
        b"\xff",
        b"\xc3",
        b"\xe2\x80\xae",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xc2\x85",
        b"\xf0\x9f\x9b\xb0",
    ),
    *(
        b" ",
        b"\n",
        b"\n\n",
        b"  ",
        b"-",
        b"- ",
        b": ",
        b":",
        b"? ",
        b"#",
        b" #",
        b"'",
        b'"',
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b"|",
        b">-",
        b"&a ",
        b"*a",
    ),
    *(
        b"!!str ",
        b"%",
        b"---\n",
        b"...\n",
        b"@",
        b"`",
        b"\\",
        b"null",
        b"true",
        b"~",
        b"0",
        b"9999",
        b"-1",
        b"1e999",
        b"internal: true\n",
        b"<<: ",
    ),
    *(
        b"{{ ",
        b" }}",
        b"{% ",
        b" %}",
        b"{#",
        b"#}",
        b"{{ x }}",
        b"{% if %}",
        b"{{ 1/0 }}",
        b"{{ report.id | when }}",
        b"{{ say('x') }}",
        b"{{ [][0] }}",
    ),
    *(
        b"{{ report }}",
        b"{{ ''.__class__ }}",
        b"{{ say() }}",
        b"{{ 1 | day }}",
        b"{{ none.x }}",
        b"{% for x in 1 %}{% endfor %}",
        b"</style>",
        b"<b>",
    ),
    *(
        b"{{ report | json }}",
        b"{{ loop }}",
        b"{{ style(1) }}",
        b"{{ embed('/etc/passwd') }}",
        b"{{ ordinal('x') }}",
        b"{% extends 'x' %}",
        b"{n}",
        b"{}",
    ),
]


@st.composite
def changes(draw: st.DrawFn, content: bytes, other: bytes) -> bytes:
    """Return ``content`` with one to three faults; a part of ``other`` may have got into it."""
    for _ in range(draw(st.integers(1, 3))):
        content = draw(st.sampled_from(_WAYS))(draw, content, other)
    return content


def _place(draw: st.DrawFn, content: bytes) -> int:
    return draw(st.integers(0, len(content)))


def _flip(draw: st.DrawFn, content: bytes, _other: bytes) -> bytes:
    place = _place(draw, content)
    return content[:place] + draw(st.binary(min_size=1, max_size=1)) + content[place + 1 :]


def _insert(draw: st.DrawFn, content: bytes, _other: bytes) -> bytes:
    place = _place(draw, content)
    return content[:place] + draw(st.sampled_from(PIECES)) + content[place:]


def _delete(draw: st.DrawFn, content: bytes, _other: bytes) -> bytes:
    place = _place(draw, content)
    return content[:place] + content[place + draw(st.integers(1, 30)) :]


def _truncate(draw: st.DrawFn, content: bytes, _other: bytes) -> bytes:
    return content[: _place(draw, content)]


def _splice(draw: st.DrawFn, content: bytes, other: bytes) -> bytes:
    return content[: _place(draw, content)] + other[_place(draw, other) :]


def _lines(draw: st.DrawFn, content: bytes, _other: bytes) -> bytes:
    """Repeat a line, leave one out, indent one, or exchange two."""
    lines = content.splitlines(keepends=True) or [b""]
    first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    match draw(st.integers(0, 3)):
        case 0:
            lines.insert(second, lines[first])
        case 1:
            del lines[first]
        case 2:
            lines[first] = b" " * draw(st.integers(1, 4)) + lines[first]
        case _:
            lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def _words(draw: st.DrawFn, content: bytes, other: bytes) -> bytes:
    """Put a word of one of the files in the place of another."""
    words = content.split(b" ")
    words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(other.split() or [b""]))
    return b" ".join(words)


_WAYS: list[Callable[[st.DrawFn, bytes, bytes], bytes]] = [
    _insert,
    _flip,
    _delete,
    _lines,
    _words,
    _splice,
    _truncate,
]

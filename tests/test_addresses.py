"""Tests of addresses as browsers show them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.records.addresses import URL_PATTERN, way_out


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org",
        "http://my_host.example.org:8080/a?b=c#d",
        "http://[2001:db8::1]/a",
        "https://example.org/\u5916\u52d9",
        "https://EXAMPLE.ORG/A",
    ],
)
def test_what_is_an_address(written: str) -> None:
    """Hosts with underscores and by number, letters of any script in the path."""
    assert re.fullmatch(URL_PATTERN, written)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("https://www.\u5916\u52d9\u7701.jp/", "write https://www.xn--lhrz8ls91a.jp/"),
        ("https://b\u00fccher.example:80/a", "write https://xn--bcher-kva.example:80/a"),
        ("https://example.org/a|b", "write https://example.org/a%7Cb"),
        ("https://example.org/x?d={1B-2C}&a=v", "write https://example.org/x?d=%7B1B-2C%7D&a=v"),
        ("https://example.org/1:8<6::A>3.0", "write https://example.org/1:8%3C6::A%3E3.0"),
        ("https://example.org/a b.pdf", "write https://example.org/a%20b.pdf"),
        ('https://example.org/\u201ca"', "write https://example.org/\u201ca%22"),
        ("https://example.org/a\u200bb", "write https://example.org/a%E2%80%8Bb"),
        ("https://example.org/a\u00adb", "write https://example.org/ab"),
        ("https://example\uff0eorg/a", "write https://example.org/a"),
        ("<https://example.org/a>", "write https://example.org/a"),
        ("HTTPS://EXAMPLE.ORG/A", "write https://EXAMPLE.ORG/A"),
        ("www.example.org/a", "write https://www.example.org/a"),
        ("example.org", "write https://example.org"),
        ("https://example.org./a", "write https://example.org/a"),
        ("https://user:word@example.org/a", "write https://example.org/a, without the user"),
        ("doi:10.1000/182", "write https://doi.org/10.1000/182"),
        ("10.1002/(SICI)49:8<69>3", "write https://doi.org/10.1002/(SICI)49:8%3C69%3E3"),
        ("ftp://ftp.example.org/a.pdf", "a browser opens no such address"),
        ("mailto:desk@example.org", "a browser opens no such address"),
        ("javascript:alert(1)", "a browser opens no such address"),
        ("nonsense", "an address is https://host/path"),
        ("https://", "an address is https://host/path"),
        ("https://a..example/", "an address is https://host/path"),
        ("https://example.org/" + "|" * 10_000, "an address is https://host/path"),
    ],
)  # fmt: skip
def test_what_to_write_instead(written: str, hint: str) -> None:
    """An address that is refused comes with the one that leads to the same page, whole."""
    assert way_out(written).startswith(hint)


@given(st.text(max_size=40))
def test_what_is_to_be_written_is_taken(text: str) -> None:
    """Whatever stood there, an address that a hint shows is one that the records may have."""
    if found := re.fullmatch(r"write (.*?)(, without the user)?", way_out(text), re.DOTALL):
        assert re.fullmatch(URL_PATTERN, found[1])

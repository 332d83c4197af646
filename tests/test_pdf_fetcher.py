"""What a page may load."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from weasyprint.urls import FatalURLFetchingError

from reporter.formats.pdf.fetcher import BASE, ThemeFetcher
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def fetcher(tmp_path: Path) -> ThemeFetcher:
    """Return the fetcher of a theme that overrides one file, with a foreign file beside it."""
    own = tmp_path / "templates"
    (own / "pictures").mkdir(parents=True)
    (own / "style.css").write_bytes(b"own")
    (own / "pictures" / "a b.svg").write_bytes(b"<svg/>")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (own / "way-out").symlink_to(tmp_path)
    (own / "secret.txt").symlink_to(tmp_path / "secret.txt")
    (own / "inside.css").symlink_to(own / "style.css")
    return ThemeFetcher(Theme((own, default_templates())))


@pytest.mark.parametrize(
    ("address", "content"),
    [
        (f"{BASE}style.css", b"own"),
        (f"{BASE}style.css?v=1#x", b"own"),
        (f"{BASE}inside.css", b"own"),
        (f"{BASE}pictures/a%20b.svg", b"<svg/>"),
        (f"{BASE}fonts.css", (default_templates() / "fonts.css").read_bytes()),
        ("data:image/png;base64,AAAA", b"\0\0\0"),
        ("data:font/woff2;base64,AAAA", b"\0\0\0"),
        ("data:application/font-woff;base64,AAAA", b"\0\0\0"),
    ],
)
def test_admitted(fetcher: ThemeFetcher, address: str, content: bytes) -> None:
    """Files of the theme, a project's own first, and pictures and fonts in the page itself."""
    assert fetcher.fetch(address).read() == content


@pytest.mark.parametrize("profile", [b"", b"damaged"])
def test_a_picture_in_the_colours_of_a_printer_comes_in_those_of_a_screen(
    fetcher: ThemeFetcher, tmp_path: Path, profile: bytes
) -> None:
    """PDF/A has one colour profile, and in it no four colours."""
    crest = tmp_path / "templates" / "crest.jpg"
    Image.new("CMYK", (9, 9), (255, 0, 0, 0)).save(crest, icc_profile=profile)
    found = Image.open(BytesIO(fetcher.fetch(f"{BASE}crest.jpg").read()))
    red, green, blue = found.tobytes()[:3]
    assert (found.mode, red < green, red < blue) == ("RGB", True, True)


def test_font_packages(fetcher: ThemeFetcher) -> None:
    """Files of the two pinned font packages."""
    assert (
        fetcher.fetch("package:rendercv_fonts/XCharter/XCharter-Regular.otf")
        .read()
        .startswith(b"OTTO")
    )


@pytest.mark.parametrize(
    "address",
    [
        f"{BASE}missing.css",
        f"{BASE}",
        f"{BASE}pictures",
        f"{BASE}../secret.txt",
        f"{BASE}%2e%2e/secret.txt",
        f"{BASE}secret.txt",
        f"{BASE}way-out/secret.txt",
        f"{BASE}style.css%00",
        f"{BASE}/etc/passwd",
        "file:///etc/passwd",
        "file://host/theme/style.css",
        "FILE:///theme/style.css",
        "http://localhost/style.css",
        "https://example.org/style.css",
        "ftp://example.org/style.css",
        "package:reporter/formats/pdf/fetcher.py",
        "package:rendercv_fonts/../reporter/build.py",
        "data:text/css,*{}",
        "data:text/html,x",
        "data:,x",
        "data:imagery/x,x",
        "",
    ],
)
def test_refused(fetcher: ThemeFetcher, address: str) -> None:
    """Everything else stops the rendering: other folders, the network, other packages.

    Folders are refused both by name and through a symbolic link.
    """
    with pytest.raises(FatalURLFetchingError, match="is not a file of the theme"):
        fetcher.fetch(address)

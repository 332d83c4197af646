"""Small pictures of every page of every kind of report guard the look.

They are compared with those in ``tests/pictures/``.

After a change that is meant: look at the pages, renew with
``pytest tests/test_pictures.py -m full --update``, look at the pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import children
import pytest
from conftest import TESTS
from PIL import Image, ImageChops, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from pathlib import Path

PICTURES = TESTS / "pictures"
PAPERS = {
    "meeting": "all/meeting-08",
    "upcoming": "upcoming/meeting-09",
    "package": "package/meeting-02",
    "comparison": "all/compare-07-08",
    "agreement": "all/agreement-framework-agreement-2023",
    "ledger": "all/ledger",
    "series": "all/series",
    "index": "all/index",
    "letter": "public/meeting-08",
    "marked": "marked/meeting-02",
}
RESOLUTION = "40"  # dots per inch
GREYS = 16
LARGEST = 30 * 1024  # bytes of a picture
VISIBLE = (
    40  # of 255: a smaller difference of two blurred greys is that of two versions of a rasteriser
)
TOLERATED = 0.002  # of the area of a page: less than a line of text


def photographed(paper: Path, folder: Path) -> list[Path]:
    """Return a picture of each page of a PDF."""
    folder.mkdir()
    children.run(
        ["pdftoppm", "-r", RESOLUTION, "-gray", "-png", paper, folder / "page"], check=True
    )
    pages = sorted(folder.iterdir())
    for page in pages:
        Image.open(page).quantize(GREYS).save(page, optimize=True)
    return pages


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the part of the area in which two pictures differ visibly.

    It is all of it where they are not of one size.
    """
    if one.size != other.size:
        return 1.0
    blurred = [picture.convert("L").filter(ImageFilter.GaussianBlur(1)) for picture in (one, other)]
    histogram = ImageChops.difference(*blurred).histogram()
    return sum(histogram[VISIBLE:]) / sum(histogram)


@pytest.mark.long
@pytest.mark.parametrize("kind", PAPERS)
def test_every_page_looks_as_before(
    kind: str, built: Path, tmp_path: Path, *, update: bool
) -> None:
    """No page came or went, and none looks different."""
    found = photographed(built / f"{PAPERS[kind]}.pdf", tmp_path / kind)
    expected = sorted(PICTURES.glob(f"{kind}-*.png"))
    if update:
        for path in expected:
            path.unlink()
        PICTURES.mkdir(exist_ok=True)
        for number, page in enumerate(found, 1):
            (PICTURES / f"{kind}-{number}.png").write_bytes(page.read_bytes())
        return
    assert len(found) == len(expected), f"the number of pages changed: look at {tmp_path}"
    differing = {
        page.name: f"{part:.1%}"
        for page, picture in zip(found, expected, strict=True)
        if (part := difference(Image.open(page), Image.open(picture))) > TOLERATED
    }
    assert differing == {}, f"look at {tmp_path / kind} and at {PICTURES / kind}-*.png"


def test_pictures_are_small() -> None:
    """They weigh little in the repository, and there is one at least of each kind."""
    assert {path.stem.rpartition("-")[0] for path in PICTURES.iterdir()} == PAPERS.keys()
    assert [path.name for path in PICTURES.iterdir() if path.stat().st_size > LARGEST] == []


def page_with(*, line: int = 0, shift: int = 0, grey: int = 0) -> Image.Image:
    """Return a page of dark lines.

    One is left out, or all stand lower, or are not quite black.
    """
    page = Image.new("L", (331, 468), 255)
    draw = ImageDraw.Draw(page)
    for number in range(1, 40):
        if number != line:
            draw.rectangle((30, number * 11 + shift, 300, number * 11 + 4 + shift), fill=grey)
    return page


def test_a_difference_is_seen() -> None:
    """A line that is missing, and lines that moved, but no shade that a rasteriser may choose."""
    page = page_with()
    assert difference(page, page_with(grey=20)) == 0
    assert difference(page, page_with(line=7)) > TOLERATED
    assert difference(page, page_with(shift=3)) > TOLERATED
    assert difference(page, page.resize((306, 396))) == 1

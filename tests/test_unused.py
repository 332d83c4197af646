"""Nothing lies about in the templates: each word, macro and class of a style is used somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.css")}
PAGES = {
    path.name: path.read_text(encoding="utf-8")
    for path in (*TEMPLATES.glob("*.html"), *TEMPLATES.glob("*.js"))
}
CODE = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "reporter").rglob("*.py"))
)
MADE = re.compile(r"""(?:say|of)\(\s*f"([a-z_]+_)\{""")
"""Words whose names the program puts together: ``say(f"what_{key}")``."""


def test_every_word_is_said() -> None:
    """By its whole name, or by one of which the program knows the beginning."""
    words = yaml.safe_load((TEMPLATES / "languages" / "en.yaml").read_text(encoding="utf-8"))
    source = "\n".join((*PAGES.values(), CODE))
    named = set(re.findall(r"""["'`]([a-z_0-9]+)["'`]""", source))
    begun = tuple(MADE.findall(source))
    assert begun
    assert [word for word in words["say"] if word not in named and not word.startswith(begun)] == []


def test_every_macro_is_called() -> None:
    """In its own file, or in one that imports it."""
    source = "\n".join(PAGES.values())
    macros = re.findall(r"macro (\w+)\(", source)
    called = re.findall(r"(?<!macro )\b(\w+)\(", source)
    assert sorted(set(macros) - set(called)) == []


def test_every_class_of_a_style_stands_in_a_page() -> None:
    """In a template, or in what the program writes; those of charts are put together."""
    source = "\n".join((*PAGES.values(), CODE))
    for name, sheet in SHEETS.items():
        rules = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", sheet, flags=re.DOTALL)
        selectors = " ".join(re.findall(r"([^{}]+)\{", rules))
        classes = set(re.findall(r"\.([a-z][\w-]*)", selectors))
        unused = {one for one in classes if not re.search(rf"(?<![\w-]){one}(?![\w-])", source)}
        assert {one for one in unused if not one.startswith(("fill-", "stroke-"))} == set(), name

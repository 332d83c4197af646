"""The document whose styles a report takes: ``templates/reference.docx``, a project's own or ours.

It may come from another house. So nothing is taken from it but styles, the numbering of lists,
theme, fonts and margins; whatever in these would lead to something else is left out.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from reporter.formats.docx.xml import R, W, parsed, value, w
from reporter.formats.look import colours
from reporter.problems import stop
from reporter.sources.unzipping import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from lxml.etree import _Element

    from reporter.theme import Theme

NAME = "reference.docx"
LARGEST = 32 * 1024 * 1024  # bytes of a part, unpacked
TAKEN = ("styles", "numbering", "theme/theme1", "fontTable")
_NEEDED = ("document", "styles")
_EMPTY = {"numbering": "numbering", "fontTable": "fonts"}
_LEFT_OUT = ("numPicBullet", "lvlPicBulletId", "numIdMacAtCleanup")
_COLOUR = re.compile("#([0-9A-Fa-f]{6})")
_HINT = "save it in Word as a Word document (.docx), or delete it: then the default one is taken"


class ReferenceDocument:
    """The styles of a document; those that it lacks come from the default one.

    That one has the colours of the project's look.
    """

    def __init__(self, theme: Theme) -> None:
        ours = replace(theme, folders=theme.folders[-1:])
        self._default = _Styles(ours)
        self._own = _Styles(theme)
        is_ours = theme.find(NAME) == ours.find(NAME)
        for styles in (self._default, self._own) if is_ours else (self._default,):
            styles.paint(_painted(colours(ours), colours(theme)))
        self._adopted: dict[str, str] = {}
        self._lists: dict[tuple[str, int], str] = {}

    @property
    def parts(self) -> dict[str, _Element]:
        """The parts that are taken over, by name."""
        found = self._default.roots | self._own.roots
        return {name: found[name] for name in TAKEN if name in found}

    def style(self, name: str, kind: str = "paragraph") -> str:
        """Return the id of a style."""
        found = self._own.named(name, kind)
        return _id(self._adopt(name, kind) if found is None else found)

    def margins(self) -> dict[str, int]:
        """Return the margins of a page by name, in twentieths of a point."""
        margins: dict[str, int] = {}
        for styles in (self._default, self._own):
            for element in styles.roots["document"].iterfind(f".//{{{W}}}pgMar"):
                margins |= {
                    str(name).rpartition("}")[2]: int(size)
                    for name, size in element.items()
                    if str(size).isdecimal()
                }
        return margins

    def tabs(self, style: str) -> list[str]:
        """Return where a style has tabs."""
        found = self._own.ids[self.style(style)].iterfind(f"{{{W}}}pPr/{{{W}}}tabs/{{{W}}}tab")
        return [str(tab.get(f"{{{W}}}pos")) for tab in found]

    def speak(self, language: str) -> None:
        """Say the language of the document; no style says another one."""
        place = self._own.roots["styles"]
        _remove(place, ("lang",))
        for name in ("docDefaults", "rPrDefault", "rPr"):
            below = place.find(f"{{{W}}}{name}")
            if below is None:
                below = w(name)
                place.insert(0, below)
            place = below
        place.append(w("lang", val=language, eastAsia=language, bidi=language))

    def numbering(self, style: str, which: int) -> str:
        """Return the numbering of a list of this style; nothing where the style has it."""
        numbered = self._own.numbering_of(self.style(style))
        if numbered and not which:
            return ""
        if (style, which) not in self._lists:
            if not numbered:
                default = self._default.named(style, "paragraph")
                numbered = self._adopt_numbering(self._default.numbering_of(_id(default)))
            abstract = self._own.abstract(numbered)
            self._lists[style, which] = self._own.number(abstract) if which else numbered
        return self._lists[style, which]

    def _adopt(self, name: str, kind: str) -> _Element:
        """Take a style from the default document, with those to which it refers."""
        style = deepcopy(self._default.named(name, kind))
        assert style is not None, name  # noqa: S101 (every name that is asked for is ours)
        own = _id(style) if _id(style) not in self._own.ids else f"Reporter{_id(style)}"
        style.set(f"{{{W}}}styleId", own)
        style.attrib.pop(f"{{{W}}}default", None)
        self._own.add(style)
        for link in style.iterfind(f"{{{W}}}*"):
            if link.tag in {f"{{{W}}}basedOn", f"{{{W}}}next"}:
                other = self._default.ids[value(link)]
                link.set(f"{{{W}}}val", self.style(_name(other), kind))
        for number in style.iterfind(f".//{{{W}}}numId"):
            number.set(f"{{{W}}}val", self._adopt_numbering(value(number), own))
        return style

    def _adopt_numbering(self, number: str, style: str = "") -> str:
        """Take a way to count from the default document; return the name of a list of it."""
        if number not in self._adopted:
            found = deepcopy(self._default.abstracts[self._default.abstract(number)])
            for level in found.iterfind(f"{{{W}}}lvl"):
                for link in level.findall(f"{{{W}}}pStyle"):
                    link.set(f"{{{W}}}val", style)
                    if not style:
                        level.remove(link)
            abstract = self._own.add_abstract(found)
            self._adopted[number] = self._own.number(abstract, anew=False)
        return self._adopted[number]


class _Styles:
    """The parts of a document with styles."""

    def __init__(self, theme: Theme) -> None:
        self.roots = _read(theme.file(NAME), theme.content(NAME))
        self.ids: dict[str, _Element] = {}
        self._names: dict[tuple[str, str], _Element] = {}
        for style in self.roots["styles"].iterfind(f"{{{W}}}style"):
            self._note(style)
        self._numbering = self.roots["numbering"]
        self.abstracts = {
            str(found.get(f"{{{W}}}abstractNumId")): found
            for found in self._numbering.iterfind(f"{{{W}}}abstractNum")
        }

    def named(self, name: str, kind: str) -> _Element | None:
        """Return a style; Word takes its name in capitals or without."""
        return self._names.get((kind, name.lower()))

    def add(self, style: _Element) -> None:
        """Add a style."""
        self.roots["styles"].append(style)
        self._note(style)

    def paint(self, colours: Mapping[str, str]) -> None:
        """Put other colours in the place of its own."""
        for element in self.roots["styles"].iter():
            for name, colour in element.items():
                element.set(name, colours.get(colour, colour))

    def _note(self, style: _Element) -> None:
        self._names.setdefault((str(style.get(f"{{{W}}}type")), _name(style).lower()), style)
        self.ids[_id(style)] = style

    def numbering_of(self, style: str) -> str:
        """Return the numbering of a style, or of one on which it is based; nothing for none."""
        seen: set[str] = set()
        while style in self.ids and style not in seen:
            seen.add(style)
            found = value(self.ids[style].find(f"{{{W}}}pPr/{{{W}}}numPr/{{{W}}}numId"))
            if found:
                return found if self.abstract(found) in self.abstracts else ""
            style = value(self.ids[style].find(f"{{{W}}}basedOn"))
        return ""

    def abstract(self, number: str) -> str:
        """Return the way in which a list counts."""
        for found in self._numbering.iterfind(f"{{{W}}}num"):
            if found.get(f"{{{W}}}numId") == number:
                return value(found.find(f"{{{W}}}abstractNumId"))
        return ""

    def add_abstract(self, found: _Element) -> str:
        """Add a way to count; return its name."""
        name = _next(self.abstracts)
        found.set(f"{{{W}}}abstractNumId", name)
        self._numbering.insert(len(self.abstracts), found)
        self.abstracts[name] = found
        return name

    def number(self, abstract: str, *, anew: bool = True) -> str:
        """Add a list that counts in a way, from one; return its name."""
        known = (found.get(f"{{{W}}}numId") for found in self._numbering.iterfind(f"{{{W}}}num"))
        name = _next(map(str, known))
        begins = w("lvlOverride", w("startOverride", val=1), ilvl=0) if anew else None
        self._numbering.append(w("num", w("abstractNumId", val=abstract), begins, numId=name))
        return name


def _painted(default: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of a look, as Word writes them, by those of the default one."""
    hexed = ((_COLOUR.fullmatch(default[name]), _COLOUR.fullmatch(own[name])) for name in default)
    return {old[1].upper(): new[1].upper() for old, new in hexed if old and new}


def _next(names: Iterable[str]) -> str:
    return str(1 + max((int(name) for name in names if name.isdecimal()), default=0))


def _id(style: _Element | None) -> str:
    return "" if style is None else str(style.get(f"{{{W}}}styleId"))


def _name(style: _Element) -> str:
    return value(style.find(f"{{{W}}}name"))


def _read(path: Path, raw: bytes) -> dict[str, _Element]:
    """Return the parts of a document. Raises ReporterError where it is none."""
    try:
        names = {name: f"word/{name}.xml" for name in (*TAKEN, "document")}
        there = parts(raw, names.values(), LARGEST)
        found = {name: _part(there.get(inside), name) for name, inside in names.items()}
    except ValueError:
        stop(path, "this is not a Word document from which styles can be taken", _HINT)
    return {name: root for name, root in found.items() if root is not None}


def _part(content: bytes | None, name: str) -> _Element | None:
    """Return a part of a document, without all that leads to something else.

    Raises ValueError where it must be there and is not, or is not what it is called.
    """
    if content is None:
        if name in _NEEDED:
            raise ValueError
        return w(_EMPTY[name]) if name in _EMPTY else None
    root = parsed(content)
    if name in _EMPTY or name in _NEEDED:
        if root.tag != w(_EMPTY.get(name, name)).tag:  # a dialect, as of the strict standard
            raise ValueError
        _remove(root, _LEFT_OUT)
    leads = [element for element in root.iter() if any(R in str(key) for key in element.attrib)]
    if leads and name not in (*_EMPTY, *_NEEDED):
        return None
    for element in leads:
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    return root


def _remove(root: _Element, names: tuple[str, ...]) -> None:
    for name in names:
        for element in list(root.iter(f"{{{W}}}{name}")):
            if (parent := element.getparent()) is not None:
                parent.remove(element)

"""Several reports on one page: their ids are kept apart, and links between them stay on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reporter.reports.binder.view import BinderTab
    from reporter.reports.views import Report

    Fill = Callable[[str, Report], str]

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ID = re.compile(r'(?<=\sid=")([^"]+)(?=")')
_NAMING = re.compile(
    r"(?<=\s)(id|for|headers|aria-labelledby|aria-describedby|data-moves|data-group|data-left-out)"
    r'="([^"]+)"'
)
"""Attributes that name parts of a page, or groups of them."""
_LINK = re.compile(r'(?<=\s)href="([^"]*)"')
_INSIDE = re.compile(r"([a-z0-9-]+)\.html(?:#(.*))?")
_HEADING = re.compile("h[1-5]")


class _TabPart(NamedTuple):
    """A report on the page, with how its ids begin there."""

    prefix: str
    ids: frozenset[str]


def parts(tabs: Iterable[BinderTab], fill: Fill, between: str) -> tuple[Markup, ...]:
    """Return the text of each report, made to stand on a page with the others.

    ``fill`` returns what the template of a kind prints of a report. Headings are a level lower. A
    link to a report that is on the page leads there; one to any other is its text, since a binder
    travels alone. ``between`` stands after the label of a tab.
    """
    every = tuple(tabs)
    texts = [fill(tab.kind, tab.report) for tab in every]
    there = {
        tab.report.id: _TabPart(f"t{tab.number}-", frozenset(_ID.findall(text)))
        for tab, text in zip(every, texts, strict=True)
    }
    return tuple(
        Markup(_TagWriter(tab, there, between).written(text))  # noqa: S704 (it is a page of ours)
        for tab, text in zip(every, texts, strict=True)
    )


class _TagWriter:
    """Writes the tags of one part anew."""

    def __init__(self, tab: BinderTab, there: Mapping[str, _TabPart], between: str) -> None:
        self._tab = tab
        self._between = between
        self._there = there
        self._own = there[tab.report.id]
        self._is_open = False
        """Whether a link that is no link any more is not closed yet."""

    def written(self, text: str) -> str:
        """Return the text of the part."""
        return _TAG.sub(self._tag, text)

    def _tag(self, found: re.Match[str]) -> str:
        end, name, attributes = found[1], found[2], found[3]
        if name == "a":
            return self._end() if end else self._link(attributes)
        if end:
            return found[0]
        attributes = _NAMING.sub(self._named, attributes)
        if _HEADING.fullmatch(name):
            attributes += f' aria-level="{int(name[1]) + 1}"'
        if name == "h1":
            label = escape(f"{self._tab.label}{self._between}{self._tab.title}")
            attributes += f' id="{self._own.prefix}title" data-bookmark="{label}"'
        tag = f"<{name}{attributes}>"
        if ' class="series"' in attributes:
            tag += f'<span class="tab">{escape(self._tab.label)}</span>{escape(self._between)}'
        return tag

    def _named(self, found: re.Match[str]) -> str:
        names = " ".join(f"{self._own.prefix}{name}" for name in found[2].split())
        return f'{found[1]}="{names}"'

    def _link(self, attributes: str) -> str:
        attributes = _NAMING.sub(self._named, attributes)
        address = _LINK.search(attributes)
        target = self._target(address[1]) if address else ""
        self._is_open = target is None
        if target is None:
            return "<span>"
        return "<a" + _LINK.sub(lambda _: f'href="{target}"', attributes, count=1) + ">"

    def _end(self) -> str:
        closed, self._is_open = "</span>" if self._is_open else "</a>", False
        return closed

    def _target(self, address: str) -> str | None:
        """Return where a link leads on the page or out of it; None where it leads nowhere."""
        if address.startswith("#"):
            return f"#{self._own.prefix}{address[1:]}"
        inside = _INSIDE.fullmatch(address)
        if not inside:
            return address
        other = self._there.get(inside[1])
        if other is None:
            return None
        return f"#{other.prefix}{inside[2]}" if inside[2] in other.ids else f"#{other.prefix[:-1]}"

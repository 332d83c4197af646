"""A document as the file that Word opens: parts in a ZIP, the same bytes for the same parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from reporter.formats.docx.xml import R, written
from reporter.sources.unzipping import zipped

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_OFFICE}.wordprocessingml"
APP = "docProps/app.xml"
CUSTOM = "docProps/custom.xml"


class PartKind(NamedTuple):
    """What a part is."""

    relation: str
    """How another part refers to it."""
    type: str
    """What it holds; empty where the ending of its name tells."""


KINDS = {
    "document": PartKind(f"{R}/officeDocument", f"{_WORD}.document.main+xml"),
    "styles": PartKind(f"{R}/styles", f"{_WORD}.styles+xml"),
    "numbering": PartKind(f"{R}/numbering", f"{_WORD}.numbering+xml"),
    "settings": PartKind(f"{R}/settings", f"{_WORD}.settings+xml"),
    "header": PartKind(f"{R}/header", f"{_WORD}.header+xml"),
    "footer": PartKind(f"{R}/footer", f"{_WORD}.footer+xml"),
    "theme": PartKind(f"{R}/theme", f"{_OFFICE}.theme+xml"),
    "fontTable": PartKind(f"{R}/fontTable", f"{_WORD}.fontTable+xml"),
    "image": PartKind(f"{R}/image", ""),
    "core": PartKind(
        f"{_PACKAGE}/relationships/metadata/core-properties",
        "application/vnd.openxmlformats-package.core-properties+xml",
    ),
    "app": PartKind(f"{R}/extended-properties", f"{_OFFICE}.extended-properties+xml"),
    "custom": PartKind(f"{R}/custom-properties", f"{_OFFICE}.custom-properties+xml"),
}
_ENDINGS = {
    "png": "image/png",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}


@dataclass(slots=True)
class Relations:
    """To what a part leads: other parts, and addresses outside. Each is named once."""

    names: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def to(self, kind: str, target: str) -> str:
        """Return the name under which the part refers to another one."""
        return self._name(KINDS[kind].relation, target, outside=False)

    def link(self, address: str) -> str:
        """Return the name under which the part refers to an address."""
        return self._name(f"{R}/hyperlink", address, outside=True)

    def _name(self, kind: str, target: str, *, outside: bool) -> str:
        return self.names.setdefault((kind, target, outside), f"rId{len(self.names) + 1}")

    def content(self) -> bytes:
        """Return them as they are written."""
        root = etree.Element("Relationships", xmlns=f"{_PACKAGE}/relationships")
        for (kind, target, outside), name in self.names.items():
            found = etree.SubElement(root, "Relationship", Id=name, Type=kind, Target=target)
            if outside:
                found.set("TargetMode", "External")
        return written(root)


@dataclass(slots=True)
class PackagePart:
    """A part of a document."""

    kind: str
    content: bytes
    relations: Relations = field(default_factory=Relations)


def packed(parts: dict[str, PackagePart]) -> bytes:
    """Return the file of these parts, each with its name."""
    top = Relations()
    files = {name: part.content for name, part in parts.items()}
    types = etree.Element("Types", xmlns=f"{_PACKAGE}/content-types")
    for ending, told in _ENDINGS.items():
        etree.SubElement(types, "Default", Extension=ending, ContentType=told)
    for name, part in parts.items():
        if told := KINDS[part.kind].type:
            etree.SubElement(types, "Override", PartName=f"/{name}", ContentType=told)
        if part.kind in {"document", "core", "app", "custom"}:
            top.to(part.kind, name)
        if part.relations.names:
            folder, _, file = name.rpartition("/")
            files[f"{folder}/_rels/{file}.rels"] = part.relations.content()
    files = {"[Content_Types].xml": written(types), "_rels/.rels": top.content(), **files}
    return zipped(files, plain=APP)  # by which one sees whose file it is

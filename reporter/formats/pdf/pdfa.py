"""What PDF/A-3a and PDF/UA-1 ask of metadata, of embedded files and of links."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pydyf
from weasyprint import Attachment
from weasyprint.pdf.metadata import DocumentMetadata

from reporter.formats.pdf.fetcher import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD = "record.json"
SCHEMES = ("http:", "https:", "mailto:")

# PDF/A knows its own identification but not that of PDF/UA, so any file that uses it must describe
# it.
UNIVERSAL = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def _written(stream: pydyf.Stream) -> bytes:
    """Return a stream as it is written: packed, with an end that cannot be taken for content.

    pydyf writes a line feed after the content. Where that ends in a carriage return, as one stream
    in 256 does, a validator takes both for the end of the line and finds the content a byte too
    short. And it packs each stream twice, as hard as it can: once is a tenth of the time, and makes
    the file two hundredths larger.
    """
    if stream.compress:
        content = b"\n".join(map(pydyf._to_bytes, stream.stream))  # noqa: SLF001 (as pydyf does)
        stream.stream, stream.compress = [zlib.compress(content)], False
        stream.extra = {**stream.extra, "Filter": "/FlateDecode"}
    data: bytes = WRITTEN(stream)
    return (
        data.removesuffix(b"\nendstream") + b"\r\nendstream"
        if data.endswith(b"\r\nendstream")
        else data
    )


WRITTEN = pydyf.Stream.data.fget
pydyf.Stream.data = property(_written)  # of all: those of objects come when pydyf writes


class Metadata(DocumentMetadata):  # type: ignore[misc]
    """Metadata that name both standards.

    WeasyPrint writes one of them, and a second RDF beside the first is not read.
    """

    def __init__(self, metadata: DocumentMetadata) -> None:
        super().__init__(
            **{**vars(metadata), "attachments": []}
        )  # a page attaches nothing: that is the caller's to do

    def include_in_pdf(
        self, pdf: pydyf.PDF, variant: str, version: int, _conformance: str, _compress: object
    ) -> None:
        """Write them, uncompressed: archives search for them without a PDF library."""
        super().include_in_pdf(pdf, variant, version, "A", compress=False)

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        """Return the RDF with the PDF/UA identification in it."""
        rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
        return rdf.replace(b"</rdf:RDF>", UNIVERSAL)


def record_attachment(record: bytes, modified: str) -> Attachment:
    """Return the record that a report was made from, for embedding.

    Its dates are those of the report, never the clock's.
    """
    day = datetime.fromisoformat(f"{modified}-01-01"[:10]).replace(
        tzinfo=UTC
    )  # a year or a month begins with its first day
    description = "The record that this report was made from"
    return Attachment(
        string=record,
        name=RECORD,
        description=description,
        created=day,
        modified=day,
        relationship="Source",
    )


def mend_links(pdf: pydyf.PDF) -> Iterator[str]:
    """Make links between reports lead from PDF to PDF, relative; yield those that lead nowhere.

    WeasyPrint makes every address absolute: ``meeting-07.html`` becomes a file in the folder that
    stands for the theme.
    """
    for link in pdf.objects:
        if isinstance(link, pydyf.Dictionary) and link.get("Subtype") == "/Link" and "A" in link:
            address = link["A"]["URI"].string
            if address.startswith(BASE):
                link["A"]["URI"] = pydyf.String(
                    re.sub(r"\.html(?=#|$)", ".pdf", address.removeprefix(BASE))
                )
            elif not address.lower().startswith(SCHEMES):
                yield f"the link '{address}' leads neither to a report nor to the web"


def list_once(pdf: pydyf.PDF) -> None:
    """List each embedded file of the document once; WeasyPrint lists it twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def forbid_smoothing(pdf: pydyf.PDF) -> None:
    """Forbid viewers to smooth pictures, as PDF/A requires; WeasyPrint asks them to."""
    for picture in pdf.objects:
        if isinstance(picture, pydyf.Stream) and "Interpolate" in picture.extra:
            picture.extra["Interpolate"] = "false"


def show_title(pdf: pydyf.PDF) -> None:
    """Have viewers show the title instead of the file's name, and say that the file is tagged."""
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def drop_repeated_links(pdf: pydyf.PDF) -> None:
    """Remove the links that belong to nothing in the structure.

    They are those in a table head that is repeated on the next page.
    """
    for page in (pdf.objects[number] for number in pdf.pages["Kids"][::3]):
        if "Annots" in page:
            kept = [
                link
                for link in page["Annots"]
                if "StructParent" in pdf.objects[int(link.split()[0])]
            ]
            page["Annots"] = pydyf.Array(kept)

"""A quote sheet as a Word document that an editor can mark up.

python-docx makes the document around the quotations, with its styles. It would keep all of them in
memory, so their paragraphs are written past it, into the place that it was told to leave open.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from quotes.exports.archive import blocks
from quotes.exports.grouping import facts, grouped, origin
from quotes.exports.linking import link
from quotes.exports.passage import legible, runs
from quotes.exports.printable import printable
from quotes.links.position import position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.exports.exporter import Setting
    from quotes.exports.manifest import Manifest
    from quotes.store.values import StoredQuotation

HERE = "QUOTATIONS-GO-HERE"
BODY = "word/document.xml"
# Word's own limit for what a field holds.
INSTRUCTION = 2_000
LOOKS = {
    "": "",
    "content": '<w:shd w:val="clear" w:color="auto" w:fill="FFF3B0"/>',
    "cue": "<w:i/>",
    "source": "<w:b/>",
}


class WordSheet:
    """One heading a speaker or a source, each quotation with its facts, link and passage."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Write the document to a temporary file, paragraph by paragraph, and yield that."""
        with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
            path = Path(folder) / "sheet.docx"
            frame = zipfile.ZipFile(io.BytesIO(_frame(self._setting.manifest)))
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in frame.namelist():
                    if name != BODY:
                        archive.writestr(name, frame.read(name))
                with archive.open(BODY, "w", force_zip64=True) as file:
                    before, after = _halves(frame.read(BODY))
                    file.write(before)
                    for paragraph in self._paragraphs(quotations):
                        file.write(paragraph.encode())
                    file.write(after)
            yield from blocks(path)

    def _paragraphs(self, quotations: Iterable[StoredQuotation]) -> Iterator[str]:
        for heading, members in grouped(quotations, self._setting.group):
            yield _paragraph(_run(printable(heading)), "Heading2")
            for quotation in members:
                yield from self._entry(quotation)

    def _entry(self, quotation: StoredQuotation) -> Iterator[str]:
        record, text = quotation.record, self._setting.passages(quotation.version_id)
        yield _paragraph(_run(legible(record["content"]["text"])), "IntenseQuote")
        place = f"{record['document']['path']}:{position(text, record['content']['start'])}"
        known = "".join(f", {printable(part)}" for part in origin(quotation))
        yield _paragraph(_linked(printable(place), link(quotation, text)) + _run(known), "Caption")
        told = ", ".join(facts(quotation, self._setting.group))
        yield _paragraph(_run(printable(told)), "Caption")
        yield _paragraph("".join(_run(run.text, LOOKS[run.role]) for run in runs(text, record)))


def exporter(setting: Setting) -> WordSheet:
    """Return the exporter."""
    return WordSheet(setting)


def _frame(manifest: Manifest) -> bytes:
    """Return a document with title, manifest, page numbers, and a place for the quotations."""
    import docx

    document = docx.Document()
    document.core_properties.title = "Quotations"
    document.core_properties.author = manifest.program
    document.core_properties.comments = printable(" ".join(manifest.sentences()))[:255]
    document.core_properties.created = document.core_properties.modified = manifest.created
    document.add_heading("Quotations", 0)
    for sentence in manifest.sentences():
        document.add_paragraph(printable(sentence), style="Caption")
    document.add_paragraph(HERE)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _halves(body: bytes) -> tuple[bytes, bytes]:
    """Return what stands before and after the paragraph that keeps the place."""
    before, after = body.split(HERE.encode(), 1)
    end = b"</w:p>"
    return before[: before.rindex(b"<w:p>")], after[after.index(end) + len(end) :]


def _paragraph(content: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{content}</w:p>\n"


def _run(text: str, look: str = "") -> str:
    """Return a run; line ends and tabs are Word's own."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    pieces = escape(text).replace("\t", "</w:t><w:tab/><w:t xml:space='preserve'>")
    pieces = pieces.replace("\n", "</w:t><w:br/><w:t xml:space='preserve'>")
    return f"<w:r>{properties}<w:t xml:space='preserve'>{pieces}</w:t></w:r>"


def _linked(shown: str, url: str | None) -> str:
    """Return a hyperlink as a field; a relation for each would have to be kept in memory."""
    if url is None or len(url) > INSTRUCTION:
        return _run(shown)
    target = escape(url, {'"': "&quot;"})
    look = '<w:color w:val="0563C1"/><w:u w:val="single"/>'
    field = f" HYPERLINK &quot;{target}&quot; "
    return f'<w:fldSimple w:instr="{field}">{_run(shown, look)}</w:fldSimple>'

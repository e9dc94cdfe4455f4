"""CSV (RFC 4180) that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from quotes.exports.printable import visible
from quotes.links.position import position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.exports.exporter import Passages
    from quotes.store.values import StoredQuotation

COLUMNS = (
    "id",
    "speaker",
    "speaker_kind",
    "members",
    "via",
    "kind",
    "act",
    "quotation",
    "cue",
    "source",
    "status",
    "confidence",
    "method",
    "title",
    "publisher",
    "author",
    "published_at",
    "path",
    "url",
    "line",
    "column",
    "start",
    "end",
    "version",
)
# What makes a spreadsheet take a cell for a formula, in half and full width.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


class CsvSheet:
    """One row a quotation, all cells text; a cell that could be a formula begins with '."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[str]:
        """Yield the head and a row for each quotation."""
        yield _line(COLUMNS)
        for quotation in quotations:
            yield _line(self._row(quotation))

    def _row(self, quotation: StoredQuotation) -> list[str]:
        record = quotation.record
        speaker, document, content = record["speaker"], record["document"], record["content"]
        place = position(self._passages(quotation.version_id), content["start"])
        return [
            record["id"],
            speaker["name"] if speaker else "",
            speaker["kind"] if speaker else "",
            "; ".join(member["name"] for member in speaker.get("members", ())) if speaker else "",
            record["via"]["name"] if record["via"] else "",
            record["kind"],
            record["act"],
            content["text"],
            record["cue"]["text"] if record["cue"] else "",
            record["source"]["text"] if record["source"] else "",
            record["status"],
            "" if record["confidence"] is None else str(record["confidence"]),
            record["method"],
            document["title"] or "",
            quotation.publisher or "",
            quotation.author or "",
            document["published_at"] or "",
            document["path"],
            quotation.url or "",
            str(place.line),
            str(place.column),
            str(content["start"]),
            str(content["end"]),
            document["version"],
        ]


def exporter(passages: Passages) -> CsvSheet:
    """Return the exporter."""
    return CsvSheet(passages)


def safe_cell(text: str) -> str:
    """Return the text as no spreadsheet takes it for a formula: with an apostrophe before one."""
    shown = visible(text, keep="\t\r\n")
    risky = shown.lstrip(" \u00a0\u3000").startswith(FORMULA_STARTS)
    return "'" + shown if risky else shown


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()

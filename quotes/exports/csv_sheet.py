"""CSV (RFC 4180) that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

from quotes.exports.columns import COLUMNS, Cell, cells
from quotes.exports.printable import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.exports.exporter import Setting
    from quotes.store.values import StoredQuotation

# What makes a spreadsheet take a cell for a formula, in half and full width.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


class CsvSheet:
    """One row a quotation, all cells text; a cell that could be a formula begins with '."""

    def __init__(self, setting: Setting) -> None:
        self._passages = setting.passages

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Yield the head and a row for each quotation."""
        yield _line(COLUMNS).encode()
        for quotation in quotations:
            row = cells(quotation, self._passages(quotation.version_id))
            yield _line(map(_written, row.values())).encode()


def exporter(setting: Setting) -> CsvSheet:
    """Return the exporter."""
    return CsvSheet(setting)


def safe_cell(text: str) -> str:
    """Return the text as no spreadsheet takes it for a formula: with an apostrophe before one."""
    shown = visible(text, keep="\t\r\n")
    risky = shown.lstrip(" \u00a0\u3000").startswith(FORMULA_STARTS)
    return "'" + shown if risky else shown


def _written(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _line(row: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([safe_cell(cell) for cell in row])
    return buffer.getvalue()

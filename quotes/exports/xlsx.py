"""An Excel workbook: numbers and dates as such, text never a formula, links to the passages."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.exports.archive import blocks
from quotes.exports.columns import COLUMNS, Cell, cells
from quotes.exports.linking import link
from quotes.exports.printable import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.exports.exporter import Setting
    from quotes.store.values import StoredQuotation

# What Excel takes: characters (UTF-16 units) of a cell and of a URL, rows and links of a sheet.
CELL, URL, ROWS, LINKS = 32_767, 2_079, 1_048_576, 65_530
CONTINUED = " […] continued on the sheet Long texts"
LONG = "Long texts"
WIDTHS = {"id": 20, "speaker": 24, "quotation": 70, "title": 30, "published_at": 17, "link": 10}
EARLIEST = datetime(1900, 3, 1, tzinfo=UTC)


class Workbook:
    """Rows on the sheet Quotations (a new one where it is full), the manifest on About.

    A text longer than a cell holds goes on, in rows, on the sheet Long texts.
    """

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Write the workbook to a temporary file, row by row, and yield that."""
        from xlsxwriter import Workbook as Writer

        with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
            path = Path(folder) / "sheet.xlsx"
            options = {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            }
            with Writer(str(path), options) as book:
                book.use_zip64()
                self._describe(book)
                rows = _Rows(book)
                for quotation in quotations:
                    text = self._setting.passages(quotation.version_id)
                    rows.add(cells(quotation, text), link(quotation, text))
                rows.close()
                self._about(book)
            yield from blocks(path)

    def _describe(self, book: Any) -> None:
        manifest = self._setting.manifest
        created = manifest.created.astimezone(UTC).replace(tzinfo=None)
        told = " ".join(manifest.sentences())
        book.set_properties({"title": "Quotations", "comments": _fit(told), "created": created})

    def _about(self, book: Any) -> None:
        sheet = book.add_worksheet("About")
        sheet.set_column(0, 0, 100)
        for row, sentence in enumerate(self._setting.manifest.sentences()):
            sheet.write_string(row, 0, _fit(sentence))


class _Rows:
    """The sheets of rows, and where on them the next row goes."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._date = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._plain = book.add_format({"valign": "top"})
        self._links = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        self._sheets = self._long_row = 0
        self._long: Any = None
        self._open()

    def _open(self) -> None:
        self._sheets += 1
        name = "Quotations" if self._sheets == 1 else f"Quotations {self._sheets}"
        self._sheet = self._titled(name, (*COLUMNS, "link"))
        self._row, self._linked = 1, 0

    def _titled(self, name: str, columns: tuple[str, ...]) -> Any:
        sheet = self._book.add_worksheet(name)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, WIDTHS.get(column, 12))
            sheet.write_string(0, number, column, self._head)
        sheet.freeze_panes(1, 0)
        return sheet

    def add(self, row: dict[str, Cell], url: str | None) -> None:
        """Write a quotation's row."""
        if self._row == ROWS:
            self.close()
            self._open()
        for number, (column, cell) in enumerate(row.items()):
            self._write(number, column, cell, str(row["id"]))
        if url is not None:
            self._write_link(len(row), url)
        self._row += 1

    def close(self) -> None:
        """Let the rows of the sheet be filtered."""
        self._sheet.autofilter(0, 0, max(1, self._row - 1), len(COLUMNS))

    def _write(self, number: int, column: str, cell: Cell, id_: str) -> None:
        if isinstance(cell, datetime) and cell >= EARLIEST:
            moment = cell.astimezone(UTC).replace(tzinfo=None)
            self._sheet.write_datetime(self._row, number, moment, self._date)
        elif isinstance(cell, (int, float)):
            self._sheet.write_number(self._row, number, cell, self._plain)
        elif cell is not None:
            text = shown(cell.isoformat() if isinstance(cell, datetime) else cell)
            first, *more = parts(text)
            form = self._text if column == "quotation" else self._plain
            self._sheet.write_string(self._row, number, first, form)
            self._continue(id_, column, more)

    def _write_link(self, number: int, url: str) -> None:
        # Excel repairs a file with more links or longer ones, by taking all of them out.
        if len(url) <= URL and self._linked < LINKS:
            self._linked += 1
            # XlsxWriter makes of `file:` a path of Windows; a scheme has no case.
            target = url.replace("file:", "FILE:", 1) if url.startswith("file:") else url
            self._sheet.write_url(self._row, number, target, self._links, "passage")
        else:
            self._sheet.write_string(self._row, number, _fit(url), self._plain)

    def _continue(self, id_: str, column: str, more: list[str]) -> None:
        for part, text in enumerate(more, 2):
            if self._long is None:
                self._long = self._titled(LONG, ("id", "column", "part", "text"))
            self._long_row += 1
            self._long.write_string(self._long_row, 0, id_)
            self._long.write_string(self._long_row, 1, column)
            self._long.write_number(self._long_row, 2, part)
            self._long.write_string(self._long_row, 3, text, self._text)


def exporter(setting: Setting) -> Workbook:
    """Return the exporter."""
    return Workbook(setting)


def shown(text: str) -> str:
    """Return the text as a cell has it: control characters visible, line ends those of Excel."""
    cell = visible(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\t\n")
    # XlsxWriter takes what begins and ends so for markup and writes it as it stands.
    return cell + " " if cell.startswith("<r>") and cell.endswith("</r>") else cell


def parts(text: str) -> list[str]:
    """Return the text cut into what cells hold; the first says that it goes on."""
    if _length(text) <= CELL:
        return [text]
    first = _head(text, CELL - len(CONTINUED))
    cut, rest = [first + CONTINUED], text[len(first) :]
    while rest:
        part = _head(rest, CELL - 1)
        cut.append(shown(part))
        rest = rest[len(part) :]
    return cut


def _head(text: str, length: int) -> str:
    """Return as much of the text as this many UTF-16 units hold."""
    encoded = text[:length].encode("utf-16-le")[: 2 * length]
    with suppress(UnicodeDecodeError):
        return encoded.decode("utf-16-le")
    # Cut inside a pair.
    return encoded[:-2].decode("utf-16-le")


def _length(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)


def _fit(text: str) -> str:
    return _head(shown(text), CELL)

"""The workbook as openpyxl reads it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from quotes.exports.columns import COLUMNS
from quotes.exports.xlsx import CELL, CONTINUED, LONG, parts, shown
from tests.exports.conftest import WRITTEN

if TYPE_CHECKING:
    from openpyxl import Workbook

    from tests.exports.conftest import Export


@pytest.fixture
def book(export: Export) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(export("xlsx")))


def test_a_row_has_real_types_and_no_formula(book: Workbook) -> None:
    sheet = book["Quotations"]
    assert [cell.value for cell in sheet[1]] == [*COLUMNS, "link"]
    first = {column: sheet.cell(2, n) for n, column in enumerate(COLUMNS, 1)}
    assert first["published_at"].value == datetime(2024, 11, 3)  # noqa: DTZ001 - Excel has no zones
    assert (first["confidence"].value, first["start"].value, first["line"].value) == (0.97, 21, 3)
    types = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    assert types == {"s", "n", "d"}
    last = {column: sheet.cell(6, n) for n, column in enumerate(COLUMNS, 1)}
    assert (last["quotation"].value, last["quotation"].data_type) == ("=HYPERLINK(1)", "s")


def test_the_head_is_frozen_and_rows_can_be_filtered(book: Workbook) -> None:
    sheet = book["Quotations"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:Y6"


def test_links_lead_to_the_words(book: Workbook) -> None:
    links = [row[len(COLUMNS)].hyperlink for row in book["Quotations"].iter_rows(min_row=2)]
    assert links[0].target.lower() == "file:///archive/news/harbour.txt"
    assert links[0].location.startswith(":~:text=%E2%80%9CThe%20bridge%20opens")
    assert links[3].target == "https://example.org/council"


def test_the_manifest_is_on_its_own_sheet_and_in_the_properties(book: Workbook) -> None:
    told = [row[0].value for row in book["About"].iter_rows()]
    assert told[0] == f"Written by quotes 0.1.0 on {WRITTEN.isoformat()}."
    assert told[1] == "Extracted by hand 1."
    assert book.properties.description == " ".join(told)
    assert book.properties.created.replace(tzinfo=WRITTEN.tzinfo) == WRITTEN
    assert LONG not in book.sheetnames


def test_the_archive_is_sound_and_has_no_formula(export: Export) -> None:
    archive = zipfile.ZipFile(io.BytesIO(export("xlsx")))
    assert archive.testzip() is None
    assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", ["x" * 40_000, "𝕏" * 40_000, "x" * (CELL + 1), "a" + "𝕏" * CELL])
def test_a_long_text_is_cut_into_cells_and_nothing_is_lost(text: str) -> None:
    first, *more = parts(text)
    assert first.endswith(CONTINUED)
    assert first.removesuffix(CONTINUED) + "".join(more) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= CELL for part in (first, *more))


def test_a_text_that_fits_is_one_cell() -> None:
    assert parts("x" * CELL) == ["x" * CELL]


def test_line_ends_are_those_of_excel_and_controls_are_visible() -> None:
    assert shown("a\r\nb\rc\x1b\u202e") == "a\nb\nc\\x1b\\x202e"


def test_what_looks_like_a_rich_string_is_text() -> None:
    assert shown("<r><evil/></r>") == "<r><evil/></r> "

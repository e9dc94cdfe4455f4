from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.exports.csv_sheet import FORMULA_STARTS, _line, safe_cell


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", " =1"],
)
def test_what_a_spreadsheet_could_take_for_a_formula_is_text(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "a=1", "“=1”", "1 - 1", "…", "’tis"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell


def test_control_characters_are_made_visible() -> None:
    assert safe_cell("red\x1b[31m\x9b\u202e") == r"red\x1b[31m\x9b\x202e"


@given(st.lists(st.text(), min_size=1))
def test_a_line_is_read_back_as_its_safe_cells(cells: list[str]) -> None:
    line = _line(cells)
    (row,) = csv.reader(io.StringIO(line, newline=""), strict=True)
    assert row == [safe_cell(cell) for cell in cells]
    assert line.endswith("\r\n")
    assert not any(cell.lstrip(" ").startswith(FORMULA_STARTS) for cell in row)

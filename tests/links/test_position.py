from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.links import Position, position

TEXT = "one\ntwo\r\nthree\rfour 😀 five\n"


@pytest.mark.parametrize(
    ("words", "place"),
    [("one", "1:1"), ("two", "2:1"), ("three", "3:1"), ("four", "4:1"), ("five", "4:8")],
)
def test_lines_end_in_every_way_and_columns_count_code_points(words: str, place: str) -> None:
    assert str(position(TEXT, TEXT.index(words))) == place


def test_the_line_end_belongs_to_its_line_and_the_end_to_the_last() -> None:
    assert position("ab\r\ncd", 2) == Position(1, 3)
    assert position("ab\r\ncd", 3) == Position(1, 4)
    assert position("ab\n", 3) == Position(2, 1)


@given(st.text(alphabet="ab\n\u2028é"), st.data())
def test_a_place_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    place = position(text, offset)
    lines_before = text.split("\n")[: place.line - 1]
    assert sum(len(line) + 1 for line in lines_before) + place.column - 1 == offset
    assert "\n" not in text[offset - place.column + 1 : offset]

"""Abbreviations in parentheses and the long forms before them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.speakers.abbreviations import find_abbreviations


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("Dr. Yuki Tanaka (YT): Thank you.", "Yuki Tanaka", "YT"),
        ("Time.News Editor (TNE): Welcome.", "Time.News Editor", "TNE"),
        (
            "head of the Constitutional Democratic Party (CDP), said",
            "Constitutional Democratic Party",
            "CDP",
        ),
        (
            "the Federal Bureau of Investigation (F.B.I.)",
            "Federal Bureau of Investigation",
            "F.B.I",
        ),
    ],
)
def test_introduced(text: str, long: str, short: str) -> None:
    (found,) = find_abbreviations(text)
    assert text[found.long_start : found.long_end] == long
    assert text[found.start : found.end] == found.short == short


@pytest.mark.parametrize(
    "text", ["WASHINGTON (AP) - It rained.", "Ada Marsh (D-VT) said", "Ada Marsh (R) said", "(NHK)"]
)
def test_not_introduced(text: str) -> None:
    assert find_abbreviations(text) == []


@pytest.mark.parametrize("unit", ["A", "A-", "Marsh’"])
def test_a_run_without_a_space_is_no_name(unit: str) -> None:
    # In a pattern's squared time these would be minutes.
    assert find_abbreviations(unit * 100_000) == []


@settings(deadline=None)
@given(st.text(alphabet="ABab ().\n", max_size=60))
def test_offsets_hold(text: str) -> None:
    for found in find_abbreviations(text):
        assert text[found.start : found.end] == found.short
        assert 0 <= found.long_start < found.long_end < found.start

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.exports.markdown import escaped

if TYPE_CHECKING:
    from tests.exports.conftest import Export


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*bold* _it_ `code`", r"\*bold\* \_it\_ \`code\`"),
        ("<b>&amp;[a](b)", r"\<b\>\&amp;\[a\](b)"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("- no list", r"\- no list"),
        ("well-known 1. here", "well-known 1. here"),
        ("https://a.b www.c.d", r"https\://a.b www\.c.d"),
        ("two\n\n# lines", r"two \# lines"),
        ("red\x1b[31m", r"red\\x1b\[31m"),
    ],
)
def test_metacharacters_are_escaped(text: str, written: str) -> None:
    assert escaped(text) == written


def test_quotations_are_grouped_by_speaker_and_the_unknown_come_last(export: Export) -> None:
    sheet = export("md").decode()
    headings = [line for line in sheet.splitlines() if line.startswith("#")]
    assert headings == [
        "# Quotations",
        "## Boatmen",
        "## Mara Lindqvist",
        "## Olaf Brandt",
        "## Unknown speaker",
    ]
    assert sheet.index("We will not raise") < sheet.index("counted every boat")


def test_an_entry_has_its_place_and_passage(export: Export) -> None:
    sheet = export("md").decode()
    assert "> that the fares will double\n" in sheet
    assert "news/harbour.txt:7:14, Bridge opens in May, 2024-11-03  \n" in sheet
    assert "Passage: Boatmen fear that the fares will double. The ferry sails at noon.\n" in sheet

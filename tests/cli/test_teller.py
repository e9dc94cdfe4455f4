from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.cli.teller import MOST_NOTICES, Teller, skipped_in_all
from quotes.quotation import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        ([], "0 skipped"),
        (["it is empty; nothing to read"], "1 skipped (1 × it is empty)"),
        (
            ["a; b", "c", "a; d", "e", "f", "g"],
            "6 skipped (2 × a, 1 × c, 1 × e, 2 for other reasons)",
        ),
        (["word " * 30], "1 skipped (1 × word word word word word word word word word word word…)"),
    ],
)
def test_reasons_are_counted_without_their_hints(reasons: Sequence[str], told: str) -> None:
    assert skipped_in_all(reasons) == told


def tell(teller: Teller) -> None:
    teller.left_out("cat.png")
    teller.skipped("a\x1b.txt", "it is empty")
    teller.remarked("b.txt", "a copy of c.txt")
    teller.noticed("d.txt", "x\ny", [Notice(message="odd", start=2)] * (MOST_NOTICES + 5))
    teller.conclude("4 read", reasons=["it is empty"])


def test_everything_is_told_on_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    tell(Teller(quiet=False))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "skipped a\\x1b.txt: it is empty",
        "b.txt: a copy of c.txt",
        *["d.txt:2:1: odd"] * MOST_NOTICES,
        "d.txt: 5 more notices like these",
        "4 read, 1 skipped (1 × it is empty), 1 of other kinds passed over",
    ]


def test_quiet_tells_only_what_is_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    tell(Teller(quiet=True))
    assert capsys.readouterr().err == "skipped a\\x1b.txt: it is empty\n"

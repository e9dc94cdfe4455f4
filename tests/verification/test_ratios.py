"""Parts of a whole: the ways to tell one have one key, and what is none is let alone."""

from __future__ import annotations

import pytest

from quotes.verification.find import read_claim
from quotes.verification.ratios import read_ratio
from quotes.verification.tokens import tokenise


def keys(text: str) -> list[str]:
    return [token.key for token in tokenise(read_claim(text)) if token.kind != "function"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("one voter in six", "one out of every six voters"),
        ("eight in ten callers", "80 percent of callers"),
        ("two thirds of the boats", "two in three of the boats"),
        ("half of the boats", "50 per cent of the boats"),
        ("a quarter of an hour", "fifteen minutes"),
        ("half an hour", "30 minutes"),
        ("half a million crowns", "500,000 crowns"),
        ("a fortnight", "two weeks"),
        ("the second of March", "March 2"),
    ],
)
def test_one_part_has_one_key(one: str, other: str) -> None:
    assert sorted(keys(one)) == sorted(keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a third of the boats", "a quarter of the boats"),
        ("3.2 percent", "3.3 percent"),
        ("20 percent of the boats", "20 of the boats"),
        ("half an hour", "half a year"),
        ("one in six", "one in seven"),
    ],
)
def test_another_part_has_another(one: str, other: str) -> None:
    assert sorted(keys(one)) != sorted(keys(other))


@pytest.mark.parametrize(
    "text",
    ["a third party", "two in 24 hours", "five in 2019", "three in a row", "a boat", "second"],
)
def test_what_is_no_part_is_none(text: str) -> None:
    assert read_ratio(text.split()) is None

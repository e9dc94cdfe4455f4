"""What a claim or a quotation of any length costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.verification import compare
from quotes.verification.align import align
from quotes.verification.comparing import MOST_ALIGNED
from quotes.verification.verdict import Ruling
from tests.verification.records import TOLLS, record, ruling

if TYPE_CHECKING:
    from quotes.verification.align import Alignment
    from quotes.verification.tokens import Token

LONG = " ".join(
    f"We counted {n} boats at the old bridge, and {n % 7} of them sank." for n in range(1800)
)


@pytest.fixture
def aligned(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Return how many tokens of claim and passage were aligned, for every alignment to come."""
    sizes: list[tuple[int, int]] = []

    def counting(claim: list[Token], source: list[Token]) -> Alignment:
        sizes.append((len(claim), len(source)))
        return align(claim, source)

    monkeypatch.setattr(compare, "align", counting)
    return sizes


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        (LONG, Ruling.VERBATIM),
        (LONG.replace("1799", "1798"), Ruling.NOT_FOUND),
        ("so " * 40_000, Ruling.NOT_FOUND),
        ("[so] … " * 15_000, Ruling.NOT_FOUND),
    ],
)
def test_a_long_claim_is_found_as_it_stands_or_not_at_all(
    claim: str, answer: Ruling, aligned: list[tuple[int, int]]
) -> None:
    assert ruling(claim, record(TOLLS), record(f"“{LONG}”", start=5000)).ruling is answer
    assert aligned == []


def test_a_short_claim_is_aligned_with_the_part_of_a_long_quotation_that_is_likest(
    aligned: list[tuple[int, int]],
) -> None:
    claim = "We counted 7 boats at the new bridge"
    assert ruling(claim, record(f"“{LONG}”")).ruling is Ruling.ALTERED
    assert all(ours < 20 and theirs < 100 for ours, theirs in aligned)


def test_of_many_quotations_the_likest_few_are_aligned(aligned: list[tuple[int, int]]) -> None:
    words = LONG.split()
    quotes = [record(f"“{' '.join(words[n : n + 60])}”", start=1000 * n) for n in range(100)]
    ruling("She said they had counted 5000 boats at the old bridge; three of them sank.", *quotes)
    assert 0 < len(aligned) <= MOST_ALIGNED

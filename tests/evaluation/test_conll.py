from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.evaluation.conll import Agreement, agreement

# The worked example of Pradhan et al. (2014).
KEY = ["abc", "defg"]
FOUND = ["ab", "cd", "fghi"]


@st.composite
def partitions(draw: st.DrawFn) -> list[set[int]]:
    mentions = draw(st.lists(st.integers(0, 20), unique=True, max_size=12))
    chains: dict[int, set[int]] = {}
    for mention in mentions:
        chains.setdefault(draw(st.integers(0, 4)), set()).add(mention)
    return list(chains.values())


def test_the_reference_scorers_worked_example() -> None:
    found = agreement(KEY, FOUND)
    assert (found.muc.recall, found.muc.precision) == pytest.approx((2 / 5, 2 / 5))
    assert (found.b_cubed.recall, found.b_cubed.precision) == pytest.approx((35 / 84, 1 / 2))
    assert (found.ceaf_e.recall, found.ceaf_e.precision) == pytest.approx((1.3 / 2, 1.3 / 3))
    assert found.conll_f1 == pytest.approx((0.4 + 5 / 11 + 0.52) / 3)
    assert (found.mentions.recall, found.mentions.precision) == pytest.approx((6 / 7, 6 / 8))


@pytest.mark.parametrize(
    ("key", "response", "recall", "precision"),
    [
        # Vilain et al. (1995), table 1.
        (["abcd"], ["ab", "cd"], 2 / 3, 1),
        (["ab", "cd"], ["abcd"], 1, 2 / 3),
        (["abcd"], ["abcd"], 1, 1),
        (["abcd"], ["ab", "c", "d"], 1 / 3, 1),
        (["abc"], ["ac"], 1 / 2, 1),
    ],
)
def test_muc_counts_links(
    key: list[str], response: list[str], recall: float, precision: float
) -> None:
    found = agreement(key, response).muc
    assert (found.recall, found.precision) == pytest.approx((recall, precision))


def test_b_cubed_tells_apart_what_muc_cannot() -> None:
    # Bagga and Baldwin (1998): joining two large chains is worse than a large and a small one.
    key = ["12345", "67", "89ABC"]
    small, large = agreement(key, ["12345", "6789ABC"]), agreement(key, ["1234589ABC", "67"])
    assert small.muc.precision == large.muc.precision == pytest.approx(0.9)
    assert small.b_cubed.precision == pytest.approx(16 / 21)
    assert large.b_cubed.precision == pytest.approx(7 / 12)
    assert small.b_cubed.recall == large.b_cubed.recall == 1


def test_ceaf_pairs_each_chain_once() -> None:
    # Luo (2005): the system that puts everything together finds one of three entities.
    found = agreement(["12345", "67", "89ABC"], ["123456789ABC"]).ceaf_e
    assert (found.recall, found.precision) == pytest.approx((10 / 17 / 3, 10 / 17))


def test_nothing_found_and_nothing_to_find() -> None:
    assert agreement([], []).conll_f1 == 0
    assert agreement(KEY, []).conll_f1 == 0
    assert agreement([], FOUND).conll_f1 == 0


def test_documents_are_added_before_dividing() -> None:
    both = agreement(KEY, FOUND) + agreement(["xy"], ["xy"])
    assert both.muc.recall == pytest.approx(3 / 6)
    assert both.ceaf_e.precision == pytest.approx(2.3 / 4)
    assert Agreement() + both == both


@given(partitions(), partitions())
def test_recall_is_precision_the_other_way_round(
    key: list[set[int]], found: list[set[int]]
) -> None:
    there, back = agreement(key, found), agreement(found, key)
    for one, other in (
        (there.muc, back.muc),
        (there.b_cubed, back.b_cubed),
        (there.ceaf_e, back.ceaf_e),
    ):
        assert one.recall == pytest.approx(other.precision)
        assert 0 <= one.f1 <= 1 + 1e-9


@given(partitions())
def test_the_same_chains_are_right_throughout(chains: list[set[int]]) -> None:
    found = agreement(chains, chains)
    assert found.b_cubed.f1 == found.ceaf_e.f1 == pytest.approx(float(bool(chains)))


@given(partitions(), partitions())
def test_no_other_pairing_of_chains_shares_more(key: list[set[int]], found: list[set[int]]) -> None:
    few, many = sorted((key, found), key=len)
    best = max(
        (
            sum(2 * len(a & b) / (len(a) + len(b)) for a, b in zip(few, order, strict=True))
            for order in permutations(many, len(few))
        ),
        default=0.0,
    )
    assert agreement(key, found).ceaf_e.recalled == pytest.approx(best)

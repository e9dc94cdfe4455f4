"""Which quotations of a speaker are compared: all that share five words in a row."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from quotes.store.tellings import Told
from quotes.verification.edges import sharing
from quotes.verification.same import grams

TEXTS = st.lists(st.sampled_from(["tolls", "stay", "free"]), max_size=8).map(" ".join)


@given(st.lists(st.tuples(TEXTS, st.integers(1, 3), st.booleans()), max_size=8))
def test_all_pairs_that_share_a_run_with_a_new_one_are_found(
    some: list[tuple[str, int, bool]],
) -> None:
    told = [
        Told(
            id=place,
            public_id=f"q_{place}",
            document=document,
            speaker=1,
            kind="direct",
            act="statement",
            text=text,
            published=None,
        )
        for place, (text, document, _) in enumerate(some)
    ]
    new = [place for place, (_, _, is_new) in enumerate(some) if is_new]
    assert sharing(told, new) == {
        (one, other)
        for one, other in combinations(range(len(told)), 2)
        if (one in new or other in new)
        and told[one].document != told[other].document
        and {*grams(told[one].text)} & {*grams(told[other].text)}
    }

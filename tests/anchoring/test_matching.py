from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from quotes.anchoring.matching import matches

WORDS = st.lists(
    st.sampled_from(["the", "ferry", "sails", "at", "noon", "and", "not", "in", "may", "of", "it"])
)


@given(old=WORDS, new=WORDS)
def test_matched_words_are_the_same_and_in_order(old: list[str], new: list[str]) -> None:
    found = matches(old, new)
    pairs = [(at, there) for at, there in enumerate(found) if there >= 0]
    assert all(old[at] == new[there] for at, there in pairs)
    assert [there for _, there in pairs] == sorted({there for _, there in pairs})


@given(words=WORDS)
def test_every_word_of_an_unchanged_text_is_matched(words: list[str]) -> None:
    assert matches(words, words) == list(range(len(words)))


@given(words=WORDS, put_in=WORDS)
def test_words_put_before_or_behind_hide_nothing(words: list[str], put_in: list[str]) -> None:
    new = ["Before", *put_in, "|", *words]
    assert sum(there >= 0 for there in matches(words, new)) >= len(words) - len(put_in)
    assert matches(words, [*words, *put_in]) == list(range(len(words)))


@given(old=WORDS, new=WORDS, lines=st.sets(st.integers(0, 12)))
def test_sliding_to_lines_loses_no_match(old: list[str], new: list[str], lines: set[int]) -> None:
    found = matches(old, new, old_lines=lines, new_lines=lines)
    pairs = [(at, there) for at, there in enumerate(found) if there >= 0]
    assert all(old[at] == new[there] for at, there in pairs)
    assert [there for _, there in pairs] == sorted({there for _, there in pairs})
    assert len(pairs) == sum(there >= 0 for there in matches(old, new))


def test_a_line_that_was_cut_or_put_in_is_that_line() -> None:
    line = ["we", "sail", "on", "day"]
    old = [word for day in "123" for word in (*line, day)]
    cut = [word for day in "13" for word in (*line, day)]
    lines = {0, 5, 10}
    assert matches(old, cut, old_lines=lines, new_lines={0, 5})[5:10] == [-1] * 5
    assert matches(cut, old, old_lines={0, 5}, new_lines=lines) == [0, 1, 2, 3, 4, *range(10, 15)]


def test_a_long_text_with_a_thousand_edits_is_matched() -> None:
    rng = random.Random(1)
    old = [f"w{int(rng.paretovariate(0.7))}" for _ in range(60_000)]
    new = [word if n % 60 else "new" for n, word in enumerate(old)]
    found = matches(old, new)
    assert sum(there >= 0 for there in found) == sum(n % 60 != 0 for n in range(60_000))

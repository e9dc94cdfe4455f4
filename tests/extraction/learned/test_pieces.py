"""Windows over texts of any length, and the pieces of a token."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer

from quotes.extraction.learned.pieces import (
    LONGEST_TOKEN,
    OVERLAP,
    WINDOW,
    Window,
    piece_reader,
    windows,
)

SHORT = st.lists(st.integers(1, LONGEST_TOKEN), min_size=1, max_size=60)
LONG = st.builds(lambda length, count: [length] * count, st.integers(1, 3), st.integers(60, 400))
SENTENCES = st.lists(SHORT | LONG, max_size=20)


def cut(sentences: list[list[int]], *, size: int = WINDOW, overlap: int = OVERLAP) -> list[Window]:
    lengths = np.array([n for one in sentences for n in one], np.int64)
    numbers = np.repeat(np.arange(len(sentences)), [len(one) for one in sentences])
    return windows(lengths, numbers, size=size, overlap=overlap)


# A size with, well within it, an overlap.
SIZES = st.integers(24, 80).flatmap(
    lambda size: st.tuples(st.just(size), st.integers(0, (size - 2 * LONGEST_TOKEN) // 2))
)


@given(SENTENCES, SIZES)
def test_every_token_belongs_to_one_window(
    sentences: list[list[int]], sizes: tuple[int, int]
) -> None:
    size, overlap = sizes
    parts = cut(sentences, size=size, overlap=overlap)
    owned = [token for part in parts for token in range(part.first, part.last)]
    assert owned == list(range(sum(map(len, sentences))))
    for part in parts:
        assert part.start <= part.first <= part.last <= part.end


@given(SENTENCES, SIZES)
def test_no_window_is_larger_than_asked(sentences: list[list[int]], sizes: tuple[int, int]) -> None:
    size, overlap = sizes
    lengths = [n for one in sentences for n in one]
    for part in cut(sentences, size=size, overlap=overlap):
        assert 0 < sum(lengths[part.start : part.end]) <= size


@given(SENTENCES, SIZES)
def test_windows_go_on(sentences: list[list[int]], sizes: tuple[int, int]) -> None:
    size, overlap = sizes
    for one, two in pairwise(cut(sentences, size=size, overlap=overlap)):
        assert one.start < two.start <= one.end <= two.end


@given(SENTENCES)
def test_a_window_looks_back_as_far_as_asked_and_at_most_twice_that(
    sentences: list[list[int]],
) -> None:
    lengths = [n for one in sentences for n in one]
    for part in cut(sentences)[1:]:
        assert OVERLAP <= sum(lengths[part.start : part.first]) <= 2 * OVERLAP


@given(SENTENCES)
def test_a_sentence_of_less_than_half_a_window_is_cut_by_none(sentences: list[list[int]]) -> None:
    parts = cut(sentences)
    start = 0
    for one in sentences:
        end = start + len(one)
        owners = [part for part in parts if part.first < end and start < part.last]
        if sum(one) <= WINDOW // 2 - LONGEST_TOKEN:
            (owner,) = owners
            assert owner.start <= start
            assert end <= owner.end
        start = end


@given(SENTENCES)
def test_the_last_token_of_a_window_is_not_where_a_sentence_breaks_off(
    sentences: list[list[int]],
) -> None:
    lengths = [n for one in sentences for n in one]
    numbers = [number for number, one in enumerate(sentences) for _ in one]
    for part in cut(sentences)[:-1]:
        if numbers[part.last] == numbers[part.last - 1]:
            beyond = sum(lengths[part.last : part.end])
            assert OVERLAP // 2 - LONGEST_TOKEN < beyond <= OVERLAP // 2


def test_a_window_begins_with_a_sentence() -> None:
    parts = cut([[1] * 10] * 6, size=34, overlap=8)
    assert parts == [Window(0, 34, 0, 30), Window(20, 54, 30, 50), Window(40, 60, 50, 60)]


def test_a_sentence_that_begins_too_far_back_is_cut_inside() -> None:
    parts = cut([[1] * 10, [1] * 30], size=30, overlap=6)
    assert parts == [Window(0, 30, 0, 27), Window(21, 40, 27, 40)]


def test_a_sentence_too_long_is_cut_inside() -> None:
    assert cut([[1] * 80], size=30, overlap=6) == [
        Window(0, 30, 0, 27),
        Window(21, 51, 27, 48),
        Window(42, 72, 48, 69),
        Window(63, 80, 69, 80),
    ]


def test_a_text_that_fits_is_one_window() -> None:
    assert cut([[2] * 60, [2] * 60]) == [Window(0, 120, 0, 120)]


def test_an_empty_text_has_no_windows() -> None:
    assert cut([]) == []


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Word pieces of two words and of the letter a."""
    vocabulary = {"[UNK]": 0, "harbour": 1, "master": 2, "##s": 3, "a": 4, "##a": 5}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=200))
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


class TestPieceReader:
    """From a token to the ids of its pieces."""

    @pytest.mark.parametrize(
        ("word", "ids"),
        [("harbour", (1,)), ("masters", (2, 3)), ("ship", (0,)), ("aaa", (4, 5, 5)), ("", ())],
    )
    def test_a_token(self, tokenizer: Tokenizer, word: str, ids: tuple[int, ...]) -> None:
        assert piece_reader(tokenizer)(word) == ids

    @pytest.mark.parametrize("letters", [LONGEST_TOKEN, LONGEST_TOKEN + 1, 100_000])
    def test_a_long_token_is_known_by_its_first_pieces(
        self, tokenizer: Tokenizer, letters: int
    ) -> None:
        assert piece_reader(tokenizer)("a" * letters) == (4, *[5] * (LONGEST_TOKEN - 1))

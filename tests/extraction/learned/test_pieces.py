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

SENTENCES = st.lists(st.lists(st.integers(1, LONGEST_TOKEN), min_size=1, max_size=60), max_size=20)


def cut(sentences: list[list[int]], *, size: int = WINDOW, overlap: int = OVERLAP) -> list[Window]:
    lengths = np.array([n for one in sentences for n in one], np.int64)
    numbers = np.repeat(np.arange(len(sentences)), [len(one) for one in sentences])
    return windows(lengths, numbers, size=size, overlap=overlap)


@given(SENTENCES, st.integers(8, 60), st.integers(0, 30))
def test_every_token_belongs_to_one_window(
    sentences: list[list[int]], size: int, overlap: int
) -> None:
    parts = cut(sentences, size=size, overlap=overlap)
    owned = [token for part in parts for token in range(part.first, part.last)]
    assert owned == list(range(sum(map(len, sentences))))
    for part in parts:
        assert part.start <= part.first <= part.last <= part.end


@given(SENTENCES, st.integers(8, 60), st.integers(0, 30))
def test_no_window_is_larger_than_asked(
    sentences: list[list[int]], size: int, overlap: int
) -> None:
    lengths = [n for one in sentences for n in one]
    for part in cut(sentences, size=size, overlap=overlap):
        assert 0 < sum(lengths[part.start : part.end]) <= size


@given(SENTENCES, st.integers(8, 60), st.integers(0, 30))
def test_windows_go_on(sentences: list[list[int]], size: int, overlap: int) -> None:
    for one, two in pairwise(cut(sentences, size=size, overlap=overlap)):
        assert one.start < two.start <= one.end <= two.end


@given(SENTENCES)
def test_neighbours_share_what_was_asked_and_at_most_twice_that(
    sentences: list[list[int]],
) -> None:
    lengths = [n for one in sentences for n in one]
    for one, two in pairwise(cut(sentences)):
        shared = sum(lengths[two.start : one.end])
        assert OVERLAP - LONGEST_TOKEN < shared <= 2 * OVERLAP


def test_a_window_begins_with_a_sentence() -> None:
    parts = cut([[1] * 10] * 6, size=30, overlap=8)
    assert [part.start for part in parts] == [0, 20, 40]


def test_a_sentence_that_begins_too_far_back_is_cut_inside() -> None:
    parts = cut([[1] * 10, [1] * 30], size=30, overlap=5)
    assert [part.start for part in parts] == [0, 25]


def test_a_sentence_too_long_is_cut_inside() -> None:
    parts = cut([[1] * 100], size=30, overlap=10)
    assert [(part.start, part.end) for part in parts] == [
        (0, 30),
        (20, 50),
        (40, 70),
        (60, 90),
        (80, 100),
    ]
    assert [(part.first, part.last) for part in parts] == [
        (0, 25),
        (25, 45),
        (45, 65),
        (65, 85),
        (85, 100),
    ]


def test_a_token_longer_than_a_window_has_its_own() -> None:
    parts = cut([[1, 1, 50, 1, 1]], size=10, overlap=3)
    assert [(part.start, part.end) for part in parts] == [(0, 2), (2, 3), (3, 5)]
    assert [(part.first, part.last) for part in parts] == [(0, 2), (2, 3), (3, 5)]


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

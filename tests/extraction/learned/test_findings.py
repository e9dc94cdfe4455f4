"""Windows, calls and cues brought together: a scorer that knows words in the network's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.learned.features import Vocabulary, read_tokens
from quotes.extraction.learned.findings import Finding, find
from tests.extraction.learned.made import reading_of
from tests.extraction.learned.word_scorer import WordScorer

if TYPE_CHECKING:
    from quotes.extraction.learned.features import Tokens

NOTHING = Vocabulary({}, {})


def tokens_of(text: str) -> Tokens:
    return read_tokens(reading_of(text), NOTHING)


def told(tokens: Tokens, finding: Finding) -> tuple[str, str, str]:
    """Return cue, source and content in words."""
    roles = np.zeros(len(tokens), np.int64)
    roles[finding.first : finding.first + len(finding.roles.roles)] = finding.roles.roles
    words = np.array(tokens.words)
    cue = words[finding.start : finding.end]
    return " ".join(cue), " ".join(words[roles == 1]), " ".join(words[roles == 2])


def test_a_cue_has_what_stands_around_it() -> None:
    tokens = tokens_of("Mara said tolls rise")
    (found,) = find(WordScorer(), tokens, threshold=0.5)
    assert told(tokens, found) == ("said", "Mara", "tolls")
    assert found.chance == pytest.approx(0.9)


@given(st.lists(st.integers(1, 40), max_size=40))
def test_every_cue_of_a_long_text_is_found_once_and_in_order(gaps: list[int]) -> None:
    text = " ".join("Mara said tolls " + "rise " * gap for gap in gaps)
    tokens = tokens_of(text)
    found = find(WordScorer(), tokens, threshold=0.5)
    places = [i for i, word in enumerate(tokens.words) if word == "said"]
    assert [one.start for one in found] == places
    assert {told(tokens, one) for one in found} <= {("said", "Mara", "tolls")}


def test_calls_are_of_a_few_rows_and_cues() -> None:
    scorer = WordScorer()
    tokens = tokens_of("Mara said tolls " * 900)
    assert len(find(scorer, tokens, threshold=0.5)) == 900
    assert max(scorer.rows) <= 8 < sum(scorer.rows)
    assert max(scorer.cues) <= 48
    assert sum(scorer.cues) == 900


def test_the_threshold_chooses_the_cues() -> None:
    tokens = tokens_of("Mara perhaps tolls rise. Mara said tolls rise")
    starts = {t: [f.start for f in find(WordScorer(), tokens, threshold=t)] for t in (0.1, 0.5)}
    assert starts == {0.1: [1, 6], 0.5: [6]}


def test_without_a_cue_nothing_is_read() -> None:
    scorer = WordScorer()
    assert find(scorer, tokens_of("Ships wait 🐟 outside"), threshold=0.1) == []
    assert (scorer.rows, scorer.cues) == ([1], [])


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_a_text_without_words_is_never_scored(text: str) -> None:
    scorer = WordScorer()
    assert find(scorer, tokens_of(text), threshold=0.0) == []
    assert scorer.rows == []


def test_a_word_without_pieces_does_not_shift_the_others() -> None:
    tokens = tokens_of("🐟 🐟 Mara said tolls")
    (found,) = find(WordScorer(), tokens, threshold=0.5)
    assert told(tokens, found) == ("said", "Mara", "tolls")

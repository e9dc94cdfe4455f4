"""Windows, calls and cues brought together: a scorer that knows words in the network's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.learned.decoding import BEGIN_CUE, LABELS, Transitions
from quotes.extraction.learned.features import Vocabulary, read_tokens
from quotes.extraction.learned.findings import Finding, find
from quotes.extraction.learned.inputs import Special
from tests.extraction.learned.made import reading_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotes.extraction.learned.features import Tokens
    from quotes.extraction.learned.inputs import Inputs, Surroundings

NOTHING = Vocabulary({}, {})
IDS = {"said": (10,), "Mara": (11,), "tolls": (12, 13), "perhaps": (14,)}
FILL = (20, 21)


class WordScorer:
    """Takes `said` for a cue, `perhaps` for an unlikely one, `Mara` for a source, tolls for said.

    Its state of a token is the number of the token's first piece.
    """

    special = Special(pad=0, opening=1, closing=2, unknown=3)
    transitions = Transitions(np.zeros((5, 5), np.float32), np.zeros(5, np.float32))

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.cues: list[int] = []

    def read_pieces(self, word: str) -> tuple[int, ...]:
        return () if word == "🐟" else IDS.get(word, FILL)

    def tag(self, given: Inputs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        self.rows.append(len(given.pieces))
        first = np.take_along_axis(given.pieces, given.firsts, axis=1)
        chances = np.zeros((*first.shape, LABELS), np.float32)
        chances[:, :, BEGIN_CUE] = np.where(first == 10, 0.9, np.where(first == 14, 0.2, 0.0))
        return first[:, :, None].astype(np.float32), chances

    def read(
        self, states: NDArray[np.float32], offset: NDArray[np.int64], around: Surroundings
    ) -> NDArray[np.float32]:
        self.cues.append(len(offset))
        assert np.all(states[around.ends + offset[:, None], 0] % 4 == 2)  # 10 or 14
        near = states[around.at + offset[:, None], 0]
        beside = np.abs(around.at - around.ends[:, :1]) <= 2
        scores = np.zeros((*near.shape, 3), np.float32)
        scores[:, :, 1] = np.where((near == 11) & beside, 9.0, -9.0)
        scores[:, :, 2] = np.where((near == 12) & beside, 9.0, -9.0)
        return scores


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


@given(st.lists(st.integers(0, 40), max_size=40))
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

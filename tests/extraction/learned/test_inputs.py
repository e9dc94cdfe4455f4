"""The arrays of windows and of cues: every token is where they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.learned.inputs import (
    FEATURES,
    RELATIONS,
    Cue,
    Special,
    Stretch,
    inputs,
    surroundings,
)
from quotes.extraction.learned.relations import REACH, relations
from tests.extraction.learned.made import tokens_of

SPECIAL = Special(pad=0, opening=1, closing=2, unknown=3)
PIECES = st.lists(
    st.lists(st.integers(4, 99), min_size=1, max_size=4).map(tuple), min_size=1, max_size=30
).map(tuple)


def stretch(pieces: tuple[tuple[int, ...], ...], start: int, end: int) -> Stretch:
    return Stretch(tokens_of(list(range(len(pieces)))), pieces, start, end)


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    pieces = draw(PIECES)
    start = draw(st.integers(0, len(pieces) - 1))
    return stretch(pieces, start, draw(st.integers(start + 1, len(pieces))))


@given(st.lists(stretches(), min_size=1, max_size=4))
def test_pieces_lead_back_to_their_tokens(rows: list[Stretch]) -> None:
    given = inputs(rows, SPECIAL)
    for number, row in enumerate(rows):
        words = row.pieces[row.start : row.end]
        for place, word in enumerate(words):
            first = given.firsts[number, place]
            assert tuple(given.pieces[number, first : first + len(word)]) == word
            told = given.told[number, first : first + len(word)]
            assert np.array_equal(told, [row.tokens.told[row.start + place] + 1] * len(word))
        assert np.all(given.firsts[number, len(words) :] == 0)


@given(st.lists(stretches(), min_size=1, max_size=4))
def test_a_row_opens_closes_and_is_padded(rows: list[Stretch]) -> None:
    given = inputs(rows, SPECIAL)
    width = given.pieces.shape[1]
    assert width == max(row.size for row in rows) + 2
    for number, row in enumerate(rows):
        size = row.size + 2
        assert given.pieces[number, 0] == SPECIAL.opening
        assert given.pieces[number, size - 1] == SPECIAL.closing
        assert np.all(given.pieces[number, size:] == SPECIAL.pad)
        assert given.mask[number].tolist() == [1.0] * size + [0.0] * (width - size)
        assert np.all(given.told[number, [0, size - 1]] == 0)
        assert np.all(given.told[number, size:] == 0)
    assert given.told.shape == (len(rows), width, FEATURES)


@pytest.mark.parametrize(("start", "end", "size"), [(0, 3, 6), (1, 3, 5), (2, 3, 3), (1, 1, 0)])
def test_the_size_of_a_stretch_is_in_pieces(start: int, end: int, size: int) -> None:
    assert stretch(((4,), (5, 6), (7, 8, 9)), start, end).size == size


@given(stretches(), st.data())
def test_surroundings_hold_the_stretch_around_each_cue(row: Stretch, data: st.DataObject) -> None:
    cues = []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(row.start, row.end - 1))
        cues.append(Cue(0, start, data.draw(st.integers(start + 1, row.end))))
    around = surroundings([row], cues)
    length = row.end - row.start
    for number, cue in enumerate(cues):
        assert around.first[number] == row.start
        assert around.exists[number].tolist() == [True] * length
        assert around.at[number].tolist() == list(range(length))
        own = [not cue.start <= token < cue.end for token in range(row.start, row.end)]
        assert around.free[number].tolist() == own
        assert around.ends[number].tolist() == [cue.start - row.start, cue.end - 1 - row.start]
        expected = relations(row.tokens, cue.start, cue.end, first=row.start, last=row.end)
        assert np.array_equal(around.related[number], expected)


class TestReach:
    """In a long stretch a cue sees what is near."""

    LONG = stretch(((4,),) * 400, 50, 350)

    def test_a_cue_in_the_middle_sees_as_far_on_both_sides(self) -> None:
        around = surroundings([self.LONG], [Cue(0, 200, 201)])
        assert around.first.tolist() == [200 - REACH]
        assert around.at[0].tolist() == list(range(150 - REACH, 150 + REACH))
        assert around.free[0].sum() == 2 * REACH - 1

    def test_a_cue_at_the_edge_sees_to_the_edge(self) -> None:
        around = surroundings([self.LONG], [Cue(0, 52, 54), Cue(0, 349, 350)])
        assert around.first.tolist() == [50, 349 - REACH]
        # 53 is the head of the first, which so sees one token further than the last.
        assert around.exists.sum(axis=1).tolist() == [3 + REACH, 1 + REACH]

    def test_those_that_exist_stand_first(self) -> None:
        around = surroundings([self.LONG], [Cue(0, 52, 54), Cue(0, 200, 201)])
        assert np.all(np.diff(around.exists.astype(int), axis=1) <= 0)
        assert not around.free[~around.exists].any()
        assert np.all(around.at[~around.exists] == 0)

    def test_cues_of_two_rows(self) -> None:
        other = stretch(((5,),) * 10, 2, 9)
        around = surroundings([self.LONG, other], [Cue(1, 4, 5), Cue(0, 200, 201)])
        assert around.first.tolist() == [2, 200 - REACH]
        assert around.ends[0].tolist() == [2, 2]
        assert around.related.shape == (2, RELATIONS, 2 * REACH)

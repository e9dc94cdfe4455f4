"""How tokens stand to a cue, against a plain walk through the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.learned.relations import (
    DISTANCES,
    MARK_RELATIONS,
    NO_PATH,
    PLACES,
    SELF,
    UPS,
    downs,
    head_of,
    relations,
)
from tests.extraction.learned.made import parses, tokens_of

if TYPE_CHECKING:
    from quotes.extraction.learned.features import Tokens

DISTANCE, UP, DOWN, PLACE, MARK = range(5)
MIDDLE = DISTANCES // 2
FLAT = tokens_of([0] * 300)


def related(tokens: Tokens, start: int, end: int) -> list[list[int]]:
    found: list[list[int]] = relations(tokens, start, end, first=0, last=len(tokens)).tolist()
    return found


def ancestors(tokens: Tokens, node: int) -> list[int]:
    """Return a token and what is above it, up to its root."""
    chain = [node]
    while (above := int(tokens.head[chain[-1]])) != chain[-1]:
        chain.append(above)
    return chain


def walked(tokens: Tokens, cue: int, token: int) -> tuple[int, int]:
    """Return steps up and the way down by the lowest common ancestor, looked for plainly."""
    if tokens.sentence[cue] != tokens.sentence[token]:
        return 4, NO_PATH
    above_cue, above = ancestors(tokens, cue), ancestors(tokens, token)
    for place, node in enumerate(above):
        if node in above_cue:
            up = min(3, above_cue.index(node))
            return up, SELF if place == 0 else 2 + int(tokens.dependency[above[place - 1]])
    return 4, 2 + int(tokens.dependency[above[-1]])


@given(parses(), st.data())
def test_paths_turn_at_the_lowest_common_ancestor(tokens: Tokens, data: st.DataObject) -> None:
    cue = data.draw(st.integers(0, len(tokens) - 1))
    found = related(tokens, cue, cue + 1)
    expected = [walked(tokens, cue, token) for token in range(len(tokens))]
    assert list(zip(found[UP], found[DOWN], strict=True)) == expected


@given(parses(), st.data())
def test_a_part_of_the_text_is_told_as_the_whole_is(tokens: Tokens, data: st.DataObject) -> None:
    size = len(tokens)
    cue = data.draw(st.integers(0, size - 1))
    first = data.draw(st.integers(0, cue))
    last = data.draw(st.integers(cue + 1, size))
    part = relations(tokens, cue, cue + 1, first=first, last=last)
    whole = relations(tokens, cue, cue + 1, first=0, last=size)
    assert np.array_equal(part, whole[:, first:last])


@given(parses(), st.data())
def test_every_relation_has_its_embedding(tokens: Tokens, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(tokens) - 1))
    end = data.draw(st.integers(start + 1, len(tokens)))
    found = relations(tokens, start, end, first=0, last=len(tokens))
    limits = (DISTANCES, UPS, downs(10), PLACES, MARK_RELATIONS)
    assert found.shape == (len(limits), len(tokens))
    for row, limit in zip(found, limits, strict=True):
        assert np.all((row >= 0) & (row < limit))


def test_a_known_tree() -> None:
    # Mara said that tolls will double now: said is the root, double hangs from it.
    tokens = tokens_of([1, 1, 5, 5, 5, 1, 5], dependency=[4, 9, 7, 4, 6, 8, 5])
    found = related(tokens, 1, 2)
    assert found[UP] == [0] * 7
    assert found[DOWN] == [6, SELF, 10, 10, 10, 10, 10]
    below = related(tokens, 5, 6)
    assert below[UP] == [1, 1, 0, 0, 0, 0, 0]
    assert below[DOWN] == [6, SELF, 9, 6, 8, SELF, 7]


def test_the_cue_itself_is_at_no_distance_and_on_no_path() -> None:
    found = related(tokens_of([3, 0, 1, 3, 3], dependency=[1, 2, 3, 4, 5]), 1, 3)
    assert found[DISTANCE][1:3] == [MIDDLE, MIDDLE]
    assert found[DOWN][1:3] == [SELF, SELF]


@pytest.mark.parametrize(
    ("gap", "bucket"),
    [(1, 1), (2, 2), (5, 5), (6, 5), (7, 6), (8, 6), (9, 7), (12, 7), (13, 8), (96, 13), (97, 14)],
)
def test_distances_are_alike_on_both_sides(gap: int, bucket: int) -> None:
    found = related(FLAT, 100, 102)[DISTANCE]
    assert found[100 - gap] == MIDDLE - bucket
    assert found[101 + gap] == MIDDLE + bucket


def test_distances_only_grow() -> None:
    found = related(FLAT, 100, 102)[DISTANCE]
    assert found == sorted(found)
    assert found[-1] == DISTANCES - 1


def test_places_are_those_of_sentences_and_paragraphs() -> None:
    tokens = tokens_of(
        list(range(9)),
        sentence=[0, 1, 2, 3, 4, 5, 6, 7, 8],
        paragraph=[0, 1, 1, 1, 1, 1, 1, 1, 2],
    )
    assert related(tokens, 4, 5)[PLACE] == [5, 3, 3, 1, 0, 2, 4, 4, 6]


class TestMarks:
    """Passages of one text: one before the cue, one around it, one after."""

    PASSAGES = (-1, 0, 0, -1, 1, 1, -1, 2, -1, 3)

    def marks(self, cue: int) -> list[int]:
        tokens = tokens_of([0] * 10, passage=self.PASSAGES)
        return related(tokens, cue, cue + 1)[MARK]

    def test_of_a_cue_outside_the_nearest_passages_are_told(self) -> None:
        assert self.marks(6) == [0, 1, 1, 0, 5, 5, 0, 5, 0, 1]

    def test_of_a_cue_inside_its_own_passage_is_told(self) -> None:
        assert self.marks(4) == [2, 4, 4, 2, 3, 3, 2, 4, 2, 4]

    def test_before_the_first_and_after_the_last_there_is_one_nearest(self) -> None:
        assert self.marks(0) == [0, 5, 5, 0, 1, 1, 0, 1, 0, 1]
        assert self.marks(8) == [0, 1, 1, 0, 1, 1, 0, 5, 0, 5]

    def test_without_passages_there_is_nothing_to_tell(self) -> None:
        assert related(tokens_of([0, 0, 0]), 1, 2)[MARK] == [0, 0, 0]


class TestHeadOf:
    """The token that a span hangs by."""

    def test_the_one_whose_head_is_outside(self) -> None:
        assert head_of(tokens_of([1, 3, 1, 3]), 0, 3) == 1

    def test_the_last_of_two(self) -> None:
        assert head_of(tokens_of([3, 3, 1, 3]), 0, 2) == 1

    def test_a_root_is_one(self) -> None:
        assert head_of(tokens_of([1, 1, 1]), 0, 3) == 1

    def test_a_circle_has_its_first(self) -> None:
        assert head_of(tokens_of([1, 0]), 0, 2) == 0


def test_a_cue_in_a_circle_of_heads_ends() -> None:
    assert related(tokens_of([1, 0, 0]), 0, 1)[DOWN][0] == SELF

"""Words that changed sides around a third, told from parts of a sentence that were only moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.verification.find import read_claim
from quotes.verification.roles import turned
from quotes.verification.tokens import tokenise


def triples(claim: str, source: str) -> list[tuple[str, str, str]]:
    ours, theirs = tokenise(read_claim(claim)), tokenise(read_claim(source))
    beside = {}
    for at, token in enumerate(ours):
        same = [place for place, other in enumerate(theirs) if other.key == token.key]
        if same:
            beside[at] = same[0]
    return [
        (ours[i].surface, ours[p].surface, ours[k].surface)
        for i, p, k in turned(ours, theirs, beside)
    ]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The contractor sued the council", "The council sued the contractor"),
        ("The wind was worse than the rain", "The rain was worse than the wind"),
        ("Politics, not plumbing", "Plumbing, not politics"),
        ("The harbour master told us", "We told the harbour master"),
        (
            "Closed on Sunday but open on Friday",
            "Closed on Friday but open on Sunday",
        ),
        (
            "The noise was worse than the letters.",
            "The letters were worse than the noise. Noise ends, and I kept each letter.",
        ),
        ("Twelve lost and nine won", "Nine lost and twelve won"),
        ("I was for the pier and against the tunnel", "I was against the pier and for the tunnel"),
    ],
)
def test_words_that_change_sides_are_found(claim: str, source: str) -> None:
    assert triples(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The contractor was sued by the council", "The council sued the contractor"),
        ("The wind is smaller than the rain", "The rain is larger than the wind"),
        ("Steel and gas", "Gas and steel"),
        ("The harbour is the town", "The town is the harbour"),
        (
            "On Friday the ferry leaves the harbour",
            "The ferry leaves the harbour on Friday",
        ),
        ("Olaf met Mara", "Mara met Olaf"),
        ("Fewer chairs than tenors", "More tenors than chairs"),
    ],
)
def test_what_says_the_same_is_not(claim: str, source: str) -> None:
    assert triples(claim, source) == []


WORDS = ["harbour", "ferry", "bridge", "council", "lantern", "orchard", "winter", "tower"]


@given(st.permutations(WORDS), st.integers(0, 8), st.integers(0, 8), st.integers(0, 8))
def test_no_move_of_one_part_turns_three_words(words: list[str], a: int, b: int, to: int) -> None:
    first, end = sorted((a, b))
    part, rest = words[first:end], words[:first] + words[end:]
    assert triples(" ".join(rest[:to] + part + rest[to:]), " ".join(words)) == []

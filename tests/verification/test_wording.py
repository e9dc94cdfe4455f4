"""Two tellings word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.verification.wording import pieces

WORDS = st.lists(
    st.sampled_from(["the", "The", "wall,", "wall", "holds", "“holds", "—", "fast"]), max_size=8
)


def shown(first: str, second: str) -> list[str]:
    return [
        second[slice(*piece.second)]
        if piece.is_same
        else f"{first[slice(*piece.first)]}>{second[slice(*piece.second)]}"
        for piece in pieces(first, second)
    ]


def test_typography_case_and_punctuation_are_no_difference() -> None:
    assert shown("“The wall holds,”", '"the wall holds."') == ['"the wall holds."']


def test_what_is_put_in_left_out_and_changed() -> None:
    assert shown("the old wall holds", "the wall holds fast") == [
        "the",
        "old>",
        "wall holds",
        ">fast",
    ]
    assert shown("it will hold", "it would hold") == ["it", "will>would", "hold"]


@given(WORDS, WORDS)
def test_the_pieces_cover_both_texts_in_order(one: list[str], other: list[str]) -> None:
    first, second = " ".join(one), " ".join(other)
    found = pieces(first, second)
    for text, spans in ((first, [p.first for p in found]), (second, [p.second for p in found])):
        assert " ".join(text[a:b] for a, b in spans if a < b) == text
        assert spans == sorted(spans)

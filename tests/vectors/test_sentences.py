"""Sentences by rule."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.vectors.sentences import sentences, whole_sentences


def texts(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mr. Vale left. “We wait,” she said. It cost $4.5 million in the U.S. market.",
            [
                "Mr. Vale left.",
                "“We wait,” she said.",
                "It cost $4.5 million in the U.S. market.",
            ],
        ),
        (
            "“The bridge is late. It will open.” Ada Quill nodded! Did she? (She did.) Yes indeed…",
            [
                "“The bridge is late.",
                "It will open.”",
                "Ada Quill nodded!",
                "Did she?",
                "(She did.)",
                "Yes indeed…",
            ],
        ),
        ("A headline without a stop\n\nThe text. 12 people came.", [
            "A headline without a stop", "The text.", "12 people came."]),
        ("“Stop the boats!” he cried. Nobody did.", ["“Stop the boats!” he cried.", "Nobody did."]),
        ("It cost a lot. Then… nothing came", ["It cost a lot.", "Then… nothing came"]),
        ("Mr. Falk of the U.S. embassy left. J. Moss stayed.", [
            "Mr. Falk of the U.S. embassy left.", "J. Moss stayed."]),
        ("", []),
        (" \n\n ", []),
        ("He came back at 5 p.m. and left.", ["He came back at 5 p.m. and left."]),
        ("Wait!\n\n***\n\n2025\n\nWell then", ["Well then"]),
        ("橋は来月になってから開く。川の水が引くのを待っているからだ。", [
            "橋は来月になってから開く。", "川の水が引くのを待っているからだ。"]),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_hard_wrapped_lines_are_one_sentence() -> None:
    lines = (
        "The council of Larkspur met on Monday to hear what became of the old\n"
        "bridge over the river, which nobody has crossed since the flood came\n"
        "down the valley. Its members listened for two hours, and then they\n"
        "went home without a word to the press that had waited at the door.\n"
    )
    assert len(texts(lines)) == 2


def test_what_has_no_stop_is_cut_between_words() -> None:
    text = "word " * 1_000
    found = texts(text)
    assert all(len(one) <= 800 and one.startswith("word") and one.endswith("word") for one in found)
    assert sum(one.count("word") for one in found) == 1_000


@given(st.text(alphabet="aB. \n\x85”“?5é。", max_size=200))
def test_whole_sentences_leave_out_nothing_but_white_space(text: str) -> None:
    spans = whole_sentences(text)
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.text(alphabet="aB. \n”“?5é。", max_size=200))
def test_sentences_are_apart_in_order_and_trimmed(text: str) -> None:
    last = 0
    for one in sentences(text):
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        last = one.end


def test_a_run_of_stops_ends_one_sentence() -> None:
    text = "It rained" + "." * 50_000 + " Then it stopped!?!?” “Did it?"
    assert [text[one.start : one.end][-9:] for one in sentences(text)][-2:] == [
        "stopped!?!?”"[-9:],
        "“Did it?",
    ]

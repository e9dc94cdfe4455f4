from __future__ import annotations

import pytest

from quotes.verification.numbers import read_number
from quotes.verification.stem import related, stem
from quotes.verification.synonyms import antonyms, synonyms


@pytest.mark.parametrize(
    ("words", "value", "length"),
    [
        ("1,500", "1500", 1),
        ("$3.2bn", "3200000000", 1),
        ("3.20 million crowns", "3200000", 2),
        ("two hundred and five boats", "205", 4),
        ("twenty one", "21", 2),
        ("five thousand two hundred", "5200", 4),
        ("a", None, 0),
        ("three and four", "3", 1),
        ("two dozen", "24", 2),
        ("-5", "-5", 1),
        ("21st", "21.", 1),
        ("third", "3.", 1),
        ("half", "0.5", 1),
        ("5:30", "5:30", 1),
    ],
)
def test_a_number_is_read_however_it_is_written(words: str, value: str | None, length: int) -> None:
    found = read_number(words.split())
    assert (found.value if found else None, found.length if found else 0) == (value, length)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ran", "running"),
        ("leaves", "leaving"),
        ("hope", "hoping"),
        ("stopped", "stops"),
        ("bodies", "body"),
        ("quickly", "quick"),
        ("taken", "taking"),
        ("boxes", "box"),
    ],
)
def test_inflection_is_taken_off(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("nation", "national", True),
        ("harmful", "harmless", False),
        ("import", "important", False),
        ("protect", "protection", True),
        ("continue", "continent", False),
    ],
)
def test_words_of_one_family_are_related(one: str, other: str, expected: bool) -> None:
    assert related(stem(one), stem(other)) is expected


def test_synonyms_and_opposites_are_read_from_their_tables() -> None:
    assert synonyms(stem("bought"), stem("purchases"))
    assert not synonyms(stem("bridge"), stem("money"))
    assert antonyms(stem("rising"), stem("fell"))
    assert antonyms(stem("fell"), stem("rises"))
    assert not antonyms(stem("rise"), stem("grow"))

"""Which names of a speaker count as one."""

from __future__ import annotations

import pytest

from quotes.evaluation.names import same_name


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("Ishiba Shigeru", "Shigeru Ishiba"),
        ("A trader in Osaka", "trader in Osaka"),
        ("an official", "Official"),
        ("The board", "board"),
        ("Tom O’Brien", "Tom O'Brien"),
    ],
)
def test_same(gold: str, predicted: str) -> None:
    assert same_name(gold, [predicted])
    assert same_name(predicted, [gold])


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("A. Roe", "Roe"),
        ("Ann A Roe", "Ann Roe"),
        ("an official", "another official"),
        ("one official", "official"),
    ],
)
def test_not_the_same(gold: str, predicted: str) -> None:
    assert not same_name(gold, [predicted])


def test_any_of_several_will_do() -> None:
    assert same_name("Marsh", ["Ada Marsh", "Marsh"])
    assert not same_name("Marsh", [])

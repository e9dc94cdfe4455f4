"""Whom a bare surname means where several bear it, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model


def names(resolve: Resolve, text: str, *told: tuple[str, str]) -> list[str | None]:
    return [found.name if found else None for found in resolve(text, *told)]


def test_the_surname_is_whom_the_text_brings_in_first(resolve: Resolve) -> None:
    text = (
        "Ada Marsh wants the mill to stay open. She has run it for ten years.\n\n"
        "Her brother, Peter Marsh, left in May. Nobody knows where he went.\n\n"
        "The mill is old. The town is poor. Marsh said the river was low."
    )
    assert names(resolve, text, ("Marsh@3", "the river was low")) == ["Ada Marsh"]


def test_two_who_come_in_together_leave_it_open(resolve: Resolve) -> None:
    text = (
        "Ada Marsh and Peter Marsh came to the mill on Monday.\n\n"
        "The mill is old. The town is poor. Marsh said the river was low."
    )
    assert names(resolve, text, ("Marsh@3", "the river was low")) == [None]


@pytest.mark.parametrize(("pronoun", "name"), [("she", "Ada Marsh"), ("he", "Peter Marsh")])
def test_the_pronoun_behind_tells_which_of_two(resolve: Resolve, pronoun: str, name: str) -> None:
    text = (
        "Ms. Ada Marsh and Mr. Peter Marsh came to the mill on Monday.\n\n"
        f"The mill is old. Marsh said {pronoun} was tired."
    )
    assert names(resolve, text, ("Marsh@3", f"{pronoun} was tired")) == [name]


def test_a_title_and_the_given_names_tell_them_apart(resolve: Resolve) -> None:
    text = (
        "Hillary Marsh came to the mill with her husband, Bill, on Monday. Bill Marsh sat down.\n\n"
        "The mill is old. Mrs. Marsh said the river was low. Mr. Marsh said the wheel was broken."
    )
    told = (("Mrs. Marsh", "the river was low"), ("Mr. Marsh", "the wheel was broken"))
    assert names(resolve, text, *told) == ["Hillary Marsh", "Bill Marsh"]


def test_a_lead_says_the_surname_before_the_name(resolve: Resolve) -> None:
    text = (
        "In Norwell, Marsh said the river was low.\n\n"
        "Ada Marsh runs the mill. Marsh bought it in May. Marsh has two sons. The mill was sold "
        "by Peter Marsh, her uncle."
    )
    assert names(resolve, text, ("Marsh", "the river was low")) == ["Ada Marsh"]


def test_a_title_tells_them_apart_and_later_ones_follow(resolve: Resolve) -> None:
    text = (
        "Peter Marsh owns the mill. Mr. Marsh came in May. Ada Marsh runs it. "
        "Mr. Marsh said the river was low. Ms. Marsh said the wheel was broken."
    )
    told = (("Mr. Marsh@2", "the river was low"), ("Ms. Marsh", "the wheel was broken"))
    assert names(resolve, text, *told) == ["Peter Marsh", "Ada Marsh"]


def test_who_goes_by_the_given_name_does_not_go_by_the_surname(resolve: Resolve) -> None:
    text = (
        "Ms. Ada Marsh lives in Norwell with her husband, Mr. Tom Marsh. Tom has no work. "
        "Tom sleeps late. Tom reads. Tom eats.\n\n"
        "The house is cold. It has no roof. Marsh said the river was low."
    )
    assert names(resolve, text, ("Marsh@3", "the river was low")) == ["Ada Marsh"]


def test_a_firm_is_not_the_man_whose_name_it_bears(resolve: Resolve) -> None:
    text = (
        "Mr. Peter Corvane met Mr. Farrow in Norwell. Mr. Farrow had asked him to. Corvane Inc. "
        "printed a list on Monday. Mr. Corvane had read it. Mr. Farrow had not. "
        "Mr. Corvane said the list was wrong."
    )
    assert names(resolve, text, ("Mr. Corvane@2", "the list was wrong")) == ["Peter Corvane"]


@pytest.mark.parametrize("name", ["Coalition Against Marsh", "Team Marsh"])
def test_words_that_hold_a_surname_name_nobody(resolve: Resolve, name: str) -> None:
    text = f"Ada Marsh spoke in Norwell. {name} was there. Marsh said the river was low."
    place = f"Marsh@{3}"
    assert names(resolve, text, (place, "the river was low")) == ["Ada Marsh"]


def test_a_surname_may_be_a_trade(resolve: Resolve) -> None:
    text = "Mark Singer writes books. Mr. Singer said the river was low."
    assert names(resolve, text, ("Mr. Singer", "the river was low")) == ["Mark Singer"]


def test_two_titles_before_a_name(resolve: Resolve) -> None:
    text = "Lobbyist and party strategist Tamsin Orde said the river was low."
    source = "Lobbyist and party strategist Tamsin Orde"
    assert names(resolve, text, (source, "the river was low")) == ["Tamsin Orde"]

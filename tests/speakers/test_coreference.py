"""Whom pronouns, descriptions and nouns for bodies take up, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from quotes.quotation import Attribution
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model


def names(found: list[Attribution | None]) -> list[str | None]:
    return [attribution.name if attribution else None for attribution in found]


@pytest.mark.parametrize(
    ("text", "source", "content", "name"),
    [
        pytest.param(
            "The tram stopped twice. The retired glazier, Odell Farrow, said it was the frost.",
            "The retired glazier, Odell Farrow,",
            "it was the frost",
            "Odell Farrow",
            id="apposed name",
        ),
        pytest.param(
            "The choir met on Monday. Its secretary, Tamsin Orde, said the roof leaked.",
            "Its secretary, Tamsin Orde,",
            "the roof leaked",
            "Tamsin Orde",
            id="apposed name behind a possessor",
        ),
        pytest.param(
            "Gov. Earl Ray Denby met the press. Denby said the hives were full.",
            "Denby@2",
            "the hives were full",
            "Earl Ray Denby",
            id="given name that is a rank",
        ),
        pytest.param(
            "Prime Minister Roh Min-hee met the press. Mr. Roh said the hives were full.",
            "Mr. Roh",
            "the hives were full",
            "Roh Min-hee",
            id="hyphened given name",
        ),
        pytest.param(
            "Finance chief Melba Costa Febo met the press. Ms. Costa said the hives were full.",
            "Ms. Costa",
            "the hives were full",
            "Melba Costa Febo",
            id="first of two surnames",
        ),
        pytest.param(
            "Melba Lindquist met the press. Ms. Lindqist said the hives were full.",
            "Ms. Lindqist",
            "the hives were full",
            "Melba Lindquist",
            id="slip of the pen",
        ),
        pytest.param(
            "Sen. Odell Farrow (R-Utah) met Sen. Tamsin Orde (D-Ohio). Orde smiled. The Utah "
            "Republican said the hives were full.",
            "The Utah Republican",
            "the hives were full",
            "Odell Farrow",
            id="party and state",
        ),
        pytest.param(
            "Tamsin Orde keeps bees. Orde, 71, said the hives were full.",
            "Orde, 71,",
            "the hives were full",
            "Tamsin Orde",
            id="age",
        ),
        pytest.param(
            "Her brother, 山本 Tadao, said the hives were full.",
            "Her brother, 山本 Tadao,",
            "the hives were full",
            "山本 Tadao",
            id="a script without capitals",
        ),
        pytest.param(
            "Tamsin Orde, who leads the Meadow Party, waited. The party leader said the vote was "
            "late.",
            "The party leader",
            "the vote was late",
            "Tamsin Orde",
            id="relative clause",
        ),
        pytest.param(
            "Odell Farrow, a historian at Larchmont University, waited. The professor said the "
            "map was old.",
            "The professor",
            "the map was old",
            "Odell Farrow",
            id="professor",
        ),
        pytest.param(
            "The Larch Growers’ Association met on Monday. The group said prices would rise.",
            "The group",
            "prices would rise",
            "Larch Growers’ Association",
            id="group",
        ),
        pytest.param(
            "The library board met on Monday. The board said the roof leaked.",
            "The board",
            "the roof leaked",
            "library board",
            id="board",
        ),
        pytest.param(
            "Noonday reported the fire. The Noonday agency said two barns were lost.",
            "The Noonday agency",
            "two barns were lost",
            "Noonday",
            id="kind of body",
        ),
        pytest.param(
            "The Larch Growers’ Association asked for rain. It said the wells were dry.",
            "It",
            "the wells were dry",
            "Larch Growers’ Association",
            id="it",
        ),
        pytest.param(
            "A joint statement came out late. It said the wells were dry.",
            "It",
            "the wells were dry",
            "joint statement",
            id="it for a document",
        ),
        pytest.param(
            "Odell Farrow wrote to the members. His letter said the wells were dry.",
            "His letter",
            "the wells were dry",
            "Odell Farrow",
            id="letter",
        ),
        pytest.param(
            "A baker from Larchmont who sells rye bread told her staff to wait. She said the "
            "flour was late.",
            "She",
            "the flour was late",
            "baker from Larchmont",
            id="someone unnamed",
        ),
    ],
)
def test_one_source(resolve: Resolve, text: str, source: str, content: str, name: str) -> None:
    (found,) = resolve(text, (source, content))
    assert found is not None
    assert found.name == name


def test_a_description_may_go_on_with_the_last_speaker(resolve: Resolve) -> None:
    text = (
        "“The map is old,” said Peter Farrow.\n\n“It shows no bridge,” the curator went on.\n\n"
        "The retired surveyor said it showed no road. The baker said bread was dear."
    )
    found = resolve(
        text,
        ("Peter Farrow", "“The map is old,”", "said"),
        ("the curator", "“It shows no bridge,”", "went on"),
        ("The retired surveyor", "it showed no road", "said"),
        ("The baker", "bread was dear", "said"),
    )
    assert names(found) == ["Peter Farrow"] * 3 + ["baker"]


def test_pronouns_tell_bearers_of_one_surname_apart(resolve: Resolve) -> None:
    text = (
        "Two people named Toller spoke: Ida Toller, a rower, and Max Toller, who runs the depot "
        "and is not related to her. Ms. Toller said the depot leaked. Mr. Toller said it was dry."
    )
    found = resolve(text, ("Ms. Toller", "the depot leaked"), ("Mr. Toller", "it was dry"))
    assert names(found) == ["Ida Toller", "Max Toller"]


def test_a_title_without_a_stop_tells_the_gender_too(resolve: Resolve) -> None:
    text = (
        "Ashlin Toller met Quennel Brask at the depot on Monday. Mr Brask said the depot leaked. "
        "Ms Toller waited outside with Mr Brask. She said it was dry. He said it was cold."
    )
    found = resolve(
        text, ("She", "it was dry"), ("He", "it was cold"), ("Mr Brask", "the depot leaked")
    )
    assert names(found) == ["Ashlin Toller", "Quennel Brask", "Quennel Brask"]


def test_an_object_is_not_its_own_subject(resolve: Resolve) -> None:
    text = (
        "Mrs. Ida Toller met Odell Farrow. Toller advised him to wait. "
        "She said the depot leaked. He said it was dry."
    )
    found = resolve(text, ("She", "the depot leaked"), ("He", "it was dry"))
    assert names(found) == ["Ida Toller", "Odell Farrow"]


def test_a_name_inside_what_is_reported_does_not_take_the_pronoun(resolve: Resolve) -> None:
    text = (
        "Odell Farrow said that Max Toller would sell the depot. He added that the price was low."
    )
    found = resolve(
        text,
        ("Odell Farrow", "that Max Toller would sell the depot"),
        ("He", "that the price was low"),
    )
    assert names(found) == ["Odell Farrow", "Odell Farrow"]


def test_long_quotations_do_not_part_a_speaker_from_a_pronoun(resolve: Resolve) -> None:
    quoted = "“The depot leaks. It leaked last year. Nobody came. We called twice. It rained.”"
    text = f"Ida Toller sighed. {quoted}\n\nShe said the pump was new."
    found = resolve(text, ("Ida Toller", quoted), ("She", "the pump was new"))
    assert names(found) == ["Ida Toller", "Ida Toller"]


def test_the_two_officials_are_those_brought_in_before(resolve: Resolve) -> None:
    text = (
        "Two officials travelling with the mayor said the road was shut. It rained. "
        "The bridge is next, the two officials said."
    )
    found = resolve(
        text,
        ("Two officials travelling with the mayor", "the road was shut"),
        ("the two officials", "The bridge is next"),
    )
    assert names(found) == ["Two officials travelling with the mayor"] * 2


def test_two_boards_leave_the_board_open(resolve: Resolve) -> None:
    text = (
        "The library board and the harbor board met on Monday. Rain fell. "
        "In the end the board said the roof leaked."
    )
    (found,) = resolve(text, ("the board", "the roof leaked"))
    assert found is not None
    assert found.name == "board"


def test_lines_of_a_wrapped_text_hold_together(resolve: Resolve) -> None:
    text = (
        "    The clerk of the little town of Larchmont on the river, Odell\n"
        "Farrow, told a crowded meeting on Monday evening that the depot\n"
        "would have to be closed for good before the winter, since its\n"
        "walls had begun to lean towards the road and the school behind\n"
        "it. Farrow said the school would not be closed this year.\n"
    )
    (found,) = resolve(text, ("Farrow@2", "the school would not be closed this year"))
    assert names([found]) == ["Odell Farrow"]

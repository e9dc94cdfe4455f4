"""Labels of transcripts and interviews, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from quotes.quotation import Attribution
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model


def names(found: list[Attribution | None]) -> list[str | None]:
    return [attribution.name if attribution else None for attribution in found]


INTERVIEW = (
    "By Tamsin Orde\n\n"
    "{introduction}\n\n"
    "Q: How is the harvest this year!\n\n"
    "A: The harvest is late!\n"
)


@pytest.mark.parametrize(
    ("introduction", "name"),
    [
        ("Peter Farrow has kept bees for forty years.", "Peter Farrow"),
        ("We spoke with Peter Farrow, who bought the farm from Max Toller.", "Peter Farrow"),
        (
            "Peter Farrow keeps bees. Greta Toller met him on his farm. Olaf Orde came too.",
            "Peter Farrow",
        ),
        ("Peter Farrow and Max Toller have kept bees for forty years.", None),
        ("The farm has kept bees for forty years.", None),
    ],
)
def test_the_answers_are_the_interviewee_s(
    resolve: Resolve, introduction: str, name: str | None
) -> None:
    text = INTERVIEW.format(introduction=introduction)
    found = resolve(text, ("Q", "How is the harvest this year!"), ("A", "The harvest is late!"))
    assert found[0] is None
    assert names(found[1:]) == [name]


def test_a_line_without_a_full_stop_is_looked_through_once(resolve: Resolve) -> None:
    # In a pattern's squared time these would be minutes.
    introduction = "Peter Farrow and Max Toller keep bees\n\n" + "-" * 100_000
    text = INTERVIEW.format(introduction=introduction)
    found = resolve(text, ("Q", "How is the harvest this year!"), ("A", "The harvest is late!"))
    assert names(found) == [None, None]


def test_a_questioner_may_say_a_name(resolve: Resolve) -> None:
    text = (
        "MS. ORDE: Good morning!\n\n"
        "Q: Peter Farrow, Noonday. Is the harvest late!\n\n"
        "MS. ORDE: It is late!\n\n"
        "Q (Larch Radio): How late is it!\n\n"
        "This briefing was given by Tamsin Orde, the harvest commissioner.\n"
    )
    found = resolve(
        text,
        ("MS. ORDE", "Good morning!"),
        ("Q", "Peter Farrow, Noonday. Is the harvest late!"),
        ("MS. ORDE", "It is late!"),
        ("Q (Larch Radio)", "How late is it!"),
    )
    assert names(found) == ["Tamsin Orde", "Peter Farrow", "Tamsin Orde", None]


def test_people_in_capitals_are_people(resolve: Resolve) -> None:
    text = (
        "SEN. ADA MARSH (R-Utah): Good evening!\n\n"
        "MR. FARROW: I thank you!\n\n"
        "MARSH (continuing): Nobody did!\n\n"
        "PETER FARROW: We shall see!\n"
    )
    found = resolve(
        text,
        ("SEN. ADA MARSH (R-Utah)", "Good evening!"),
        ("MR. FARROW", "I thank you!"),
        ("MARSH (continuing)", "Nobody did!"),
        ("PETER FARROW", "We shall see!"),
    )
    assert names(found) == ["Ada Marsh", "Peter Farrow", "Ada Marsh", "Peter Farrow"]
    assert {one.kind for one in found if one} == {SpeakerKind.PERSON}


def test_a_misspelt_label_is_the_one_person_introduced(resolve: Resolve) -> None:
    text = (
        "Ada Marsh, the mayor, met Tamsin Orde, a baker, on Monday.\n\n"
        "MARSH: Good evening!\n\n"
        "MARSCH: Who knows!\n\n"
        "Marsh: I do not!\n"
    )
    found = resolve(
        text, ("MARSH", "Good evening!"), ("MARSCH", "Who knows!"), ("Marsh@2", "I do not!")
    )
    assert names(found) == ["Ada Marsh"] * 3


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Caller 17", "Caller 17"),
        ("SPEAKER A0", "Speaker A0"),
        ("UNIDENTIFIED MALE", "Unidentified male"),
        ("THE COURT", "The court"),
    ],
)
def test_roles_name_nobody(resolve: Resolve, label: str, shown: str) -> None:
    text = f"{label}: Good evening!\n\nMS. ORDE: I thank you!\n"
    found = resolve(text, (label, "Good evening!"), ("MS. ORDE", "I thank you!"))
    assert names(found) == [shown, "Orde"]
    assert found[0] is not None
    assert found[0].kind is SpeakerKind.UNNAMED


@pytest.mark.parametrize("lead", ["[00:01:02] ", ">> ", "🎤 ", "**"])
def test_what_stands_before_a_label_is_no_part_of_it(resolve: Resolve, lead: str) -> None:
    text = f"{lead}Farrow: Good evening!\n\n{lead}Orde: I thank you!\n\n{lead}Farrow: Nobody did!\n"
    found = resolve(text, ("Farrow", "Good evening!"), ("Farrow@2", "Nobody did!"))
    assert names(found) == ["Farrow", "Farrow"]

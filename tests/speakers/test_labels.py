"""Labels of transcripts and interviews, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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

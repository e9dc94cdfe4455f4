"""Those whom a number takes up: "the two", "both", "the pair"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model

BOTH = "Ada Marsh and Khizr Roe"


@pytest.mark.parametrize(
    "phrase", ["The two", "Both", "The pair", "The two leaders", "Both of them", "They"]
)
@pytest.mark.parametrize("before", [f"{BOTH} met on Monday.", "Ada Marsh met Khizr Roe on Monday."])
def test_two_people_are_taken_up(resolve: Resolve, before: str, phrase: str) -> None:
    (found,) = resolve(
        f"{before} {phrase} said the hives were full.", (phrase, "the hives were full", "said")
    )
    assert found is not None
    assert (found.name, found.kind, found.method) == (BOTH, SpeakerKind.GROUP, "coreference")
    assert [member.name for member in found.members] == ["Ada Marsh", "Khizr Roe"]
    assert found.evidence[0].text == phrase


def test_the_pair_goes_on_as_they(resolve: Resolve) -> None:
    text = (
        "Ada Marsh met Khizr Roe on Monday. The two said the hives were full. "
        "They said it was late."
    )
    found = resolve(
        text, ("The two", "the hives were full", "said"), ("They", "it was late", "said@2")
    )
    assert [one.name for one in found if one] == [BOTH, BOTH]


@pytest.mark.parametrize(
    ("before", "phrase"),
    [
        pytest.param(f"{BOTH} met on Monday.", "The three", id="another number"),
        pytest.param(f"{BOTH} met Linus Vane. It rained.", "The two ministries", id="no people"),
        pytest.param("Ada Marsh met a clerk.", "The two", id="one name"),
        pytest.param("Ada Marsh’s sister met Khizr Roe.", "The two", id="an owner"),
        pytest.param("Two clerks met Ada Marsh.", "The two clerks", id="another two"),
    ],
)
def test_others_are_not_taken_for_the_pair(resolve: Resolve, before: str, phrase: str) -> None:
    text = f"{before} {phrase} said the hives were full."
    (found,) = resolve(text, (phrase, "the hives were full", "said"))
    assert found is not None
    assert found.members == ()

"""Who the narrator's "I" is, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "source", "content", "name"),
    [
        pytest.param(
            "The mill is closing.\n\nI think the town will miss it.\n\nTamsin Orde is a "
            "miller in Norwell.",
            "I",
            "the town will miss it",
            "Tamsin Orde",
            id="I note",
        ),
        pytest.param(
            "By Tamsin Orde\n\nThe mill is closing. I think the town will miss it.",
            "I",
            "the town will miss it",
            "Tamsin Orde",
            id="I byline",
        ),
        pytest.param(
            "Helen Orde: And Then There Was One Mill.\n\nThe mill is closing. I think the town "
            "will miss it.",
            "I",
            "the town will miss it",
            "Helen Orde",
            id="I heading",
        ),
        pytest.param(
            "The mill is closing.\n\nI think the town will miss it.\n\nRep. Tamsin Orde, "
            "D-Ariz., was an early friend of the mill.",
            "I",
            "the town will miss it",
            "Tamsin Orde",
            id="I note with a title",
        ),
    ],
)
def test_the_writer_is_named_at_the_end_or_the_beginning(
    resolve: Resolve, text: str, source: str, content: str, name: str
) -> None:
    (found,) = resolve(text, (source, content))
    assert found is not None
    assert found.name == name


def test_each_letter_has_its_writer(resolve: Resolve) -> None:
    text = (
        "I think the town will miss it.\n\nTamsin Orde\n\n"
        "I say the pier is rotten.\n\nPeter Farrow\n"
    )
    found = resolve(text, ("I", "the town will miss it"), ("I@2", "the pier is rotten"))
    assert [one.name if one else None for one in found] == ["Tamsin Orde", "Peter Farrow"]


def test_nobody_signs(resolve: Resolve) -> None:
    text = "The mill is closing. I think the town will miss it, and Tamsin Orde does too."
    assert resolve(text, ("I", "the town will miss it")) == [None]

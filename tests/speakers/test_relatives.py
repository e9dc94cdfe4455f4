"""What "who" and "which" stand for, on a real parse."""

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
            "The council invited Tamsin Orde, the head of the Harbor Institute, who says "
            "the pier is rotten.",
            "who",
            "the pier is rotten",
            "Tamsin Orde",
            id="who appos org",
        ),
        pytest.param(
            "The mill won a ruling from the Norwell Board of Trade, which said the law was clear.",
            "which",
            "the law was clear",
            "Norwell Board of Trade",
            id="which org",
        ),
        pytest.param(
            "Linus Vane is a man who says what he thinks.",
            "who",
            "what he thinks",
            "Linus Vane",
            id="man who",
        ),
        pytest.param(
            "The letter went to Mayor Ada Marsh and Gov. Linus Vane, both of whom said "
            "the mill would stay open.",
            "both of whom",
            "the mill would stay open",
            "Ada Marsh and Linus Vane",
            id="both of whom",
        ),
        pytest.param(
            "Linus Vane, who said the mill would stay open, left early.",
            "who",
            "the mill would stay open",
            "Linus Vane",
            id="who plain",
        ),
    ],
)
def test_a_relative_pronoun_leads_to_a_name(
    resolve: Resolve, text: str, source: str, content: str, name: str
) -> None:
    (found,) = resolve(text, (source, content))
    assert found is not None
    assert found.name == name

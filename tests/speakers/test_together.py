"""People who speak together, and "they" for them, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        pytest.param(
            "Odell Farrow and Tamsin Orde said the hives were full.",
            "Odell Farrow and Tamsin Orde",
            "Odell Farrow and Tamsin Orde",
            id="two names",
        ),
        pytest.param(
            "Sens. Peter Farrow (D-Mont.) and Tamsin Orde (R-La.) said the hives were full.",
            "Sens. Peter Farrow (D-Mont.) and Tamsin Orde (R-La.)",
            "Peter Farrow and Tamsin Orde",
            id="parties between",
        ),
        pytest.param(
            "Odell Farrow, Tamsin Orde and Linus Vane said the hives were full.",
            "Odell Farrow, Tamsin Orde and Linus Vane",
            "Odell Farrow, Tamsin Orde and Linus Vane",
            id="three names",
        ),
        pytest.param(
            "Odell Farrow met Tamsin Orde on Monday. Farrow and Orde said the hives were full.",
            "Farrow and Orde",
            "Odell Farrow and Tamsin Orde",
            id="surnames",
        ),
        pytest.param(
            "Odell Farrow and Tamsin Orde met on Monday. They said the hives were full.",
            "They",
            "Odell Farrow and Tamsin Orde",
            id="they",
        ),
    ],
)
def test_a_pair_speaks_by_its_full_names(
    resolve: Resolve, text: str, source: str, name: str
) -> None:
    (found,) = resolve(text, (source, "the hives were full"))
    assert found is not None
    assert (found.name, found.kind) == (name, SpeakerKind.GROUP)


def test_one_of_several_speaks_alone(resolve: Resolve) -> None:
    text = "Odell Farrow, a friend of Linus Vane and Tamsin Orde, said the hives were full."
    source = "Odell Farrow, a friend of Linus Vane and Tamsin Orde,"
    (found,) = resolve(text, (source, "the hives were full"))
    assert found is not None
    assert found.name == "Odell Farrow"


def test_the_evidence_leads_over_each_name(resolve: Resolve) -> None:
    text = "Odell Farrow and Tamsin Orde met on Monday. They said the hives were full."
    (found,) = resolve(text, ("They", "the hives were full"))
    assert found is not None
    assert [step.text for step in found.evidence] == [
        "They",
        "Odell Farrow and Tamsin Orde",
        "Odell Farrow",
        "Tamsin Orde",
    ]

"""What "the company" and "the newspaper" take up, on a real parse."""

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
            "The mill went to a firm called Zenith last year. The firm said the mill "
            "would stay open.",
            "The firm",
            "the mill would stay open",
            "Zenith",
            id="firm called",
        ),
        pytest.param(
            "The Norwell Gazette, a weekly newspaper, wrote about the mill. The newspaper"
            " said the mill would stay open.",
            "The newspaper",
            "the mill would stay open",
            "Norwell Gazette",
            id="newspaper kind",
        ),
        pytest.param(
            "Verdane bought the mill on Monday. Verdane has three others. The company "
            "said the mill would stay open.",
            "The company",
            "the mill would stay open",
            "Verdane",
            id="company subject",
        ),
        pytest.param(
            "Norwell University closed the lab on Monday. The university said the mice were safe.",
            "The university",
            "the mice were safe",
            "Norwell University",
            id="the university",
        ),
        pytest.param(
            "The Harbor Safety Agency closed the pier on Monday. Ada Marsh complained. "
            "The agency said the pier was rotten.",
            "The agency",
            "the pier was rotten",
            "Harbor Safety Agency",
            id="the agency",
        ),
        pytest.param(
            "The Norwell Gazette wrote about the mill. The liberal newspaper said the "
            "mill would stay open.",
            "The liberal newspaper",
            "the mill would stay open",
            "Norwell Gazette",
            id="the mod newspaper",
        ),
        pytest.param(
            "The story began on a website called Tide Line. The website said the mill would close.",
            "The website",
            "the mill would close",
            "Tide Line",
            id="website",
        ),
        pytest.param(
            "A group that calls itself Northern Star claimed the fire. The group said "
            "more would follow.",
            "The group",
            "more would follow",
            "Northern Star",
            id="group itself",
        ),
        pytest.param(
            "The county named a water commission in May. Ada Marsh welcomed that. The "
            "commission said the wells were safe.",
            "The commission",
            "the wells were safe",
            "water commission",
            id="commission far",
        ),
    ],
)
def test_a_noun_for_a_body_takes_up_its_name(
    resolve: Resolve, text: str, source: str, content: str, name: str
) -> None:
    (found,) = resolve(text, (source, content))
    assert found is not None
    assert found.name == name


def test_an_apposition_tells_a_firm_from_a_person(resolve: Resolve) -> None:
    text = (
        "Corvane Dell, a polling firm in Ohio, asked 900 farmers. Peter Farrow, a farmer, was one. "
        "The firm said the hives were full."
    )
    (found,) = resolve(text, ("The firm", "the hives were full"))
    assert found is not None
    assert (found.name, str(found.kind)) == ("Corvane Dell", "organisation")

"""Families by a surname in the plural, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("before", "family", "name"),
    [
        pytest.param(
            "Peter Farrow met his wife, Tamsin Farrow.",
            "The Farrows",
            "Peter Farrow and Tamsin Farrow",
            id="two",
        ),
        pytest.param(
            "Peter Farrow met his wife, Tamsin Farrow. His ex-wife, Lena Farrow, was away.",
            "The Farrows",
            "Peter Farrow and Tamsin Farrow",
            id="a former wife",
        ),
        pytest.param("Peter Farrow met Tamsin Orde.", "The Farrows", "Farrows", id="one named"),
    ],
)
def test_a_family_is_those_who_bear_the_name(
    resolve: Resolve, before: str, family: str, name: str
) -> None:
    text = f"{before} {family} said the hives were full."
    (found,) = resolve(text, (family, "the hives were full", "said"))
    assert found is not None
    assert found.name == name

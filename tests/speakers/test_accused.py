"""Whom "the defendant" means, by what a text says of a trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model

_REST = " Ada Marsh, prosecuting, spoke for an hour. The defendant said that the boats were sound."


@pytest.mark.parametrize(
    "told",
    [
        "Linus Vane sold eleven boats. He denies two counts of fraud.",
        "Odell Vane, who pleaded not guilty in March, sold eleven boats.",
        "Linus Vane, 51, is on trial at Norwell Crown Court.",
        "Linus Vane, 51, denies burglary.",
        "Odell Vane of Norwell was charged with theft on Monday.",
        "Odell Vane of Norwell will stand trial in May.",
    ],
)
def test_the_defendant_is_the_one_on_trial(resolve: Resolve, told: str) -> None:
    (found,) = resolve(told + _REST, ("The defendant", "the boats were sound"))
    assert found is not None
    assert found.name in {"Linus Vane", "Odell Vane"}


@pytest.mark.parametrize(
    "told",
    [
        "Linus Vane denies two counts of fraud. Odell Farrow denies three charges.",
        "Linus Vane charged the farmers ten crowns.",
        "Linus Vane denies that the boats leak.",
        "Linus Vane went to the court on Monday.",
    ],
)
def test_the_defendant_stays_unnamed_where_it_is_open(resolve: Resolve, told: str) -> None:
    (found,) = resolve(told + _REST, ("The defendant", "the boats were sound"))
    assert found is not None
    assert str(found.kind) == "unnamed"

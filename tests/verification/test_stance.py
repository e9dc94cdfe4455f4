"""What a claim and a passage affirm, count and date, wherever the words stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.verification.compare import Claim, aligned

if TYPE_CHECKING:
    from quotes.verification.stance import Stance


def stance(claim: str, content: str) -> Stance:
    record = {"text": content, "start": 0, "end": len(content), "spans": [[0, len(content)]]}
    beside = aligned(Claim(claim), record)  # type: ignore[arg-type]  # a record as JSON has it
    assert beside is not None
    return beside.reading.stance


TOLLS = "Before May the council will not raise the tolls of 20 crowns on the old bridge"


@pytest.mark.parametrize(
    ("claim", "flipped"),
    [
        ("The tolls on the old bridge will be raised by the council", True),
        ("The tolls on the old bridge will not be raised by the council", False),
        ("The tolls on the old bridge will not be lowered by the council", True),
    ],
)
def test_a_denial_too_few_or_an_opposite_turns_it_round(claim: str, flipped: bool) -> None:
    assert stance(claim, TOLLS).flipped == flipped


def test_another_number_date_and_name_are_strange() -> None:
    given = stance("In June the old bridge will cost Olaf 30 crowns, says the council", TOLLS)
    assert (given.strange_numbers, given.strange_dates, given.strange_names) == (1, 1, 1)
    assert given.left > 0


def test_moved_numbers_and_dates_are_not() -> None:
    given = stance("The toll of 20 crowns on the old bridge stays as it is before May", TOLLS)
    assert (given.strange_numbers, given.strange_dates, given.left) == (0, 0, 0)


def test_the_two_sides_of_a_deed_are_no_opposites() -> None:
    given = stance("The children learned to swim from the pilot", "The pilot taught the children")
    assert given.opposed == 0

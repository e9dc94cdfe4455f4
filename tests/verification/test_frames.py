"""What only says who said it, and what looks like that and is part of the claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.verification.compare import Claim


@pytest.mark.parametrize(
    ("claim", "core"),
    [
        ("The mayor said that the ferry sails at noon", "the ferry sails at noon"),
        ("She told reporters that the ferry sails", "the ferry sails"),
        ("The ferry sails at noon, Brandt said.", "The ferry sails at noon."),
        ("The ferry, she added on Friday, sails at noon", "The ferry sails at noon"),
        ("According to the harbour master, the ferry sails", "the ferry sails"),
        ("In her view, the ferry is late", "the ferry is late"),
    ],
)
def test_a_report_is_taken_off(claim: str, core: str) -> None:
    assert Claim(claim).core == core


@pytest.mark.parametrize(
    "claim",
    [
        "I told the council that the ferry sails",
        "She never said that the ferry sails",
        "The bank notes are old",
        "People forget that flattery does not keep",
        "She said nothing of the ferry",
        "He said",
    ],
)
def test_what_is_said_is_left(claim: str) -> None:
    assert Claim(claim).core == claim


@given(st.text(alphabet="she said, the mayor told that. I not", max_size=60))
def test_frames_lie_in_the_claim_in_order(text: str) -> None:
    frames = Claim(text).frames
    ends = [at for frame in frames for at in (frame.start, frame.end)]
    assert ends == sorted(ends)
    assert all(0 <= at <= len(text) for at in ends)

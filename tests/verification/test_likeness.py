"""Likeness in meaning: of the nearest part of a content, and of single words within it."""

from __future__ import annotations

import pytest

from quotes.vectors.encoder import Encoder
from quotes.verification.likeness import Likeness, Pieces, likeness

ENCODER = Encoder()
CLAIM = "The physician would rather give the warning today"
SAID = "“I collect stamps,” “The doctor prefers to warn you now. Trains are late in winter.”"


def pieces(text: str) -> Pieces:
    return Pieces(text, *ENCODER.states(text))


def test_the_nearest_part_counts_whatever_stands_beside_it() -> None:
    found = likeness(pieces(CLAIM), pieces(SAID))
    assert found.part > found.whole
    assert found.least_found <= found.found <= 1
    elsewhere = likeness(pieces(CLAIM), pieces("Trains are late in winter."))
    assert elsewhere.found < found.found


def test_a_text_is_wholly_like_itself() -> None:
    assert likeness(pieces(CLAIM), pieces(CLAIM)).values == pytest.approx([1.0] * 7, abs=1e-4)


@pytest.mark.parametrize(("claim", "said"), [("", SAID), (CLAIM, ""), ("of the", SAID), ("", "")])
def test_without_words_nothing_is_alike(claim: str, said: str) -> None:
    found = likeness(pieces(claim), pieces(said))
    assert (found.found, found.near) == (0.0, 0.0)
    assert isinstance(found, Likeness)


def test_the_vector_is_the_encoders() -> None:
    vector = pieces(SAID).vector
    assert float(vector @ ENCODER.encode([SAID])[0]) == pytest.approx(1.0, abs=1e-4)

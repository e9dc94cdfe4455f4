"""The ranker of candidates: probabilities, its file, and what it hands on."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import CorruptModel
from quotes.quotation import SpeakerKind
from quotes.speakers import ranker as module
from quotes.speakers.candidates import FEATURES, Candidate
from quotes.speakers.entity import Entity
from quotes.speakers.given import digests
from quotes.speakers.learned import LearnedResolver
from quotes.speakers.pronouns import Reference
from quotes.speakers.ranker import Ranker, shipped_ranker
from tests.speakers.conftest import find

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.nlp.parser import Parser

RANKER = Ranker((1.0, *[0.0] * (len(FEATURES) - 1)), intercept=-1.0, threshold=0.5)


def candidate(value: float) -> Candidate:
    reference = Reference(Entity(SpeakerKind.PERSON), 0, 0, 1, 0)
    return Candidate(reference, reference, (value, *[0.0] * (len(FEATURES) - 1)))


@given(st.lists(st.floats(-50, 50), max_size=8))
def test_the_chances_of_all_and_of_nobody_make_one(values: list[float]) -> None:
    chances = RANKER.probabilities([candidate(value) for value in values])
    assert all(0.0 <= chance <= 1.0 for chance in chances)
    assert sum(chances) <= 1.0 + 1e-9
    for (one, chance), (other, rival) in pairwise(zip(values, chances, strict=True)):
        assert chance <= rival or one > other


def test_the_likeliest_is_chosen_with_its_chance() -> None:
    near = [candidate(0.0), candidate(3.0), candidate(1.0)]
    chosen = RANKER.choose(7, near)
    assert chosen is not None
    assert chosen[0] is near[1]
    shares = [math.exp(-1.0), math.exp(2.0), 1.0, 1.0]
    assert chosen[1] == pytest.approx(math.exp(2.0) / sum(shares))


def test_nobody_is_chosen_below_the_threshold_and_out_of_none() -> None:
    assert RANKER.choose(7, [candidate(1.0)]) is not None
    assert RANKER.choose(7, [candidate(0.9)]) is None
    assert RANKER.choose(7, []) is None


def test_the_shipped_weights_are_one_for_each_feature() -> None:
    shipped = shipped_ranker()
    assert len(shipped.weights) == len(FEATURES)
    assert shipped.digest.startswith("sha256:")
    assert LearnedResolver().models == {"ranker.json": shipped.digest, **digests()}


def test_a_damaged_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "ranker.json").write_text('{"weights": {}}', encoding="utf-8")
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    with pytest.raises(CorruptModel, match=r"ranker\.json.*cannot be read"):
        shipped_ranker.__wrapped__()


@pytest.mark.model
def test_a_pronoun_tells_how_sure_it_is(parser: Parser) -> None:
    from quotes.quotation import Kind, Quotation

    text = "Helen Orde met Ida Toller on Monday. She said the hives were full."
    quotation = Quotation(
        kind=Kind.INDIRECT,
        content=(find(text, "the hives were full"),),
        source=(find(text, "She"),),
        cue=(find(text, "said"),),
    )
    (found,) = LearnedResolver().resolve(parser.parse(text), [quotation])
    assert found.attribution is not None
    assert found.attribution.name == "Helen Orde"
    assert found.attribution.confidence is not None
    assert 0.5 < found.attribution.confidence < 1.0

"""The shipped cue lexicon: it loads, it gives probabilities, and its hash names it."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from importlib.resources import files
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.candidates import Candidate
from quotes.extraction.scoring import WEIGHTS, Weights, feature_names, shipped_weights
from quotes.spans import Span

SAID = Candidate(
    pattern="ccomp",
    lemma="say",
    content=(Span(10, 30),),
    cue=(Span(5, 9),),
    source=(Span(0, 4),),
    cue_at=5,
)


def test_the_shipped_weights_are_complete() -> None:
    weights = shipped_weights()
    assert len(weights.features) > 100
    assert 0.0 < weights.threshold < 1.0
    assert all(math.isfinite(w) for w in chain([weights.intercept], weights.features.values()))


def test_the_digest_is_that_of_the_file() -> None:
    raw = files("quotes.extraction").joinpath(WEIGHTS).read_bytes()
    assert shipped_weights().digest == "sha256:" + hashlib.sha256(raw).hexdigest()


def test_the_weights_are_read_once() -> None:
    assert shipped_weights() is shipped_weights()


def test_a_common_cue_is_likelier_than_one_never_seen() -> None:
    weights = shipped_weights()
    assert weights.probability(SAID) > weights.probability(replace(SAID, lemma="zigzag"))


def test_a_probability_is_the_logistic_of_the_sum() -> None:
    weights = Weights(
        intercept=-1.0, threshold=0.5, features={"cue=say": 2.0, "tag=VBD": 0.5}, digest=""
    )
    assert weights.probability(SAID) == pytest.approx(1 / (1 + math.exp(-1.0)))
    dated = replace(SAID, features=("tag=VBD", "tag=VBD", "unheard-of"))
    assert weights.probability(dated) == pytest.approx(1 / (1 + math.exp(-1.5)))


def test_features_are_named_with_their_construction() -> None:
    names = set(feature_names(replace(SAID, features=("tag=VBD",))))
    assert {"cue=say", "tag=VBD", "pattern=ccomp"} <= names
    assert any("ccomp" in name and "tag=VBD" in name for name in names)


KNOWN = st.sampled_from(sorted(shipped_weights().features)[::50])


@given(
    st.sampled_from(["ccomp", "direct-after", "according-opens", "noun-prep:on", "dobj+ccomp", ""]),
    st.sampled_from(["say", "fear", "claim that", "", ":", "ÿ"]),
    st.lists(KNOWN | st.text(max_size=6), max_size=12),
)
def test_every_candidate_has_a_probability(pattern: str, lemma: str, features: list[str]) -> None:
    weights = shipped_weights()
    given_candidate = replace(SAID, pattern=pattern, lemma=lemma, features=tuple(features))
    probability = weights.probability(given_candidate)
    assert 0.0 < probability < 1.0
    again = replace(given_candidate, features=tuple(reversed(features)))
    assert weights.probability(again) == pytest.approx(probability)

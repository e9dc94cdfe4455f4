"""Weigh a candidate: how often was such a construction with such a cue an attribution?

The weights are those of a logistic regression over named features (cue, construction, source,
content), fitted to PolNeAR's train part by `quotes.training.cue_weights`; what they add up to is a
probability. They are a lexicon that can be read and diffed: `weights.json`, one feature a line.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from quotes.extraction.select import Scored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.extraction.candidates import Candidate

WEIGHTS = "weights.json"
_APART = {
    "outer=say": "outer=no",
    "outer=think": "outer=no",
    "outer=deep": "outer=no",
    "dep=ccomp": "dep=ROOT",
    "head-says": "",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Feature weights with their intercept, the accepting threshold, and a hash of it all."""

    intercept: float
    threshold: float
    features: dict[str, float]
    digest: str

    def probability(self, candidate: Candidate) -> float:
        """Return how likely it is that the candidate is an attribution, source included."""
        total = self.intercept
        for name in set(feature_names(candidate)):
            total += self.features.get(name, 0.0)
        return 1.0 / (1.0 + math.exp(-total))

    def scored(self, candidate: Candidate) -> Scored:
        """Return the candidate with its probability here and, for reported ones, by itself.

        PolNeAR marks one attribution where one reports another, so the other counts as wrong there;
        by itself means: with the features that tell of the other set as if there were none.
        """
        here = self.probability(candidate)
        features = tuple(_APART.get(f, f) for f in candidate.features)
        if features == candidate.features:
            return Scored(candidate, here, here)
        return Scored(candidate, here, self.probability(replace(candidate, features=features)))


def feature_names(candidate: Candidate) -> Iterator[str]:
    """Yield the names of a candidate's features, with those joined to its construction."""
    pattern = candidate.pattern
    family = pattern.split("-")[0].split(":")[0].split("+")[0]
    yield f"pattern={pattern}"
    yield f"cue={candidate.lemma}"
    yield f"pattern={pattern}|cue={candidate.lemma}"
    yield f"{family}|cue={candidate.lemma}"
    for feature in candidate.features:
        yield f"{family}|{feature}"
        if family != "direct":
            # What makes a clause unlikely says nothing of words in marks, so these share nothing.
            yield feature


@cache
def shipped_weights() -> Weights:
    """Return the weights that come with the package."""
    raw = files("quotes.extraction").joinpath(WEIGHTS).read_bytes()
    content = json.loads(raw)
    return Weights(
        intercept=content["intercept"],
        threshold=content["threshold"],
        features=content["features"],
        digest="sha256:" + hashlib.sha256(raw).hexdigest(),
    )

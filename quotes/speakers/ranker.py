"""Which candidate a pronoun takes up, learned: a softmax over all of them and nobody.

A conditional logit, as Denis and Baldridge (2008) rank antecedents, with a null candidate. Its
weights are a line each in `ranker.json`, fitted by `quotes.training.pronouns`.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from quotes.errors import CorruptModel
from quotes.speakers.candidates import FEATURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.speakers.candidates import Candidate

WEIGHTS = "ranker.json"


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of the features; nobody has the score 0, `intercept` is everybody's own.

    A candidate is taken whose probability is `threshold` or more.
    """

    weights: tuple[float, ...]
    intercept: float
    threshold: float
    digest: str = ""

    def score(self, candidate: Candidate) -> float:
        """Return what speaks for a candidate, on the scale of log odds against nobody."""
        pairs = zip(self.weights, candidate.features, strict=True)
        return self.intercept + sum(weight * value for weight, value in pairs)

    def probabilities(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return each candidate's probability; what is missing to 1 is nobody's."""
        scores = [self.score(candidate) for candidate in candidates]
        highest = max([0.0, *scores])
        shares = [math.exp(score - highest) for score in scores]
        total = sum(shares) + math.exp(-highest)
        return [share / total for share in shares]

    def choose(self, _: int, candidates: Sequence[Candidate], /) -> tuple[Candidate, float] | None:
        """Return the likeliest candidate with its probability, or None where it is not enough.

        The pronoun's token comes first; training keeps account by it.
        """
        if not candidates:
            return None
        ranked = zip(self.probabilities(candidates), candidates, strict=True)
        probability, best = max(ranked, key=lambda item: item[0])
        return (best, probability) if probability >= self.threshold else None


@cache
def shipped_ranker() -> Ranker:
    """Return the ranker that comes with the package; raises CorruptModel where it is damaged."""
    content = files("quotes.speakers").joinpath(WEIGHTS).read_bytes()
    try:
        given = json.loads(content)
        weights = tuple(float(given["weights"][name]) for name in FEATURES)
        intercept, threshold = float(given["intercept"]), float(given["threshold"])
    except (ValueError, KeyError, TypeError) as error:
        raise CorruptModel(
            f"{WEIGHTS} of quotes.speakers cannot be read ({error})",
            hint="install the package again: pip install --force-reinstall quotes",
        ) from error
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    return Ranker(weights, intercept, threshold, digest)

"""How sure a finding is: a logistic regression over the network's own chances (Platt, 1999)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotes.extraction.learned.decoding import CONTENT, NEITHER, SOURCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.extraction.learned.findings import Finding
    from quotes.quotation import Kind

_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Calibration:
    """A weight for each measure of a finding, and the confidence it needs to be kept."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float

    def confidence(self, finding: Finding, kind: Kind) -> float:
        """Return how likely it is that content and source are right."""
        given = measures(finding, kind)
        total = self.intercept + sum(w * given.get(name, 0.0) for name, w in self.weights.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def measures(finding: Finding, kind: Kind) -> dict[str, float]:
    """Return what a finding's confidence is weighed from, by name."""
    roles, chances = finding.roles.roles, finding.roles.chances
    content, source = roles == CONTENT, roles == SOURCE
    return {
        "cue": _logit(finding.chance),
        "path": max(-20.0, finding.roles.whole),
        "content": _logit(float(chances[content, CONTENT].mean()) if content.any() else 0.0),
        "edges": _logit(_weakest_edge(finding)),
        "source": _logit(float(chances[source, SOURCE].mean()) if source.any() else 0.5),
        "no-source": 0.0 if source.any() else 1.0,
        "no-source-chance": _logit(_no_source(finding)) if not source.any() else 0.0,
        "length": math.log(1.0 + float(content.sum())),
        f"kind={kind}": 1.0,
    }


def _no_source(finding: Finding) -> float:
    return float(1.0 - finding.roles.chances[:, SOURCE].max(initial=0.0))


def _weakest_edge(finding: Finding) -> float:
    """Return the least chance that what stands just beside the content is not content."""
    roles, chances = finding.roles.roles, finding.roles.chances
    content = roles == CONTENT
    beside = np.zeros(len(roles), np.bool_)
    beside[1:] |= content[:-1]
    beside[:-1] |= content[1:]
    beside &= roles == NEITHER
    inner = float(chances[content, CONTENT].min(initial=1.0))
    return min(inner, float((1.0 - chances[beside, CONTENT]).min(initial=1.0)))


def _logit(chance: float) -> float:
    bounded = min(1.0 - _LEAST, max(_LEAST, chance))
    return math.log(bounded / (1.0 - bounded))

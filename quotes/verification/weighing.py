"""What an alignment of a claim with a passage is worth: altered, a paraphrase, or neither.

Gradient-boosted trees (Friedman, 2001) over what the alignment has left and, where there is an
encoder, the likeness in meaning; fitted by `quotes.training.agreement` to claims written for that.
There are two sets of trees, with and without likeness.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Any, Final

from quotes.errors import CorruptModel
from quotes.verification.changes import MATTERS, Kind
from quotes.verification.likeness import NAMES, Likeness
from quotes.verification.stance import STANCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.verification.changes import Reading

WEIGHTS: Final = "agreement.json"
CLASSES: Final = ("none", "paraphrase", "altered")
_GRAVE: Final = tuple(kind for kind in Kind if kind in MATTERS)
#: What the trees see, in this order; the likeness only those that are given it.
FEATURES: Final = (
    "aligned",
    "kept",
    "placed",
    "same",
    "bearing",
    "hard",
    "soft",
    "reworded",
    "skipped",
    "led in",
    "length",
    "words",
    *(str(kind) for kind in Kind),
    *(f"hard {kind}" for kind in _GRAVE),
    *STANCES,
    *NAMES,
)
_ELSE: Final = 0.5
_MOST_BEARING: Final = 8
_MOST_WORDS: Final = 30
_LONGEST: Final = 3.0


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees: for each stage one of each class, its nodes `[feature, cut, left, right]`.

    A leaf is `[-1, value, 0, 0]`. `start` holds each class's score before the first stage.
    """

    start: tuple[float, ...]
    stages: tuple[tuple[tuple[tuple[int, float, int, int], ...], ...], ...]

    def chances(self, values: Sequence[float]) -> list[float]:
        """Return the chance of each of CLASSES."""
        scores = list(self.start)
        for stage in self.stages:
            for place, nodes in enumerate(stage):
                at = 0
                while (node := nodes[at])[0] >= 0:
                    at = node[2] if values[node[0]] <= node[1] else node[3]
                scores[place] += node[1]
        highest = max(scores)
        shares = [exp(score - highest) for score in scores]
        return [share / sum(shares) for share in shares]


def features(
    reading: Reading | None, *, claim: str, passage: str, likeness: Likeness | None
) -> list[float]:
    """Return the values of FEATURES; those of the likeness are 0 without one."""
    meant = (likeness or Likeness()).values
    length = min(_LONGEST, len(claim) / max(1, len(passage)))
    words = min(_MOST_WORDS, len(claim.split())) / _MOST_WORDS
    if reading is None:
        left = [0.0] * 10 + [length, words] + [0.0] * (len(Kind) + len(_GRAVE) + len(STANCES))
        return [*left, *meant]
    kinds = [change.kind for change in reading.changes]
    hard = [change.kind for change in reading.changes if change.hard]
    return [
        1.0,
        reading.kept,
        reading.placed,
        reading.same,
        min(reading.bearing, _MOST_BEARING) / _MOST_BEARING,
        float(reading.hard),
        float(reading.soft),
        float(reading.reworded),
        min(_LONGEST, reading.skipped / max(1, reading.bearing)),
        float(reading.led_in),
        length,
        words,
        *(float(kinds.count(kind)) for kind in Kind),
        *(float(hard.count(kind)) for kind in _GRAVE),
        *reading.stance.values,
        *meant,
    ]


def weigh(
    reading: Reading | None, *, claim: str, passage: str, likeness: Likeness | None = None
) -> dict[str, float]:
    """Return the chance of each of CLASSES; raises CorruptModel where the trees are damaged."""
    values = features(reading, claim=claim, passage=passage, likeness=likeness)
    chances = _trees()["without" if likeness is None else "with"].chances(values)
    # Claims of the training set that are no statement of the passage were made to look like one.
    chances[0] *= _ELSE
    return {name: one / sum(chances) for name, one in zip(CLASSES, chances, strict=True)}


@cache
def _trees() -> dict[str, Trees]:
    content = files("quotes.verification").joinpath(WEIGHTS).read_bytes()
    try:
        given = json.loads(content)
        if given["features"] != list(FEATURES):
            raise ValueError("its features are those of another version")
        return {name: _read(given[name]) for name in ("with", "without")}
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise CorruptModel(
            f"{WEIGHTS} of quotes.verification cannot be read ({error})",
            hint="install the package again: pip install --force-reinstall quotes",
        ) from error


def _read(given: dict[str, Any]) -> Trees:
    stages = tuple(
        tuple(
            tuple((int(f), float(v), int(low), int(high)) for f, v, low, high in nodes)
            for nodes in stage
        )
        for stage in given["stages"]
    )
    return Trees(tuple(float(one) for one in given["start"]), stages)

"""Fit the trees that tell an altered statement from a paraphrase and from another statement.

    python -m quotes.training.agreement fixtures/claims/pairs.jsonl \\
        --output quotes/verification/agreement.json

A line is `{"content", "speaker", "claim", "kind"}`: what was said, who the text says it was, what
somebody claims of it, and how the claim was written (see `KINDS`). Each claim is also held against
contents that it does not rest on, for most candidates of a claim are such, and half of the contents
are joined with another's, for a quotation often holds several statements. Printed are the figures
of a five-fold cross-validation in which all claims of one content are held out together.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from quotes.vectors.encoder import Encoder
from quotes.verification.agreement import Agreement
from quotes.verification.compare import Claim, aligned, compare
from quotes.verification.likeness import NAMES, Pieces, likeness
from quotes.verification.weighing import CLASSES, FEATURES, features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotes.records import PassageRecord

#: The class of each way to write a claim.
KINDS: Final = {
    "light": "paraphrase",
    "heavy": "paraphrase",
    "heavy2": "paraphrase",
    "short": "paraphrase",
    "altered1": "altered",
    "altered2": "altered",
    "altered3": "altered",
    "altered4": "altered",
    "other": "none",
    "other1": "none",
    "other2": "none",
}
_FOLDS: Final = 5
# Contents that a claim does not rest on: of the nearest so many, how many, and of all the others.
_NEAREST: Final = 10
_NEAR: Final = 3
_OTHERS: Final = 1
_OTHER: Final = 0.15
# Contents nearer than this may be tellings of one statement.
_TELLINGS: Final = 0.72
_JOINED: Final = 0.5
_LONGEST: Final = 400
_STAGES: Final = 120
_DEPTH: Final = 3
_RATE: Final = 0.07


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim held against a content; `group` is the content that the claim was written for.

    It counts `weight` times: a content that the claim does not rest on counts little.
    """

    values: tuple[float, ...]
    label: int
    group: int
    weight: float = 1.0


class _Reader:
    """Reads the lines of a file as pairs; it holds what the steps share."""

    def __init__(self, rows: Sequence[dict[str, str]], encoder: Encoder) -> None:
        self._rows = rows
        self._encoder = encoder
        self._contents = list(dict.fromkeys(row["content"] for row in rows))
        self._read: dict[str, Pieces] = {}
        vectors = np.stack([self._pieces(content).vector for content in self._contents])
        self._closeness = vectors @ vectors.T
        self._drawn = random.Random(1)

    def pairs(self) -> list[Pair]:
        """Return the pairs, those of each claim with contents it does not rest on among them."""
        place = {content: number for number, content in enumerate(self._contents)}
        pairs = []
        for row in self._rows:
            group = place[row["content"]]
            label = CLASSES.index(KINDS[row["kind"]])
            found = [self._pair(row, self._joined(group), label, group)]
            found += [
                self._pair(row, self._joined(other), CLASSES.index("none"), group, _OTHER)
                for other in self._elsewhere(group)
            ]
            pairs += [pair for pair in found if pair is not None]
        return pairs

    def _elsewhere(self, group: int) -> list[int]:
        far = self._closeness[group] < _TELLINGS
        order = [int(one) for one in np.argsort(-self._closeness[group]) if far[one]]
        near, others = order[:_NEAREST], order[_NEAREST:]
        drawn = self._drawn.sample(near, k=min(_NEAR, len(near)))
        return drawn + self._drawn.sample(others, k=min(_OTHERS, len(others)))

    def _joined(self, number: int) -> str:
        """Return a content, as often as not with that before it or behind it in the file."""
        content = self._contents[number]
        other = number + self._drawn.choice((-1, 1))
        if not 0 <= other < len(self._contents) or self._drawn.random() >= _JOINED:
            return content
        more = self._contents[other]
        if self._closeness[number, other] >= _TELLINGS or len(more) > _LONGEST:
            return content
        return f"{content} {more}" if other > number else f"{more} {content}"

    def _pair(
        self, row: dict[str, str], content: str, label: int, group: int, weight: float = 1.0
    ) -> Pair | None:
        if weight < 1 and row["content"] in content:
            return None
        names = {
            word.casefold()
            for word in row["speaker"].replace(",", " ").split()
            if word[:1].isupper()
        }
        claim = Claim(row["claim"])
        record = _passage(content)
        if compare(claim, record, reworded=False).agreement is Agreement.VERBATIM:
            return None
        beside = aligned(claim, record, speaker=names)
        values = features(
            beside.reading if beside else None,
            claim=claim.core,
            passage=beside.sentences if beside else content,
            likeness=likeness(self._pieces(claim.core), self._pieces(content)),
        )
        return Pair(tuple(values), label, group, weight)

    def _pieces(self, text: str) -> Pieces:
        if text not in self._read:
            self._read[text] = Pieces(text, *self._encoder.states(text))
        return self._read[text]


def read_pairs(path: Path, encoder: Encoder) -> list[Pair]:
    """Return the pairs of a file, and of each claim with some contents it does not rest on."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return _Reader(rows, encoder).pairs()


def _passage(text: str) -> PassageRecord:
    return {"text": text, "start": 0, "end": len(text), "spans": [[0, len(text)]]}


def fit(
    values: NDArray[np.float64], labels: NDArray[np.int64], weights: NDArray[np.float64]
) -> GradientBoostingClassifier:
    """Return trees fitted to pairs `[pairs, features]` that count so much each."""
    model = GradientBoostingClassifier(
        n_estimators=_STAGES,
        max_depth=_DEPTH,
        learning_rate=_RATE,
        subsample=0.6,
        min_samples_leaf=8,
        max_features=0.5,
        random_state=0,
    )
    model.fit(values, labels, sample_weight=weights)
    return model


def held_out(pairs: Sequence[Pair], *, meant: bool) -> NDArray[np.int64]:
    """Return a table `[right class, given class]` of claims whose content was held out."""
    values, labels, groups, weights = _arrays(pairs, meant=meant)
    table = np.zeros((len(CLASSES), len(CLASSES)), np.int64)
    for fold in range(_FOLDS):
        out = groups % _FOLDS == fold
        model = fit(values[~out], labels[~out], weights[~out])
        own = out & (weights == 1.0)
        np.add.at(table, (labels[own], model.predict(values[own])), 1)
    return table


def _arrays(
    pairs: Sequence[Pair], *, meant: bool
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    values = np.array([pair.values for pair in pairs])
    if not meant:
        values[:, -len(NAMES) :] = 0.0
    labels = np.array([pair.label for pair in pairs])
    groups = np.array([pair.group for pair in pairs])
    return values, labels, groups, np.array([pair.weight for pair in pairs])


def exported(model: GradientBoostingClassifier) -> dict[str, Any]:
    """Return the trees as JSON holds them."""
    start = np.log(np.clip(model.init_.class_prior_, 1e-9, 1.0))
    stages = []
    for stage in model.estimators_:
        trees = []
        for estimator in stage:
            tree = estimator.tree_
            trees.append(
                [
                    [-1, round(_RATE * float(tree.value[node, 0, 0]), 5), 0, 0]
                    if tree.children_left[node] < 0
                    else [
                        int(tree.feature[node]),
                        round(float(tree.threshold[node]), 5),
                        int(tree.children_left[node]),
                        int(tree.children_right[node]),
                    ]
                    for node in range(tree.node_count)
                ]
            )
        stages.append(trees)
    return {"start": [round(float(one), 5) for one in start], "stages": stages}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the pairs, cross-validate, fit, and write the trees."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    pairs = read_pairs(options.pairs, Encoder())
    content: dict[str, Any] = {"features": list(FEATURES), "held_out": {}}
    for name, meant in (("with", True), ("without", False)):
        table = held_out(pairs, meant=meant)
        content["held_out"][name] = table.tolist()
        share = float(np.trace(table) / table.sum())
        print(f"{name} likeness: {share:.3f} of {table.sum()}", table.tolist(), file=sys.stderr)
        values, labels, _, weights = _arrays(pairs, meant=meant)
        content[name] = exported(fit(values, labels, weights))
    options.output.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Fit the cue lexicon's weights to an annotated corpus in PolNeAR's layout.

    python -m quotes.training.cue_weights CORPUS/train --output quotes/extraction/weights.json

A candidate counts as right where its content shares half or more of the characters with a gold
content (Jaccard) and its source overlaps the gold source, or both have none. The fit is a logistic
regression with an L2 penalty; the threshold is the one with the best F1 on held-out articles in
cross-validation (the highest within half a point of it), so a dev part stays unseen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.evaluation.corpus import GoldDocument, read_corpus
from quotes.evaluation.matching import characters
from quotes.extraction.propose import propose
from quotes.extraction.reading import Reading
from quotes.extraction.scoring import feature_names
from quotes.extraction.select import Scored, select
from quotes.nlp import load_parser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from quotes.extraction.candidates import Candidate

_FOLDS = 5
_RAREST = 3
_SMALLEST = 0.03
_THRESHOLDS = tuple(t / 100 for t in range(20, 56, 5))


@dataclass(frozen=True, slots=True)
class Article:
    """One article's candidates, whether each is right, and how many attributions gold has.

    `target` is the number of the gold attribution that a candidate matches, or -1.
    """

    candidates: tuple[Candidate, ...]
    targets: tuple[int, ...]
    gold: int


@dataclass(frozen=True, slots=True)
class Fit:
    """What a logistic regression learned: a weight for each named feature."""

    intercept: float
    features: dict[str, float]

    def logit(self, candidate: Candidate) -> float:
        """Return the log-odds that a candidate is right."""
        names = set(feature_names(candidate))
        return self.intercept + sum(self.features.get(name, 0.0) for name in names)


def article(doc: Doc, gold: GoldDocument) -> Article:
    """Propose candidates for a parsed article and judge each against its annotation."""
    text = gold.text
    wanted = [(characters(text, q.content), characters(text, q.source)) for q in gold.quotations]
    candidates = tuple(propose(Reading(doc)))
    targets = []
    for candidate in candidates:
        content = characters(text, candidate.content)
        source = characters(text, candidate.source)
        best, target = 0.5, -1
        for number, (their_content, their_source) in enumerate(wanted):
            shared = len(content & their_content)
            same_source = bool(source & their_source) or not (source or their_source)
            if shared and same_source and shared / len(content | their_content) >= best:
                best, target = shared / len(content | their_content), number
        targets.append(target)
    return Article(candidates, tuple(targets), len(wanted))


def fit(articles: Sequence[Article], *, penalty: float) -> Fit:
    """Fit the weights; features seen in fewer than three candidates are left out."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [(set(feature_names(c)), t >= 0) for a in articles for c, t in _pairs(a)]
    counts = Counter(name for names, _ in rows for name in names)
    vocabulary = {n: i for i, n in enumerate(sorted(k for k, v in counts.items() if v >= _RAREST))}
    indices: list[int] = []
    ends = [0]
    for names, _ in rows:
        indices.extend(sorted(vocabulary[n] for n in names if n in vocabulary))
        ends.append(len(indices))
    matrix = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(rows), len(vocabulary)))
    model = LogisticRegression(C=1.0 / penalty, max_iter=300, solver="liblinear", random_state=0)
    model.fit(matrix, np.array([right for _, right in rows]))
    weights = model.coef_[0]
    kept = {n: round(float(weights[i]), 3) for n, i in vocabulary.items()}
    return Fit(
        intercept=round(float(model.intercept_[0]), 4),
        features={n: w for n, w in kept.items() if abs(w) >= _SMALLEST},
    )


def _pairs(item: Article) -> list[tuple[Candidate, int]]:
    return list(zip(item.candidates, item.targets, strict=True))


def cross_validated(articles: Sequence[Article], *, penalty: float) -> dict[float, float]:
    """Return the F1 on held-out articles for each threshold."""
    import math

    tallies = {threshold: [0, 0, 0] for threshold in _THRESHOLDS}
    for fold in range(_FOLDS):
        fitted = fit([a for i, a in enumerate(articles) if i % _FOLDS != fold], penalty=penalty)
        for item in articles[fold::_FOLDS]:
            scored = [Scored(c, 1.0 / (1.0 + math.exp(-fitted.logit(c)))) for c in item.candidates]
            targets = {id(c): t for c, t in _pairs(item)}
            for threshold, tally in tallies.items():
                chosen = [c for _, c in select(scored, threshold=threshold)]
                tally[0] += len({targets[id(c)] for c in chosen} - {-1})
                tally[1] += len(chosen)
                tally[2] += item.gold
    return {t: 200 * hit / max(1, found + gold) for t, (hit, found, gold) in tallies.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the corpus, cross-validate, fit on all of it, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--penalty", type=float, default=3.0, help="strength of the L2 penalty")
    options = parser.parse_args(arguments)
    corpus = read_corpus(options.corpus)
    docs = load_parser("spacy").pipe(d.text for d in corpus.documents)
    articles = [article(doc, gold) for doc, gold in zip(docs, corpus.documents, strict=True)]
    write(options.output, articles, penalty=options.penalty, digest=corpus.digest)


def write(output: Path, articles: Sequence[Article], *, penalty: float, digest: str) -> None:
    """Cross-validate, fit on all articles, and write the weights as JSON, a feature a line."""
    held_out = cross_validated(articles, penalty=penalty)
    # Near the best F1 the most precise threshold wins: users check what they are shown.
    threshold = max(t for t, f1 in held_out.items() if f1 >= max(held_out.values()) - 0.5)
    fitted = fit(articles, penalty=penalty)
    content: dict[str, Any] = {
        "corpus": digest,
        "penalty": penalty,
        "held_out_f1": {f"{t:.2f}": round(f1, 2) for t, f1 in held_out.items()},
        "threshold": threshold,
        "intercept": fitted.intercept,
        "features": dict(sorted(fitted.features.items())),
    }
    output.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(fitted.features)} features, held-out F1 {held_out}", file=sys.stderr)


if __name__ == "__main__":
    main()

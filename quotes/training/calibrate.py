"""Fit how sure a finding is to how often such findings are right, and how sure it must be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quotes.evaluation.matching import Candidate as Matched
from quotes.evaluation.matching import characters, match
from quotes.extraction.learned.choose import choose
from quotes.extraction.learned.confidence import Calibration, measures
from quotes.extraction.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from quotes.evaluation.corpus import GoldDocument
    from quotes.extraction.learned.choose import Judged
    from quotes.extraction.learned.extractor import LearnedExtractor

_THRESHOLDS = tuple(t / 100 for t in range(15, 61))
_PENALTY = 1.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """One text's findings and annotations as they are matched, and which findings are right."""

    reading: Reading
    pool: tuple[Judged, ...]
    given: tuple[Matched, ...]
    wanted: tuple[Matched, ...]
    right: tuple[bool, ...]


def judge(extractor: LearnedExtractor, doc: Doc, gold: GoldDocument) -> Judgement:
    """Find everything in a text and hold each finding against its annotation."""
    reading, text = Reading(doc), gold.text
    pool = tuple(extractor.judged(reading))
    given = tuple(
        Matched(characters(text, j.candidate.content), characters(text, j.candidate.source))
        for j in pool
    )
    wanted = tuple(
        Matched(characters(text, q.content), characters(text, q.source)) for q in gold.quotations
    )
    hits = {m.predicted for m in match(given, wanted) if m.source_found}
    return Judgement(reading, pool, given, wanted, tuple(i in hits for i in range(len(pool))))


def calibrate(judgements: Sequence[Judgement]) -> Calibration:
    """Return the calibration, and the threshold with the best F1 of attributions."""
    fitted = _fit(judgements)
    scores = {t: f1(judgements, replace(fitted, threshold=t)) for t in _THRESHOLDS}
    return replace(fitted, threshold=max(scores, key=lambda t: scores[t]))


def f1(judgements: Sequence[Judgement], calibration: Calibration) -> float:
    """Return the F1 of attributions, in percent, with a calibration."""
    right = predicted = gold = 0
    for one in judgements:
        pool = {
            replace(j, confidence=calibration.confidence(j.finding, j.kind)): given
            for j, given in zip(one.pool, one.given, strict=True)
        }
        kept = choose(one.reading, pool, threshold=calibration.threshold)
        right += sum(m.source_found for m in match([pool[j] for j in kept], one.wanted))
        predicted += len(kept)
        gold += len(one.wanted)
    return 200.0 * right / max(1, predicted + gold)


def _fit(judgements: Sequence[Judgement]) -> Calibration:
    from sklearn.linear_model import LogisticRegression

    rows = [measures(j.finding, j.kind) for one in judgements for j in one.pool]
    names = sorted({name for row in rows for name in row})
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    model = LogisticRegression(C=1.0 / _PENALTY, max_iter=2000)
    model.fit(table, np.array([r for one in judgements for r in one.right]))
    weights = {n: round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True)}
    return Calibration(round(float(model.intercept_[0]), 4), weights, 0.5)

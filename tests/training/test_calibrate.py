"""How sure a finding is and must be: often right when sure, and the threshold with the best F1."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from quotes.evaluation.matching import Candidate as Matched
from quotes.extraction.candidates import Candidate
from quotes.extraction.learned.choose import Judged
from quotes.extraction.learned.confidence import Calibration
from quotes.extraction.learned.decoding import CONTENT, SOURCE, Roles
from quotes.extraction.learned.extractor import LearnedExtractor, Trained
from quotes.extraction.learned.features import Vocabulary
from quotes.extraction.learned.findings import Finding
from quotes.extraction.reading import Reading
from quotes.quotation import Kind
from quotes.spans import Span
from quotes.training import calibrate as fitting
from quotes.training.calibrate import Judgement, calibrate, f1, judge
from tests.extraction.learned.made import doc_of
from tests.extraction.learned.word_scorer import WordScorer
from tests.training.made import gold_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.nlp.parser import Parser

TEXT = "x" * 999
BY_CUE = Calibration(0.0, {"cue": 1.0}, 0.5)


def judgement(found: Sequence[tuple[float, bool]], *, missed: int = 0) -> Judgement:
    """Return findings, apart from each other, by their cue's chance and whether they are right."""
    pool, given, wanted = [], [], []
    roles = np.array([SOURCE, CONTENT], np.int64)
    chances = np.full((2, 3), 0.3, np.float32)
    for number, (chance, right) in enumerate(found):
        start = 10 * number
        candidate = Candidate(
            pattern="learned",
            lemma="say",
            content=(Span(start, start + 4),),
            cue=(Span(start + 4, start + 6),),
            source=(Span(start + 6, start + 9),),
            cue_at=start + 4,
        )
        finding = Finding(0, 1, chance, 0, Roles(roles, chances, -1.0))
        pool.append(Judged(candidate, Kind.INDIRECT, chance, finding))
        matched = Matched(
            frozenset(range(start, start + 4)), frozenset(range(start + 6, start + 9))
        )
        given.append(matched)
        if right:
            wanted.append(matched)
    wanted.extend(Matched(frozenset({900 + i}), frozenset({950 + i})) for i in range(missed))
    return Judgement(
        Reading(doc_of(TEXT)),
        tuple(pool),
        tuple(given),
        tuple(wanted),
        tuple(right for _, right in found),
    )


class TestF1:
    """Of attributions, in percent."""

    @pytest.mark.parametrize(
        ("threshold", "expected"),
        [
            (0.5, 200 * 2 / (2 + 4)),
            (0.35, 200 * 2 / (3 + 4)),
            (0.2, 200 * 3 / (4 + 4)),
            (0.95, 0.0),
        ],
    )
    def test_it_is_that_of_what_is_kept(self, threshold: float, expected: float) -> None:
        one = judgement([(0.9, True), (0.7, True), (0.4, False), (0.3, True)], missed=1)
        assert f1([one], replace(BY_CUE, threshold=threshold)) == pytest.approx(expected)

    def test_texts_count_together(self) -> None:
        several = [judgement([(0.9, True)]), judgement([(0.9, False)], missed=2)]
        assert f1(several, BY_CUE) == pytest.approx(200 * 1 / (2 + 3))

    def test_of_nothing_it_is_nothing(self) -> None:
        assert f1([judgement([])], BY_CUE) == 0.0

    def test_the_calibration_given_decides_not_the_one_before(self) -> None:
        one = judgement([(0.9, True), (0.6, False)])
        assert f1([one], replace(BY_CUE, intercept=-1.0)) == 100.0


@pytest.fixture(scope="module")
def judgements() -> list[Judgement]:
    """Texts of findings that are right as often as their cues are likely."""
    pytest.importorskip("sklearn", reason="training needs: pip install 'quotes[train]'")
    random = np.random.default_rng(0)
    chances = random.uniform(0.02, 0.98, (12, 60))
    right = random.random(chances.shape) < chances
    return [
        judgement([(float(c), bool(r)) for c, r in zip(*row, strict=True)])
        for row in zip(chances, right, strict=True)
    ]


@pytest.fixture(scope="module")
def fitted(judgements: list[Judgement]) -> Calibration:
    """What is fitted to them."""
    return calibrate(judgements)


class TestCalibrate:
    """The fit on findings whose cues are as sure as they are often right."""

    def test_confidence_is_how_often_such_findings_are_right(
        self, judgements: list[Judgement], fitted: Calibration
    ) -> None:
        pool = [j for one in judgements for j in one.pool]
        sure = np.array([fitted.confidence(j.finding, j.kind) for j in pool])
        right = np.array([r for one in judgements for r in one.right])
        for low in (0.0, 0.25, 0.5, 0.75):
            within = (sure >= low) & (sure < low + 0.25)
            assert sure[within].mean() == pytest.approx(right[within].mean(), abs=0.1)

    def test_a_surer_cue_makes_a_finding_surer(self, fitted: Calibration) -> None:
        assert fitted.weights["cue"] > 0

    def test_the_threshold_is_the_one_with_the_best_f1(
        self, judgements: list[Judgement], fitted: Calibration
    ) -> None:
        tried = {t: f1(judgements, replace(fitted, threshold=t)) for t in fitting._THRESHOLDS}
        assert tried[fitted.threshold] == max(tried.values()) > min(tried.values())


@pytest.mark.model
@pytest.mark.parametrize(
    ("gold", "right"),
    [
        ([("tolls", "said", "Mara")], (True,)),
        ([("tolls", "said", "clerk")], (False,)),
        ([("tolls", "said", "")], (False,)),
        ([("The clerk waits", "said", "Mara")], (False,)),
        ([], (False,)),
    ],
)
def test_a_finding_is_right_where_content_and_source_are(
    parser: Parser, gold: list[tuple[str, str, str]], right: tuple[bool, ...]
) -> None:
    text = "The clerk waits. Mara said tolls."
    trained = Trained(WordScorer(), Vocabulary({}, {}), BY_CUE, 0.5)
    extractor = LearnedExtractor(trained=trained)
    judged = judge(extractor, parser.parse(text), gold_of(text, gold))
    assert judged.right == right
    assert len(judged.given) == len(judged.pool) == 1
    assert len(judged.wanted) == len(gold)

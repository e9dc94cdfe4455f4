"""Precision, recall and F1 of predicted attributions against an annotated corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.evaluation.matching import (
    Candidate,
    Match,
    characters,
    core,
    kind_by_marks,
    match,
)
from quotes.evaluation.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.evaluation.corpus import Corpus, GoldDocument, GoldQuotation
    from quotes.evaluation.predictions import Prediction, Predictions
    from quotes.quotation import Kind
    from quotes.spans import Spans

ROLES = ("source", "cue", "content")


@dataclass(slots=True)
class Tally:
    """True positives among the predicted and the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        """Count one document more."""
        self.right += right
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        """The share of the predicted that is right, in percent."""
        return percent(self.right, self.predicted)

    @property
    def recall(self) -> float:
        """The share of the gold that was found, in percent."""
        return percent(self.right, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two, in percent."""
        return 2 * percent(self.right, self.predicted + self.gold)


@dataclass(slots=True)
class KindTally:
    """One kind: gold found by content, found with its source; how many were predicted as it."""

    found: int = 0
    with_source: int = 0
    gold: int = 0
    predicted: int = 0
    predicted_right: int = 0

    @property
    def precision(self) -> float:
        """The share of those predicted as this kind that match a gold one with its source."""
        return percent(self.predicted_right, self.predicted)

    @property
    def recall(self) -> float:
        """The share of the gold of this kind found with its source, whatever kind it was given."""
        return percent(self.with_source, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two, in percent."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Scores:
    """All the figures of one evaluation."""

    documents: int = 0
    attribution: Tally = field(default_factory=Tally)
    content: Tally = field(default_factory=Tally)
    exact: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in ROLES})
    overlap: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in ROLES})
    kinds: dict[Kind, KindTally] = field(default_factory=lambda: defaultdict(KindTally))
    kind_agreement: Counter[bool] = field(default_factory=Counter)
    act_agreement: Counter[bool] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    # The confidence of each attribution that has one, and whether it is right, source and all.
    judged: list[tuple[float, bool]] = field(default_factory=list)


def percent(part: int, whole: int) -> float:
    """Return the percentage, 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def score(corpus: Corpus, predictions: Predictions) -> Scores:
    """Score the predictions, which are given by document name; a missing name counts as none."""
    scores = Scores()
    kinds_annotated = any(q.kind for d in corpus.documents for q in d.quotations)
    for document in corpus.documents:
        predicted = [p for p in predictions.get(document.name, ()) if p.content]
        scores.documents += 1
        _count_spans(scores, document, predicted)
        matches = _count_attributions(scores, document, predicted)
        _count_kinds(scores, document, predicted, matches, annotated=kinds_annotated)
        _count_agreement(scores, document, predicted, matches)
        scores.judged += _judged(predicted, matches)
        if corpus.names_speakers:
            _count_speakers(scores, document, predicted, matches)
    return scores


def _count_spans(scores: Scores, document: GoldDocument, predicted: Sequence[Prediction]) -> None:
    text = document.text
    for role in ROLES:
        gold_spans: list[Spans] = [getattr(q, role) for q in document.quotations]
        predicted_spans: list[Spans] = [getattr(p, role) for p in predicted]
        gold_cores = {core(text, spans) for spans in gold_spans} - {None}
        predicted_cores = {core(text, spans) for spans in predicted_spans} - {None}
        scores.exact[role].add(
            len(gold_cores & predicted_cores), len(predicted_cores), len(gold_cores)
        )
        gold_chars = _union(text, gold_spans)
        predicted_chars = _union(text, predicted_spans)
        scores.overlap[role].add(
            len(gold_chars & predicted_chars), len(predicted_chars), len(gold_chars)
        )


def _union(text: str, listed: Iterable[Spans]) -> set[int]:
    return set().union(*(characters(text, spans) for spans in listed))


def _count_attributions(
    scores: Scores, document: GoldDocument, predicted: Sequence[Prediction]
) -> list[Match]:
    matches = match(
        [_candidate(document.text, p) for p in predicted],
        [_candidate(document.text, q) for q in document.quotations],
    )
    with_source = sum(m.source_found for m in matches)
    scores.content.add(len(matches), len(predicted), len(document.quotations))
    scores.attribution.add(with_source, len(predicted), len(document.quotations))
    return matches


def _candidate(text: str, item: Prediction | GoldQuotation) -> Candidate:
    return Candidate(characters(text, item.content), characters(text, item.source))


def _count_kinds(
    scores: Scores,
    document: GoldDocument,
    predicted: Sequence[Prediction],
    matches: Sequence[Match],
    *,
    annotated: bool,
) -> None:
    # Where the corpus does not annotate kinds, both sides are judged by their marks alike.
    def kind_of(item: Prediction | GoldQuotation) -> Kind:
        given = item.kind if annotated else None
        return given or kind_by_marks(document.text, item.content)

    for gold in document.quotations:
        scores.kinds[kind_of(gold)].gold += 1
    for prediction in predicted:
        scores.kinds[kind_of(prediction)].predicted += 1
    for found in matches:
        by_gold = scores.kinds[kind_of(document.quotations[found.gold])]
        by_gold.found += 1
        by_gold.with_source += found.source_found
        by_prediction = scores.kinds[kind_of(predicted[found.predicted])]
        by_prediction.predicted_right += found.source_found


def _count_agreement(
    scores: Scores,
    document: GoldDocument,
    predicted: Sequence[Prediction],
    matches: Sequence[Match],
) -> None:
    for found in matches:
        gold, prediction = document.quotations[found.gold], predicted[found.predicted]
        if gold.kind and prediction.kind:
            scores.kind_agreement[gold.kind == prediction.kind] += 1
        if gold.act and prediction.act:
            scores.act_agreement[gold.act == prediction.act] += 1


def _judged(
    predicted: Sequence[Prediction], matches: Sequence[Match]
) -> Iterable[tuple[float, bool]]:
    right = {found.predicted for found in matches if found.source_found}
    for place, prediction in enumerate(predicted):
        if prediction.confidence is not None:
            yield prediction.confidence, place in right


def _count_speakers(
    scores: Scores,
    document: GoldDocument,
    predicted: Sequence[Prediction],
    matches: Sequence[Match],
) -> None:
    for found in matches:
        gold, prediction = document.quotations[found.gold], predicted[found.predicted]
        scores.speakers[_speaker_outcome(gold, prediction)] += 1


def _speaker_outcome(gold: GoldQuotation, prediction: Prediction) -> str:
    """Return `resolved`, `wrong` or `unknown`; `left_open` or `invented` where gold knows none."""
    if gold.speaker is None:
        return "left_open" if prediction.speaker is None else "invented"
    if prediction.speaker is None:
        return "unknown"
    names = (prediction.speaker, *prediction.aliases)
    return "resolved" if same_name(gold.speaker, names) else "wrong"

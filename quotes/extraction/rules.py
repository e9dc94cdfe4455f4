"""The rule extractor: propose by marks and syntax, weigh by the cue lexicon, keep the best."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.extraction.extractor import Extraction
from quotes.extraction.found import quotation_of
from quotes.extraction.passed_on import passed_on
from quotes.extraction.propose import propose, propose_reported
from quotes.extraction.reading import Reading
from quotes.extraction.scoring import Weights, shipped_weights
from quotes.extraction.select import select
from quotes.extraction.turns import Turn
from quotes.quotation import ANSWER, Act, Kind, Quotation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc

# What a speaker reports inside a turn stands inside another quotation, so it must be sure.
_REPORTED_IN_TURN = 0.75


class RuleExtractor:
    """Finds direct, mixed and indirect quotations by rule; the fallback for the learned one."""

    name = "rules"
    version = "2"

    def __init__(self, *, weights: Weights | None = None, threshold: float | None = None) -> None:
        self._weights = weights
        self._threshold = threshold

    @property
    def weights(self) -> Weights:
        """The cue lexicon in use, read on first need."""
        if self._weights is None:
            self._weights = shipped_weights()
        return self._weights

    @property
    def models(self) -> Mapping[str, str]:
        return {"cue-weights": self.weights.digest}

    def extract(self, doc: Doc) -> Extraction:
        """Return every quotation in the text, in the order of their hulls."""
        reading = Reading(doc)
        found = [*passed_on(reading, self._by_candidates(reading)), *by_turns(reading)]
        found.sort(key=lambda q: (q.hull.start, -q.hull.end, q.cue))
        return Extraction(quotations=tuple(found), notices=tuple(reading.notices))

    def _by_candidates(self, reading: Reading) -> Iterator[Quotation]:
        weights = self.weights
        threshold = weights.threshold if self._threshold is None else self._threshold
        chosen = select(map(weights.scored, propose(reading)), threshold=threshold)
        if reading.turns:
            reported = (weights.scored(c) for c in propose_reported(reading))
            chosen.extend(select(reported, threshold=_REPORTED_IN_TURN))
        for probability, candidate in chosen:
            method = f"rule:{candidate.pattern}"
            yield quotation_of(reading, candidate, confidence=probability, method=method)


def by_turns(reading: Reading) -> Iterator[Quotation]:
    """Yield what each turn of a transcript says, and each answer of an interview without labels."""
    for turn in reading.turns:
        said = Quotation(kind=Kind.DIRECT, act=Act.SPEECH, content=turn.content, method=ANSWER)
        if isinstance(turn, Turn):
            said = replace(said, cue=(turn.colon,), source=(turn.label,), method="rule:turn")
        yield said

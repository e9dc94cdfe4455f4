"""The learned extractor: what the network finds, held to marks, turns and furniture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.extraction.contents import kind_of
from quotes.extraction.extractor import Extraction
from quotes.extraction.found import quotation_of
from quotes.extraction.learned.assemble import candidate_of
from quotes.extraction.learned.choose import Judged, choose
from quotes.extraction.learned.complement import Complement
from quotes.extraction.learned.features import read_tokens
from quotes.extraction.learned.findings import find
from quotes.extraction.learned.model import Model
from quotes.extraction.learned.whole import whole_source
from quotes.extraction.passed_on import passed_on
from quotes.extraction.reading import Reading
from quotes.extraction.rules import by_turns
from quotes.extraction.scoring import shipped_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc

    from quotes.extraction.learned.confidence import Calibration
    from quotes.extraction.learned.features import Vocabulary
    from quotes.extraction.learned.findings import Scorer
    from quotes.quotation import Quotation


@dataclass(frozen=True, slots=True)
class Trained:
    """A network with what it was trained and calibrated on."""

    scorer: Scorer
    vocabulary: Vocabulary
    calibration: Calibration
    cue_threshold: float


class LearnedExtractor:
    """Finds quotations with the shipped network; raises ModelError where it cannot be used."""

    name = "learned"
    version = "2"

    def __init__(self, *, trained: Trained | None = None) -> None:
        self._trained = trained
        self._model = Model() if trained is None else None

    @property
    def models(self) -> Mapping[str, str]:
        """The digest of the shipped network; nothing for another that was given."""
        tagger = {} if self._model is None else {"quotes-tagger": self._model.digest}
        return {**tagger, "cue-weights": shipped_weights().digest}

    @property
    def trained(self) -> Trained:
        """The network in use, read from its files on first need."""
        if self._trained is None:
            assert self._model is not None
            settings = self._model.settings
            self._trained = Trained(
                self._model, settings.vocabulary, settings.calibration, settings.cue_threshold
            )
        return self._trained

    def extract(self, doc: Doc) -> Extraction:
        """Return every quotation in the text, in the order of their hulls."""
        reading = Reading(doc)
        found = [*passed_on(reading, self._found(reading)), *by_turns(reading)]
        found.sort(key=lambda q: (q.hull.start, -q.hull.end, q.cue))
        return Extraction(quotations=tuple(found), notices=tuple(reading.notices))

    def judged(self, reading: Reading) -> Iterator[Judged]:
        """Yield every finding with its confidence, before any is chosen."""
        trained = self.trained
        tokens = read_tokens(reading, trained.vocabulary)
        for finding in find(trained.scorer, tokens, threshold=trained.cue_threshold):
            candidate = candidate_of(reading, tokens, finding)
            if candidate is not None:
                kind = kind_of(reading, candidate.content)
                confidence = trained.calibration.confidence(finding, kind)
                yield Judged(candidate, kind, confidence, finding)

    def _found(self, reading: Reading) -> Iterator[Quotation]:
        pool = list(self.judged(reading))
        rules = Complement(reading, shipped_weights())
        kept = []
        for judged in choose(reading, pool, threshold=self.trained.calibration.threshold):
            kept.append(whole_source(reading, rules.widened(judged.candidate)))
            yield quotation_of(reading, kept[-1], confidence=judged.confidence, method="learned")
        for probability, candidate in rules.beside(kept):
            method = f"rule:{candidate.pattern}"
            yield quotation_of(reading, candidate, confidence=probability, method=method)

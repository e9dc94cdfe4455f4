"""What a benchmark runs: spaCy alone, our pipelines, textacy, and our stages apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from quotes.errors import MissingModel

if TYPE_CHECKING:
    from quotes.evaluation.clock import Stopwatch

BASE = "spacy"
SYSTEMS = (BASE, "rules", "learned", "textacy")
EXTRACTING = {"rules": "extract by rules", "learned": "extract by model"}
STAGES = ("parse", *EXTRACTING.values(), "resolve")

# Reads texts and returns how many of them it refused.
Run = Callable[[Sequence[str]], int]

# As many parses as are held at a time; an ingest takes as many texts in a batch.
_BATCH = 16


def load_system(name: str) -> Run:
    """Return what runs a system; raises ModelError where it cannot be had here."""
    if name == BASE:
        return _spacy()
    return _textacy() if name == "textacy" else _own(name)


def _own(extractor: str) -> Run:
    from quotes.pipeline import load

    pipeline = load(extractor=extractor)

    def run(texts: Sequence[str]) -> int:
        for _ in pipeline.run(texts):
            pass
        return 0

    return run


def _spacy() -> Run:
    """Every component of the model on the same texts, as `nlp.pipe` runs them by itself."""
    import spacy

    from quotes.nlp.spacy_parser import installed_model

    nlp = spacy.load(installed_model())

    def run(texts: Sequence[str]) -> int:
        for _ in nlp.pipe(texts):
            pass
        return 0

    return run


def _textacy() -> Run:
    """Direct quotations alone, which is what textacy finds, after the same model."""
    try:
        from textacy.extract import direct_quotations
    except ModuleNotFoundError as error:
        raise MissingModel("not installed", hint="pip install textacy") from error
    import spacy

    from quotes.nlp.spacy_parser import installed_model

    nlp = spacy.load(installed_model())

    def run(texts: Sequence[str]) -> int:
        refused = 0
        for doc in nlp.pipe(texts):
            try:
                for _ in direct_quotations(doc):
                    pass
            except ValueError:
                # It takes no text with an odd number of quotation marks.
                refused += 1
        return refused

    return run


def time_stages(texts: Sequence[str], extractors: Iterable[str], watch: Stopwatch) -> None:
    """Time each stage of our pipelines; speakers are resolved for what the last extractor found."""
    from quotes.pipeline import load

    pipelines = {name: load(extractor=name) for name in extractors}
    for at in range(0, len(texts), _BATCH):
        last = list(pipelines.values())[-1]
        with watch.timing("parse"):
            docs = list(last.parser.pipe(texts[at : at + _BATCH]))
        for name, pipeline in pipelines.items():
            with watch.timing(EXTRACTING[name]):
                found = [pipeline.extractor.extract(doc).quotations for doc in docs]
        with watch.timing("resolve"):
            for doc, quotations in zip(docs, found, strict=True):
                last.resolver.resolve(doc, quotations)

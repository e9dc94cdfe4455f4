"""Each extractor on our own gold: no change may lower its figures unseen."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.evaluation.corpus import Corpus, read_corpus
from quotes.evaluation.predictions import prediction_of
from quotes.evaluation.report import as_json
from quotes.evaluation.score import score
from quotes.extraction import EXTRACTORS
from quotes.pipeline import load

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.model

GOLD = Path(__file__).parents[2] / "fixtures" / "gold"

# `quotes evaluate fixtures/gold --json --extractor NAME` prints the digest and these figures.
# Whoever changes the gold sets all anew; whoever makes an extractor better raises its floors to a
# point below.
DIGEST = "sha256:48f4e8415308dc60e02e96fd27a6400add988acfa450ae5dfde4a431ba152084"
FLOORS = {
    "rules": {
        "attribution P": 92.5,
        "attribution R": 81.1,
        "attribution F1": 86.4,
        "content F1": 87.7,
        "source exact F1": 89.4,
        "cue exact F1": 83.3,
        "content exact F1": 79.1,
        "direct with source": 88.5,
        "mixed with source": 79.0,
        "indirect with source": 76.9,
        "kind": 97.5,
        "act": 98.0,
        "speaker": 95.5,
    },
    "learned": {
        "attribution P": 88.0,
        "attribution R": 88.0,
        "attribution F1": 88.0,
        "content F1": 88.4,
        "source exact F1": 87.8,
        "cue exact F1": 83.3,
        "content exact F1": 82.7,
        "direct with source": 90.9,
        "mixed with source": 99.0,
        "indirect with source": 85.4,
        "kind": 97.2,
        "act": 98.5,
        "speaker": 97.1,
    },
}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The hand-made gold."""
    return read_corpus(GOLD)


@pytest.fixture(scope="module")
def figures(corpus: Corpus) -> Callable[[str], dict[str, float]]:
    """A function from an extractor to what its floors are compared with, under their names."""

    @cache
    def of(extractor: str) -> dict[str, float]:
        results = load(extractor=extractor).run(document.text for document in corpus.documents)
        predictions = {
            document.name: [prediction_of(quotation) for quotation in result.quotations]
            for document, result in zip(corpus.documents, results, strict=True)
        }
        scored = score(corpus, predictions)
        return _named(as_json(scored, corpus, seconds=None, pipeline=None))

    return of


def _named(report: dict[str, Any]) -> dict[str, float]:
    return {
        **{f"attribution {name}": value for name, value in report["attribution"].items()},
        "content F1": report["content_match"]["F1"],
        **{f"{role} exact F1": tally["F1"] for role, tally in report["exact"].items()},
        **{f"{kind} with source": tally["with_source"] for kind, tally in report["kinds"].items()},
        "kind": report["kind_accuracy"],
        "act": report["act_accuracy"],
        "speaker": report["speakers"]["accuracy"],
    }


def test_the_floors_are_those_of_this_gold(corpus: Corpus) -> None:
    assert corpus.digest == DIGEST, "the gold has changed: measure again, and set the floors anew"


@pytest.mark.parametrize(
    ("extractor", "name"), [(extractor, name) for extractor in FLOORS for name in FLOORS[extractor]]
)
def test_no_figure_falls_below_its_floor(
    extractor: str, name: str, figures: Callable[[str], dict[str, float]]
) -> None:
    assert figures(extractor)[name] >= FLOORS[extractor][name]


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_every_figure_has_a_floor(
    extractor: str, figures: Callable[[str], dict[str, float]]
) -> None:
    assert set(figures(extractor)) == set(FLOORS[extractor])

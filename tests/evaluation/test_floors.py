"""The shipped pipeline on our own gold: no change may lower its figures unseen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.evaluation.corpus import Corpus, read_corpus
from quotes.evaluation.predictions import prediction_of
from quotes.evaluation.report import as_json
from quotes.evaluation.score import score

if TYPE_CHECKING:
    from quotes.pipeline import Pipeline

pytestmark = pytest.mark.model

GOLD = Path(__file__).parents[2] / "fixtures" / "gold"

# `quotes evaluate fixtures/gold --json` prints the digest and these figures. Whoever changes the
# gold sets both anew; whoever makes the rules better raises the floors to a point below.
DIGEST = "sha256:7add24f3eedeb09c1d50678855965209a6f2bd9482997a7f72ff29cccf09a562"
FLOORS = {
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
    "act": 92.7,
    "speaker": 97.0,
}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The hand-made gold."""
    return read_corpus(GOLD)


@pytest.fixture(scope="module")
def figures(pipeline: Pipeline, corpus: Corpus) -> dict[str, float]:
    """What the floors are compared with, under the same names."""
    results = pipeline.run(document.text for document in corpus.documents)
    predictions = {
        document.name: [prediction_of(quotation) for quotation in result.quotations]
        for document, result in zip(corpus.documents, results, strict=True)
    }
    report: dict[str, Any] = as_json(
        score(corpus, predictions), corpus, seconds=None, pipeline=None
    )
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


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_below_its_floor(name: str, figures: dict[str, float]) -> None:
    assert figures[name] >= FLOORS[name]


def test_every_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert set(figures) == set(FLOORS)

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quotes.evaluation.corpus import read_corpus
from quotes.evaluation.predictions import Prediction, write_predictions
from tests.evaluation.corpora import write_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def predictions(tmp_path: Path, corpus: Path) -> Path:
    (document,) = read_corpus(corpus).documents
    first, second, _ = document.quotations
    path = tmp_path / "predictions.json"
    listed = [
        Prediction(content=q.content, cue=q.cue, source=q.source, speaker=q.speaker)
        for q in (first, second)
    ]
    write_predictions(path, {document.name: listed})
    return path


def test_a_file_of_predictions_is_scored(run: Run, corpus: Path, predictions: Path) -> None:
    ran = run("evaluate", str(corpus), "--predictions", str(predictions), "--json")
    report = json.loads(ran.out)
    assert report["digest"] == read_corpus(corpus).digest
    assert report["attribution"] == {"P": 100.0, "R": 66.7, "F1": 80.0}
    assert report["kinds"]["mixed"]["found"] == 0.0
    assert report["speakers"]["resolved"] == 1
    assert report["seconds"] is None
    assert report["documents"] == 1


def test_people_get_tables(run: Run, corpus: Path, predictions: Path) -> None:
    out = run("evaluate", str(corpus), "--predictions", str(predictions)).out
    assert "3 attributions annotated, 2 predicted" in out
    assert ["attribution", "100.0", "66.7", "80.0"] in [line.split() for line in out.splitlines()]
    assert "with source %" in out
    assert "resolved" in out


@pytest.mark.parametrize("folder", ["none", "."])
def test_what_is_no_corpus_is_one_line(run: Run, tmp_path: Path, folder: str) -> None:
    ran = run("evaluate", str(tmp_path / folder))
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert "PolNeAR" in ran.err


def test_predictions_of_other_texts_are_refused(run: Run, tmp_path: Path, corpus: Path) -> None:
    path = tmp_path / "p.json"
    write_predictions(path, {"another": []})
    ran = run("evaluate", str(corpus), "--predictions", str(path))
    assert ran.status == 1
    assert "do not name any of the 1 text of" in ran.err


@pytest.mark.model
def test_the_extractor_is_scored_and_its_predictions_kept(
    run: Run, tmp_path: Path, corpus: Path
) -> None:
    kept = tmp_path / "kept.json"
    ran = run("evaluate", str(corpus), "--json", "--quiet", "--export-predictions", str(kept))
    report = json.loads(ran.out)
    assert report["kinds"]["direct"]["found"] == 100.0
    assert report["words_per_second"] > 0
    assert report["pipeline"]
    again = json.loads(run("evaluate", str(corpus), "--json", "--predictions", str(kept)).out)
    for figure in ("attribution", "exact", "overlap", "kinds", "speakers"):
        assert again[figure] == report[figure]

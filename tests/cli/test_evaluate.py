from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quotes.evaluation.corpus import read_corpus
from quotes.evaluation.predictions import Prediction, write_predictions
from quotes.pipeline import load
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


@pytest.fixture
def doubtful(tmp_path: Path, corpus: Path) -> Path:
    """Two right, 0.9 and 0.3 sure, and one right without a confidence."""
    (document,) = read_corpus(corpus).documents
    path = tmp_path / "doubtful.json"
    listed = [
        Prediction(content=q.content, cue=q.cue, source=q.source, confidence=confidence)
        for q, confidence in zip(document.quotations, (0.9, 0.3, None), strict=True)
    ]
    write_predictions(path, {document.name: listed})
    return path


def test_confidences_are_held_against_what_is_right(run: Run, corpus: Path, doubtful: Path) -> None:
    arguments = ("evaluate", str(corpus), "--predictions", str(doubtful))
    figures = json.loads(run(*arguments, "--json").out)["reliability"]
    assert (figures["n"], figures["without_confidence"]) == (2, 1)
    assert figures["expected_calibration_error"] == pytest.approx((0.1 + 0.7) / 2)
    assert [(one["low"], one["n"], one["right"]) for one in figures["bins"]] == [
        (0.3, 1, 1.0),
        (0.9, 1, 1.0),
    ]
    out = run(*arguments).out
    assert "0.9 to 1.0  1    90.0    100.0" in out
    assert "expected calibration error 40.0 points; 1 more have no confidence" in out


def test_only_what_is_sure_is_scored(run: Run, corpus: Path, doubtful: Path) -> None:
    arguments = ("evaluate", str(corpus), "--predictions", str(doubtful), "--json")
    assert json.loads(run(*arguments, "--min-confidence", "0.9").out)["predicted"] == 2
    assert json.loads(run(*arguments, "--min-confidence", "0.95").out)["predicted"] == 1


def test_no_reliability_without_confidences(run: Run, corpus: Path, predictions: Path) -> None:
    arguments = ("evaluate", str(corpus), "--predictions", str(predictions))
    assert json.loads(run(*arguments, "--json").out)["reliability"] is None
    assert "calibration" not in run(*arguments).out


@pytest.mark.parametrize(
    "options",
    [
        ["--predictions", "p.json", "--extractor", "rules"],
        ["--export-predictions", "p.json", "--extractor", "rules", "--extractor", "learned"],
        ["--extractor", "oracle"],
    ],
)
def test_what_cannot_be_done_together_is_a_usage_error(
    run: Run, corpus: Path, options: list[str]
) -> None:
    assert run("evaluate", str(corpus), *options).status == 2


@pytest.mark.model
def test_extractors_are_scored_beside_each_other(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = load(extractor="rules")
    monkeypatch.setattr("quotes.pipeline.load", lambda parser, *, extractor: rules)
    arguments = ("evaluate", str(corpus), "--extractor", "rules", "--extractor", "learned")
    reports = json.loads(run(*arguments, "--json").out)["extractors"]
    assert list(reports) == ["rules", "learned"]
    assert reports["rules"]["attribution"] == reports["learned"]["attribution"]
    lines = [line.split() for line in run(*arguments).out.splitlines()]
    figures = [str(reports["rules"]["attribution"][name]) for name in ("P", "R", "F1")]
    assert ["attribution", *figures, *figures] in lines
    found = str(reports["rules"]["kinds"]["direct"]["with_source"])
    assert ["direct", "1", found, found] in lines


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

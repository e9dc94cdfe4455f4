from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import CorpusError
from quotes.evaluation.predictions import (
    Prediction,
    only_sure,
    prediction_of,
    read_predictions,
    write_predictions,
)
from quotes.quotation import Act, Attribution, Kind, Quotation, SpeakerKind
from quotes.spans import Span

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    prediction = prediction_of(
        Quotation(
            kind=Kind.MIXED,
            act=Act.WRITING,
            content=(Span(0, 4), Span(9, 12)),
            cue=(Span(5, 8),),
            confidence=0.25,
            attribution=Attribution(
                name="Mara Lindqvist", kind=SpeakerKind.PERSON, method="name", aliases=("Mara",)
            ),
        )
    )
    assert (prediction.speaker, prediction.confidence) == ("Mara Lindqvist", 0.25)
    write_predictions(tmp_path / "p.json", {"story": [prediction]})
    assert read_predictions(tmp_path / "p.json") == {"story": [prediction]}


def test_the_plain_format_of_others_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"a": [{"content": [[0, 3]], "speaker": null}]}', encoding="utf-8")
    assert read_predictions(path) == {"a": [Prediction(content=(Span(0, 3),))]}


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        "{",
        '{"a": [1]}',
        '{"a": [{"content": [[3, 1]]}]}',
        '{"a": [{"content": 1}]}',
        '{"a": [{"confidence": 2}]}',
    ],
)
def test_a_file_that_holds_no_predictions_is_named(tmp_path: Path, written: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"p\.json"):
        read_predictions(path)


def test_what_is_not_sure_is_left_out_and_what_has_no_confidence_stays() -> None:
    sure, unsure, plain = (Prediction(content=(), confidence=c) for c in (0.8, 0.79, None))
    assert only_sure({"a": [sure, unsure, plain]}, 0.8) == {"a": [sure, plain]}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        read_predictions(tmp_path / "none.json")
    with pytest.raises(CorpusError, match="cannot be written"):
        write_predictions(tmp_path / "none" / "p.json", {})

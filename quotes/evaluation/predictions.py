"""Predictions to score: from the pipeline, or from a file that any program can write.

The file is one JSON object, `{"BASE": [{"source": [[s, e], …], "cue": …, "content": …, "speaker":
name or null}, …]}`; `kind`, `act`, `aliases` and `confidence` may be added.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.errors import CorpusError, OffsetError
from quotes.quotation import Act, Kind, Quotation
from quotes.spans import Span, Spans

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """One predicted attribution; `speaker` is None where none was named."""

    content: Spans
    cue: Spans = ()
    source: Spans = ()
    kind: Kind | None = None
    act: Act | None = None
    speaker: str | None = None
    aliases: tuple[str, ...] = ()
    confidence: float | None = None


Predictions = Mapping[str, Sequence[Prediction]]


def prediction_of(quotation: Quotation) -> Prediction:
    """Return what is scored of a quotation."""
    attribution = quotation.attribution
    return Prediction(
        content=quotation.content,
        cue=quotation.cue,
        source=quotation.source,
        kind=quotation.kind,
        act=quotation.act,
        speaker=attribution.name if attribution else None,
        aliases=attribution.aliases if attribution else (),
        confidence=quotation.confidence,
    )


def only_sure(predictions: Predictions, minimum: float) -> Predictions:
    """Return the predictions that are at least this sure, and those without a confidence."""
    return {
        name: [p for p in listed if p.confidence is None or p.confidence >= minimum]
        for name, listed in predictions.items()
    }


def write_predictions(path: Path, predictions: Predictions) -> None:
    """Write the predictions to a file; raises CorpusError where that fails."""
    value = {name: [_to_json(p) for p in listed] for name, listed in predictions.items()}
    try:
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise CorpusError(f"{path} cannot be written ({error.strerror})") from error


def read_predictions(path: Path) -> Predictions:
    """Read a file of predictions; raises CorpusError where it is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CorpusError(f"{path} cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise CorpusError(f"{path} is no JSON in UTF-8 ({error})") from error
    try:
        return {name: [_from_json(item) for item in listed] for name, listed in value.items()}
    except (AttributeError, TypeError, ValueError, OffsetError) as error:
        raise CorpusError(
            f"{path} is no file of predictions ({error})",
            hint="`quotes evaluate CORPUS --export-predictions FILE` writes one to compare with",
        ) from error


def _to_json(prediction: Prediction) -> dict[str, Any]:
    return {
        "source": _pairs(prediction.source),
        "cue": _pairs(prediction.cue),
        "content": _pairs(prediction.content),
        "speaker": prediction.speaker,
        "aliases": list(prediction.aliases),
        "kind": prediction.kind,
        "act": prediction.act,
        "confidence": prediction.confidence,
    }


def _from_json(item: Mapping[str, Any]) -> Prediction:
    kind, act, confidence = item.get("kind"), item.get("act"), item.get("confidence")
    return Prediction(
        content=_spans(item.get("content")),
        cue=_spans(item.get("cue")),
        source=_spans(item.get("source")),
        kind=Kind(kind) if kind else None,
        act=Act(act) if act else None,
        speaker=item.get("speaker"),
        aliases=tuple(item.get("aliases") or ()),
        confidence=None if confidence is None else _probability(confidence),
    )


def _probability(value: Any) -> float:
    if not 0 <= float(value) <= 1:
        raise ValueError(f"the confidence {value} does not lie between 0 and 1")
    return float(value)


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans(pairs: Sequence[Sequence[int]] | None) -> Spans:
    return tuple(Span(int(start), int(end)) for start, end in pairs or ())

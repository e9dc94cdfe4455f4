"""The figures of an evaluation as JSON and as the rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.evaluation.reliability import reliability
from quotes.evaluation.score import KindTally, Scores, Tally, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.evaluation.corpus import Corpus

SPEAKER_OUTCOMES = ("resolved", "wrong", "unknown", "left_open", "invented")


def as_json(
    scores: Scores, corpus: Corpus, *, seconds: float | None, pipeline: str | None
) -> dict[str, Any]:
    """Return every figure, percentages to one decimal; `seconds` is None where nothing was run."""
    words = sum(document.words for document in corpus.documents)
    return {
        "corpus": str(corpus.path),
        "digest": corpus.digest,
        "pipeline": pipeline,
        "documents": scores.documents,
        "words": words,
        "seconds": None if seconds is None else round(seconds, 2),
        "words_per_second": round(words / seconds) if seconds else None,
        "predicted": scores.attribution.predicted,
        "gold": scores.attribution.gold,
        "attribution": _figures(scores.attribution),
        "content_match": _figures(scores.content),
        "exact": {role: _figures(tally) for role, tally in scores.exact.items()},
        "overlap": {role: _figures(tally) for role, tally in scores.overlap.items()},
        "kinds": {str(k): _kind_figures(tally) for k, tally in sorted(scores.kinds.items())},
        "kind_accuracy": _agreement(scores.kind_agreement[True], scores.kind_agreement[False]),
        "act_accuracy": _agreement(scores.act_agreement[True], scores.act_agreement[False]),
        "speakers": _speaker_figures(scores) if corpus.names_speakers else None,
        "reliability": _reliability_figures(scores) if scores.judged else None,
    }


def figure_rows(report: dict[str, Any]) -> list[list[str]]:
    """Return the rows of the table of precision, recall and F1."""
    rows = [_row("attribution", report["attribution"]), _row("content", report["content_match"])]
    for measure in ("exact", "overlap"):
        rows += [_row(f"{role}, {measure}", report[measure][role]) for role in report[measure]]
    return rows


def kind_rows(report: dict[str, Any]) -> list[list[str]]:
    """Return the rows of the table by kind."""
    names = ("n", "found", "with_source", "P", "R", "F1")
    return [[kind, *(str(figures[n]) for n in names)] for kind, figures in report["kinds"].items()]


def speaker_rows(report: dict[str, Any]) -> list[list[str]]:
    """Return the rows of the table of speakers; none where the corpus names no speakers."""
    if not report["speakers"]:
        return []
    return [[name.replace("_", " "), str(count)] for name, count in report["speakers"].items()]


def reliability_rows(report: dict[str, Any]) -> list[list[str]]:
    """Return the rows of the table of confidences; none where nothing has a confidence."""
    return [
        [
            f"{one['low']:.1f} to {one['high']:.1f}",
            str(one["n"]),
            f"{100 * one['confidence']:.1f}",
            f"{100 * one['right']:.1f}",
        ]
        for one in (report["reliability"] or {"bins": []})["bins"]
    ]


def figures_beside(reports: Mapping[str, dict[str, Any]]) -> list[list[str]]:
    """Return the rows of precision, recall and F1 with those of each report beside each other."""
    tables = [figure_rows(report) for report in reports.values()]
    return [
        [rows[0][0], *(cell for row in rows for cell in row[1:])]
        for rows in zip(*tables, strict=True)
    ]


def kinds_beside(reports: Mapping[str, dict[str, Any]]) -> list[list[str]]:
    """Return the rows of each kind: how many, then what each report found of it with its source."""
    first, *_ = reports.values()
    rows = []
    for kind, figures in first["kinds"].items():
        if figures["n"]:
            found = [report["kinds"][kind]["with_source"] for report in reports.values()]
            rows.append([kind, str(figures["n"]), *map(str, found)])
    return rows


def _figures(tally: Tally) -> dict[str, float]:
    return {
        "P": round(tally.precision, 1),
        "R": round(tally.recall, 1),
        "F1": round(tally.f1, 1),
    }


def _kind_figures(tally: KindTally) -> dict[str, float]:
    return {
        "n": tally.gold,
        "found": round(percent(tally.found, tally.gold), 1),
        "with_source": round(percent(tally.with_source, tally.gold), 1),
        "P": round(tally.precision, 1),
        "R": round(tally.recall, 1),
        "F1": round(tally.f1, 1),
    }


def _speaker_figures(scores: Scores) -> dict[str, float]:
    counts: dict[str, float] = {name: scores.speakers[name] for name in SPEAKER_OUTCOMES}
    named = sum(scores.speakers[name] for name in ("resolved", "wrong", "unknown"))
    return {"accuracy": round(percent(scores.speakers["resolved"], named), 1), **counts}


def _reliability_figures(scores: Scores) -> dict[str, Any]:
    found = reliability(scores.judged)
    return {
        "n": len(scores.judged),
        "without_confidence": scores.attribution.predicted - len(scores.judged),
        "expected_calibration_error": round(found.error, 4),
        "bins": [
            {
                "low": one.low,
                "high": one.high,
                "n": one.count,
                "confidence": round(one.confidence, 4),
                "right": round(one.right, 4),
            }
            for one in found.bins
        ],
    }


def _agreement(right: int, wrong: int) -> float | None:
    return round(percent(right, right + wrong), 1) if right + wrong else None


def _row(name: str, figures: dict[str, float]) -> list[str]:
    return [name, *(f"{figures[column]:.1f}" for column in ("P", "R", "F1"))]

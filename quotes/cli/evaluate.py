"""`quotes evaluate`: how good the extractor is on a corpus that people annotated."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from quotes.cli.options import min_confidence_option, parser_option
from quotes.cli.output import print_json, progress, quiet_option
from quotes.cli.scores import number_of_texts, print_beside, print_report
from quotes.errors import CorpusError
from quotes.evaluation.corpus import Corpus, read_corpus
from quotes.evaluation.predictions import (
    Predictions,
    only_sure,
    prediction_of,
    read_predictions,
    write_predictions,
)
from quotes.evaluation.report import as_json
from quotes.evaluation.score import score
from quotes.extraction import DEFAULT_EXTRACTOR, EXTRACTORS


@click.command("evaluate")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Read only the first N texts.")
@click.option(
    "--extractor",
    "extractors",
    type=click.Choice(EXTRACTORS),
    multiple=True,
    help=f"Score this extractor, several beside each other; {DEFAULT_EXTRACTOR} by default.",
)
@parser_option
@min_confidence_option
@click.option("--json", "as_document", is_flag=True, help="Print JSON, with the corpus's digest.")
@click.option(
    "--predictions",
    "predictions_file",
    type=click.Path(path_type=Path),
    help="Score this file instead of running the extractor.",
)
@click.option(
    "--export-predictions",
    "export_file",
    type=click.Path(path_type=Path),
    help="Write what was scored to this file.",
)
@quiet_option
def command(
    corpus: Path,
    limit: int | None,
    extractors: tuple[str, ...],
    parser: str,
    min_confidence: float | None,
    as_document: bool,
    predictions_file: Path | None,
    export_file: Path | None,
    quiet: bool,
) -> None:
    """Score the extractor against an annotated corpus.

    CORPUS is a folder in PolNeAR's layout, text/BASE.txt and attributions/BASE_xxxx.ann, or one of
    brat, BASE.txt and BASE.ann (`quotes export --format brat`). The last table tells how far
    confidences can be believed: how many of those about so sure are right, content and source.

    Example: quotes evaluate fixtures/gold --extractor rules --extractor learned
    """
    names = list(dict.fromkeys(extractors)) or [DEFAULT_EXTRACTOR]
    if predictions_file and extractors:
        raise click.UsageError("--predictions scores a file; no --extractor runs")
    if export_file and len(names) > 1:
        raise click.UsageError("--export-predictions writes those of one --extractor")
    gold = read_corpus(corpus, limit=limit)
    reports: dict[str, dict[str, Any]] = {}
    for name in names:
        seconds, pipeline = None, None
        predictions: Predictions
        if predictions_file:
            predictions = read_predictions(predictions_file)
            _warn_of_strangers(gold, predictions)
        else:
            predictions, seconds, pipeline = _run(gold, name, parser=parser, quiet=quiet)
        if min_confidence is not None:
            predictions = only_sure(predictions, min_confidence)
        if export_file:
            write_predictions(export_file, predictions)
        scores = score(gold, predictions)
        reports[name] = as_json(scores, gold, seconds=seconds, pipeline=pipeline)
    _print(reports, as_document=as_document)


def _run(
    corpus: Corpus, extractor: str, *, parser: str, quiet: bool
) -> tuple[Predictions, float, str]:
    """Extract from every text; the time is that of the work, without loading the model."""
    from quotes.pipeline import load

    pipeline = load(parser, extractor=extractor)
    listed = [document.text for document in corpus.documents]
    # What loads on first use is loaded before the clock starts.
    list(pipeline.run(listed[:1]))
    started = time.perf_counter()
    results = progress(pipeline.run(listed), total=len(listed), label=extractor, quiet=quiet)
    predictions = {
        document.name: [prediction_of(quotation) for quotation in result.quotations]
        for document, result in zip(corpus.documents, results, strict=True)
    }
    return predictions, time.perf_counter() - started, f"{pipeline.name} {pipeline.version}"


def _warn_of_strangers(corpus: Corpus, predictions: Predictions) -> None:
    names = {document.name for document in corpus.documents}
    if not names.intersection(predictions):
        known = f"the {number_of_texts(len(names))} of {corpus.path}"
        raise CorpusError(
            f"the predictions do not name any of {known}",
            hint="the keys are the texts' file names without .txt",
        )


def _print(reports: dict[str, dict[str, Any]], *, as_document: bool) -> None:
    first, *others = reports.values()
    if others and as_document:
        print_json({"extractors": reports})
    elif others:
        print_beside(reports)
    elif as_document:
        print_json(first)
    else:
        print_report(first)

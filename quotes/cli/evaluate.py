"""`quotes evaluate`: how good the extractor is on a corpus that people annotated."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from quotes.cli.output import print_json, print_table, progress, quiet_option
from quotes.errors import CorpusError
from quotes.evaluation.corpus import Corpus, read_corpus
from quotes.evaluation.predictions import (
    Predictions,
    prediction_of,
    read_predictions,
    write_predictions,
)
from quotes.evaluation.report import as_json, figure_rows, kind_rows, speaker_rows
from quotes.evaluation.score import score


@click.command("evaluate")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Read only the first N texts.")
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
    as_document: bool,
    predictions_file: Path | None,
    export_file: Path | None,
    quiet: bool,
) -> None:
    """Score the extractor against an annotated corpus.

    CORPUS is a folder in PolNeAR's layout: text/BASE.txt and attributions/BASE_xxxx.ann.

    Example: quotes evaluate fixtures/gold --json
    """
    gold = read_corpus(corpus, limit=limit)
    seconds, pipeline = None, None
    predictions: Predictions
    if predictions_file:
        predictions = read_predictions(predictions_file)
        _warn_of_strangers(gold, predictions)
    else:
        predictions, seconds, pipeline = _run(gold, quiet=quiet)
    if export_file:
        write_predictions(export_file, predictions)
    report = as_json(score(gold, predictions), gold, seconds=seconds, pipeline=pipeline)
    if as_document:
        print_json(report)
    else:
        _print_report(report)


def _run(corpus: Corpus, *, quiet: bool) -> tuple[Predictions, float, str]:
    """Extract from every text; the time is that of the work, without loading the model."""
    from quotes.pipeline import load

    pipeline = load()
    texts = [document.text for document in corpus.documents]
    started = time.perf_counter()
    results = progress(pipeline.run(texts), total=len(texts), label="extracting", quiet=quiet)
    predictions = {
        document.name: [prediction_of(quotation) for quotation in result.quotations]
        for document, result in zip(corpus.documents, results, strict=True)
    }
    return predictions, time.perf_counter() - started, f"{pipeline.name} {pipeline.version}"


def _warn_of_strangers(corpus: Corpus, predictions: Predictions) -> None:
    names = {document.name for document in corpus.documents}
    if not names.intersection(predictions):
        raise CorpusError(
            f"the predictions do not name any of the {_texts(len(names))} of {corpus.path}",
            hint="the keys are the texts' file names without .txt",
        )


def _texts(count: int) -> str:
    return "1 text" if count == 1 else f"{count} texts"


def _print_report(report: dict[str, Any]) -> None:
    speed = ""
    if report["seconds"]:
        speed = f", {report['seconds']} s, {report['words_per_second']} words per second"
    click.echo(f"{report['corpus']}: {_texts(report['documents'])}, {report['words']} words{speed}")
    click.echo(f"{report['gold']} attributions annotated, {report['predicted']} predicted\n")
    print_table(["", "P", "R", "F1"], figure_rows(report), numeric=(1, 2, 3))
    click.echo()
    columns = ["kind", "n", "found %", "with source %", "P", "R", "F1"]
    print_table(columns, kind_rows(report), numeric=range(1, 7))
    if rows := speaker_rows(report):
        click.echo()
        print_table(["speakers of those found", ""], rows, numeric=(1,))
    if report["kind_accuracy"] is not None:
        rest = f", act in {report['act_accuracy']} %" if report["act_accuracy"] is not None else ""
        click.echo(f"\nof those found, the kind is right in {report['kind_accuracy']} %{rest}")

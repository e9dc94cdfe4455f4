"""`quotes benchmark`: words a second, stage by stage, beside spaCy alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.output import json_option, notice, print_json, print_table, quiet_option
from quotes.cli.scores import number_of_texts
from quotes.cli.teller import Teller
from quotes.errors import EmptyDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NAMES = {
    "spacy": "spaCy alone",
    "rules": "quotes, rules",
    "learned": "quotes, learned",
    "textacy": "textacy, direct only",
}
COST_NAMES = {
    "alone": "extraction alone",
    "rules": "with speakers, rules",
    "learned": "with speakers, learned",
}
MEGA = 1_000_000


def _sizes(ctx: click.Context, param: click.Parameter, value: str) -> tuple[int, ...]:
    try:
        found = tuple(int(part) for part in value.split(","))
    except ValueError:
        found = ()
    if not found or min(found) < 1:
        raise click.BadParameter(f"{value!r} is no list of numbers; write 1000,10000", ctx, param)
    return found


@click.command("benchmark")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option(
    "--repeat",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    metavar="N",
    help="Rounds, each of every system.",
)
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Processor cores to use.",
)
@click.option(
    "--speakers",
    is_flag=True,
    help="Measure what finding speakers costs over extraction alone instead.",
)
@click.option(
    "--database",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Measure verify and search instead, in databases made in this folder and kept there.",
)
@click.option(
    "--sizes",
    default="1000,10000,100000,1000000",
    show_default=True,
    metavar="N,N",
    callback=_sizes,
    help="With --database, how many quotations they have.",
)
@click.option(
    "--store",
    "stored",
    type=click.IntRange(min=1),
    metavar="N",
    help="Store so many made-up quotations in the empty database of --db instead.",
)
@click.option(
    "--writers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="With --store, how many processes write at once.",
)
@json_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    repeat: int,
    threads: int,
    speakers: bool,
    database: Path | None,
    sizes: tuple[int, ...],
    stored: int | None,
    writers: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """Measure words a second and memory, beside spaCy alone.

    The files and folders are read first, seeds where none is named; words are what stands between
    white space. All systems run in one process, in rounds; the table has the median round, the
    slowest and the fastest, and the time as a multiple of that of spaCy alone. Memory is the peak
    of a process for each. With --speakers the texts are read with and without either resolver,
    batch after batch, and the table has the share of time that speakers add. With --database,
    databases of invented quotations are built (a million take some minutes and 2 GB) and asked 40
    questions of each kind in each round; the last line of each size is `quotes verify` as a
    command of its own. With --store, quotations are stored as an ingest stores them, without
    vectors, and nothing is extracted.

    Example: quotes benchmark seeds --repeat 5
    """
    tell = _teller_of_steps(quiet=quiet)
    if database is not None:
        _measure_databases(database, sizes, repeat, as_json, tell)
        return
    if stored is not None:
        _measure_writing(ctx.obj["db"], stored, writers, as_json)
        return
    teller = Teller(quiet=quiet)
    texts, skipped = _read(paths or ("seeds",), teller)
    if not texts:
        raise EmptyDocument("there is no text to measure with", hint="name a file or a folder")
    if speakers:
        from quotes.evaluation.speaker_cost import speaker_cost

        report = speaker_cost(texts, repeat=repeat, threads=threads, tell=tell)
    else:
        from quotes.evaluation.benchmark import benchmark

        report = benchmark(texts, repeat=repeat, threads=threads, tell=tell)
    if as_json:
        print_json(report)
    elif speakers:
        _print_cost(report)
    else:
        _print_report(report)
    ctx.exit(1 if skipped else 0)


def _measure_databases(
    folder: Path, sizes: Sequence[int], rounds: int, as_json: bool, tell: Callable[[str], None]
) -> None:
    from quotes.scale.measuring import curve

    folder.mkdir(parents=True, exist_ok=True)
    report = curve(folder, sizes, rounds=40 * rounds, commands=10 * rounds, tell=tell)
    if as_json:
        print_json(report)
        return
    names = ("quotations", "what", "times", "p50_ms", "p95_ms")
    rows = [[str(row[name]) for name in names] for row in report["rows"]]
    columns = ["quotations", "what", "times", "p50 ms", "p95 ms"]
    print_table(columns, rows, numeric=(0, 2, 3, 4))


def _measure_writing(db: str, size: int, writers: int, as_json: bool) -> None:
    from quotes.scale.storing import rate

    report = rate(db, size, writers=writers)
    if as_json:
        print_json(report)
        return
    columns = ["", "writers", "quotations", "seconds", "quotations/s"]
    print_table(columns, [[str(value) for value in report.values()]], numeric=range(1, 5))


def _teller_of_steps(*, quiet: bool) -> Callable[[str], None]:
    shown = not quiet and sys.stderr.isatty()
    return notice if shown else lambda step: None


def _read(paths: Sequence[str], teller: Teller) -> tuple[list[str], int]:
    """Return the texts, and how many files were skipped."""
    from quotes.documents.document import Document
    from quotes.documents.reading import read_paths

    texts, skipped = [], 0
    for item in read_paths(paths, on_left_out=teller.left_out):
        if isinstance(item, Document):
            texts.append(item.text)
        else:
            skipped += 1
            teller.skipped(item.path, str(item.error))
    return texts, skipped


def _print_heading(report: Mapping[str, Any]) -> None:
    rounds = "1 round" if report["rounds"] == 1 else f"{report['rounds']} rounds"
    cores = "1 core" if report["threads"] == 1 else f"{report['threads']} cores"
    click.echo(
        f"{number_of_texts(report['texts'])}, {report['words']} words, {rounds}, {cores}: "
        f"{report['machine']['processor']}\n"
    )


def _print_cost(report: Mapping[str, Any]) -> None:
    _print_heading(report)
    rows = []
    for row in report["speakers"]:
        shares = [row[name] for name in ("over_alone", "step")]
        rows.append(
            [
                COST_NAMES.get(row["name"], row["name"]),
                f"{row['seconds']:.2f}",
                str(row["words_per_second"]),
                *("" if share is None else _percent(share) for share in shares),
            ]
        )
    columns = ["", "seconds", "words/s", "over extraction alone", "the step itself"]
    print_table(columns, rows, numeric=range(1, 5))


def _percent(share: Mapping[str, float]) -> str:
    least, middle, most = (100 * share[name] for name in ("least", "median", "most"))
    return f"{middle:+.1f} % ({least:+.1f} to {most:+.1f})"


def _print_report(report: Mapping[str, Any]) -> None:
    _print_heading(report)
    columns = ["", "words/s", "slowest", "fastest", "× spaCy", "× its CPU", "peak MB", ""]
    rows = [_cells(row) for row in report["systems"]]
    print_table(columns, rows, numeric=range(1, 7))
    click.echo()
    rows = [_cells(row)[:6] for row in report["stages"]]
    print_table(["stage", *columns[1:6]], rows, numeric=range(1, 6))


def _cells(row: Mapping[str, Any]) -> list[str]:
    speeds = [row[name] for name in ("words_per_second", "least", "most")]
    ratios = [row[name] for name in ("times_spacy", "times_spacy_cpu")]
    return [
        NAMES.get(row["name"], row["name"]),
        *("" if speed is None else str(speed) for speed in speeds),
        *("" if ratio is None else f"{ratio:.2f}" for ratio in ratios),
        "" if row["peak_bytes"] is None else str(round(row["peak_bytes"] / MEGA)),
        row["note"] or "",
    ]

"""`quotes ingest`: files in, rows out, and an account of both."""

from __future__ import annotations

import re
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.output import notice, print_json, printable, quiet_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.progress import Progress

    from quotes.ingest import Summary
    from quotes.quotation import Notice

# A text with a hundred thousand stray marks is told about, not recited.
_NOTICES = 10
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def _size(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """Return a number of bytes, written with k, M or G for multiples of 1,024."""
    if value is None:
        return None
    match = re.fullmatch(r"\s*(\d+)\s*([kmg]?)(?:i?b)?\s*", value, re.IGNORECASE)
    if match is None or not int(match[1]):
        raise click.BadParameter(f"{value!r} is not a size; write for example 50M", ctx, param)
    return int(match[1]) * _UNITS[match[2].lower()]


class _Teller:
    """Tells on stderr what an ingest does, with a bar on a terminal only."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self.passed_over = 0
        self._bar: Progress | None = None
        self._task: Any = None

    def bar(self) -> AbstractContextManager[Any]:
        """Return a bar to show meanwhile; how much there is to read is not known beforehand."""
        if self._quiet or not sys.stderr.isatty():
            return nullcontext()
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("reading", total=None)
        return self._bar

    def progressed(self, summary: Summary) -> None:
        if self._bar is not None:
            done = f"{summary.read} read, {summary.quotations} quotations"
            self._bar.update(self._task, description=done)

    def left_out(self, path: str) -> None:
        self.passed_over += 1

    def skipped(self, path: str, reason: str) -> None:
        # Said even when quiet: the exit status will be 1, and this is why.
        self._say(f"skipped {path}: {reason}")

    def remarked(self, path: str, remark: str) -> None:
        if not self._quiet:
            self._say(f"{path}: {remark}")

    def noticed(self, path: str, text: str, notices: Sequence[Notice]) -> None:
        if self._quiet:
            return
        from quotes.links.position import position

        for one in notices[:_NOTICES]:
            self._say(f"{path}:{position(text, one.start)}: {one.message}")
        if len(notices) > _NOTICES:
            self._say(f"{path}: {len(notices) - _NOTICES} more notices like these")

    def _say(self, line: str) -> None:
        if self._bar is not None:
            from rich.text import Text

            self._bar.console.print(Text(printable(line)), soft_wrap=True)
        else:
            notice(printable(line))


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--encoding", metavar="NAME", help="Read plain text in this encoding.")
@click.option(
    "--max-size",
    metavar="SIZE",
    callback=_size,
    help="Skip what is over this size, such as 50M; 10,000,000 bytes where it is not given.",
)
@click.option(
    "--parser",
    type=click.Choice(["spacy"]),
    default="spacy",
    show_default=True,
    help="The parser to use.",
)
@click.option(
    "--reextract",
    is_flag=True,
    help="Extract what is stored already again, all of it where no PATH is given; old rows stay.",
)
@quiet_option
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    encoding: str | None,
    max_size: int | None,
    parser: str,
    reextract: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read files and folders, extract, and store what is new.

    A folder is read with everything below it, - is standard input. What is stored already is left
    alone, a changed file becomes a new version. The exit status is 1 where anything was skipped.

    Example: quotes ingest articles/ interview.html
    """
    if not paths and not reextract:
        raise click.UsageError("name a file or a folder, or - for standard input")
    from quotes import pipeline
    from quotes.documents.reading import DEFAULT_MAX_BYTES, read_paths
    from quotes.ingest import Ingest
    from quotes.store import Store

    teller = _Teller(quiet=quiet)
    with Store(ctx.obj["db"], create=bool(paths)) as store:
        if store.created and not quiet:
            notice(f"created the database {ctx.obj['db']}")
        ingest = Ingest(
            store,
            lambda: pipeline.load(parser),
            listener=teller,
            config={"parser": parser, "reextract": reextract},
        )
        with teller.bar():
            if paths:
                documents = read_paths(
                    paths,
                    encoding=encoding,
                    max_bytes=max_size or DEFAULT_MAX_BYTES,
                    on_left_out=teller.left_out,
                )
                ingest.run(documents, reextract=reextract)
            else:
                ingest.reextract_all()
    if as_json:
        print_json(_object(ingest.summary, teller.passed_over))
    elif not quiet:
        notice(_sentence(ingest.summary, teller.passed_over))
    ctx.exit(1 if ingest.summary.skipped else 0)


def _object(summary: Summary, passed_over: int) -> dict[str, Any]:
    skipped = [{"path": path, "reason": reason} for path, reason in summary.skipped]
    return {**asdict(summary), "passed_over": passed_over, "skipped": skipped}


def _sentence(summary: Summary, passed_over: int) -> str:
    parts = [
        f"{summary.read} read",
        f"{summary.new} new",
        f"{summary.new_versions} new versions",
        f"{summary.unchanged} unchanged",
        f"{summary.copies} copies",
    ]
    if summary.reextracted:
        parts.append(f"{summary.reextracted} extracted again")
    parts += [f"{summary.quotations} quotations", f"{len(summary.skipped)} skipped"]
    if passed_over:
        parts.append(f"{passed_over} of other kinds passed over")
    return ", ".join(parts)

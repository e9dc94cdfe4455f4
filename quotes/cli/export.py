"""`quotes export`: quote sheets on stdout or in a file."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import filter_options, limit_option
from quotes.cli.output import notice, quiet_option
from quotes.errors import QuotesError
from quotes.exports import FORMATS, load_exporter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from quotes.store.values import Filter

BOM = "\ufeff"


@click.command("export")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), required=True, help="The file's format."
)
@filter_options
@limit_option()
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(allow_dash=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    default=Path("-"),
    help="Write to this file, in whole or not at all; - is standard output.",
)
@click.option("--bom", is_flag=True, help="Begin csv with a byte order mark, as Excel wants it.")
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    form: str,
    which: Filter,
    limit: int | None,
    target: Path,
    bom: bool,
    quiet: bool,
) -> None:
    """Write quote sheets: csv, jsonl or md.

    csv and jsonl come in the order of sources and places, md is grouped by speaker. In csv a cell
    that a spreadsheet could take for a formula begins with an apostrophe.

    Example: quotes export --format csv --bom --speaker Ishiba -o ishiba.csv
    """
    if bom and form != "csv":
        raise click.UsageError("--bom is for csv; other formats are UTF-8 without a mark")
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:

        @lru_cache(maxsize=32)
        def passages(version_id: int) -> str:
            return queries.passage(session, version_id)

        found = queries.quotations(session, which, limit=limit)
        exporter = load_exporter(form, passages)
        with _opened(target) as file:
            file.write(BOM.encode() if bom else b"")
            for chunk in exporter.chunks(found):
                file.write(chunk.encode())
    if target != Path("-") and not quiet:
        notice(f"wrote {target}")


@contextmanager
def _opened(target: Path) -> Iterator[BinaryIO]:
    """Open stdout, or a file beside the target that takes its place when all is written."""
    if target == Path("-"):
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    final = target.resolve()
    # A pipe or a device is written to and not replaced.
    special = final.exists() and not final.is_file()
    written = final if special else final.with_name(f".{final.name}.{os.getpid()}.tmp")
    try:
        with written.open("wb") as file:
            yield file
        if not special:
            written.replace(final)
    except OSError as error:
        raise QuotesError(
            f"{target} cannot be written: {error.strerror}", hint="choose another file after -o"
        ) from error
    finally:
        if not special:
            written.unlink(missing_ok=True)

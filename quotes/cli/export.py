"""`quotes export`: quote sheets on stdout or in a file."""

from __future__ import annotations

import hashlib
import sys
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import filter_options, limit_option
from quotes.cli.output import notice, quiet_option
from quotes.cli.rejected import say_left_out
from quotes.cli.targets import STDOUT, opened, refuse_database, refuse_missing_folder, unpacked
from quotes.exports import FORMATS, load_exporter
from quotes.exports.exporter import GROUPS, SOURCE, SPEAKER
from quotes.exports.json_lines import encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.exports.manifest import Manifest
    from quotes.store.values import Filter

BOM = "\ufeff"


@click.command("export")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), required=True, help="The file's format."
)
@filter_options
@limit_option()
@click.option(
    "--group",
    type=click.Choice(GROUPS),
    help=f"What the headings of md, html and docx are; {SPEAKER} where it is not given.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(allow_dash=True, path_type=Path),
    metavar="FILE",
    default=STDOUT,
    help="Write to this file, in whole or not at all; - is standard output. brat goes to a new "
    "folder, or to a file that ends in .zip.",
)
@click.option(
    "--manifest",
    "beside",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write program, date, filters and the export's hash to this file, as JSON.",
)
@click.option("--bom", is_flag=True, help="Begin csv with a byte order mark, as Excel wants it.")
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    form: str,
    which: Filter,
    limit: int | None,
    group: str | None,
    target: Path,
    beside: Path | None,
    bom: bool,
    quiet: bool,
) -> None:
    """Write quote sheets, and quotations for other programs.

    csv, xlsx, jsonl; sheets under headings in md, html and docx; webannotation (W3C), tei, brat,
    prov (W3C) and schema (schema.org). They come in the order of sources and places, under
    headings of speakers in theirs. No text becomes a formula, a script or a command.

    Example: quotes export --format xlsx --speaker Ishiba -o ishiba.xlsx
    """
    _check(form, group, target, bom=bom)
    for path in (target, *([beside] if beside else [])):
        refuse_missing_folder(path)
        refuse_database(path, ctx.obj["db"])
    from quotes.exports.exporter import Setting
    from quotes.exports.manifest import Manifest, given
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:

        @lru_cache(maxsize=32)
        def passages(version_id: int) -> str:
            return queries.passage(session, version_id)

        filters = given(which) | ({"limit": limit} if limit else {})
        manifest = Manifest(pipelines=tuple(queries.pipelines(session)), filters=filters)
        setting = Setting(passages=passages, manifest=manifest, group=group or SPEAKER)
        by_speaker = FORMATS[form].grouped and group != SOURCE
        found = queries.quotations(session, which, limit=limit, by_speaker=by_speaker)
        chunks = load_exporter(form, setting).chunks(found)
        digest = _write(chunks, target, start=BOM.encode() if bom else b"", form=form)
        if not quiet:
            say_left_out(session, which)
    if beside is not None:
        _write_manifest(beside, manifest, form=form, digest=digest)
    if target != STDOUT and not quiet:
        notice(f"wrote {target}")


def _check(form: str, group: str | None, target: Path, *, bom: bool) -> None:
    chosen = FORMATS[form]
    if bom and form != "csv":
        raise click.UsageError("--bom is for csv; other formats are UTF-8 without a mark")
    if group is not None and not chosen.grouped:
        raise click.UsageError("--group is for md, html and docx")
    if chosen.binary and target == STDOUT and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text for a terminal; name a file with -o")
    if target.is_dir() and not chosen.many:
        raise click.UsageError(f"{target} is a folder; name a file after -o")


def _write(chunks: Iterable[bytes], target: Path, *, start: bytes, form: str) -> str:
    """Write the export and return the SHA-256 of its bytes."""
    digest = hashlib.sha256()
    to_folder = FORMATS[form].many and target != STDOUT and target.suffix.lower() != ".zip"
    with unpacked(target) if to_folder else opened(target) as file:
        for chunk in chain([start], chunks):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _write_manifest(target: Path, manifest: Manifest, *, form: str, digest: str) -> None:
    told = {"format": form, **manifest.as_json(), "sha256": digest}
    with opened(target) as file:
        file.write((encode(told, indent=2) + "\n").encode())

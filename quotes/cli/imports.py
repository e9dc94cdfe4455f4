"""`quotes import`: annotations of people, taken in as reviews."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.deciding import take_in
from quotes.cli.options import reviewer_options
from quotes.cli.output import json_option, notice, print_json, printable

if TYPE_CHECKING:
    from quotes.errors import RefusedImport
    from quotes.store import Store
    from quotes.store.importing import Taken


@click.command("import")
@click.argument(
    "paths", metavar="FILE|FOLDER...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@reviewer_options
@json_option
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], by: str, note: str | None, as_json: bool
) -> None:
    """Take in what people annotated, as reviews and new quotations.

    Reads JSON Lines (.jsonl) and brat (.ann beside .txt), as `quotes export` writes them; a folder
    with all below it. The words of a stored quotation confirm it, and reassign it where the
    speaker is another; words that none has are added. Everything is checked against the stored
    text, and a file with anything that does not fit is left out whole.

    Example: quotes import annotated/ --by Kim
    """
    from quotes.errors import QuotesError
    from quotes.incoming import annotation_files
    from quotes.store import Store

    files = list(dict.fromkeys(file for path in paths for file in annotation_files(path)))
    total: Counter[str] = Counter()
    refused = 0
    with Store(ctx.obj["db"]) as store:
        for file in files:
            taken = _take(store, file, by=by, note=note or "")
            refused += taken is None
            total.update(taken.counts if taken else ())
    if as_json:
        print_json({"files": len(files), "refused": refused, **dict(sorted(total.items()))})
    else:
        told = ", ".join(f"{number} {what}" for what, number in sorted(total.items()))
        notice(f"{_files(len(files) - refused)} taken in: {told or 'no annotations'}")
    if refused or not files:
        what = f"{_files(refused)} left out" if files else "there are no .jsonl and .ann files"
        raise QuotesError(what, hint="see `quotes import --help` for what is read")


def _take(store: Store, file: Path, *, by: str, note: str) -> Taken | None:
    """Take in a file in one transaction, or say what is wrong with it and return None."""
    from quotes.errors import RefusedImport
    from quotes.incoming import read_annotations
    from quotes.store import importing

    try:
        incoming = read_annotations(file)
        with store.session(write=True) as session:
            taken = importing.take_in(session, incoming, by=by, note=note)
        take_in(store, taken.versions)
    except RefusedImport as error:
        notice(printable(_refusal(file, error)))
        return None
    except OSError as error:
        notice(printable(f"{error.filename or file}: {error.strerror}"))
        return None
    return taken


def _refusal(file: Path, error: RefusedImport) -> str:
    """Return what is wrong with a file in one line: the first of its problems, and how many."""
    told = f"nothing of it was stored, for {error}"
    if not error.problems:
        return f"{file}: {told}"
    line, problem = error.problems[0]
    return f"{file}:{line}: {problem}; {told}"


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"

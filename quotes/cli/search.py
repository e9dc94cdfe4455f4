"""`quotes search`: quotations and sources by their words."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.listing import ID_LENGTH, TEXT_LENGTH
from quotes.cli.options import act_option, limit_option, min_confidence_option
from quotes.cli.output import format_option, print_listing, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from quotes.store.values import Hit


@click.command("search")
@click.argument("text")
@limit_option(20)
@act_option
@min_confidence_option
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    text: str,
    limit: int,
    act: tuple[str, ...],
    min_confidence: float | None,
    output: str,
) -> None:
    """Search quotations and sources by their words.

    First come the quotations that hold all the words, then other passages. Case and accents do
    not count. The limit is for each of the two. With --min-confidence, the words of a quotation
    less sure are taken for those of a passage; with --act, only quotations are searched.

    Example: quotes search "asian nato"
    """
    if not any(character.isalnum() for character in text):
        raise click.UsageError("name a word to search for")
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        hits = queries.search(session, text, limit=limit, acts=act, min_confidence=min_confidence)
        print_listing(
            _rows(session, hits),
            output=output,
            columns=("id", "speaker", "words", "place"),
            cells=_cells,
            empty="nothing found",
            wide=2,
        )


def _rows(session: Session, hits: Sequence[Hit]) -> Iterator[dict[str, Any]]:
    """Yield the hits with their lines and columns."""
    from quotes.links.position import position
    from quotes.store import queries

    texts: dict[int, str] = {}
    for hit in hits:
        if hit.version_id not in texts:
            texts[hit.version_id] = queries.passage(session, hit.version_id)
        place = position(texts[hit.version_id], hit.start)
        row = asdict(hit)
        del row["version_id"]
        yield {**row, "line": place.line, "column": place.column}


def _cells(row: dict[str, Any]) -> Sequence[str]:
    return (
        (row["quotation"] or "")[:ID_LENGTH],
        row["speaker"] or ("(unknown)" if row["quotation"] else "(no quotation)"),
        shortened(row["snippet"], TEXT_LENGTH),
        f"{PurePath(row['path']).name}:{row['line']}:{row['column']}",
    )

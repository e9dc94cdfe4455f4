"""`quotes list`: the stored quotations, filtered."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from quotes.cli.options import filter_options, limit_option
from quotes.cli.output import format_option, print_listing, shortened
from quotes.cli.rejected import say_left_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import QuotationRecord
    from quotes.store.values import Filter

# Enough of an id to name a quotation: `show` and `link` take any beginning that is unique.
ID_LENGTH = 10
TEXT_LENGTH = 200


@click.command("list")
@filter_options
@limit_option()
@format_option
@click.pass_context
def command(ctx: click.Context, which: Filter, limit: int | None, output: str) -> None:
    """List the stored quotations.

    They come in the order of sources and of their places there. A table shows the beginning of
    each id, which is enough for `quotes show`. What a review has rejected is left out unless
    --status asks for it.

    Example: quotes list --speaker Ishiba --kind direct --since 2024-11-01
    """
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        found = queries.quotations(session, which, limit=limit)
        print_listing(
            (stored.record for stored in found),
            output=output,
            columns=("id", "speaker", "kind", "quotation", "source"),
            cells=_cells,
            empty="no quotations",
            wide=3,
        )
        say_left_out(session, which)


def _cells(record: QuotationRecord) -> Sequence[str]:
    speaker = record["speaker"]
    return (
        record["id"][:ID_LENGTH],
        (speaker["name"] if speaker else "(unknown)") + _by_way_of(record),
        record["kind"],
        shortened(record["content"]["text"], TEXT_LENGTH),
        PurePath(record["document"]["path"]).name,
    )


def _by_way_of(record: QuotationRecord) -> str:
    return f" (via {record['via']['name']})" if record["via"] else ""

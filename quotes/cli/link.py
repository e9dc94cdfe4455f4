"""`quotes link`: from a quotation back to its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quotes.cli.output import json_option, notice, print_json, printable

if TYPE_CHECKING:
    from quotes.store.values import StoredQuotation


@click.command("link")
@click.argument("id", metavar="ID")
@json_option
@click.pass_context
def command(ctx: click.Context, id: str, as_json: bool) -> None:  # noqa: A002 - the user's word
    """Print the ways back to a quotation's passage.

    These are path:line:column, counted from 1 in code points, and the URL with a text fragment
    that a browser scrolls to. With --json also W3C selectors.

    Example: quotes link q_1f0c --json
    """
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        stored = queries.quotation(session, id)
        text = queries.passage(session, stored.version_id)
    ways = ways_back(stored, text)
    if as_json:
        print_json(ways)
        return
    click.echo(printable(ways["location"]))
    click.echo(printable(ways["url"]))
    if stored.media_type != "text/plain":
        notice(f"line and column are those of the text read from this {stored.media_type}")


def ways_back(stored: StoredQuotation, text: str) -> dict[str, Any]:
    """Return the object that `--json` prints."""
    from quotes.links import (
        position,
        text_position_selector,
        text_quote_selector,
        with_text_fragment,
    )
    from quotes.spans import Span

    record = stored.record
    spans = tuple(Span(start, end) for start, end in record["content"]["spans"])
    places = [position(text, span.start) for span in spans]
    return {
        "id": record["id"],
        "path": record["document"]["path"],
        "version": record["document"]["version"],
        "line": places[0].line,
        "column": places[0].column,
        "location": f"{record['document']['path']}:{places[0]}",
        "url": with_text_fragment(stored.url or stored.uri, text, spans),
        "spans": [
            {
                "line": place.line,
                "column": place.column,
                "selectors": [text_quote_selector(text, span), text_position_selector(span)],
            }
            for place, span in zip(places, spans, strict=True)
        ],
    }

"""`quotes link`: from a quotation back to its passage."""

from __future__ import annotations

import click

from quotes.cli.output import json_option, notice, print_json, printable


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
    from quotes.links import ways_back
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        stored = queries.quotation(session, id)
        text = queries.passage(session, stored.version_id)
    ways = ways_back(stored.record, text, url=stored.url or stored.uri)
    if as_json:
        print_json(ways)
        return
    click.echo(printable(ways["location"]))
    click.echo(printable(ways["url"]))
    if stored.media_type != "text/plain":
        notice(f"line and column are those of the text read from this {stored.media_type}")

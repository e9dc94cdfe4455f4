"""`quotes utterances`: the statements that several sources tell."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.listing import ID_LENGTH, TEXT_LENGTH
from quotes.cli.options import limit_option
from quotes.cli.output import format_option, notice, print_listing, quiet_option, shortened

if TYPE_CHECKING:
    from quotes.store.variants import Statement


@click.group("utterances")
def command() -> None:
    """List the statements that several sources tell, or find them anew.

    Example: quotes utterances list
    """


@command.command("list")
@limit_option(20)
@format_option
@click.pass_context
def list_(ctx: click.Context, limit: int, output: str) -> None:
    """List the statements told most often, each with its first telling.

    `quotes variants` shows the tellings of one.

    Example: quotes utterances list --limit 5
    """
    from quotes.store import Store
    from quotes.store.variants import told_most

    with Store(ctx.obj["db"]) as store, store.session() as session:
        found = told_most(session, limit=limit)
    print_listing(
        (_object(one) for one in found),
        output=output,
        columns=("sources", "speaker", "first told", "id", "first source"),
        cells=_cells,
        empty="no statement is told by several sources, as far as is known",
        numeric=(0,),
        wide=2,
    )


def _object(one: Statement) -> dict[str, Any]:
    return {
        "id": one.id,
        "sources": one.sources,
        "quotations": one.quotations,
        "first": one.first.stored.record,
        "date": one.first.at.isoformat(),
        "date_of": "publication" if one.first.is_published else "reading",
    }


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    record = row["first"]
    return (
        str(row["sources"]),
        record["speaker"]["name"] if record["speaker"] else "(unknown)",
        shortened(record["content"]["text"], TEXT_LENGTH),
        record["id"][:ID_LENGTH],
        PurePath(record["document"]["path"]).name,
    )


@command.command()
@quiet_option
@click.pass_context
def rebuild(ctx: click.Context, quiet: bool) -> None:
    """Find anew which quotations tell the same statement.

    An ingest does the same for what it brings; the outcome does not depend on which of the two.

    Example: quotes utterances rebuild
    """
    from quotes.store import Store
    from quotes.store.variants import count
    from quotes.verification.utterances import rebuild as again

    with Store(ctx.obj["db"]) as store:
        done = again(store)
        with store.session() as session:
            statements = count(session)
    if not done.by_meaning:
        notice("only by shared words, for want of vectors: see `quotes index rebuild`")
    if not quiet:
        are = "statement is" if statements == 1 else "statements are"
        groups = "group" if done.changed == 1 else "groups"
        notice(f"{statements} {are} told by several sources; {done.changed} {groups} changed")

"""`quotes index`: the vectors by which quotations and passages are found in other words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from quotes.cli.output import json_option, notice, print_json, progress, quiet_option


@click.group("index")
def command() -> None:
    """Say what can be found by meaning, or make it so.

    Example: quotes index rebuild
    """


@command.command()
@json_option
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Say how many quotations and sentences have vectors, and whether the index has them all.

    Example: quotes index status --json
    """
    from quotes.store import Store
    from quotes.store.embeddings import coverage, model_of
    from quotes.store.vectors import indexed, without_own_index

    with Store(ctx.obj["db"]) as store, store.session() as session:
        found = coverage(session)
        model = model_of(session)
        value: dict[str, Any] = {
            "model": None if model is None else {"name": model.name, "digest": model.digest},
            **asdict(found),
            "indexed": {what: indexed(session, what) for what in ("quotation", "sentence")},
        }
        remark = without_own_index(session)
    if as_json:
        print_json(value)
        return
    if model is not None:
        click.echo(f"encoder     {model.name} {model.digest[:19]}")
    click.echo(f"quotations  {found.quotations_with} of {found.quotations} have vectors")
    click.echo(
        f"sentences   {found.sentences_with}, of {found.documents_with} of "
        f"{found.documents} documents"
    )
    listed = value["indexed"]
    click.echo(f"index       {listed['quotation']} quotations, {listed['sentence']} sentences")
    if remark is not None:
        notice(remark)
    if found.missing:
        notice("`quotes index rebuild` makes what is missing")


@command.command()
@quiet_option
@click.pass_context
def rebuild(ctx: click.Context, quiet: bool) -> None:
    """Make the vectors that are missing, and the index from nothing.

    What is done is kept when it is stopped, and the next call does the rest.

    Example: quotes index rebuild
    """
    from quotes.indexing import embed, make_index, wanting
    from quotes.store import Store
    from quotes.vectors.encoder import Encoder
    from quotes.verification.utterances import link

    encoder = Encoder()
    with Store(ctx.obj["db"]) as store:
        versions = wanting(store)
        shown = progress(versions, total=len(versions), label="documents", quiet=quiet)
        made = sum(embed(store, encoder, version, run) for version, run in shown)
        make_index(store)
        link(store)
    if not quiet:
        notice(f"{made} vectors made, of {len(versions)} documents")

"""`quotes speakers`: who is quoted."""

from __future__ import annotations

from dataclasses import asdict

import click

from quotes.cli.output import (
    format_option,
    json_option,
    print_json,
    print_listing,
    printable,
    shortened,
)

ALIASES_LENGTH = 120


@click.group("speakers")
def command() -> None:
    """List the speakers, or show one.

    Example: quotes speakers show Ishiba
    """


@command.command("list")
@click.argument("name", required=False)
@format_option
@click.pass_context
def list_(ctx: click.Context, name: str | None, output: str) -> None:
    """List the speakers, all or those with this in a name.

    Example: quotes speakers list noda
    """
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        found = queries.speakers(session, name)
    print_listing(
        (asdict(speaker) for speaker in found),
        output=output,
        columns=("id", "name", "kind", "quotations", "sources", "also called"),
        cells=lambda row: (
            row["id"][:10],
            row["name"],
            row["kind"],
            str(row["quotations"]),
            str(row["documents"]),
            shortened(", ".join(row["aliases"]), ALIASES_LENGTH),
        ),
        empty="no speakers",
        numeric=(3, 4),
        wide=5,
    )


@command.command()
@click.argument("name")
@json_option
@click.pass_context
def show(ctx: click.Context, name: str, as_json: bool) -> None:
    """Show one speaker, by name, surname or id.

    Example: quotes speakers show "Ishiba Shigeru"
    """
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        speaker = queries.speaker(session, name)
    if as_json:
        print_json(asdict(speaker))
        return
    click.echo(f"{printable(speaker.name)} ({speaker.kind})")
    click.echo(f"id           {speaker.id}")
    if speaker.external_id:
        click.echo(f"external id  {printable(speaker.external_id)}")
    if speaker.aliases:
        click.echo(f"also called  {printable(', '.join(speaker.aliases))}")
    if speaker.members:
        click.echo(f"members      {printable('; '.join(one['name'] for one in speaker.members))}")
    sources = "1 source" if speaker.documents == 1 else f"{speaker.documents} sources"
    together = f", {speaker.together} of them together with others" if speaker.together else ""
    click.echo(f"quotations   {speaker.quotations} in {sources}{together}")
    if speaker.passed_on:
        click.echo(f"passed on    {speaker.passed_on}, see quotes list --via {speaker.id}")
    click.echo(f"to read      quotes list --speaker {speaker.id}")

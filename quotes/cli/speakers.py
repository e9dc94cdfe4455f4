"""`quotes speakers`: who is quoted, why their names were put together, and what people decide."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from quotes.cli.options import limit_option, reviewer_options
from quotes.cli.output import (
    format_option,
    notice,
    plain_row,
    print_json,
    print_json_line,
    print_listing,
    print_table,
    printable,
    shortened,
)
from quotes.exports.evidence import why

if TYPE_CHECKING:
    from quotes.records import QuotationRecord
    from quotes.store.values import StoredAlias, StoredDecision, StoredMerge, StoredSpeaker

ALIASES_LENGTH = 120
TEXT_LENGTH = 200


@click.group("speakers")
def command() -> None:
    """List the speakers, show one, and say who is the same.

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
@limit_option(5)
@format_option
@click.pass_context
def show(ctx: click.Context, name: str, limit: int, output: str) -> None:
    """Show one speaker, by name, surname or id: names, documents with reasons, first quotations.

    Each document's name for the speaker is listed with why it was led here. What is wrong can be
    taken back with `quotes speakers split`.

    Example: quotes speakers show "Ishiba Shigeru"
    """
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        speaker = queries.speaker(session, name)
        found = queries.merges(session, speaker.id)
        called = queries.aliases(found)
        which = queries.Filter(speaker=speaker.id)
        quoted = [one.record for one in queries.quotations(session, which, limit=limit)]
    if output != "table":
        value = {
            **asdict(speaker),
            "called": [asdict(one) for one in called],
            "merges": [{**plain_row(one), "why": why(one, speaker.name)} for one in found],
            "quotes": quoted,
        }
        (print_json if output == "json" else print_json_line)(value)
        return
    _print_speaker(speaker)
    _print_names(called)
    _print_merges(found, speaker)
    _print_quotes(quoted, speaker)


def _print_speaker(speaker: StoredSpeaker) -> None:
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


def _print_names(called: list[StoredAlias]) -> None:
    if called:
        click.echo()
        rows = [(one.name, str(one.documents)) for one in called]
        print_table(("name", "sources"), rows, numeric=(1,))


def _print_merges(found: list[StoredMerge], speaker: StoredSpeaker) -> None:
    if not found:
        return
    click.echo()
    rows = [
        (
            PurePath(one.path).name,
            one.name,
            str(one.quotations),
            why(one, speaker.name) + (f" (decision {one.decision})" if one.decision else ""),
            f"{one.created_at:%Y-%m-%d %H:%M}",
        )
        for one in found
    ]
    columns = ("source", "named there", "quotations", "why it leads here", "since")
    print_table(columns, rows, numeric=(2,), wide=3)


def _print_quotes(quoted: list[QuotationRecord], speaker: StoredSpeaker) -> None:
    if not quoted:
        return
    click.echo()
    rows = [
        (
            record["id"][:10],
            record["kind"],
            shortened(record["content"]["text"], TEXT_LENGTH),
            PurePath(record["document"]["path"]).name,
        )
        for record in quoted
    ]
    print_table(("id", "kind", "quotation", "source"), rows, wide=2)
    if speaker.quotations > len(quoted):
        click.echo(f"and {speaker.quotations - len(quoted)} more")


@command.command()
@click.argument("name")
@click.option(
    "--document",
    required=True,
    metavar="SOURCE",
    help="The source whose quotations are somebody else's: its path, title or id.",
)
@reviewer_options
@click.pass_context
def split(ctx: click.Context, name: str, document: str, by: str, note: str | None) -> None:
    """Take what a speaker says in one source out to a speaker of its own.

    It stays so, whatever is ingested or extracted later, until `quotes speakers undo`.

    Example: quotes speakers split "Ada Moss" --document harbour.txt --note "a namesake"
    """
    from quotes.store import Store, decisions, queries
    from quotes.verification.utterances import link

    with Store(ctx.obj["db"]) as store:
        with store.session(write=True) as session:
            source = queries.source(session, document)
            was, id_ = decisions.split(session, name, document=source.id, reviewer=by, note=note)
        notice(printable(f"{was} in {source.path} is a speaker of its own now: {id_}"))
        link(store)


@command.command()
@click.argument("name")
@click.argument("into")
@reviewer_options
@click.pass_context
def merge(ctx: click.Context, name: str, into: str, by: str, note: str | None) -> None:
    """Let the speaker NAME be the speaker INTO, under whose name both go from now on.

    It stays so, whatever is ingested or extracted later, until `quotes speakers undo`.

    Example: quotes speakers merge "Mary Roe" "Mary Vale"
    """
    from quotes.store import Store, decisions
    from quotes.verification.utterances import link

    with Store(ctx.obj["db"]) as store:
        with store.session(write=True) as session:
            first, second = decisions.merge(session, name, into, reviewer=by, note=note)
        notice(printable(f"{first} is {second} now"))
        link(store)


@command.command()
@click.argument("name")
@click.argument("item")
@reviewer_options
@click.pass_context
def link(ctx: click.Context, name: str, item: str, by: str, note: str | None) -> None:
    """Say which Wikidata item the speaker NAME is; ITEM is its id, or the address of its page.

    It is kept whatever is ingested later, until `quotes speakers undo`, and goes before that of a
    list of known people.

    Example: quotes speakers link "Ishiba Shigeru" Q1186904
    """
    from quotes.store import Store, speaker_facts

    with Store(ctx.obj["db"]) as store, store.session(write=True) as session:
        was, linked = speaker_facts.link(session, name, item, reviewer=by, note=note)
    notice(printable(f"{was} is {linked} now: https://www.wikidata.org/wiki/{linked}"))


@command.command()
@click.argument("name")
@click.argument("new")
@reviewer_options
@click.pass_context
def rename(ctx: click.Context, name: str, new: str, by: str, note: str | None) -> None:
    """Let the speaker NAME go by the name NEW; the other names go on to lead there.

    Example: quotes speakers rename "Ishiba" "Ishiba Shigeru"
    """
    from quotes.store import Store, speaker_facts

    with Store(ctx.obj["db"]) as store, store.session(write=True) as session:
        was, now = speaker_facts.rename(session, name, new, reviewer=by, note=note)
    notice(printable(f"{was} goes by {now} now"))


@command.command()
@click.argument("name")
@click.argument("other")
@reviewer_options
@click.pass_context
def alias(ctx: click.Context, name: str, other: str, by: str, note: str | None) -> None:
    """Let the speaker NAME answer to OTHER too, in filters and in verify.

    Example: quotes speakers alias "Ada Moss" "the Iron Clerk"
    """
    from quotes.store import Store, speaker_facts

    with Store(ctx.obj["db"]) as store, store.session(write=True) as session:
        was, now = speaker_facts.alias(session, name, other, reviewer=by, note=note)
    notice(printable(f"{was} answers to {now} too"))


@command.command()
@click.argument("decision", type=click.IntRange(min=1), required=False)
@reviewer_options
@click.pass_context
def undo(ctx: click.Context, decision: int | None, by: str, note: str | None) -> None:
    """Take back a decision about speakers: the one of this number, or the last that stands.

    Example: quotes speakers undo 3
    """
    from quotes.store import Store, decisions
    from quotes.verification.utterances import link

    with Store(ctx.obj["db"]) as store:
        with store.session(write=True) as session:
            told = decisions.undo(session, decision, reviewer=by, note=note)
        notice(printable(f"taken back: {told}"))
        link(store)


@command.command()
@format_option
@click.pass_context
def log(ctx: click.Context, output: str) -> None:
    """List what people decided about speakers, oldest first.

    Example: quotes speakers log
    """
    from quotes.store import Store, decisions

    with Store(ctx.obj["db"]) as store, store.session() as session:
        found = decisions.log(session)
    print_listing(
        found,
        output=output,
        plain=plain_row,
        columns=("number", "what", "by", "when", "note"),
        cells=_decision_cells,
        empty="no decisions",
        numeric=(0,),
        wide=1,
    )


def _decision_cells(one: StoredDecision) -> tuple[str, ...]:
    where = f" in {PurePath(one.path).name}" if one.path else ""
    to = "into" if one.action == "merge" else "to"
    what = f"{one.action} {one.name}{where}" + (f" {to} {one.into}" if one.into else "")
    if one.undoes is not None:
        what = f"undo {one.undoes}: {one.name}{where}"
    elif not one.stands:
        what += " (taken back)"
    return str(one.id), what, one.reviewer, f"{one.created_at:%Y-%m-%d %H:%M}", one.note or ""

"""`quotes source`: what was read, with its quotations in place."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from quotes.cli.output import format_option, plain_row, print_json, print_listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.store.values import StoredQuotation


@click.group()
def command() -> None:
    """List the sources, show one, or list its versions.

    Example: quotes source show summit.txt
    """


@command.command("list")
@click.argument("which", required=False, metavar="[NAME]")
@format_option
@click.pass_context
def list_(ctx: click.Context, which: str | None, output: str) -> None:
    """List the sources: all, or those with this id, path or part of a title."""
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        print_listing(
            (plain_row(source) for source in queries.sources(session, which)),
            output=output,
            columns=("id", "path", "title", "published", "versions", "quotations"),
            cells=lambda row: (
                row["id"],
                row["path"],
                row["title"] or "",
                (row["published_at"] or "")[:10],
                str(row["versions"]),
                str(row["quotations"]),
            ),
            empty="no sources",
        )


@command.command()
@click.argument("name")
@format_option
@click.pass_context
def versions(ctx: click.Context, name: str, output: str) -> None:
    """List the versions of a source, oldest first."""
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        found = queries.versions(session, queries.source(session, name).id)
        print_listing(
            (plain_row(version) for version in found),
            output=output,
            columns=("version", "ingested", "last seen", "read by", "encoding", "quotations", ""),
            cells=lambda row: (
                row["version"][:19],
                row["ingested_at"][:19],
                row["seen_at"][:19],
                f"{row['reader']} {row['reader_version']}",
                f"{row['encoding']} ({row['encoding_choice']})",
                str(row["quotations"]),
                "current" if row["current"] else "",
            ),
            empty="no versions",
        )


@command.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the text with its records as JSON.")
@click.pass_context
def show(ctx: click.Context, name: str, as_json: bool) -> None:
    """Print a source's text with its quotations: in colour, or in a pipe [between brackets]."""
    from quotes.store import Store, queries
    from quotes.store.values import Filter

    with Store(ctx.obj["db"]) as store, store.session() as session:
        source = queries.source(session, name)
        text = queries.passage(session, source.version_id)
        found = list(queries.quotations(session, Filter(source=source.id)))
    if as_json:
        records = [quotation.record for quotation in found]
        print_json({**plain_row(source), "text": text, "records": records})
    elif sys.stdout.isatty():
        _print_highlighted(text, found)
    else:
        # `color` keeps click from taking anything out: in a pipe the text is data.
        click.echo(marked(text, found), nl=not text.endswith("\n"), color=True)


def marked(text: str, found: Sequence[StoredQuotation]) -> str:
    """Return the text with each content span in brackets and its quotation's id at its end."""
    inserts: list[tuple[int, int, int, str]] = []
    for quotation in found:
        id_ = quotation.record["id"]
        for start, end in quotation.record["content"]["spans"]:
            # At one offset ends go before beginnings, and nested spans close inside out.
            inserts.append((start, 1, -end, "["))
            inserts.append((end, 0, -start, f"]({id_})"))
    out, last = [], 0
    for offset, _, _, mark in sorted(inserts):
        out += [text[last:offset], mark]
        last = offset
    return "".join([*out, text[last:]])


def _print_highlighted(text: str, found: Sequence[StoredQuotation]) -> None:
    from rich.console import Console
    from rich.text import Text

    shown = Text(_visible(text))
    for quotation in found:
        record = quotation.record
        for passage, style in (
            (
                record["content"],
                "black on bright_yellow" if record["kind"] != "indirect" else "yellow",
            ),
            (record["cue"], "cyan"),
            (record["source"], "bold green"),
        ):
            for start, end in passage["spans"] if passage else ():
                shown.stylize(style, start, end)
    Console(highlight=False, file=sys.stdout).print(shown, soft_wrap=True)


def _visible(text: str) -> str:
    """Return the text, as long as before, with control characters that a terminal would obey shown
    as their pictures."""
    return "".join(
        c if c in "\n\t" or c.isprintable() or ord(c) >= 0xA0 else _picture(c) for c in text
    )


def _picture(character: str) -> str:
    return chr(0x2400 + ord(character)) if ord(character) < 0x20 else "\ufffd"

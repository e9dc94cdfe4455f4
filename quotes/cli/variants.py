"""`quotes variants`: the tellings of one statement, side by side."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.marking import ONLY_FIRST, ONLY_SECOND, emphasised, shows_colour
from quotes.cli.output import json_option, notice, print_json, print_rich, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from quotes.links.position import Position
    from quotes.store.variants import Variant


@click.command("variants")
@click.argument("id", metavar="ID")
@json_option
@click.pass_context
def command(ctx: click.Context, id: str, as_json: bool) -> None:  # noqa: A002 - the user's word
    """Show how several sources tell what a quotation says.

    ID is an id, or the beginning of one. The first to be published comes first; where a source
    names no date, when it was read counts. The others are compared with it word by word: [-words-]
    are only in the first, {+words+} are not in it; on a terminal they are coloured.

    Example: quotes variants q_1f0c
    """
    from quotes.links.position import position
    from quotes.store import Store, queries
    from quotes.store.variants import variants

    with Store(ctx.obj["db"]) as store, store.session() as session:
        stored = queries.quotation(session, id)
        found = variants(session, stored.record["id"], stored.version_id)
        places = [
            position(
                queries.passage(session, one.stored.version_id),
                one.stored.record["content"]["start"],
            )
            for one in found
        ]
    if as_json:
        print_json(
            {
                "id": stored.record["id"],
                "variants": [
                    _object(one, place, found[0]) for one, place in zip(found, places, strict=True)
                ],
            }
        )
    elif found:
        _print(found, places)
    else:
        notice(f"no other source tells what {stored.record['id']} says, as far as is known")


def _object(one: Variant, place: Position, first: Variant) -> dict[str, Any]:
    from quotes.verification.wording import pieces

    text = one.stored.record["content"]["text"]
    original = first.stored.record["content"]["text"]
    return {
        "quote": one.stored.record,
        "location": {"line": place.line, "column": place.column},
        "publisher": one.stored.publisher,
        "url": one.stored.url,
        "date": one.at.isoformat(),
        "date_of": "publication" if one.is_published else "reading",
        "first": one is first,
        "score": one.score,
        "differences": [
            {"first": original[slice(*piece.first)], "this": text[slice(*piece.second)]}
            for piece in pieces(original, text)
            if not piece.is_same
        ],
    }


def _print(found: Sequence[Variant], places: Sequence[Position]) -> None:
    from rich.padding import Padding

    first = found[0]
    documents = {one.stored.record["document"]["id"] for one in found}
    by = "published" if all(one.is_published for one in found) else "published, or else read,"
    speaker = first.stored.record["speaker"]
    name = printable(speaker["name"]) if speaker else "unknown"
    click.echo(f"{name}: {len(found)} tellings in {len(documents)} sources; {by} first:")
    for one, place in zip(found, places, strict=True):
        record = one.stored.record
        click.echo()
        click.echo(f"{record['id']}  {_when(one)}  {record['kind']}, {printable(_by(one))}")
        print_rich(Padding(compared(first, one), (0, 0, 0, 2)))
        click.echo("  " + printable(_origin(one, place)))


def _when(one: Variant) -> str:
    return f"{'published' if one.is_published else 'read'} {one.at:%Y-%m-%d}"


def _by(one: Variant) -> str:
    record = one.stored.record
    speaker, via = record["speaker"], record["via"]
    return (speaker["name"] if speaker else "unknown") + (f" via {via['name']}" if via else "")


def _origin(one: Variant, place: Position) -> str:
    document = one.stored.record["document"]
    title = document["title"] or PurePath(document["path"]).name
    parts = (title, one.stored.publisher, f"{document['path']}:{place}")
    return ", ".join(part for part in parts if part)


def compared(first: Variant, one: Variant) -> Text:
    """Return a telling with what it leaves out of the first, and puts in, marked or coloured."""
    from rich.text import Text

    from quotes.verification.wording import pieces

    original = first.stored.record["content"]["text"]
    text = one.stored.record["content"]["text"]
    if one is first:
        return Text(printable(text))
    marked = ""
    for piece in pieces(original, text):
        dropped = printable(original[slice(*piece.first)])
        added = printable(text[slice(*piece.second)])
        changes = []
        if dropped:
            changes.append(emphasised(dropped, ONLY_FIRST, "red", is_struck=True))
        if added:
            changes.append(emphasised(added, ONLY_SECOND, "green"))
        marked += (" " if marked else "") + (
            added if piece.is_same else (" " if shows_colour() else "").join(changes)
        )
    return Text.from_ansi(marked)

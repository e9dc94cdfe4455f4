"""`quotes search`: quotations and sources by their words, or by what they mean."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.listing import ID_LENGTH, TEXT_LENGTH
from quotes.cli.options import filter_options_without, limit_option
from quotes.cli.output import Marked, format_option, notice, print_listing
from quotes.errors import MissingModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from quotes.store.asking import Query
    from quotes.store.values import Filter, Hit

BEFORE = 60


class _Search(click.Command):
    """A command whose argument may begin with a dash, and which says how."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            # "-handshake" is read as the options -h, -a and so on, and only one of them is named.
            words = [one for one in given if one[:1] == "-" != one[1:2]]
            if error.option_name.startswith("--") or not words:
                raise
            raise click.UsageError(
                f"{words[0]} is no option; put -- before a query that begins with a dash: "
                f"`quotes search -- {shlex.quote(words[0])}`",
                ctx,
            ) from error


@click.command("search", cls=_Search)
@click.argument("text")
@limit_option(20)
@click.option("--semantic", is_flag=True, help="Search for what is near in meaning.")
@filter_options_without("via", "contains")
@format_option
@click.pass_context
def command(
    ctx: click.Context, text: str, limit: int, semantic: bool, which: Filter, output: str
) -> None:
    """Search quotations and sources by their words.

    Words must all be there; "words in quotation marks" one after the other; harb* is any word that
    begins so. OR is either, NOT or - before a word without it, parentheses group; operators are
    written in capitals; -- goes before a query that begins with a dash. Case and accents do not
    count. First come quotations, then other passages; the limit is for each of the two. With
    --min-confidence, the words of a quotation less sure are taken for those of a passage; with
    --speaker, --kind or --act, only quotations are searched. With --semantic the words are a
    sentence, and what is nearest in meaning comes first.

    Example: quotes search '"asian nato" AND (japan OR tokyo) -china'
    """
    from quotes.store import Store
    from quotes.store.asking import parse

    if not any(character.isalnum() for character in text):
        raise click.UsageError("name a word to search for")
    query = None if semantic else parse(text)
    with Store(ctx.obj["db"]) as store, store.session() as session:
        hits = _find(session, text, query, limit, which)
        print_listing(
            _rows(session, hits),
            output=output,
            columns=("id", "speaker", "words", "place"),
            cells=_cells,
            empty="nothing found",
            wide=2,
        )


def _find(session: Session, text: str, query: Query | None, limit: int, which: Filter) -> list[Hit]:
    from quotes.store.searching import search

    if query is None:
        hits = _find_by_meaning(session, text, limit, which)
        if hits is not None:
            return hits
    return search(session, query or text, limit=limit, which=which)


def _find_by_meaning(session: Session, text: str, limit: int, which: Filter) -> list[Hit] | None:
    """Return what is nearest in meaning, None where nothing can tell."""
    from quotes.store.meaning import search_near
    from quotes.store.vectors import without_own_index
    from quotes.vectors.encoder import Encoder

    try:
        vector = Encoder().encode([text])[0]
    except MissingModel as error:
        notice(f"no search by meaning ({error}): these are found by their words")
        return None
    hits = search_near(session, vector, limit=limit, which=which)
    if hits is None:
        notice("the database has no sentence vectors: these are found by their words")
    elif (why := without_own_index(session)) is not None:
        notice(why)
    return hits


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
        if hit.score is None:
            del row["score"]
        yield {**row, "line": place.line, "column": place.column}


def _cells(row: dict[str, Any]) -> Sequence[str | Marked]:
    return (
        (row["quotation"] or "")[:ID_LENGTH],
        row["speaker"] or ("(unknown)" if row["quotation"] else "(no quotation)"),
        excerpt(row["snippet"], row["marks"], TEXT_LENGTH),
        f"{PurePath(row['path']).name}:{row['line']}:{row['column']}",
    )


def excerpt(text: str, marks: Sequence[Sequence[int]], length: int) -> Marked:
    """Return the text, or of a long one the part from a little before its first mark."""
    start = 0
    if len(text) > length and marks and marks[0][1] > length:
        start = marks[0][0] - BEFORE
        start = text.find(" ", start, marks[0][0]) + 1 or start
    end = len(text)
    if end - start > length:
        cut = text.rfind(" ", start, start + length)
        end = cut if cut > start else start + length
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    kept = [(one + shift, other + shift) for one, other in marks if start <= one and other <= end]
    return Marked(before + text[start:end] + after, kept)

"""How verdicts are shown to people: the verdict first, then claim and source word against word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quotes.cli.marking import ONLY_FIRST, ONLY_SECOND, coloured, emphasised
from quotes.cli.output import printable
from quotes.exports.printable import visible
from quotes.links import ways_back
from quotes.verification.showing import (
    Piece,
    aligned,
    ruling_words,
    sentence,
    worth_showing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from quotes.records import PassageRecord
    from quotes.verification.verdict import Match, Verdict

COLOURS = {"verbatim": "green", "paraphrase": "cyan", "altered": "red", "misattributed": "red"}


def ruling_word(ruling: str) -> str:
    """Return the verdict as it is shown, in its colour."""
    return coloured(ruling_words(ruling), COLOURS.get(str(ruling), "yellow"))


def print_verdict(session: Session, verdict: Verdict, name: str | None) -> None:
    """Print a verdict with its evidence, the best first."""
    click.echo(f"{ruling_word(verdict.ruling)}: {printable(sentence(verdict, name))}")
    shown, left = worth_showing(verdict)
    for match in shown:
        click.echo()
        print_match(session, verdict.claim, match)
    if left:
        click.echo(f"\nand {left} more: --json has them all")
    for match in verdict.matches:
        if match.quote is None:
            click.echo("\n" + printable(match.note))


def print_match(session: Session, claim: str, match: Match, indent: str = "  ") -> None:
    """Print one quotation against the claim, with whose it is and where it stands."""
    quote = match.quote
    assert quote is not None
    for line in compared_lines(claim, quote["content"], match):
        click.echo(indent + line)
    said_by = quote["speaker"]["name"] if quote["speaker"] else "unknown speaker"
    document = quote["document"]
    about = [said_by, f"{quote['kind']} {quote['act']}", document["title"], _day(document)]
    click.echo(indent + printable(", ".join(part for part in about if part)))
    location, url = way_back(session, quote["id"])
    click.echo(indent + printable(f"{location}  {quote['id']}"))
    if url.startswith("http"):
        click.echo(indent + printable(url))
    if match.note:
        click.echo(indent + printable(match.note))


def _day(document: Any) -> str:
    return (document["published_at"] or "")[:10]


def way_back(session: Session, public_id: str) -> tuple[str, str]:
    """Return `path:line:column` of a quotation, and its URL with a text fragment."""
    from quotes.store import queries

    stored = queries.quotation(session, public_id)
    ways = ways_back(
        stored.record,
        queries.passage(session, stored.version_id),
        url=stored.url or stored.uri,
    )
    return ways["location"], ways["url"]


def compared_lines(claim: str, content: PassageRecord, match: Match) -> list[str]:
    """Return the claim and the source with what differs marked; the source alone if nothing does.

    On a terminal marks are colours.
    """
    found = aligned(claim, content, match)
    if found.claim is None:
        step = f"  ({found.step})" if found.step else ""
        return [_line(found.source, ("", ""), "green") + step]
    return [
        "claim:  " + _line(found.claim, ONLY_SECOND, "red"),
        "source: " + _line(found.source, ONLY_FIRST, "green"),
    ]


def _line(pieces: Iterable[Piece], marks: tuple[str, str], colour: str) -> str:
    return "".join(
        emphasised(visible(one.text), marks, colour) if one.differs else visible(one.text)
        for one in pieces
    )

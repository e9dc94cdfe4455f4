"""`quotes show`: one quotation with everything that proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli.output import json_option, print_json, print_rich, printable
from quotes.exports.decided import told
from quotes.exports.printable import visible
from quotes.links.position import LINE_END

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rich.text import Text

    from quotes.store.values import StoredMerge, StoredQuotation, StoredVersion

CONTEXT = 300
LABEL = 12
MARKS = {
    "content": ("[", "]", "bold yellow"),
    "cue": ("{", "}", "bold cyan"),
    "source": ("<", ">", "bold green"),
}


@click.command("show")
@click.argument("id", metavar="ID")
@json_option
@click.pass_context
def command(ctx: click.Context, id: str, as_json: bool) -> None:  # noqa: A002 - the user's word
    """Show one quotation in its passage, with its evidence.

    ID is an id, or the beginning of one. In the passage [content], {cue} and <source> are marked.

    Example: quotes show q_1f0c
    """
    from quotes.exports.whole import whole
    from quotes.store import Store, queries
    from quotes.store.variants import others

    with Store(ctx.obj["db"]) as store, store.session() as session:
        stored = queries.quotation(session, id)
        elsewhere = others(session, stored.record["id"], stored.version_id)
        text = queries.passage(session, stored.version_id)
        versions = queries.versions(session, stored.record["document"]["id"])
        merge = queries.merge_of(session, stored.record["id"], stored.version_id)
    if as_json:
        print_json({**whole(stored, text, versions, merge), "other_sources": elsewhere})
        return
    _print_head(stored, text)
    if elsewhere:
        sources = "1 other source" if elsewhere == 1 else f"{elsewhere} other sources"
        _print_line("told by", f"{sources} too: quotes variants {stored.record['id']}")
    _print_passage(stored, text)
    _print_evidence(stored, text, merge)
    _print_history(stored, versions)


def _print_head(stored: StoredQuotation, text: str) -> None:
    from quotes.links import position

    record = stored.record
    speaker, document = record["speaker"], record["document"]
    name = f"{speaker['name']} ({speaker['kind']})" if speaker else "unknown"
    place = position(text, record["content"]["start"])
    published = document["published_at"] or ""
    origin = [document["title"], stored.author, stored.publisher, published[:10]]
    _print_line("quotation", record["id"] + ("" if stored.current else " (not current)"))
    _print_line("speaker", name)
    if speaker and (members := speaker.get("members")):
        _print_line("members", "; ".join(f"{one['name']} ({one['kind']})" for one in members))
    if via := record["via"]:
        _print_line("via", f"{via['name']} ({via['kind']})")
    if stored.addressee:
        _print_line("addressee", stored.addressee["text"])
    _print_line("kind", f"{record['kind']}, {record['act']}")
    _print_line("status", record["status"] + _percent(record["confidence"]))
    if any(origin):
        _print_line("source", ", ".join(part for part in origin if part))
    _print_line("place", f"{document['path']}:{place}")
    if stored.url:
        _print_line("url", stored.url)


def _print_line(label: str, value: str) -> None:
    click.echo(f"{label:<{LABEL}}{printable(value)}")


def _percent(confidence: float | None) -> str:
    return "" if confidence is None else f", confidence {confidence:.0%}"


def _print_passage(stored: StoredQuotation, text: str) -> None:
    from rich.padding import Padding

    click.echo()
    print_rich(Padding(marked_passage(stored, text), (0, 0, 0, 2)))


def marked_passage(stored: StoredQuotation, text: str) -> Text:
    """Return the passage with brackets, in colour on a terminal, around content, cue and source."""
    from rich.text import Text

    from quotes.links.context import context

    record = stored.record
    span = context(text, record, margin=CONTEXT)
    marks: list[tuple[int, int, str, str]] = []
    for role, part in (
        ("content", record["content"]),
        ("cue", record["cue"]),
        ("source", record["source"]),
    ):
        opening, closing, style = MARKS[role]
        for span_start, span_end in part["spans"] if part else ():
            marks += [(span_start, 1, opening, style), (span_end, 0, closing, style)]
    marked = Text("…" if span.start else "")
    last = span.start
    for offset, _, mark, style in sorted(marks):
        marked.append(_shown(text[last:offset])).append(mark, style)
        last = offset
    marked.append(_shown(text[last : span.end]).rstrip())
    return marked.append("…" if span.end < len(text) else "")


def _shown(text: str) -> str:
    return visible(LINE_END.sub("\n", text), keep="\n")


def _print_evidence(stored: StoredQuotation, text: str, merge: StoredMerge | None) -> None:
    from quotes.exports import evidence
    from quotes.links import position

    click.echo()
    if not stored.evidence and merge is None:
        known = stored.record["speaker"]
        if stored.record["method"] in evidence.PEOPLE:
            _print_line("evidence", "a person said so, see the review below")
        else:
            _print_line("evidence", "none is stored" if known else "the text names no speaker")
        return
    certainty = _percent(stored.attribution_confidence)
    _print_line("evidence", f"by {evidence.method(stored)}{certainty}")
    for step in evidence.steps(stored):
        place = f"{position(text, step.start)} [{step.start}, {step.end})"
        _print_line("", f"“{step.text}” at {place} {step.says}")
    if described := evidence.description(stored, text):
        _print_line("", f"where it reads “{described}”")
    if merge is not None:
        name = _speaker_name(stored)
        _print_line("", f"“{merge.name}” is {name}: {evidence.why(merge, name)}")


def _speaker_name(stored: StoredQuotation) -> str:
    speaker = stored.record["speaker"]
    return speaker["name"] if speaker else ""


def _print_history(stored: StoredQuotation, versions: Sequence[StoredVersion]) -> None:
    click.echo()
    for version in versions:
        of_this = "this, " if version.id == stored.version_id else ""
        current = "current" if version.current else "older"
        _print_line(
            "version",
            f"{version.version[:19]} ({of_this}{current}), read {_minute(version.ingested_at)} "
            f"as {version.encoding} by {version.reader} {version.reader_version}",
        )
    words_changed = {one.id for one in stored.reviews if one.action in ("edit", "undo")}
    for review in stored.reviews:
        if review.inherits in words_changed:
            # An edit, or what takes it back, has said already where it goes on.
            continue
        note = f": {review.note}" if review.note else ""
        _print_line(
            "review", f"{told(review)}; by {review.reviewer}, {_minute(review.created_at)}{note}"
        )
    _print_line("run", f"{stored.run.id}, {stored.run.pipeline} {stored.run.version}")


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"

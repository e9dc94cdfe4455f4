"""`quotes show`: one quotation with everything that proves it."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.output import json_option, plain_row, print_json, print_rich, printable
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
RELATIONS = {
    "source": "is the source that the text names",
    "via": "passes it on",
    "name": "is the name that it goes back to",
    "surname": "is the name with this surname",
    "title": "is whom the title stands for",
    "pronoun": "is what the pronoun stands for",
    "stanza": "is what the pronoun stands for, by Stanza's coreference",
    "abbreviation": "is what the abbreviation stands for",
    "apposition": "is explained by its apposition",
    "author": "is whose words the writing gives",
    "possessor": "is whom the words before belong to",
    "speaker-continues": "speaks on from the words before",
    "relative": "is what the relative pronoun stands for",
    "nominal": "is what these words take up",
    "description": "is whom the text describes so",
    "copula": "is whom the text says this is",
    "kin": "is the other of that name in the family",
    "interviewee": "is whom the introduction presents",
    "label": "is the label of the turn",
}
METHODS = {
    "known-people": "name in the list of known people",
    "known-office": "office in the list of known people",
}
# As far as the words after a name are shown with it ("Noda Yoshihiko, head of the party").
DESCRIPTION = re.compile(r",\s(?:\w+(?:[’'-]\w+)*\s?){1,12}(?=[,.;:)])")


@click.command("show")
@click.argument("id", metavar="ID")
@json_option
@click.pass_context
def command(ctx: click.Context, id: str, as_json: bool) -> None:  # noqa: A002 - the user's word
    """Show one quotation in its passage, with its evidence.

    ID is an id, or the beginning of one. In the passage [content], {cue} and <source> are marked.

    Example: quotes show q_1f0c
    """
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        stored = queries.quotation(session, id)
        text = queries.passage(session, stored.version_id)
        versions = queries.versions(session, stored.record["document"]["id"])
        merge = queries.merge_of(session, stored.record["id"], stored.version_id)
    if as_json:
        print_json(_object(stored, text, versions, merge))
        return
    _print_head(stored, text)
    _print_passage(stored, text)
    _print_evidence(stored, text, merge)
    _print_history(stored, versions)


def _object(
    stored: StoredQuotation,
    text: str,
    versions: Sequence[StoredVersion],
    merge: StoredMerge | None,
) -> dict[str, Any]:
    from quotes.cli.reasons import why
    from quotes.links import position
    from quotes.links.context import context

    shown = context(text, stored.record, margin=CONTEXT)
    place = position(text, stored.record["content"]["start"])
    return {
        **stored.record,
        "addressee": stored.addressee,
        "current": stored.current,
        "location": {"line": place.line, "column": place.column},
        "passage": {
            "text": text[shown.start : shown.end],
            "start": shown.start,
            "end": shown.end,
        },
        "evidence": [asdict(step) for step in stored.evidence],
        "via_evidence": [asdict(step) for step in stored.via_evidence],
        "attribution_confidence": stored.attribution_confidence,
        "merge": {**plain_row(merge), "why": why(merge, _speaker_name(stored))} if merge else None,
        "uri": stored.uri,
        "url": stored.url,
        "author": stored.author,
        "publisher": stored.publisher,
        "media_type": stored.media_type,
        "versions": [plain_row(version) for version in versions],
        "reviews": [plain_row(review) for review in stored.reviews],
        "run": plain_row(stored.run),
    }


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
    from quotes.cli.reasons import why
    from quotes.links import position

    click.echo()
    if not stored.evidence and merge is None:
        known = stored.record["speaker"]
        _print_line("evidence", "none is stored" if known else "the text names no speaker")
        return
    certainty = _percent(stored.attribution_confidence)
    method = stored.record["method"]
    _print_line("evidence", f"by {METHODS.get(method, method)}{certainty}")
    for step in stored.evidence + stored.via_evidence:
        says = RELATIONS.get(step.relation, f"follows ({step.relation})")
        place = f"{position(text, step.start)} [{step.start}, {step.end})"
        _print_line("", f"“{step.text}” at {place} {says}")
    if stored.evidence:
        last = stored.evidence[-1]
        described = DESCRIPTION.match(text, last.end)
        if described is not None and last.relation != "source":
            whole = " ".join(text[last.start : described.end()].split())
            _print_line("", f"where it reads “{whole}”")
    if merge is not None:
        _print_line(
            "", f"“{merge.name}” is {_speaker_name(stored)}: {why(merge, _speaker_name(stored))}"
        )


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
    for review in stored.reviews:
        note = f": {review.note}" if review.note else ""
        _print_line(
            "review", f"{review.action} by {review.reviewer}, {_minute(review.created_at)}{note}"
        )
    _print_line("run", f"{stored.run.id}, {stored.run.pipeline} {stored.run.version}")


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"

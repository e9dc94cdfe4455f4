"""`quotes anchor`: where the quotations of a source stand after it has changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.output import (
    format_option,
    notice,
    print_json,
    print_json_line,
    print_table,
    shortened,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from quotes.anchoring import Anchored, Edit
    from quotes.store.values import StoredQuotation

STATUS_NO = 3
_STANDS = ("exact", "moved")
_SHOWN = 60


@click.command("anchor")
@click.argument("file", required=False, type=click.Path(allow_dash=True))
@click.option(
    "--source",
    metavar="NAME",
    help="The source whose quotations are looked for, where its path is not FILE.",
)
@click.option(
    "--version",
    "digest",
    metavar="HASH",
    help="Look for the quotations of this older version, of which the hash may be cut short.",
)
@format_option
@click.pass_context
def command(
    ctx: click.Context, file: str | None, source: str | None, digest: str | None, output: str
) -> None:
    """Find a source's quotations again in a changed text.

    The text is FILE, or without one what the source says now; the quotations are those of
    --version, or without one of what is stored now.

    \b
    The answer for each is
      exact      the same words at the same place;
      moved      the same words elsewhere, white space aside;
      changed    found, but words in it, its cue or its source are others;
      ambiguous  there are several places, or one that may be another's;
      gone       not found.

    Nothing is stored. The exit status is 0 where each is exact or moved, else 3.

    Example: quotes anchor summit.txt
    """
    from quotes.anchoring import anchor
    from quotes.anchoring.stored import roles_of
    from quotes.store import Store

    if file is None and digest is None:
        raise click.UsageError("give the changed FILE, or --version HASH for an older version")
    if file == "-" and source is None and digest is None:
        raise click.UsageError("name the source of standard input with --source NAME")
    with Store(ctx.obj["db"]) as store, store.session() as session:
        old, new, quotations = _texts(session, file, source, digest)
    answers = anchor(old, new, [roles_of(stored.record) for stored in quotations])
    rows = [_row(*pair, new) for pair in zip(quotations, answers, strict=True)]
    _print(rows, output)
    counts = Counter(row["answer"] for row in rows)
    if output == "table":
        told = ", ".join(f"{number} {answer}" for answer, number in counts.items())
        notice(f"{len(rows)} quotations: {told}" if rows else "the source has no quotations")
    ctx.exit(0 if all(answer in _STANDS for answer in counts) else STATUS_NO)


def _texts(
    session: Session, file: str | None, source: str | None, digest: str | None
) -> tuple[str, str, list[StoredQuotation]]:
    """Return the old text, the new one, and the quotations of the old."""
    from quotes.documents.single import read_one
    from quotes.store import queries

    # Read first: who mistypes a path should hear of that.
    changed = read_one(file).text if file is not None else None
    named = source or (file if digest is None else None)
    document_id = queries.source(session, named).id if named else None
    if digest is not None:
        document, version = queries.version(session, digest, document_id=document_id)
        version_id = version.id
    else:
        document = queries.source(session, str(document_id))
        version_id = document.version_id
    old = queries.passage(session, version_id)
    new = queries.passage(session, document.version_id) if changed is None else changed
    return old, new, queries.quotations_of(session, version_id)


def _row(stored: StoredQuotation, found: Anchored, new: str) -> dict[str, Any]:
    from quotes.links import position

    content = found.spans.get("content", ())
    return {
        "id": stored.record["id"],
        "answer": str(found.answer),
        "speaker": stored.record["speaker"],
        "text": stored.record["content"]["text"],
        "spans": {
            role: [[span.start, span.end] for span in spans] for role, spans in found.spans.items()
        },
        "line": position(new, content[0].start).line if content else None,
        "column": position(new, content[0].start).column if content else None,
        "new_text": " ".join(new[span.start : span.end] for span in content) or None,
        "differences": [_difference(edit) for edit in found.differences],
        "candidates": [[span.start, span.end] for span in found.candidates],
    }


def _difference(edit: Edit) -> dict[str, Any]:
    plain = asdict(edit)
    for name in ("old_span", "new_span"):
        plain[name] = list(plain[name].values()) if plain[name] else None
    return plain


def _print(rows: Sequence[dict[str, Any]], output: str) -> None:
    if output == "jsonl":
        for row in rows:
            print_json_line(row)
    elif output == "json":
        print_json(list(rows))
    elif rows:
        print_table(
            ("id", "answer", "place", "speaker", "quotation", "what has changed"),
            [
                (
                    row["id"],
                    row["answer"],
                    f"{row['line']}:{row['column']}" if row["line"] else "",
                    row["speaker"]["name"] if row["speaker"] else "",
                    shortened(row["text"], _SHOWN),
                    _told(row),
                )
                for row in rows
            ],
            wide=5,
        )


def _told(row: dict[str, Any]) -> str:
    """Say what has changed as wdiff does, [-old-] {+new+}, or where it may be."""
    if row["candidates"]:
        places = len(row["candidates"])
        return f"{places} places" if places > 1 else "one place, perhaps another's"
    told = []
    for edit in row["differences"]:
        marks = [f"[-{edit['old']}-]"] if edit["old"] else []
        marks += [f"{{+{edit['new']}+}}"] if edit["new"] else []
        role = f"{edit['role']} " if edit["role"] != "content" else ""
        told.append(role + " ".join(marks))
    return "; ".join(told)

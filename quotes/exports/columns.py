"""The columns of a sheet, each with its name and what a quotation has there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from quotes.links.position import position

if TYPE_CHECKING:
    from quotes.store.values import StoredQuotation

Cell = str | int | float | datetime | None

COLUMNS = (
    "id",
    "speaker",
    "speaker_kind",
    "members",
    "via",
    "kind",
    "act",
    "quotation",
    "cue",
    "source",
    "status",
    "confidence",
    "method",
    "title",
    "publisher",
    "author",
    "published_at",
    "path",
    "url",
    "line",
    "column",
    "start",
    "end",
    "version",
)


def cells(quotation: StoredQuotation, text: str) -> dict[str, Cell]:
    """Return a row in the order of COLUMNS; None where there is nothing."""
    record = quotation.record
    speaker, document, content = record["speaker"], record["document"], record["content"]
    place = position(text, content["start"])
    published = document["published_at"]
    members = speaker.get("members", ()) if speaker else ()
    row: tuple[Cell, ...] = (
        record["id"],
        speaker["name"] if speaker else None,
        speaker["kind"] if speaker else None,
        "; ".join(member["name"] for member in members) or None,
        record["via"]["name"] if record["via"] else None,
        record["kind"],
        record["act"],
        content["text"],
        record["cue"]["text"] if record["cue"] else None,
        record["source"]["text"] if record["source"] else None,
        record["status"],
        record["confidence"],
        record["method"],
        document["title"],
        quotation.publisher,
        quotation.author,
        datetime.fromisoformat(published) if published else None,
        document["path"],
        quotation.url,
        place.line,
        place.column,
        content["start"],
        content["end"],
        document["version"],
    )
    return dict(zip(COLUMNS, row, strict=True))

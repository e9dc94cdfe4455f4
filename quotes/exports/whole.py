"""One quotation with all that proves it, as JSON: what `quotes show --json` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from quotes.exports.evidence import why
from quotes.exports.json_lines import plain_row
from quotes.links import position
from quotes.links.context import context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.store.values import StoredMerge, StoredQuotation, StoredVersion

CONTEXT: Final = 300


def whole(
    stored: StoredQuotation,
    text: str,
    versions: Sequence[StoredVersion],
    merge: StoredMerge | None,
) -> dict[str, Any]:
    """Return a quotation's record with its passage, evidence, versions, reviews and run.

    `text` is the canonical text of the quotation's version.
    """
    shown = context(text, stored.record, margin=CONTEXT)
    place = position(text, stored.record["content"]["start"])
    speaker = stored.record["speaker"]
    name = speaker["name"] if speaker else ""
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
        "merge": {**plain_row(merge), "why": why(merge, name)} if merge else None,
        "uri": stored.uri,
        "url": stored.url,
        "author": stored.author,
        "publisher": stored.publisher,
        "media_type": stored.media_type,
        "versions": [plain_row(version) for version in versions],
        "reviews": [plain_row(review) for review in stored.reviews],
        "run": plain_row(stored.run),
    }

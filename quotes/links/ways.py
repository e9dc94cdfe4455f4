"""All the ways back from a quotation to its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.links.fragment import with_text_fragment
from quotes.links.position import position
from quotes.links.selectors import text_position_selector, text_quote_selector
from quotes.spans import Span

if TYPE_CHECKING:
    from quotes.records import QuotationRecord


def ways_back(record: QuotationRecord, text: str, *, url: str) -> dict[str, Any]:
    """Return the object that `quotes link --json` prints.

    `text` is the canonical text of the quotation's version, `url` where its source is found.
    """
    spans = tuple(Span(start, end) for start, end in record["content"]["spans"])
    places = [position(text, span.start) for span in spans]
    return {
        "id": record["id"],
        "path": record["document"]["path"],
        "version": record["document"]["version"],
        "line": places[0].line,
        "column": places[0].column,
        "location": f"{record['document']['path']}:{places[0]}",
        "url": with_text_fragment(url, text, spans),
        "spans": [
            {
                "line": place.line,
                "column": place.column,
                "selectors": [text_quote_selector(text, span), text_position_selector(span)],
            }
            for place, span in zip(places, spans, strict=True)
        ],
    }

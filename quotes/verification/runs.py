"""Quotations of one speaker in one document read on from one to the next.

An article may cut one statement into several quotations, and a claim may join them again, with an
ellipsis or without: “We sail,” she said. [A paragraph.] “At noon.” is "We sail. … At noon."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.quotation import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.records import PassageRecord, QuotationRecord

# How far, in code points, the next quotation may begin behind the last.
FARTHEST = 1000
MOST_JOINED = 8


def runs(quotes: Iterable[QuotationRecord]) -> Iterator[list[QuotationRecord]]:
    """Yield the runs of two quotations or more, in order; none is in two of them."""
    said: dict[tuple[str, str], list[QuotationRecord]] = {}
    for quote in quotes:
        if quote["speaker"] is not None and quote["kind"] != Kind.INDIRECT:
            key = quote["document"]["version"], quote["speaker"]["id"]
            said.setdefault(key, []).append(quote)
    for found in said.values():
        found.sort(key=lambda quote: quote["content"]["start"])
        run = found[:1]
        for quote in found[1:]:
            gap = quote["content"]["start"] - run[-1]["content"]["end"]
            if 0 <= gap <= FARTHEST and len(run) < MOST_JOINED:
                run.append(quote)
                continue
            if len(run) > 1 and gap > 0:
                yield run
            # One that lies within another is left out.
            run = run if gap < 0 else [quote]
        if len(run) > 1:
            yield run


def joined(run: list[QuotationRecord]) -> PassageRecord:
    """Return the contents of a run as one."""
    contents = [quote["content"] for quote in run]
    return {
        "text": " ".join(content["text"] for content in contents),
        "start": contents[0]["start"],
        "end": contents[-1]["end"],
        "spans": [span for content in contents for span in content["spans"]],
    }

"""A quote sheet in Markdown, grouped by speaker, each quotation with its place and passage."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from quotes.exports.printable import printable
from quotes.links.context import paragraphs
from quotes.links.position import position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.exports.exporter import Passages
    from quotes.store.values import StoredQuotation

# Anywhere; at the beginning of a line; and what GitHub makes a link without being asked.
ANYWHERE = re.compile(r"([\\`*_{}\[\]<>#|~&$^=@])")
AT_START = re.compile(r"^(\d+(?=[.)])|(?=[-+:]))")
LINK = re.compile(r"\b(https?|ftp|www)(?=:|\.)", re.IGNORECASE)
UNKNOWN = "Unknown speaker"
MARGIN = 200


class MarkdownSheet:
    """One heading a speaker, by name; quotations whose speaker is unknown come last.

    The sheet is sorted in memory, unlike the other formats.
    """

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[str]:
        """Yield the title, and a heading with its quotations for each speaker."""
        # Sorting is stable: within a speaker the order of sources and places stays.
        listed = sorted(quotations, key=_speaker_key)
        yield "# Quotations\n"
        for (_, _, name, _), group in groupby(listed, key=_speaker_key):
            yield f"\n## {escaped(name or UNKNOWN)}\n"
            for quotation in group:
                yield self._entry(quotation)

    def _entry(self, quotation: StoredQuotation) -> str:
        record = quotation.record
        text = self._passages(quotation.version_id)
        span = paragraphs(text, record, margin=MARGIN)
        passage = text[span.start : span.end]
        document = record["document"]
        place = f"{document['path']}:{position(text, record['content']['start'])}"
        day = (document["published_at"] or "")[:10]
        origin = [place, document["title"], quotation.author, quotation.publisher, day]
        via = [f"via {record['via']['name']}"] if record["via"] else []
        facts = [record["kind"], record["act"], *via, record["status"], record["id"]]
        return (
            f"\n> {escaped(record['content']['text'])}\n\n"
            f"{escaped(', '.join(part for part in origin if part))}  \n"
            f"{escaped(', '.join(facts))}\n\n"
            f"Passage: {escaped(passage)}\n"
        )


def exporter(passages: Passages) -> MarkdownSheet:
    """Return the exporter."""
    return MarkdownSheet(passages)


def escaped(text: str) -> str:
    """Return the text on one line, as Markdown shows it and does not obey it."""
    flat = ANYWHERE.sub(r"\\\1", printable(text))
    return LINK.sub(r"\1\\", AT_START.sub(r"\1\\", flat))


def _speaker_key(quotation: StoredQuotation) -> tuple[bool, str, str, str]:
    speaker = quotation.record["speaker"]
    if speaker is None:
        return True, "", "", ""
    return False, speaker["name"].casefold(), speaker["name"], speaker["id"]

"""A quote sheet in Markdown under headings, each quotation with its place and passage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.exports.grouping import facts, grouped, origin
from quotes.exports.printable import printable
from quotes.links.context import paragraphs
from quotes.links.position import position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.exports.exporter import Setting
    from quotes.store.values import StoredQuotation

# Anywhere; at the beginning of a line; and what GitHub makes a link without being asked.
ANYWHERE = re.compile(r"([\\`*_{}\[\]<>#|~&$^=@])")
AT_START = re.compile(r"^(\d+(?=[.)])|(?=[-+:]))")
LINK = re.compile(r"\b(https?|ftp|www)(?=:|\.)", re.IGNORECASE)
MARGIN = 200


class MarkdownSheet:
    """One heading a speaker or a source, quotations whose speaker is unknown under the last."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Yield the title, and a heading with its quotations for each group."""
        told = " ".join(self._setting.manifest.sentences())
        yield f"# Quotations\n\n{escaped(told)}\n".encode()
        for heading, members in grouped(quotations, self._setting.group):
            yield f"\n## {escaped(heading)}\n".encode()
            for quotation in members:
                yield self._entry(quotation).encode()

    def _entry(self, quotation: StoredQuotation) -> str:
        record = quotation.record
        text = self._setting.passages(quotation.version_id)
        span = paragraphs(text, record, margin=MARGIN)
        place = f"{record['document']['path']}:{position(text, record['content']['start'])}"
        return (
            f"\n> {escaped(record['content']['text'])}\n\n"
            f"{escaped(', '.join([place, *origin(quotation)]))}  \n"
            f"{escaped(', '.join(facts(quotation, self._setting.group)))}\n\n"
            f"Passage: {escaped(text[span.start : span.end])}\n"
        )


def exporter(setting: Setting) -> MarkdownSheet:
    """Return the exporter."""
    return MarkdownSheet(setting)


def escaped(text: str) -> str:
    """Return the text on one line, as Markdown shows it and does not obey it."""
    flat = ANYWHERE.sub(r"\\\1", printable(text))
    return LINK.sub(r"\1\\", AT_START.sub(r"\1\\", flat))

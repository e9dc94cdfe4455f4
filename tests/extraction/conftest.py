"""Extracts from a text and gives back words, so that a test reads as a sentence and its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from quotes.extraction.rules import RuleExtractor

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser
    from quotes.quotation import Act, Kind, Quotation

# Whether the comma after an apposition or the colon after a cue belongs to it is the gold's to say.
_EDGES = " ,:;."


@dataclass(frozen=True, kw_only=True)
class Told:
    """One quotation in words; cue, source and addressee without the punctuation at their edges."""

    content: tuple[str, ...]
    cue: str
    source: str
    addressee: str
    kind: Kind
    act: Act
    confidence: float | None
    method: str


Tell = Callable[[str], list[Told]]


def told_of(text: str, quotation: Quotation) -> Told:
    """Return the words of a quotation; fails where a span does not fit its text."""
    quotation.check(text)
    words = {
        role: tuple(text[span.start : span.end] for span in spans)
        for role, spans in quotation.roles()
    }
    return Told(
        content=words["content"],
        cue=" ".join(words["cue"]).strip(_EDGES),
        source=" ".join(words["source"]).strip(_EDGES),
        addressee=" ".join(words["addressee"]).strip(_EDGES),
        kind=quotation.kind,
        act=quotation.act,
        confidence=quotation.confidence,
        method=quotation.method,
    )


@pytest.fixture(scope="session")
def tell(parser: Parser) -> Tell:
    """Return the quotations of a text as the shipped rules find them, in order."""
    extractor = RuleExtractor()

    def run(text: str) -> list[Told]:
        found = extractor.extract(parser.parse(text)).quotations
        return [told_of(text, quotation) for quotation in found]

    return run

"""Annotated articles made by hand, for training without a parser or a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.evaluation.corpus import GoldDocument, GoldQuotation
from quotes.extraction.learned.features import Tokens, Vocabulary, read_tokens
from quotes.extraction.learned.inputs import Special
from quotes.spans import Span, Spans
from quotes.training.data import Article, article
from tests.extraction.learned.made import reading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SPECIAL = Special(pad=0, opening=1, closing=2, unknown=3)
NOTHING = Vocabulary({}, {})
PIECES = 60

FERRY = "Mara Lindqvist said that the ferry sails. The pilots told her that the fog will stay."
FERRY_GOLD = (
    ("that the ferry sails", "said", "Mara Lindqvist"),
    ("that the fog will stay", "told", "The pilots"),
)
TOLLS = "Boatmen fear that the tolls will double. The bridge is old. Owners deny that it is unsafe."
TOLLS_GOLD = (
    ("that the tolls will double", "fear", "Boatmen"),
    ("that it is unsafe", "deny", "Owners"),
)


def place(text: str, words: str) -> Spans:
    """Return the span of words that stand once in a text; of parts divided by `…`, all spans."""
    spans = []
    for part in filter(None, words.split("…")):
        assert text.count(part) == 1
        start = text.index(part)
        spans.append(Span(start, start + len(part)))
    return tuple(spans)


def gold_of(text: str, quotations: Sequence[tuple[str, str, str]]) -> GoldDocument:
    """Return a text annotated with contents, cues and sources in words."""
    return GoldDocument(
        name="made",
        text=text,
        quotations=tuple(
            GoldQuotation(
                content=place(text, content), cue=place(text, cue), source=place(text, source)
            )
            for content, cue, source in quotations
        ),
    )


def tokens_of(text: str) -> Tokens:
    """Return a text's tokens without a parse."""
    return read_tokens(reading_of(text), NOTHING)


def read_pieces(word: str) -> tuple[int, ...]:
    """Return one piece for each four letters, the same for the same letters; none for `🐟`."""
    if word == "🐟":
        return ()
    parts = [word[i : i + 4] for i in range(0, len(word), 4)]
    return tuple(4 + sum(map(ord, part)) % (PIECES - 4) for part in parts)


def article_of(
    text: str, quotations: Sequence[tuple[str, str, str]], *, weight: float = 1.0
) -> Article:
    """Return a text and its annotations as the network's targets."""
    return article(
        tokens_of(text),
        gold_of(text, quotations),
        read=read_pieces,
        unknown=SPECIAL.unknown,
        weight=weight,
    )

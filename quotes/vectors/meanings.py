"""The vectors of one document: of each of its sentences, and of each of its quotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.vectors.packing import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.spans import Span
    from quotes.vectors.encoder import Encoder


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """Where a text's sentences are, and the packed vector of each text, quotations' among them."""

    encoder: str
    sentences: tuple[Span, ...]
    packed: Mapping[str, bytes]


def meanings(
    encoder: Encoder, text: str, sentences: Sequence[Span], quotations: Iterable[str]
) -> Meanings:
    """Return the vectors of sentences of a text, and of its quotations' texts."""
    # A text that stands twice, or is quoted whole, is read once.
    distinct = list(dict.fromkeys([*(text[one.start : one.end] for one in sentences), *quotations]))
    vectors = pack(encoder.encode(distinct)) if distinct else []
    return Meanings(
        encoder=encoder.name,
        sentences=tuple(sentences),
        packed=dict(zip(distinct, vectors, strict=True)),
    )

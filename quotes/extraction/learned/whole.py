"""Whole sources: those named side by side before a cue, where a network took only the last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotes.extraction.syntax import SUBJECTS, without
from quotes.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quotes.extraction.candidates import Candidate
    from quotes.extraction.reading import Reading

_PARTS: Final = frozenset({"compound", "conj", "flat", "nmod"})


def whole_source(reading: Reading, candidate: Candidate) -> Candidate:
    """Return a candidate with all of its subject as the source, where its content has the rest.

    "Ada Marsh and Khizr [Roe] agreed to wait" is said by both.
    """
    if len(candidate.source) != 1:
        return candidate
    (source,) = candidate.source
    inside = [reading.doc[index] for index in reading.tokens_in(source.start, source.end)]
    if not inside or not any(s.end == source.start - 1 for s in candidate.content):
        return candidate
    subject = _subject(inside[-1])
    cut = inside[0].i > 0 and inside[0].nbor(-1).dep_ in _PARTS
    if subject == inside[-1] and not cut:
        return candidate
    if subject.dep_ not in SUBJECTS or not _is_cue(candidate, subject.head):
        return candidate
    start = subject.left_edge.idx
    if start >= source.start:
        return candidate
    whole = Span(start, source.end)
    content = without(reading.text, candidate.content, (whole,))
    return replace(candidate, source=(whole,), content=content) if content else candidate


def _subject(token: Token) -> Token:
    while token.dep_ in _PARTS and token.head.i < token.i and token.head.pos_ in {"PROPN", "NOUN"}:
        token = token.head
    return token


def _is_cue(candidate: Candidate, verb: Token) -> bool:
    return any(span.start <= verb.idx < span.end for span in candidate.cue)

"""Where the sentences of a text are, by rule: enough to find a passage, and the same always."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.nlp.paragraphs import paragraphs
from quotes.spans import Span, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

# A run of stops is looked at from its first alone; else its time grows with its square.
_END = re.compile(
    r"(?<![.!?…])[.!?…]+[\"”’»'\])]*(?=\s+[\"“‘«'(\[]*(?P<next>[^\W_]))|[。！？][」』”’]*"
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\[“‘\"'])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt"
    r"|Sgt|Rev|Hon|Prof|Pres|Jr|Sr|St|Mt|Ft|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Corp|Co|"
    r"Ltd|vs|No|Nos|cf|al)\.$"
)
_LETTER = re.compile(r"[^\W\d_]")
# About as much as the encoder reads; what has no full stop for longer is no sentence.
_LONGEST = 800
_SHORTEST_WORDS = 2


def whole_sentences(text: str) -> list[Span]:
    """Return the sentences of a text in order; only white space is left out.

    A sentence ends at a full stop before a capital or a figure, and where its paragraph ends.
    """
    return [one for paragraph in paragraphs(text) for one in _parted(text, paragraph)]


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text that may have a vector, in order.

    A longer one than 800 characters is cut between words. What holds fewer than two words, or no
    letter, is left out, unless it is written without spaces.
    """
    return [
        piece
        for sentence in whole_sentences(text)
        for piece in _cut(text, sentence)
        if _is_worth(text[piece.start : piece.end])
    ]


def _parted(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        following = match["next"]
        if following is not None:
            if following.islower():
                continue
            dot = match.start() + 1
            if match[0][0] == "." and _ABBREVIATED.search(text, max(start, dot - 12), dot):
                continue
        sentence = trimmed(text, Span(start, match.end()))
        if sentence is not None:
            yield sentence
        start = match.end()
    if start < paragraph.end and (rest := trimmed(text, Span(start, paragraph.end))):
        yield rest


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    while sentence.end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        end = space if space > 0 else start + _LONGEST
        if (piece := trimmed(text, Span(start, end))) is not None:
            yield piece
        start = end
    if (piece := trimmed(text, Span(start, sentence.end))) is not None:
        yield piece


def _is_worth(words: str) -> bool:
    if not _LETTER.search(words):
        return False
    return len(words.split()) >= _SHORTEST_WORDS or len(words) > 12

"""Finding a claim's words in a passage, word for word, whatever the typography."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.spans import Span
from quotes.verification.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A word takes in what may not be cut from it: a sign or currency, decimals, the rest of a compound
# or of a contraction ("non-essential", "can't", "U.S."), and a percent sign.
WORD = re.compile(
    r"(?:(?<!\w)[-+]?[$€£¥₩₹]{0,8}(?=\d))?"
    r"\w+(?:(?:[-'&/]|(?<=\d)[.,:](?=\d)|(?<=\b\w)\.(?=\w))\w+)*[%‰°]?"
)
NO_PUNCTUATION = re.compile(r"[\s\"']+")
_BETWEEN = "\x1f"
JOINT = None  # between two spans of one content: whatever punctuation stood there was the article's


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and its span in the source."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a text; `gaps[i]` is the punctuation before word `i`, JOINT where spans meet.

    Quotation marks and white space are no part of a gap.
    """

    words: tuple[Word, ...]
    gaps: tuple[str | None, ...]

    def span(self, first: int, count: int) -> Span:
        """Return the source span of some words."""
        return Span(self.words[first].start, self.words[first + count - 1].end)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim was found: the first word's index, and how many words."""

    first: int
    count: int


def read_passage(spans: Sequence[tuple[int, str]]) -> Passage:
    """Read the spans of one content, each as its offset in the source and its text."""
    words: list[Word] = []
    gaps: list[str | None] = []
    for offset, text in spans:
        first = len(words)
        for word, gap in _read(text, offset):
            words.append(word)
            gaps.append(JOINT if first and len(words) == first + 1 else gap)
    return Passage(tuple(words), tuple(gaps))


def read_claim(claim: str) -> Passage:
    """Read a claim; it has no words where there is nothing to verify."""
    return read_passage([(0, claim)])


def find(claim: Passage, passage: Passage) -> Iterator[Place]:
    """Yield where the claim's words stand in this order with the same punctuation between them.

    Case counts, but for the first letter; punctuation at the claim's edges and at joints does not.
    """
    for place in find_loosely(claim, passage):
        if same_case(claim, passage, place) and same_gaps(claim, passage, place):
            yield place


def find_loosely(claim: Passage, passage: Passage) -> Iterator[Place]:
    """Yield where the claim's words stand in this order, whatever the case and punctuation."""
    if not 0 < len(claim.words) <= len(passage.words):
        return
    wanted, text = _joined(claim), _joined(passage)
    word, counted = 0, 0
    at = text.find(wanted)
    while at >= 0:
        word += text.count(_BETWEEN, counted, at)
        counted = at
        yield Place(word, len(claim.words))
        at = text.find(wanted, at + 1)


def same_case(claim: Passage, passage: Passage, place: Place) -> bool:
    """Tell whether the words at a place are cased as the claim's, but for the first letter."""
    ours = [word.text for word in claim.words]
    theirs = [word.text for word in passage.words[place.first : place.first + place.count]]
    return ours[1:] == theirs[1:] and ours[0][1:] == theirs[0][1:]


def same_gaps(claim: Passage, passage: Passage, place: Place) -> bool:
    """Tell whether the same punctuation stands between the words; at joints any may."""
    return all(
        passage.gaps[place.first + i] in (JOINT, claim.gaps[i]) for i in range(1, place.count)
    )


def joints(passage: Passage, place: Place) -> int:
    """Return how many joints lie inside the place."""
    return sum(passage.gaps[place.first + i] is JOINT for i in range(1, place.count))


def _joined(passage: Passage) -> str:
    return _BETWEEN + _BETWEEN.join(w.text.casefold() for w in passage.words) + _BETWEEN


def _read(text: str, offset: int) -> Iterator[tuple[Word, str]]:
    view = normalise(text)
    matches = list(WORD.finditer(view.text))
    ends = [0, *(m.end() for m in matches)]
    for match, previous_end in zip(matches, ends, strict=False):
        span = view.source_span(match.start(), match.end())
        gap = NO_PUNCTUATION.sub("", view.text[previous_end : match.start()])
        yield Word(match[0], offset + span.start, offset + span.end), gap

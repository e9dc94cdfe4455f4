"""The sentences of a text that hold most of some words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from quotes.spans import Span, trimmed
from quotes.store.wording import WORD, folded_word, stem
from quotes.vectors.sentences import whole_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GOES_ON: Final = re.compile(r"[\w,;:–—-]")
_LONGEST: Final = 1_000
_MOST_SENTENCES: Final = 3
# What a further sentence must add, in words of middling worth.
_ADDED: Final = 1.5


class Window(NamedTuple):
    """A run of sentences and what it holds of the words, from 0 to 1."""

    span: Span
    worth: float


def best_sentences(text: str, worth: Mapping[str, float]) -> Window | None:
    """Return the sentence that holds most of some words, None where no word is in the text.

    `worth` has what each word is worth by its stem. Up to two sentences of the same paragraph are
    added where they hold words that are missing; all together have at most 1,000 characters, and a
    sentence alone that has more is cut to them.
    """
    placed = [
        (match.start(), one)
        for match in WORD.finditer(text)
        if (one := stem(folded_word(match.group()))) in worth
    ]
    if not placed:
        return None
    total = sum(worth.values())
    least = _ADDED * total / len(worth)
    spans = _joined(text)
    held = _held(spans, placed)
    ends_paragraph = ["\n\n" in _gap(text, one, other) for one, other in pairwise(spans)]
    best, most = None, 0.0
    for first, span in enumerate(spans):
        if not held[first]:
            continue
        got: set[str] = set()
        for last in range(first, min(first + _MOST_SENTENCES, len(spans))):
            whole = Span(span.start, spans[last].end)
            if last > first and (ends_paragraph[last - 1] or len(whole) > _LONGEST):
                break
            got |= held[last]
            score = sum(worth[one] for one in got) - least * (last - first)
            if score > most:
                value = sum(worth[one] for one in got) / total
                best, most = Window(whole, value), score
    if best is None or len(best.span) <= _LONGEST:
        return best
    return _cut(text, best.span, placed, worth)


def _joined(text: str) -> list[Span]:
    """Return the sentences, those made one that only a line end divides.

    Of few lines nobody can tell whether they are wrapped, and a claim may go over their ends.
    """
    found: list[Span] = []
    for span in whole_sentences(text):
        if (
            found
            and _GOES_ON.match(text, found[-1].end - 1)
            and len(_gap(text, found[-1], span)) == 1
        ):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _gap(text: str, one: Span, other: Span) -> str:
    """Return what stands between two sentences, with nothing but its line ends."""
    return "\n" * text.count("\n", one.end, other.start)


def _held(spans: Sequence[Span], placed: Sequence[tuple[int, str]]) -> list[set[str]]:
    """Return the stems that each sentence has; both come in the order of the text."""
    held: list[set[str]] = [set() for _ in spans]
    at = 0
    for start, one in placed:
        while spans[at].end <= start:
            at += 1
        held[at].add(one)
    return held


def _cut(
    text: str, span: Span, placed: Sequence[tuple[int, str]], worth: Mapping[str, float]
) -> Window:
    """Return the part of a long sentence that holds most of the words, cut at white space."""
    inside = [(start, one) for start, one in placed if span.start <= start < span.end]
    held: Counter[str] = Counter()
    best, most, first = span.start, -1.0, 0
    for start, one in inside:
        held[one] += 1
        while start - inside[first][0] >= _LONGEST // 2:
            held[inside[first][1]] -= 1
            first += 1
        value = sum(worth[one] for one in +held)
        if value > most:
            best, most = inside[first][0], value
    start = max(span.start, best - _LONGEST // 4)
    end = min(span.end, start + _LONGEST)
    while start > span.start and start < best and not text[start - 1].isspace():
        start += 1
    while end < span.end and end > best + _LONGEST // 2 and not text[end].isspace():
        end -= 1
    found = trimmed(text, Span(start, end))
    assert found is not None
    got = {one for at, one in inside if found.start <= at < found.end}
    return Window(found, sum(worth[one] for one in got) / sum(worth.values()))

"""What "it" takes up: the subject of the sentence before, where that is no person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container

    from quotes.speakers.layout import Layout

_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_BACK: Final = 2
_LONG: Final = 120


def subject_before(layout: Layout, index: int, sources: Container[int]) -> int | None:
    """Return the subject of the last sentence before the token's that has one outside quotes.

    Whoever or whatever is a source counts before other subjects. None where no sentence near by
    shows one, or where "it" stands too far inside its own.
    """
    sentence = layout.sentence[index]
    if index - layout.sentence_starts[sentence] > 4:
        return None
    for number in range(sentence - 1, max(sentence - 1 - _BACK, -1), -1):
        start, end = layout.sentence_starts[number], layout.sentence_starts[number + 1]
        if layout.paragraph[index] - layout.paragraph[start] > 1:
            return None
        places = [i for i in range(start, min(end, start + _LONG)) if not layout.quoted[i]]
        told = [i for i in places if i in sources and layout.doc[i].dep_ in _SUBJECTS]
        if told:
            return told[0]
        for place in places:
            token = layout.doc[place]
            if token.dep_ in _SUBJECTS and token.head.dep_ == "ROOT":
                return place
    return None

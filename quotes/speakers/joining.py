"""The words that join those who speak together, and what may stand between their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import are_people
from quotes.speakers.titles import OFFICES

if TYPE_CHECKING:
    from quotes.speakers.layout import Layout

_PHRASES: Final = ("as well as", "along with", "together with")
#: The words that join, and what they make of those joined.
JOINING: Final = {
    **dict.fromkeys(("and", "&", "plus", *_PHRASES), "and"),
    "or": "or",
    "nor": "nor",
}
_APOSTROPHES: Final = frozenset({"’", "'"})


def joining(layout: Layout, index: int) -> str:
    """Return the word or words at a token that join those before to those behind, or nothing."""
    for phrase in _PHRASES:
        length = len(phrase.split())
        if phrase == " ".join(layout.word(i) for i in range(index, index + length)):
            return phrase
    word = layout.word(index)
    return word if word in JOINING else ""


def past_office(layout: Layout, index: int, last: int) -> int:
    """Return the place behind "State" in "Secretary of State Ada Marsh"."""
    while index < last and layout.word(index) in OFFICES | {"the"}:
        index += 1
    return index


def is_possessive(layout: Layout, index: int) -> bool:
    """Tell whether a token makes the name before it an owner."""
    return layout.doc[index].tag_ == "POS" or layout.word(index) in _APOSTROPHES


def is_plural_of_people(layout: Layout, index: int) -> bool:
    """Tell whether a token is a plural noun for people."""
    token = layout.token(index)
    plural = token is not None and token.tag_ in {"NNS", "NNPS"}
    return plural and token is not None and are_people(lemma_of(token))

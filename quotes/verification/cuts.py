"""Words that a claim may not leave off: a negation or a part of a number right at its edge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.verification.lexicon import DENIALS, LIMITING

if TYPE_CHECKING:
    from quotes.verification.find import Passage, Place


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEGATIONS = _words(
    "not never no none neither nor nobody nothing nowhere cannot without hardly barely scarcely "
    "seldom rarely"
)
# What may stand between a negation and the word it denies.
LIGHT = _words(
    "a an the to be been being is are was were so very quite really at all any yet ever even that "
    "fully entirely currently going"
)
SCALES = _words(
    "hundred thousand million billion trillion dozen percent per bn mn m k pc percentage"
)
NUMBER_WORDS = _words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion trillion dozen half"
)
FARTHEST_NEGATION = 3
DIGIT = re.compile(r"\d")


def cut_word(passage: Passage, place: Place) -> int | None:
    """Return the word next to a place without which its words say something else, or None."""
    before = _cut_before(passage, place.first)
    return before if before is not None else _cut_after(passage, place.first + place.count)


def negation_before(passage: Passage, place: Place) -> str | None:
    """Return a negation or a denial that stands earlier in the same sentence, or None."""
    for index in range(place.first - 1, -1, -1):
        if any(mark in (passage.gaps[index + 1] or "") for mark in ".!?;"):
            return None
        word = passage.words[index].text
        if negates(word) or word.casefold() in DENIALS:
            return word
    return None


def limit_after(passage: Passage, place: Place) -> str | None:
    """Return the word that limits what was found right after it in its sentence, or None."""
    end = place.first + place.count
    if end == len(passage.words):
        return None
    gap = passage.gaps[end]
    if gap is not None and any(mark in gap for mark in ".!?"):
        return None
    word = passage.words[end].text
    return word if word.casefold() in LIMITING else None


def _cut_before(passage: Passage, first: int) -> int | None:
    if first == 0 or passage.gaps[first] != "":
        return None
    if _is_number(passage.words[first - 1].text) and _is_scale(passage.words[first].text):
        return first - 1
    for index in range(first - 1, max(-1, first - 1 - FARTHEST_NEGATION), -1):
        word = passage.words[index].text
        if negates(word):
            return index
        if word.casefold() not in LIGHT or passage.gaps[index] != "":
            return None
    return None


def _cut_after(passage: Passage, end: int) -> int | None:
    if end == len(passage.words) or passage.gaps[end] != "":
        return None
    word = passage.words[end].text
    unit = _is_number(passage.words[end - 1].text) and _is_scale(word)
    return end if unit or negates(word) else None


def negates(word: str) -> bool:
    """Tell whether a word denies, as "never" or "can't"."""
    folded = word.casefold()
    return folded in NEGATIONS or folded.endswith("n't")


def _is_number(word: str) -> bool:
    return bool(DIGIT.search(word)) or word.casefold() in NUMBER_WORDS


def _is_scale(word: str) -> bool:
    return word.casefold() in SCALES or bool(DIGIT.match(word))

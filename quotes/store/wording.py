"""The words of a claim by which it is found again: without the commonest, in all their forms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from quotes.store.folding import fold

WORD: Final = re.compile(r"[^\W_]+")
# Too common to find by; what judges leaves no word out, and has lists of its own to sort them by.
_COMMON: Final = (
    "a about after again all also am an and any are as at be because been before being both but "
    "by can cannot could d did do does doing don done each even ever for from get gets getting "
    "go goes going gone got had has have having he her here hers herself him himself his how i "
    "if in into is isn it its itself just let ll m made make makes making many may me might "
    "more most much must my myself need no nor not now of off on once one only or other our "
    "ours ourselves out over own re s said say saying says shall she should so some such t than "
    "that the their theirs them themselves then there these they thing things think this those "
    "though through to told too under until up upon us ve very was way we well went were what "
    "when where whether which while who whom whose why will with within without won would you "
    "your yours"
)
STOP_WORDS: Final = frozenset(_COMMON.split())
# No irregular forms, which verification's stem has: `forms` must write out the words of a stem.
_DOUBLED: Final = re.compile(r"([^\Waeiou\d_])\1$")
_VOWEL: Final = re.compile("[aeiouy]")
_SHORTEST: Final = 3
_ENDINGS: Final = ("", "s", "es", "d", "ed", "ing", "e", "ee", "ees", "eed", "eeing")
_AFTER_I: Final = ("ies", "ied")
_HISSING: Final = ("sses", "shes", "ches", "xes", "zes")


def folded_words(text: str) -> list[str]:
    """Return the words of a text as the full-text index has them."""
    return [folded_word(match.group()) for match in WORD.finditer(text)]


def folded_word(word: str) -> str:
    """Return one word without case and diacritics."""
    return word.lower() if word.isascii() else fold(word) or ""


def content_words(text: str) -> list[str]:
    """Return the words that tell a claim from others, in order: one of each stem, none common."""
    found: dict[str, str] = {}
    for word in folded_words(text):
        if word not in STOP_WORDS and (len(word) > 1 or not word.isascii() or word.isdigit()):
            found.setdefault(stem(word), word)
    return list(found.values())


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return what the forms of one English word share; irregular forms share nothing.

    The endings are those of the first step of Porter (1980), with "e" and doubled letters.
    """
    if len(word) <= _SHORTEST or not word.isalpha():
        return word
    if word.endswith(_AFTER_I):
        word = word[:-2] if len(word) > _SHORTEST + 1 else word[:-1]
    elif word.endswith(_HISSING):
        word = word[:-2]
    elif word.endswith("s") and word[-2] not in "siu":
        word = word[:-1]
    else:
        for ending in ("ing", "ed"):
            rest = word.removesuffix(ending)
            if rest != word and len(rest) >= _SHORTEST and _VOWEL.search(rest):
                word = rest
                break
    bare = word.rstrip("e")
    if len(bare) >= _SHORTEST:
        word = bare
    if word.endswith("y"):
        word = word[:-1] + "i"
    return _DOUBLED.sub(r"\1", word) if len(word) > _SHORTEST else word


@lru_cache(maxsize=8192)
def forms(word: str) -> tuple[str, ...]:
    """Return the word and what may stand for it elsewhere: with other endings, of the same stem."""
    if not word.isalpha():
        return (word,)
    root = stem(word)
    built = [root + ending for ending in _ENDINGS]
    if root.endswith("i"):
        built += [root[:-1] + ending for ending in ("y", "ying")]
    elif root[-1] not in "aeiou":
        built += [root + root[-1] + ending for ending in ("", "s", "es", "ed", "ing")]
    return tuple(dict.fromkeys([word, *(form for form in built if stem(form) == root)]))

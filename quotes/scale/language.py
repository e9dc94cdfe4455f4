"""Sentences and names of a made-up language whose words are as unequal as those of English."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

# What English sentences are mostly made of, the most frequent first.
_COMMON_WORDS: Final = (
    "the of to and a in that is for it was on with as he be by at are this have from not but "
    "had his they or an which you were her she there been one we their has would all will if "
    "can more when who so no said out up into do any your what them than then its him our some "
    "could these two may first other only new time over people also after now years where most "
    "should such because government last many through very before must between country much "
    "against year even work well way state world"
)
_COMMON: Final = _COMMON_WORDS.split()
_LETTERS: Final = "b br c ch d dr f fl g gr h j k l m n p pl qu r s st t th tr v w z"
_ONSETS: Final = _LETTERS.split()
_VOWELS: Final = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_ENDS: Final = ("n", "r", "s", "t", "l", "nd", "st", "ck", "m", "rd")
_WORDS: Final = 40_000
_SHORTEST, _LONGEST = 8, 40
_GIVEN, _SURNAMES = 120, 2_500


@dataclass(frozen=True)
class Language:
    """Words by rank, drawn after Zipf's law; the same seed gives the same sentences."""

    seed: int

    @cached_property
    def words(self) -> list[str]:
        """The words, the most frequent first."""
        return [*_COMMON, *_invented(random.Random(self.seed), _WORDS - len(_COMMON), set(_COMMON))]

    @cached_property
    def weights(self) -> list[float]:
        """The sums of the frequencies up to each word: a word of rank r has 1 / (r + 2.7)."""
        # Mandelbrot (1953): the shift takes the very first ranks down to what texts have.
        return list(accumulate(1 / (rank + 2.7) for rank in range(1, len(self.words) + 1)))

    def sentence(self, chance: random.Random) -> str:
        """Return a sentence of 8 to 40 words, with a capital and without its full stop."""
        count = chance.randint(_SHORTEST, _LONGEST)
        drawn = chance.choices(self.words, cum_weights=self.weights, k=count)
        if chance.random() < 0.3:
            drawn[chance.randrange(count)] = str(chance.randint(2, 4_000))
        text = " ".join(drawn)
        return text[0].upper() + text[1:]

    def names(self, count: int) -> list[str]:
        """Return different full names; many share a surname, as people do."""
        chance = random.Random(self.seed + 1)
        given, surnames = _names(chance, _GIVEN), _names(chance, _SURNAMES)
        names = dict.fromkeys(
            f"{chance.choice(given)} {chance.choice(surnames)}" for _ in range(2 * count)
        )
        return list(names)[:count]

    def surnames(self, count: int) -> list[str]:
        """Return different surnames."""
        return _names(random.Random(self.seed + 2), count)


def _names(chance: random.Random, count: int) -> list[str]:
    return [name.capitalize() for name in _invented(chance, count, set())]


def _invented(chance: random.Random, count: int, taken: set[str]) -> list[str]:
    """Return this many words that are not taken; the later ones are the longer."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = 2 if len(found) < count // 4 else 3
        word = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables))
        word += chance.choice(_ENDS)
        if word not in taken:
            found[word] = None
    return list(found)

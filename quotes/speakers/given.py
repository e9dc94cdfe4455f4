"""Given names: how people with one were referred to in the texts that the ranker was fitted on.

The US census of 1990 stands beside these few. Both are counts and no verdict: they weigh where a
text itself says nothing, and the text always prevails.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from quotes.errors import CorruptModel
from quotes.speakers.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.speakers.entity import Entity

COUNTS = "given.json"
COMMON = "given_names.txt"
NAMES: Final = (COUNTS, COMMON)
# Two people more of each gender than were counted, so that one alone tells little.
_PRIOR: Final = 1.0
# For so many people of the counted texts the census stands.
_CENSUS: Final = 3.0


def leaning(entity: Entity) -> float:
    """Return how far a person's given name leans: 1 for "she", -1 for "he", 0 where it is open."""
    return leaning_of(mention.name for mention in entity.mentions)


def leaning_of(names: Iterable[str]) -> float:
    """Return how far the given name of one person's names leans, as `leaning` does."""
    counts, census_of = _counts(), common()
    for name in names:
        words = fold(name).split()
        if len(words) > 1 and (words[0] in counts or words[0] in census_of):
            counted, census = counts.get(words[0], (0, 0)), census_of.get(words[0], (0, 0))
            share = _CENSUS / sum(census) if any(census) else 0.0
            she, he = (told + share * people for told, people in zip(counted, census, strict=True))
            return (she - he) / (she + he + 2 * _PRIOR)
    return 0.0


def is_given(word: str) -> bool:
    """Tell whether a word is a common given name, or two people of the counted texts had it."""
    folded = fold(word)
    return folded in common() or sum(_counts().get(folded, ())) > 1


@cache
def digests() -> dict[str, str]:
    """Return the hashes of the counts by the names of their files, as listings of models do."""
    return {name: "sha256:" + hashlib.sha256(_content(name)).hexdigest() for name in NAMES}


@cache
def common() -> dict[str, tuple[int, int]]:
    """Return of how many women and men in 100,000 a given name was, in the US census of 1990.

    Names that fewer than 4 in 100,000 had are left out, and words that are titles or months.
    Raises CorruptModel.
    """
    try:
        parts = (line.split() for line in _content(COMMON).decode("utf-8").splitlines())
        return {name: (int(women), int(men)) for name, women, men in parts}
    except ValueError as error:
        raise _damaged(COMMON, error) from error


@cache
def _counts() -> dict[str, tuple[int, int]]:
    """Return the people called "she" and "he" by folded given name; raises CorruptModel."""
    try:
        return {
            name: (int(she), int(he)) for name, (she, he) in json.loads(_content(COUNTS)).items()
        }
    except (ValueError, TypeError, AttributeError) as error:
        raise _damaged(COUNTS, error) from error


def _content(name: str) -> bytes:
    return files("quotes.speakers").joinpath(name).read_bytes()


def _damaged(name: str, error: Exception) -> CorruptModel:
    return CorruptModel(
        f"{name} of quotes.speakers cannot be read ({error})",
        hint="install the package again: pip install --force-reinstall quotes",
    )

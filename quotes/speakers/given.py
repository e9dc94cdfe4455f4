"""How people with a given name were referred to in the texts that the ranker was fitted on.

A count, not a verdict: it weighs where a text itself says nothing, and the text always prevails.
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
    from quotes.speakers.entity import Entity

COUNTS = "given.json"
# Two people more of each gender than were counted, so that one alone tells little.
_PRIOR: Final = 1.0


def leaning(entity: Entity) -> float:
    """Return how far a person's given name leans: 1 for "she", -1 for "he", 0 where it is open."""
    counts = _counts()
    for mention in entity.mentions:
        words = fold(mention.name).split()
        if len(words) > 1 and words[0] in counts:
            she, he = counts[words[0]]
            return (she - he) / (she + he + 2 * _PRIOR)
    return 0.0


@cache
def digest() -> str:
    """Return the hash of the counts, as listings of models show it."""
    content = files("quotes.speakers").joinpath(COUNTS).read_bytes()
    return "sha256:" + hashlib.sha256(content).hexdigest()


@cache
def _counts() -> dict[str, tuple[int, int]]:
    """Return the people called "she" and "he" by folded given name; raises CorruptModel."""
    content = files("quotes.speakers").joinpath(COUNTS).read_bytes()
    try:
        return {name: (int(she), int(he)) for name, (she, he) in json.loads(content).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise CorruptModel(
            f"{COUNTS} of quotes.speakers cannot be read ({error})",
            hint="install the package again: pip install --force-reinstall quotes",
        ) from error

"""Whether two names of a speaker are one, for scoring."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = re.compile(r"\w+")
HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "the"})
ARTICLE = re.compile(r"^\s*an?\s+")


def same_name(gold: str, predicted: Iterable[str]) -> bool:
    """Tell whether any of the predicted names has exactly the words of the gold name.

    Their order, case, accents and honorifics do not count, nor an article in front: Ishiba Shigeru
    is Shigeru Ishiba, "a trader" is "trader". An initial is no article ("A. Roe", "Ann A Roe").
    """
    wanted = _words(gold)
    return any(_words(name) == wanted for name in predicted)


def _words(name: str) -> list[str]:
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c)
    )
    # A possessive is no part of a name; the apostrophe of O'Brien is.
    words = WORD.findall(re.sub(r"['’]s\b|['’]", "", ARTICLE.sub("", bare)))
    return sorted(word for word in words if word not in HONORIFICS) or sorted(words)

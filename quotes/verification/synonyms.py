"""Words that reports put for one another, that mean the opposite, and kinds of one thing.

The tables are text files in `words/`, written for this project. A word may stand in several groups:
two words are synonyms where they share one. Groups are loose on purpose ("say", "argue" and "warn"
are one): what a report may put for a word is asked, not what a dictionary allows. Only bases stand
there; `quotes.verification.stem` takes inflections off.
"""

from __future__ import annotations

from importlib.resources import files

from quotes.verification.lexicon import CONVERSE, MEASURES
from quotes.verification.stem import stem

_TABLES = files("quotes.verification") / "words"


def _lines(name: str) -> list[str]:
    lines = (_TABLES / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(x for x in lines if x and x[0] != "#").replace("\n  ", " ").split("\n")


def _grouped() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_lines("synonyms.txt")):
        for word in line.split():
            groups.setdefault(stem(word), set()).add(number)
    return {word: frozenset(found) for word, found in groups.items()}


def _opposed() -> dict[str, frozenset[int]]:
    sides: dict[str, set[int]] = {}
    for number, line in enumerate(_lines("antonyms.txt"), 1):
        left, right = line.split(" | ")
        for sign, side in ((1, left), (-1, right)):
            for word in side.split():
                sides.setdefault(stem(word), set()).add(sign * number)
    return {word: frozenset(found) for word, found in sides.items()}


def _parted() -> dict[str, frozenset[int]]:
    lines: dict[str, set[int]] = {}
    for number, line in enumerate((*_lines("kinds.txt"), *map(" ".join, MEASURES))):
        for word in line.split():
            lines.setdefault(stem(word), set()).add(number)
    return {word: frozenset(found) for word, found in lines.items()}


GROUPS = _grouped()
SIDES = _opposed()
KINDS = _parted()
UNITS = frozenset(stem(unit) for line in MEASURES for unit in line)
_NOWHERE: frozenset[int] = frozenset()


def synonyms(one: str, other: str) -> bool:
    """Tell whether two stems stand in one group."""
    groups = GROUPS.get(one)
    return groups is not None and not groups.isdisjoint(GROUPS.get(other, _NOWHERE))


def antonyms(one: str, other: str) -> bool:
    """Tell whether two stems stand on two sides of one bar."""
    sides = SIDES.get(other)
    return sides is not None and any(-side in sides for side in SIDES.get(one, _NOWHERE))


def other_kinds(one: str, other: str) -> bool:
    """Tell whether two stems are two kinds of one thing, as "viola" and "cello"."""
    lines = KINDS.get(one)
    return lines is not None and one != other and not lines.isdisjoint(KINDS.get(other, _NOWHERE))


def converse(one: str, other: str) -> bool:
    """Tell whether two stems are the two sides of one deed, as "teach" and "learn"."""
    return frozenset((one, other)) in CONVERSE

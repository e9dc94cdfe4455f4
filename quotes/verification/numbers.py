"""Numbers as they are written in news: "1,500", "$3.2bn", "two hundred and five", "twenty-one"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from quotes.verification import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

_WRITTEN = re.compile(
    r"(?P<sign>[-+]?)(?P<currency>[$€£¥₩₹]{0,8})(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?P<scale>k|m|mn|bn|tn|st|nd|rd|th|s)?"
)
_FIGURE = re.compile(r"[-+]?[$€£¥₩₹]{0,8}\d")
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_BELOW_HUNDRED = lexicon.UNITS | lexicon.TENS
_SIGNS = frozenset({"k", "m", "mn", "bn", "tn"})
_NUMBER_WORDS = (frozenset(_BELOW_HUNDRED) | frozenset(lexicon.SCALES)) - _SIGNS
_OTHERS = frozenset(lexicon.ORDINALS) | frozenset(lexicon.FRACTIONS)


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from `length` words; `value` is the same however it is written."""

    value: str
    length: int
    currency: str = ""


def is_numeric(folded: str) -> bool:
    """Tell whether a folded word is a figure or a word for a number."""
    return bool(_FIGURE.match(folded)) or folded in _NUMBER_WORDS or folded in _OTHERS


def read_number(words: Sequence[str]) -> Number | None:
    """Read the number that some folded words begin with, or None."""
    first = words[0]
    if first in lexicon.ORDINALS:
        return Number(f"{lexicon.ORDINALS[first]}.", 1)
    if first in lexicon.FRACTIONS:
        return Number(plain(Decimal(str(lexicon.FRACTIONS[first]))), 1)
    written = _WRITTEN.fullmatch(first)
    if written is None:
        if _FIGURE.match(first):
            return Number(first, 1)  # "5:30", "7x": as it stands
        return _spelt(words, Decimal(0), Decimal(0), 0)
    value = Decimal(written["digits"].replace(",", ""))
    scale = written["scale"] or ""
    currency = lexicon.CURRENCIES.get(written["currency"][-1:], "")
    if scale in _ORDINAL:
        return Number(f"{plain(value)}.", 1)
    value *= lexicon.SCALES.get(scale, 1)
    if written["sign"] == "-":
        value = -value
    length = 1
    while length < len(words) and words[length] in lexicon.SCALES:
        value *= lexicon.SCALES[words[length]]
        length += 1
    if length == 1 and len(words) > 1 and words[1] == "dozen":
        value, length = value * 12, 2
    return Number(plain(value), length, currency)


def _spelt(words: Sequence[str], total: Decimal, part: Decimal, length: int) -> Number | None:
    last = 0
    for index, word in enumerate(words):
        if word == "dozen":
            part = (part or Decimal(1)) * 12
            last = 1
        elif word in _BELOW_HUNDRED:
            if last == 1:
                break
            part += _BELOW_HUNDRED[word]
            last = 10 if word in lexicon.TENS else 1
        elif word == "hundred":
            part = (part or Decimal(1)) * 100
            last = 100
        elif word in lexicon.SCALES and index:
            total += (part or Decimal(1)) * lexicon.SCALES[word]
            part, last = Decimal(0), 1000
        elif word in lexicon.SCALES and word in _NUMBER_WORDS:
            total, last = Decimal(lexicon.SCALES[word]), 1000
        elif word == "and" and last >= 100 and _goes_on(words, index + 1):
            continue
        else:
            break
        length = index + 1
    return Number(plain(total + part), length) if length else None


def _goes_on(words: Sequence[str], index: int) -> bool:
    return index < len(words) and words[index] in _BELOW_HUNDRED


def plain(value: Decimal) -> str:
    """Return a number's digits, the same for 5, 5.0 and 5.00."""
    return format(value.normalize(), "f")

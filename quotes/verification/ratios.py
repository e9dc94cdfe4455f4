"""Parts of a whole as news tells them: "two thirds", "80 percent", "one voter in six"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from quotes.verification import lexicon
from quotes.verification.numbers import plain, read_number
from quotes.verification.stem import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.verification.numbers import Number

_PARTS: Final = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "hundredth": 100,
}
_PLURALS: Final = {f"{name}s": part for name, part in _PARTS.items()} | {"halves": 2}
_ONE: Final = frozenset({"a", "an", "one"})
# What "a third" stands before where it is no "third party".
_BEHIND: Final = frozenset(
    listed(
        "of in from since by at on less more fewer and or but this last that than as during "
        "over between within for while when"
    )
)
_PERCENT: Final = frozenset({"percent", "%", "pc"})
_MOST_BETWEEN: Final = 2
_WHOLES: Final = {"hour": ("minute", 60), "year": ("month", 12), "minute": ("second", 60)}
_TIMES: Final = {"dozen": 12, **lexicon.SCALES}
_SPANS: Final = frozenset(
    f"{unit}{ending}"
    for unit in ("second", "minute", "hour", "day", "week", "month", "year")
    for ending in ("", "s")
)
_PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A number read from `length` words.

    `between` are places of words that stand inside ("one voter in six") and count as well. `unit`
    is set where the number counts smaller units than were named: "half an hour" is 30 of "minute".
    """

    value: str
    length: int
    between: range = range(0)
    unit: str = ""


def read_ratio(words: Sequence[str]) -> Ratio | None:
    """Read the part of a whole that some folded words begin with, or None."""
    if words[0] == "fortnight":
        return Ratio("2", 1, unit="week")
    if fraction := _fraction(words):
        return fraction
    first = _number(words)
    if first is None:
        return None
    behind = words[first.length :]
    if behind and not first.currency:
        if behind[0] in _PERCENT:
            return _of_hundred(first, first.length + 1)
        if behind[:2] == ["per", "cent"]:
            return _of_hundred(first, first.length + 2)
    return _among(first, words)


def _of_hundred(number: Number, length: int) -> Ratio | None:
    try:
        return Ratio(plain(Decimal(number.value) / 100), length)
    except InvalidOperation:
        return None


def _fraction(words: Sequence[str]) -> Ratio | None:
    """Read "half", "a third", "three quarters", "half an hour"."""
    if words[0] == "half":
        return _of_whole(Decimal(1) / 2, words, 1)
    if len(words) == 1:
        return None
    if words[0] in _ONE and (part := _PARTS.get(words[1])):
        lone = len(words) == 2 or words[2] in _BEHIND
        return _of_whole(Decimal(1) / part, words, 2) if lone or words[0] == "one" else None
    number = _number(words)
    if number is None or len(words) <= number.length:
        return None
    named = _PLURALS.get(words[number.length])
    if named is None or not number.value.isdecimal() or int(number.value) > named:
        return None
    return _of_whole(Decimal(number.value) / named, words, number.length + 1)


def _of_whole(value: Decimal, words: Sequence[str], length: int) -> Ratio:
    at = length
    while at < len(words) and words[at] in {"of", "a", "an"}:
        at += 1
    if at > length and at < len(words):
        if found := _WHOLES.get(words[at]):
            unit, count = found
            return Ratio(plain(value * count), at + 1, unit=unit)
        if times := _TIMES.get(words[at]):
            return Ratio(plain(value * times), at + 1)
    return Ratio(_rounded(value), length)


def _among(first: Number, words: Sequence[str]) -> Ratio | None:
    """Read "one in six", "eight out of ten", "one voter in every six"."""
    for at in range(first.length, min(len(words) - 1, first.length + _MOST_BETWEEN + 1)):
        if words[at] == "in":
            behind = at + 1
        elif list(words[at : at + 2]) == ["out", "of"]:
            behind = at + 2
        else:
            continue
        if behind < len(words) and words[behind] == "every":
            behind += 1
        second = _number(words[behind:])
        if second is None or not (first.value.isdecimal() and second.value.isdecimal()):
            return None
        part, whole = int(first.value), int(second.value)
        if not 0 < part < whole <= 1000:
            return None
        end = behind + second.length
        if end < len(words) and words[end] in _SPANS:
            return None
        value = _rounded(Decimal(part) / whole)
        return Ratio(value, end, range(first.length, at))
    return None


def _number(words: Sequence[str]) -> Number | None:
    if not words or words[0] in _PARTS or words[0] == "second":
        return None
    return read_number(words)


def _rounded(value: Decimal) -> str:
    return plain(value.quantize(_PLACES))

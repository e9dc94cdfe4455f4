"""Times of day, and times told from where the speaker stands: "last week", "the following year".

A report may put a name or a date for them, or shift them as reported speech does ("the day before"
for "yesterday"); another distance from the present is another time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from quotes.verification.numbers import is_numeric, read_number

if TYPE_CHECKING:
    from collections.abc import Sequence

_WRITTEN: Final = re.compile(r"(\d{1,2})[.:](\d\d)")
_HALVES: Final = frozenset({"a.m", "p.m", "am", "pm"})
_MINUTES: Final = {"quarter": 15, "half": 30}
_HOURS: Final = 12
_HOUR: Final = 60
SIGN: Final = "@"
_DAYS: Final = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_UNITS: Final = {
    **dict.fromkeys(("morning", "afternoon", "evening", "night", "day"), "day"),
    **dict.fromkeys(
        ("week", "weekend", "month", "year", "season", "spring", "summer", "autumn", "winter"), ""
    ),
}
# "That month" is how a report puts "this month".
_STEPS: Final = {
    "this": 0,
    "that": 0,
    "last": -1,
    "previous": -1,
    "next": 1,
    "following": 1,
    "coming": 1,
}
# "This day" and "the last night" as often point at no day that is known.
_NO_DAYS: Final = frozenset({"this day", "last day", "coming day", "last morning", "last evening"})


def moment(words: Sequence[str]) -> tuple[str, int] | None:
    """Return the key of the time that some folded words begin with, and its length in words."""
    first = words[0]
    if first in _DAYS:
        return _key("day", _DAYS[first]), 1
    if len(words) == 1 or first not in _STEPS or words[1] not in _UNITS:
        return None
    if f"{first} {words[1]}" in _NO_DAYS or (first == "that" and _UNITS[words[1]]):
        return None
    return _key(_UNITS[words[1]] or words[1], _STEPS[first]), 2


def clock(words: Sequence[str]) -> tuple[str, int] | None:
    """Return the time of day that some folded words begin with, as "#5:15", and its length."""
    if words[0] in {"a", "an"}:
        found = clock(words[1:]) if len(words) > 1 and words[1] == "quarter" else None
        return (found[0], found[1] + 1) if found else None
    if len(words) > 1 and words[1] in _HALVES and (written := _WRITTEN.fullmatch(words[0])):
        return f"#{int(written[1])}:{written[2]}", 1
    minutes = _MINUTES.get(words[0])
    if minutes is None or len(words) < 3 or words[1] not in {"past", "to"}:
        return None
    hour = read_number(words[2:3]) if is_numeric(words[2]) else None
    if hour is None or not hour.value.isdecimal() or not 0 < int(hour.value) <= _HOURS:
        return None
    if words[1] == "past":
        return f"#{hour.value}:{minutes}", 3
    return f"#{(int(hour.value) - 2) % _HOURS + 1}:{_HOUR - minutes}", 3


def apart(one: str, other: str) -> bool:
    """Tell whether two keys are of different times; "today" and "this week" may be one."""
    if one == other or not (one.startswith(SIGN) and other.startswith(SIGN)):
        return False
    (unit, step), (other_unit, other_step) = _read(one), _read(other)
    if unit == other_unit:
        return step != other_step
    return (step > 0) != (other_step > 0) and (step < 0) != (other_step < 0)


def _key(unit: str, step: int) -> str:
    return f"{SIGN}{unit}{step:+d}"


def _read(key: str) -> tuple[str, int]:
    return key[1:-2], int(key[-2:])

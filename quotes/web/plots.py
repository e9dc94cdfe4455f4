"""The shapes of plots: bars of quotations over time, as numbers for inline SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_MOST_BARS: Final = 60
_HEIGHT: Final = 100
_STEP: Final = 10
_BAR: Final = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in units of the plot, whose height is 100, with what it stands for."""

    x: int
    y: float
    width: int
    height: float
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Bars side by side; `step` is day, month or year, and `most` the count of the highest."""

    step: str
    width: int
    most: int
    bars: tuple[Bar, ...]


def columns(by_day: Mapping[date, int]) -> Columns:
    """Return bars over days, months or years: the finest step that gives at most 60 of them."""
    step, counts = "day", dict[str, int]()
    for step, labels in _steps(by_day):
        if len(labels) <= _MOST_BARS or step == "year":
            counts = dict.fromkeys(labels, 0)
            break
    for one, number in by_day.items():
        counts[_label(one, step)] += number
    most = max(counts.values(), default=0)
    bars = [
        Bar(
            x=place * _STEP + (_STEP - _BAR) // 2,
            y=round(_HEIGHT - _HEIGHT * count / most, 2),
            width=_BAR,
            height=round(_HEIGHT * count / most, 2),
            label=label,
            count=count,
        )
        for place, (label, count) in enumerate(counts.items())
    ]
    return Columns(step=step, width=max(1, len(bars)) * _STEP, most=most, bars=tuple(bars))


def _label(one: date, step: str) -> str:
    return one.isoformat()[: {"day": 10, "month": 7, "year": 4}[step]]


def _steps(by_day: Mapping[date, int]) -> Iterator[tuple[str, list[str]]]:
    """Yield each step with its labels from the first day to the last, gaps among them."""
    if not by_day:
        yield "day", []
        return
    first, last = min(by_day), max(by_day)
    if (last - first).days <= _MOST_BARS:
        yield (
            "day",
            [
                first.fromordinal(one).isoformat()
                for one in range(first.toordinal(), last.toordinal() + 1)
            ],
        )
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    yield "month", [f"{one // 12:04d}-{one % 12 + 1:02d}" for one in months]
    yield "year", [f"{one:04d}" for one in range(first.year, last.year + 1)]

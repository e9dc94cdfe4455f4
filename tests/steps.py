"""Counts the work that code does, which is the same on any machine, unlike its time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from _typeshed import TraceFunction


def lines_run(call: Callable[[], object]) -> int:
    """Return how many lines of Python a call runs, each round of a loop counted.

    What a library does in one call of C is not seen.
    """
    count = 0

    def trace(frame: FrameType, event: str, value: Any) -> TraceFunction:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count

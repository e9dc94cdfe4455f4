"""Stopwatch and memory gauge of a benchmark."""

from __future__ import annotations

import gc
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Clock:
    """The seconds that something took, by the wall and on the processor."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Clock) -> Clock:
        return Clock(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: Clock) -> Clock:
        return Clock(self.wall - other.wall, self.cpu - other.cpu)

    @classmethod
    def now(cls) -> Clock:
        """Return both times from beginnings of their own."""
        return cls(time.perf_counter(), time.process_time())


class Stopwatch:
    """Adds up how long each of some named things took."""

    def __init__(self) -> None:
        self.clocks: dict[str, Clock] = {}

    @contextmanager
    def timing(self, name: str) -> Iterator[None]:
        """Add what is done inside; garbage of what was done before is not collected in it."""
        gc.collect()
        started = Clock.now()
        yield
        self.clocks[name] = self.clocks.get(name, Clock()) + (Clock.now() - started)


def peak_memory() -> int:
    """Return the most bytes of memory that this process has held."""
    if _STATUS.exists():
        for line in _STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024

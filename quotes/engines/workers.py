"""Worker processes as their owner sees them: started, given work, known to be dead."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from quotes.engines.worker import OUT_OF_MEMORY

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from quotes.engines.engine import Loader
    from quotes.engines.limits import Limits
    from quotes.engines.worker import Order

# The paths are handed over, so that a worker imports this very program wherever it was found.
_START = """
import sys
descriptor, *sys.path = sys.argv[1:]
from quotes.engines.worker import main
main(int(descriptor))
"""
# One thread each: as many workers as cores fill a machine, and their threads would only queue.
_ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # An arena a thread keeps memory that no other can use.
    "MALLOC_ARENA_MAX": "1",
}
_PATIENCE = 5.0


class Worker:
    """One worker process, a program of its own and not a fork: nothing of ours is shared with it.

    It gets no keyboard interrupt: its owner decides what becomes of the work at hand.
    """

    def __init__(self, load: Loader) -> None:
        ours, theirs = multiprocessing.Pipe()
        self.connection: Connection[Any, Any] = ours
        self.assigned: deque[Order] = deque()
        self.ready = False
        self.done = 0
        self._began = monotonic()
        self.retiring = False
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START, str(theirs.fileno()), *sys.path],
                stdin=subprocess.DEVNULL,
                env={**os.environ, **_ONE_THREAD},
                pass_fds=[theirs.fileno()],
                process_group=0,
            )
        finally:
            theirs.close()
        self._tell(load)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def give(self, order: Order) -> None:
        """Hand over an order; a worker that is dead is found to be so when it is listened to."""
        if self.ready and not self.assigned:
            self._began = monotonic()
        self.assigned.append(order)
        self._tell(order)

    def is_loaded(self) -> None:
        """Hear that it can read; what it was given before, it begins now."""
        self.ready = True
        self._began = monotonic()

    def is_done(self) -> None:
        """Hear that it has read what it had at hand, and begins with the next."""
        self.assigned.popleft()
        self.done += 1
        self._began = monotonic()

    def limit(self, limits: Limits) -> float | None:
        """Return how many seconds it has for what is at hand; None where nothing is."""
        if not self.ready:
            return limits.loading
        return limits.reading(self.assigned[0].text) if self.assigned else None

    def seconds_left(self, limits: Limits) -> float | None:
        """Return how many of these are left.

        What it says may come late, never early, so that it has all of them at least.
        """
        limit = self.limit(limits)
        return None if limit is None else self._began + limit - monotonic()

    def _tell(self, message: Any) -> None:
        # What a dead worker sent before it died is still to be read.
        with suppress(OSError):
            self.connection.send(message)

    def fate(self) -> str:
        """Wait for the end of a process that has closed its socket, and say how it ended."""
        try:
            status = self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        if status == OUT_OF_MEMORY:
            return "had no memory left"
        if status >= 0:
            return f"left with status {status}"
        try:
            return f"was killed by {signal.Signals(-status).name}"
        except ValueError:
            return f"was killed by signal {-status}"

    def kill(self) -> None:
        """End the process now, and wait until it has ended."""
        self.connection.close()
        self._process.kill()
        self._process.wait()

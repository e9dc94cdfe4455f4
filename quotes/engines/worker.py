"""A worker process: one warm reader, texts in over a socket, outcomes out.

What crosses the socket is pickled; both ends are this program on this machine, and nothing that
was read from a source is ever unpickled.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from quotes.errors import ModelError

if TYPE_CHECKING:
    from quotes.engines.engine import Identity, Loader, Outcome, Reader

#: The exit status of a worker that has no memory left.
OUT_OF_MEMORY: Final = 71


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A text to read; `number` comes back with the outcome."""

    number: int
    text: str
    sentences: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The reader is loaded."""

    identity: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """No reader can be had, for the same reason in every worker."""

    error: ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A text is read; `memory` is what the worker holds by now, in bytes."""

    number: int
    outcome: Outcome
    memory: int


def main(descriptor: int) -> None:
    """Serve the other end of a socket until it closes: a loader first, then orders."""
    # Whatever a library prints is no business of whoever reads the output of `quotes`.
    os.dup2(2, 1)
    connection = Connection(descriptor)
    load: Loader = connection.recv()
    orders: SimpleQueue[Order | None] = SimpleQueue()
    threading.Thread(target=_take, args=(connection, orders), daemon=True).start()
    try:
        reader = load()
        connection.send(Ready(identity=reader.identity))
        while True:
            order = orders.get()
            if order is None:
                raise MemoryError
            connection.send(_done(reader, order))
    except ModelError as error:
        connection.send(Broken(error=error))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except OSError:
        # Nobody listens any more.
        os._exit(1)


def _take(connection: Connection, orders: SimpleQueue[Order | None]) -> None:
    """Take orders in as they come, so that neither end waits for the other to read.

    When the socket closes, its owner wants no more, or is dead: the work at hand is nobody's. An
    order that does not fit into memory is None, for what is at hand before it is not to blame.
    """
    try:
        while True:
            orders.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)
    except MemoryError:
        orders.put(None)


def _done(reader: Reader, order: Order) -> Done:
    outcome = reader.read(order.text, sentences=order.sentences)
    return Done(number=order.number, outcome=outcome, memory=memory_held())


def memory_held() -> int:
    """Return the bytes of memory that this process holds, or has held at most."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
    return pages * resource.getpagesize()

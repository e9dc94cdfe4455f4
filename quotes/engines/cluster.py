"""The engine that reads on a Dask cluster: workers extract, this process stores.

After Rocklin, "Dask: Parallel Computation with Blocked algorithms and Task Scheduling" (SciPy
2015). A scheduler's port runs whatever is sent to it, so that nothing but this machine or TLS will
do.
"""

from __future__ import annotations

import faulthandler
import sys
import threading
from collections import deque
from dataclasses import dataclass
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Generic
from urllib.parse import urlsplit

from quotes.engines.engine import Failed, Identity, Loader, Outcome, Reader, T
from quotes.engines.limits import Limits, told
from quotes.errors import EngineError, ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PATIENCE: Final = 30
# Texts sent out for each thread of the cluster that have not come back, stored and in order.
_WINDOW: Final = 8
# Seconds between looks at how large the cluster is by now.
_LOOK: Final = 5.0


@dataclass(slots=True)
class _Sent(Generic[T]):
    task: T
    future: Any


class DaskEngine:
    """Sends texts to the workers of a scheduler, and takes what they find in order.

    Dask gives a text whose worker died to another. One that it gives up on, with all that stood
    behind it, is sent once more with nothing beside it, and set aside if it kills again. A worker
    that takes longer than `limits` allow ends itself.
    """

    def __init__(self, load: Loader, *, scheduler: str, limits: Limits | None = None) -> None:
        check_address(scheduler)
        self._load = load
        self._limits = limits or Limits()
        self._address = scheduler
        self._client: Any = None
        self._identity: Identity | None = None
        self._room = 0
        self._looked = 0.0

    def identity(self) -> Identity:
        """Return whose results these are; raises ModelError and EngineError."""
        if self._identity is None:
            found = self._result(self._submit(_identity, self._load))
            if not isinstance(found, Identity):
                raise EngineError("no worker of the cluster can load the models")
            self._identity = found
        return self._identity

    def run(self, tasks: Iterable[T]) -> Iterator[list[tuple[T, Outcome]]]:
        """Yield the tasks in order with their outcomes; raises ModelError and EngineError."""
        coming = iter(tasks)
        sent: deque[_Sent[T]] = deque()
        more = True
        while more or sent:
            while more and len(sent) < self._most():
                task = next(coming, None)
                more = task is not None
                if task is not None:
                    sent.append(_Sent(task, self._send(task)))
                if sent and sent[0].future.done():
                    break
            if sent:
                yield self._ready(sent)

    def close(self) -> None:
        """Leave the cluster; what it still has of ours is dropped there."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _ready(self, sent: deque[_Sent[T]]) -> list[tuple[T, Outcome]]:
        """Take out the oldest task, which is waited for, and those after it that are done."""
        ready: list[tuple[T, Outcome]] = []
        while sent and (not ready or sent[0].future.done()):
            first = sent.popleft()
            ready.append((first.task, self._outcome(first, sent)))
        return ready

    def _outcome(self, one: _Sent[T], behind: deque[_Sent[T]]) -> Outcome:
        found = self._result(one.future)
        if found is None:
            # Whatever waited at the same worker is suspected too: let this one be alone.
            self._connected().gather([other.future for other in behind], errors="skip")
            found = self._result(self._send(one.task))
        if found is None:
            limit = told(self._limits.reading(one.task.text))
            return Failed(reason=f"set aside: every worker that it was given to died or {limit}")
        identity, outcome = found
        if self._identity is None:
            self._identity = identity
        elif identity != self._identity:
            raise EngineError(
                f"the workers do not read alike: one has {identity.version}, another "
                f"{self._identity.version}",
                hint="install the same quotes and models on all of them",
            )
        return outcome  # type: ignore[no-any-return]  # Dask's futures are untyped

    def _result(self, future: Any) -> Any:
        """Return what a future holds; None where Dask gave up on it."""
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker:
            return None
        except ModelError:
            raise
        except Exception as error:
            raise EngineError(
                f"the cluster at {self._address} fails: {type(error).__name__}: {error}",
                hint="go on with `quotes ingest --resume --scheduler ADDRESS`",
            ) from error

    def _send(self, task: T) -> Any:
        seconds = self._limits.reading(task.text)
        return self._submit(_read, self._load, task.text, sentences=task.sentences, seconds=seconds)

    def _submit(self, *call: Any, **options: Any) -> Any:
        return self._connected().submit(*call, **options, pure=False)

    def _most(self) -> int:
        """Return how many texts may be out, as the cluster is now."""
        client = self._connected()
        if not self._room or monotonic() - self._looked > _LOOK:
            threads = sum(client.nthreads().values())
            self._room, self._looked = max(1, threads) * _WINDOW, monotonic()
        return self._room

    def _connected(self) -> Any:
        if self._client is None:
            try:
                from distributed import Client
            except ModuleNotFoundError as error:
                raise EngineError(
                    f"{error.name!r} is not installed", hint="pip install 'quotes[dask]'"
                ) from error
            try:
                self._client = Client(self._address, timeout=_PATIENCE, set_as_default=False)
                self._client.wait_for_workers(1, timeout=_PATIENCE)
            except (OSError, TimeoutError) as error:
                raise EngineError(
                    f"no Dask workers at {self._address}: {error}",
                    hint="start a scheduler and workers, and check the address",
                ) from error
        return self._client


def check_address(scheduler: str) -> None:
    """Raise EngineError unless an address is of this machine, or speaks TLS."""
    parts = urlsplit(scheduler if "://" in scheduler else f"tcp://{scheduler}")
    if parts.scheme == "tls" or (parts.scheme == "tcp" and _is_here(parts.hostname or "")):
        return
    raise EngineError(
        f"{scheduler} is neither on this machine nor tls://, and a scheduler runs any code it gets",
        hint="give the scheduler certificates (dask scheduler --tls-cert) and name it by tls://",
    )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


# What follows runs in the workers, which keep a reader each, for one text at a time.
_readers: dict[Loader, Reader] = {}
_one_at_a_time = threading.Lock()


def _reader(load: Loader) -> Reader:
    if load not in _readers:
        _readers[load] = load()
    return _readers[load]


def _identity(load: Loader) -> Identity:
    with _one_at_a_time:
        return _reader(load).identity


def _read(load: Loader, text: str, *, sentences: bool, seconds: float) -> tuple[Identity, Outcome]:
    with _one_at_a_time:
        reader = _reader(load)
        # It needs no lock of Python's, which code that hangs may hold, and says where it hung.
        faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__ or 2)
        try:
            return reader.identity, reader.read(text, sentences=sentences)
        finally:
            faulthandler.cancel_dump_traceback_later()

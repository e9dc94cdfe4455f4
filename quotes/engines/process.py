"""The engine that reads in worker processes on this machine, under a supervision of its own."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Final, Generic

from quotes.engines.engine import Failed, Identity, Loader, Outcome, T
from quotes.engines.limits import Limits, told
from quotes.engines.worker import Broken, Done, Order, Ready
from quotes.engines.workers import Worker
from quotes.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: How often a text may take its worker with it before it is set aside.
TRIES: Final = 3
#: Bytes that a worker may hold before another takes its place.
MEMORY: Final = 2_000_000_000
#: Texts that a worker reads before it may be replaced, so that loading models stays a small part.
LEAST: Final = 100
# One text at hand and one to go on with; that one must fit what a socket holds, for a worker that
# hangs takes nothing from it, and who sends more would hang too.
_ASSIGNED = 2
_LONG = 20_000
# Texts for each worker that are read ahead of the oldest one that is not done, and characters in
# all: what waits for its turn to be stored waits in memory.
_WINDOW = 16
_CHARACTERS = 20_000_000


@dataclass(slots=True)
class _Ticket(Generic[T]):
    """A task between its coming and its going."""

    task: T
    tries: int = 0
    outcome: Outcome | None = None


class ProcessEngine:
    """Keeps `jobs` workers, each with a warm model, and replaces those that die or grow too large.

    A text whose worker dies is given to another, and set aside when it has cost `tries` workers;
    one that takes longer than `limits` allow has its worker killed. The loader is pickled; it must
    stand in a module that the workers can import.
    """

    def __init__(
        self,
        load: Loader,
        *,
        jobs: int,
        memory: int = MEMORY,
        least: int = LEAST,
        tries: int = TRIES,
        limits: Limits | None = None,
    ) -> None:
        self._load = load
        self._jobs = jobs
        self._memory = memory
        self._least = least
        self._tries = tries
        self._limits = limits or Limits()
        self._workers: list[Worker] = []
        self._identity: Identity | None = None
        self._stillborn = 0
        self._round: _Round[Any] = _Round()
        #: How many workers died or were given up, and how many were replaced for their memory.
        self.lost = 0
        self.recycled = 0

    @property
    def pids(self) -> tuple[int, ...]:
        """The process numbers of the workers there are."""
        return tuple(worker.pid for worker in self._workers)

    def identity(self) -> Identity:
        """Return whose results these are; waits for the first worker. Raises ModelError."""
        while self._identity is None:
            self._staff()
            self._listen()
        return self._identity

    def run(self, tasks: Iterable[T]) -> Iterator[list[tuple[T, Outcome]]]:
        """Yield the tasks in order with their outcomes; raises ModelError and EngineError."""
        coming = iter(tasks)
        at_work: _Round[T] = _Round()
        self._round = at_work
        more = True
        while more or at_work.tickets:
            if more and self._has_room():
                # Workers load meanwhile, so they are started before the task is waited for.
                task = next(coming, None)
                more = task is not None
                if task is not None:
                    at_work.enter(task)
                    self._staff()
                    self._assign()
                self._listen(patience=0)
            else:
                self._staff()
                self._assign()
                self._listen()
            if ready := at_work.ready():
                yield ready

    def close(self) -> None:
        """End every worker at once."""
        while self._workers:
            self._workers.pop().kill()

    def _has_room(self) -> bool:
        held = self._round
        if len(held.tickets) >= self._jobs * _WINDOW or held.characters >= _CHARACTERS:
            return False
        return len(held.waiting) + self._assigned() < self._jobs * _ASSIGNED

    def _assigned(self) -> int:
        return sum(len(worker.assigned) for worker in self._workers)

    def _staff(self) -> None:
        """Start workers where there are too few."""
        while len(self._workers) < self._jobs:
            self._workers.append(Worker(self._load))

    def _assign(self) -> None:
        """Give what waits to the workers with the least to do."""
        while self._round.waiting:
            able = [one for one in self._workers if not one.retiring]
            worker = min(able, key=lambda one: (len(one.assigned), not one.ready), default=None)
            if worker is None or len(worker.assigned) >= _ASSIGNED:
                return
            order = self._round.order(self._round.waiting[0])
            if worker.assigned and len(order.text) > _LONG:
                return
            self._round.waiting.popleft()
            worker.give(order)

    def _listen(self, *, patience: float | None = None) -> None:
        """Take in what workers say; without patience, only what has been said already."""
        left = {worker: worker.seconds_left(self._limits) for worker in self._workers}
        times = [max(0.0, one) for one in (patience, *left.values()) if one is not None]
        heard = wait([worker.connection for worker in left], min(times, default=None))
        for worker, seconds in left.items():
            if worker.connection in heard:
                self._hear_from(worker)
            elif seconds is not None and seconds <= 0:
                # It has said nothing by now, so it is not done.
                worker.kill()
                self._bury(worker, told(worker.limit(self._limits) or 0))

    def _hear_from(self, worker: Worker) -> None:
        try:
            said = worker.connection.recv()
        except (EOFError, OSError):
            worker.connection.close()
            self._bury(worker, worker.fate())
        else:
            self._hear(worker, said)

    def _hear(self, worker: Worker, said: Any) -> None:
        match said:
            case Broken(error=error):
                raise error
            case Ready(identity=identity):
                worker.is_loaded()
                self._stillborn = 0
                self._identity = identity
            case Done(number=number, outcome=outcome, memory=memory):
                worker.is_done()
                too_large = memory > self._memory and worker.done >= self._least
                worker.retiring = worker.retiring or too_large
                self._round.settle(number, outcome)
        if worker.retiring and not worker.assigned:
            self._workers.remove(worker)
            worker.kill()
            self.recycled += 1

    def _bury(self, worker: Worker, fate: str) -> None:
        """Take a dead worker's texts back; the one at hand may have been what killed it."""
        self._workers.remove(worker)
        self.lost += 1
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn >= self._tries:
                raise EngineError(
                    f"{self._stillborn} workers were lost while they loaded their models: the "
                    f"last {fate}",
                    hint="try --engine serial, which says why",
                )
        for place, order in reversed(list(enumerate(worker.assigned))):
            at_hand = worker.ready and place == 0
            self._round.take_back(order.number, fate if at_hand else None, self._tries)


class _Round(Generic[T]):
    """The tasks that have come and not gone, oldest first."""

    def __init__(self) -> None:
        self.tickets: dict[int, _Ticket[T]] = {}
        self.waiting: deque[int] = deque()
        self.characters = 0
        self._last = 0

    def enter(self, task: T) -> None:
        self._last += 1
        self.tickets[self._last] = _Ticket(task)
        self.waiting.append(self._last)
        self.characters += len(task.text)

    def order(self, number: int) -> Order:
        task = self.tickets[number].task
        return Order(number=number, text=task.text, sentences=task.sentences)

    def settle(self, number: int, outcome: Outcome) -> None:
        self.tickets[number].outcome = outcome

    def take_back(self, number: int, fate: str | None, most: int) -> None:
        """Let a task wait again, unless it has had its tries; `fate` is what it may have caused."""
        ticket = self.tickets[number]
        ticket.tries += fate is not None
        if ticket.tries < most:
            self.waiting.appendleft(number)
        else:
            ticket.outcome = Failed(
                reason=f"set aside: {ticket.tries} workers were lost over it; the last {fate}"
            )

    def ready(self) -> list[tuple[T, Outcome]]:
        """Take out the oldest tasks as far as they are done, in order."""
        done = []
        for number, ticket in self.tickets.items():
            if ticket.outcome is None:
                break
            done.append((number, ticket.task, ticket.outcome))
        for number, task, _ in done:
            del self.tickets[number]
            self.characters -= len(task.text)
        return [(task, outcome) for _, task, outcome in done]

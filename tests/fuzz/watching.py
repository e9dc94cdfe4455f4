"""Runs a target's inputs in a process of their own, which may crash, hang or grow without harm."""

from __future__ import annotations

import json
import mmap
import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.fuzz.targets import BY_NAME, Target, input_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of processor time, for each hundred thousand bytes or part of them.
MOST_SECONDS: Final = 5.0
_PER: Final = 100_000
# Above what the process holds once it is warm.
MOST_MEMORY: Final = 500_000_000
_WARMING: Final = 3
# What is started for each process, with target, seed, first and last number, and a file behind it.
COMMAND: Final = (sys.executable, "-m", "tests.fuzz.watching")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that was not read as it should be; `kind` is crash, hang, memory or death."""

    target: str
    seed: int
    number: int
    kind: str
    what: str

    def save(self, folder: Path) -> Path:
        """Write the input to a file of its own, and this beside it; `--replay` reads it."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.target}-{self.seed}-{self.number}.input"
        path.write_bytes(input_of(BY_NAME[self.target], self.seed, self.number))
        path.with_suffix(".json").write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        return path


@dataclass(slots=True)
class Tally:
    """How many inputs a target was given, and which of them failed."""

    target: str
    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    grown: int = 0
    failures: list[Failure] = field(default_factory=list)


def watch(name: str, seed: int, numbers: range) -> Tally:
    """Run a target on so many inputs; a process that dies is followed by another."""
    tally = Tally(name)
    start = numbers.start
    begun = time.monotonic()
    while start < numbers.stop:
        start = _worker(tally, seed, range(start, numbers.stop))
    tally.inputs = len(numbers)
    tally.seconds = time.monotonic() - begun
    return tally


def _worker(tally: Tally, seed: int, numbers: range) -> int:
    """Let one process run inputs; returns the first that is still to be run."""
    with tempfile.NamedTemporaryFile() as shared:
        shared.write(struct.pack("q", numbers.start - 1))
        shared.flush()
        given = [tally.target, str(seed), str(numbers.start), str(numbers.stop), shared.name]
        worker = subprocess.Popen(
            [*COMMAND, *given],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        assert worker.stdout is not None
        for line in worker.stdout:
            told = json.loads(line)
            if "kind" in told:
                tally.failures.append(Failure(**told))
            else:
                tally.slowest = max(tally.slowest, told["slowest"])
                tally.grown = max(tally.grown, told["grown"])
        status = worker.wait()
        at: int = struct.unpack("q", Path(shared.name).read_bytes()[:8])[0]
    if status == 0:
        return numbers.stop
    if at < numbers.start:
        raise RuntimeError(f"the process for {tally.target} does not start (status {status})")
    if not (tally.failures and tally.failures[-1].number == at):
        kind = "hang" if status == -signal.SIGPROF else "death"
        what = f"over {MOST_SECONDS:.0f} s" if kind == "hang" else f"status {status}"
        tally.failures.append(
            Failure(target=tally.target, seed=seed, number=at, kind=kind, what=what)
        )
    return at + 1


def _memory(name: str = "VmHWM") -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    return 0


def problem(target: Target, raw: bytes) -> str:
    """Return what is wrong with how an input is read, or nothing."""
    try:
        target.run(raw)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        told = " ".join(str(error).split())[:200]
        return f"{type(error).__name__}: {told} ({Path(last.filename).name}:{last.lineno})"
    return ""


def _main(name: str, seed: int, numbers: range, shared: str) -> None:
    target = BY_NAME[name]
    for number in range(_WARMING):
        problem(target, input_of(target, seed - 1, number))
    warm = _memory()
    slowest = 0.0
    with Path(shared).open("r+b") as file, mmap.mmap(file.fileno(), 8) as place:
        for number in numbers:
            raw = input_of(target, seed, number)
            place[:8] = struct.pack("q", number)
            # The signal's own action, to end the process, works where no Python runs.
            limit = MOST_SECONDS * max(1, -(-len(raw) // _PER))
            signal.setitimer(signal.ITIMER_PROF, limit)
            begun = time.process_time()
            wrong, kind = problem(target, raw), "crash"
            slowest = max(slowest, time.process_time() - begun)
            signal.setitimer(signal.ITIMER_PROF, 0)
            grown = _memory() - warm
            if grown > MOST_MEMORY:
                wrong, kind = wrong or f"{grown:,} bytes more than when warm", "memory"
            if wrong:
                failure = Failure(target=name, seed=seed, number=number, kind=kind, what=wrong)
                print(json.dumps(asdict(failure)), flush=True)
            if kind == "memory":
                # What it holds now would be laid to every input after this one.
                os._exit(3)
    print(json.dumps({"slowest": slowest, "grown": _memory() - warm}), flush=True)


def shares(total: int, names: list[str]) -> Iterator[tuple[str, int]]:
    """Yield how many of so many inputs each target is given, by its weight."""
    weights = sum(BY_NAME[name].weight for name in names)
    for name in names:
        yield name, -(-total * BY_NAME[name].weight // weights)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), range(int(sys.argv[3]), int(sys.argv[4])), sys.argv[5])

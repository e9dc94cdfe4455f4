"""How much faster several workers read: `python -m quotes.scale.engines FILE…`.

Ingests the same files by one process, by worker processes, and by a local Dask cluster that is
started beforehand, each into a new database and in turn, as often as it is told. Prints the seconds
on the clock, the processor seconds of all processes, and how many times as fast as one process
each is; on a machine that does other things too the first say little. Exports must be the same to
the byte.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

from quotes.errors import BenchmarkError
from quotes.scale.running import started

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DASK: Final = "dask"
# As docs/engines.md tells: without it Dask's workers give memory back at every turn.
_SPAWNED: Final = {
    "MALLOC_TRIM_THRESHOLD_": 268_435_456,
    "MALLOC_MMAP_THRESHOLD_": 268_435_456,
    "MALLOC_ARENA_MAX": 1,
    "OMP_NUM_THREADS": 1,
    "OPENBLAS_NUM_THREADS": 1,
    "MKL_NUM_THREADS": 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One ingest: its way, seconds on the clock, processor seconds, and the export's hash.

    The workers of a cluster are no children of the ingest: their processor time is not known.
    """

    way: str
    seconds: float
    processor: float | None
    sha256: str


def rounds(files: Sequence[str], *, jobs: int, times: int) -> Iterator[Timed]:
    """Yield every ingest, `times` of each way; Dask is left out where it is not installed.

    Raises BenchmarkError where one fails.
    """
    with tempfile.TemporaryDirectory(prefix="quotes-engines-") as scratch, _cluster(jobs) as dask:
        ways = {"serial": ("--jobs", "1"), f"process, {jobs} jobs": ("--jobs", str(jobs))}
        if dask is not None:
            ways[f"dask, {jobs} workers"] = ("--scheduler", dask)
        # Nobody times how files and models are read from the disk for the first time.
        _ingest(files[:1], scratch, "warm", ways["serial"])
        for number in range(times):
            for place, (way, words) in enumerate(ways.items()):
                seconds, processor, sha256 = _ingest(files, scratch, f"{number}-{place}", words)
                known = None if way.startswith(_DASK) else processor
                yield Timed(way=way, seconds=seconds, processor=known, sha256=sha256)


def _ingest(
    files: Sequence[str], folder: str, name: str, words: Sequence[str]
) -> tuple[float, float, str]:
    url = f"sqlite:///{Path(folder) / name}.db"
    _quotes(url, "db", "upgrade")
    before = _children()
    begun = perf_counter()
    _quotes(url, "ingest", "--quiet", *words, *files)
    taken, used = perf_counter() - begun, _children() - before
    export = Path(folder) / f"{name}.jsonl"
    _quotes(url, "export", "--format", "jsonl", "-o", str(export))
    return taken, used, hashlib.sha256(export.read_bytes()).hexdigest()


def _quotes(url: str, *words: str) -> None:
    with tempfile.TemporaryFile() as told:
        status = started(url, *words, told=told).wait()
        if status:
            told.seek(0)
            said = told.read().decode(errors="replace").strip()
            raise BenchmarkError(f"quotes {words[0]} left with {status}: {said}")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _cluster(workers: int) -> Iterator[str | None]:
    """Start a scheduler and so many workers of one thread on loopback; yields its address."""
    if find_spec("distributed") is None:
        yield None
        return
    script = (
        "import sys\n"
        "import dask\n"
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        f"    dask.config.set({{'distributed.nanny.pre-spawn-environ': {_SPAWNED!r}}})\n"
        f"    with LocalCluster(host='127.0.0.1', n_workers={workers}, threads_per_worker=1,\n"
        "                      dashboard_address=None) as cluster:\n"
        "        print(cluster.scheduler_address, flush=True)\n"
        "        sys.stdin.read()\n"
    )
    with tempfile.TemporaryDirectory(prefix="quotes-dask-") as folder:
        path = Path(folder) / "cluster.py"
        path.write_text(script, encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, "-P", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as running:
            if running.stdin is None or running.stdout is None:
                raise BenchmarkError("the cluster has no pipes")
            try:
                yield running.stdout.readline().strip()
            finally:
                running.stdin.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print each ingest as it ends, and the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("files", nargs="+", help="what to read, files or folders")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes (2)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way (3)")
    options = parser.parse_args(arguments)
    seen: dict[str, list[Timed]] = {}
    print(f"{'':24}  {'seconds':>8}  {'processor':>9}", flush=True)
    for timed in rounds(options.files, jobs=options.jobs, times=options.rounds):
        seen.setdefault(timed.way, []).append(timed)
        used = "" if timed.processor is None else f"{timed.processor:.1f}"
        print(f"{timed.way:24}  {timed.seconds:>8.1f}  {used:>9}", flush=True)
    middle = {way: median(one.seconds for one in some) for way, some in seen.items()}
    for way, seconds in middle.items():
        times = next(iter(middle.values())) / seconds
        print(f"{way:24}  {seconds:>8.1f}  median, {times:.2f} times as fast as serial")
    if len({one.sha256 for some in seen.values() for one in some}) > 1:
        raise BenchmarkError("the exports are not the same")
    print("all exports are the same")


if __name__ == "__main__":
    main()

"""How fast: words a second of spaCy alone, of our pipelines and their stages, and of others.

All are timed in one process, in rounds, so that what else the machine does meets all alike. Memory
is that of a process for each.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from quotes.errors import BenchmarkError
from quotes.evaluation.contestants import BASE, STAGES, SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_PACKAGES = ("quotes", "spacy", "textacy", "onnxruntime")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured of one system or stage, seconds by round; `note` says what is amiss.

    `beside_base` are the rounds' times as multiples of bare spaCy's in the same round, by the wall
    and on the processor. `peak` is in bytes.
    """

    name: str
    wall: tuple[float, ...] = ()
    cpu: tuple[float, ...] = ()
    beside_base: tuple[tuple[float, float], ...] = ()
    peak: int | None = None
    note: str | None = None

    def as_json(self, words: int) -> dict[str, Any]:
        """Return the figures, medians with the least and the most."""
        speeds = sorted(words / seconds for seconds in self.wall)
        return {
            "name": self.name,
            "words_per_second": round(median(speeds)) if speeds else None,
            "least": round(speeds[0]) if speeds else None,
            "most": round(speeds[-1]) if speeds else None,
            "seconds": [round(seconds, 4) for seconds in self.wall],
            "cpu_seconds": [round(seconds, 4) for seconds in self.cpu],
            "times_spacy": _middle([wall for wall, _ in self.beside_base]),
            "times_spacy_cpu": _middle([cpu for _, cpu in self.beside_base]),
            "peak_bytes": self.peak,
            "note": self.note,
        }


def benchmark(
    texts: Sequence[str],
    *,
    repeat: int = 3,
    threads: int = 1,
    tell: Callable[[str], None] = lambda step: None,
) -> dict[str, Any]:
    """Measure and return every figure; `tell` hears of each step as it begins.

    Raises BenchmarkError where a measuring process fails.
    """
    words = sum(len(text.split()) for text in texts)
    job = {"texts": list(texts), "threads": threads}
    timed = run_worker({**job, "what": "time", "repeat": repeat}, tell)
    clocks, notes = timed["clocks"], timed["notes"]
    peaks = {
        name: run_worker({**job, "what": "memory", "system": name}, tell)["peak"]
        for name in SYSTEMS
        if name in clocks
    }
    systems = [_row(name, clocks, note=notes.get(name), peak=peaks.get(name)) for name in SYSTEMS]
    stages = [_row(name, clocks) for name in STAGES if name in clocks]
    return {
        "texts": len(texts),
        "words": words,
        "rounds": repeat,
        "threads": threads,
        "machine": machine(),
        "systems": [row.as_json(words) for row in systems],
        "stages": [row.as_json(words) for row in stages],
    }


def _row(
    name: str,
    clocks: Mapping[str, Sequence[Sequence[float]]],
    *,
    note: str | None = None,
    peak: int | None = None,
) -> Row:
    rounds = clocks.get(name, ())
    beside = [
        (wall / base_wall, cpu / base_cpu)
        for (wall, cpu), (base_wall, base_cpu) in zip(rounds, clocks.get(BASE, ()), strict=False)
    ]
    return Row(
        name=name,
        wall=tuple(wall for wall, _ in rounds),
        cpu=tuple(cpu for _, cpu in rounds),
        beside_base=tuple(beside),
        peak=peak,
        note=note,
    )


def _middle(values: Sequence[float]) -> float | None:
    return round(median(values), 3) if values else None


def run_worker(job: Mapping[str, Any], tell: Callable[[str], None]) -> dict[str, Any]:
    """Run a process of its own on a job, and return its result."""
    # -P: no module of the folder that we happen to be in takes the place of ours.
    command = [sys.executable, "-P", "-m", "quotes.evaluation.benchmark_worker"]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as given,
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints,
    ):
        json.dump(job, given)
        given.seek(0)
        with subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=complaints, encoding="utf-8"
        ) as worker:
            assert worker.stdout is not None
            result = _followed(worker.stdout, tell)
        if worker.returncode or result is None:
            complaints.seek(0)
            last = (complaints.read().strip() or "it says nothing").splitlines()[-1]
            raise BenchmarkError(
                f"a measuring process failed with status {worker.returncode}: {last}",
                hint="try fewer texts",
            )
    return result


def _followed(lines: Iterator[str], tell: Callable[[str], None]) -> dict[str, Any] | None:
    """Tell each step that a worker prints, and return its result."""
    result: dict[str, Any] | None = None
    for line in lines:
        said = json.loads(line)
        if "step" in said:
            tell(said["step"])
        else:
            result = said["result"]
    return result


def machine() -> dict[str, Any]:
    versions: dict[str, str | None] = {}
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = None
    return {"processor": _processor(), "python": platform.python_version(), "packages": versions}


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

"""How long others wait for their turn to write, while an ingest goes on and ends in an archive.

`python -m quotes.scale.waiting FOLDER` generates an archive in FOLDER where it is not there, stores
more made-up documents in a copy of it, and joins what they tell to what is told already, while
another process writes every now and then.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, Final

from quotes.errors import BenchmarkError
from quotes.scale.measuring import database
from quotes.scale.storing import made, store_all
from quotes.store import Store, migrate
from quotes.store.engine import database_url, file_of
from quotes.verification.utterances import rebuild

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAUSE: Final = 0.05
# So long does the other one wait before it would give up; every writer of ours gives up earlier.
_PATIENCE: Final = 3_600.0
# Documents of another hand than those of the archive.
_HAND: Final = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """The seconds that an ingest took, and that another writer waited: mostly, and at most."""

    archive: int
    quotations: int
    seconds: float
    turns: int
    median: float
    longest: float


def waits(url: str, archive: int, quotations: int) -> Waits:
    """Store so many made-up quotations in an archive, beside another who writes.

    Raises BenchmarkError where that one fails.
    """
    coming = list(made(quotations, _HAND))
    spawn = multiprocessing.get_context("spawn")
    end, told = spawn.Event(), spawn.Queue()
    other = spawn.Process(target=_write, args=(url, end, told))
    other.start()
    found: list[float] = []
    try:
        # Its first turn, while nobody else writes, tells that it has begun.
        if told.get():
            with Store(url) as store:
                begun = perf_counter()
                store_all(store, coming)
                seconds = perf_counter() - begun
            end.set()
            found = told.get()
    finally:
        end.set()
        other.join()
    if other.exitcode:
        raise BenchmarkError("the other writer failed", hint="its error stands above")
    return Waits(
        archive=archive,
        quotations=quotations,
        seconds=round(seconds, 2),
        turns=len(found),
        median=round(median(found), 3),
        longest=round(max(found), 2),
    )


def _write(url: str, end: Any, told: Any) -> None:
    """Take a turn every now and then until the end, and tell how long each was waited for."""
    found: list[float] = []
    try:
        with Store(url, busy_timeout=_PATIENCE) as store:
            while not end.is_set():
                begun = perf_counter()
                with store.session(write=True):
                    found.append(perf_counter() - begun)
                if len(found) == 1:
                    told.put(True)
                sleep(_PAUSE)
    except BaseException:
        told.put([])
        raise
    told.put(found)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how long another writer waited."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="where the archive is, or is made, and copied")
    parser.add_argument("--size", type=int, default=1_000_000, help="its quotations (1000000)")
    parser.add_argument("--quotations", type=int, default=20_000, help="how many more (20000)")
    parser.add_argument("--json", action="store_true", help="print a JSON object")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    tell = partial(print, file=sys.stderr)
    source = file_of(database_url(database(options.folder, options.size, tell)))
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        copy = Path(scratch) / "copy.db"
        shutil.copy(str(source), copy)
        url = f"sqlite:///{copy}"
        migrate.upgrade(url)
        with Store(url) as store:
            rebuild(store)
        found = waits(url, options.size, options.quotations)
    if options.json:
        print(json.dumps(asdict(found)))
        return
    print(
        f"{found.quotations} quotations stored beside {found.archive} in {found.seconds} s;"
        f" another writer had {found.turns} turns, waited {found.median} s mostly"
        f" and {found.longest} s at most"
    )


if __name__ == "__main__":
    main()

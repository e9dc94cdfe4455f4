"""What an ingest costs over many files: memory as it goes on, and time where nothing is new.

`python -m quotes.scale.intakes memory FOLDER --files 20000 --jobs 2` reads generated articles, made
in the folder where they are not there, and prints what each process holds as it goes on.
`python -m quotes.scale.intakes again FOLDER --files 10000` stores them by a pipeline that finds
nothing, and times `quotes ingest` over the same files three times more.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import tempfile
from pathlib import Path
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from quotes.documents.reading import read_paths
from quotes.errors import BenchmarkError
from quotes.ingest import Ingest
from quotes.pipeline import Result
from quotes.scale.building import Page
from quotes.scale.language import Language
from quotes.scale.running import MEMORY_UNIT, started
from quotes.store import Store
from quotes.store.models import RunVersion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.quotation import Notice
    from quotes.summary import Summary

MEGA: Final = 1_000_000
_NAMES: Final = 2_000
_QUOTATIONS: Final = (2, 10)
_A_FOLDER: Final = 1_000
_LOOK: Final = 2.0


def articles(folder: Path, number: int) -> Path:
    """Return a folder of so many articles of some 2,000 characters, made where it is not there."""
    whole = folder / f"articles-{number}"
    if whole.is_dir():
        return whole
    making = folder / f"articles-{number}.part"
    language, chance = Language(seed=7), random.Random(number)
    names = language.names(_NAMES)
    for n in range(number):
        page = Page(language.sentence(chance))
        speakers = chance.sample(names, 3)
        for _ in range(chance.randint(*_QUOTATIONS)):
            page.write(language.sentence(chance) + ". ")
            page.quote(language.sentence(chance), chance.choice(speakers), chance.random() < 0.7)
        path = making / f"{n // _A_FOLDER:04}" / f"{n:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8")
    making.rename(whole)
    return whole


def again(folder: Path, number: int, *, rounds: int = 3) -> Iterator[tuple[float, float, int]]:
    """Yield wall-clock seconds, processor seconds and peak bytes of ingests that find nothing new.

    Raises BenchmarkError where one fails.
    """
    files = articles(folder, number)
    url = f"sqlite:///{(folder / f'again-{number}.db').absolute()}"
    with Store(url, create=True) as store:
        Ingest(store, _Silent, listener=_Deaf()).run(read_paths([str(files)]))
    for _ in range(rounds):
        begun = perf_counter()
        with tempfile.TemporaryFile() as told:
            ran = started(url, "ingest", str(files), told=told)
            _, status, used = os.wait4(ran.pid, 0)
            taken = perf_counter() - begun
            ran.returncode = os.waitstatus_to_exitcode(status)
            told.seek(0)
            said = told.read().decode(errors="replace").strip()
        if ran.returncode != 0 or f"{number} unchanged" not in said:
            raise BenchmarkError(f"the ingest left with {ran.returncode}: {said}")
        yield taken, used.ru_utime + used.ru_stime, used.ru_maxrss * MEMORY_UNIT


def memory(
    folder: Path, number: int, *, jobs: int, every: int, minutes: float
) -> Iterator[tuple[int, int, list[int]]]:
    """Yield how many articles are stored, and what the ingest and each worker hold, in bytes.

    A line comes whenever so many more are stored. After `minutes` the ingest is told to stop.
    Raises BenchmarkError where it fails. Needs Linux's /proc.
    """
    files = articles(folder, number)
    with tempfile.TemporaryDirectory(dir=folder) as scratch, tempfile.TemporaryFile() as told:
        url = f"sqlite:///{(Path(scratch) / 'quotes.db').absolute()}"
        with Store(url, create=True) as store:
            words = ("--engine", "process", "--jobs", str(jobs), "-q")
            ran = started(url, "ingest", str(files), *words, told=told)
            last, end = 0, monotonic() + minutes * 60
            while not _ended(ran):
                done = _stored(store)
                if done - last >= every:
                    last = done
                    yield done, _held(ran.pid), [_held(pid) for pid in _workers(ran.pid)]
                if monotonic() > end:
                    ran.send_signal(signal.SIGINT)
                    end = float("inf")
        if ran.returncode not in (0, 130):
            told.seek(0)
            raise BenchmarkError(f"the ingest left with {ran.returncode}: {told.read()[-500:]!r}")


def _ended(ran: subprocess.Popen[bytes]) -> bool:
    try:
        ran.wait(_LOOK)
    except subprocess.TimeoutExpired:
        return False
    return True


def _stored(store: Store) -> int:
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(RunVersion)) or 0


def _held(pid: int) -> int:
    """Return the resident bytes of a process; 0 where it is gone."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def _workers(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(one) for one in children.split()]


class _Silent:
    """A pipeline that finds nothing: of what is stored already, the quotations cost nothing."""

    name, version = "silent", "1"
    models: Any = {}  # noqa: RUF012 - nobody changes it

    def read(self, text: str) -> Result:
        return Result(text=text, quotations=())


class _Deaf:
    """A listener to whom nothing matters."""

    def progressed(self, summary: Summary) -> None: ...

    def skipped(self, path: str, reason: str) -> None: ...

    def noticed(self, path: str, text: str, notices: Sequence[Notice]) -> None: ...

    def remarked(self, path: str, remark: str) -> None: ...


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, a line as soon as it is known."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("what", choices=["memory", "again"])
    parser.add_argument("folder", type=Path, help="where the files are, or are made")
    parser.add_argument("--files", type=int, default=10_000, help="how many")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes, for memory")
    parser.add_argument("--every", type=int, default=250, help="articles a line, for memory")
    parser.add_argument("--minutes", type=float, default=1e6, help="stop after these, for memory")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.what == "again":
        print(f"{'files':>8}  {'seconds':>8}  {'processor':>9}  {'peak MB':>8}")
        for taken, used, peak in again(options.folder, options.files):
            print(
                f"{options.files:>8}  {taken:>8.2f}  {used:>9.2f}  {peak / MEGA:>8.0f}", flush=True
            )
        return
    print(f"{'articles':>8}  {'ingest MB':>9}  workers MB")
    limits = {"jobs": options.jobs, "every": options.every, "minutes": options.minutes}
    for done, parent, workers in memory(options.folder, options.files, **limits):
        held = "  ".join(f"{one / MEGA:.0f}" for one in workers)
        print(f"{done:>8}  {parent / MEGA:>9.0f}  {held}", flush=True)


if __name__ == "__main__":
    main()

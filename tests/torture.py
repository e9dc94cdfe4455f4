"""Kill an ingest again and again and see that nothing is lost: python -m tests.torture [KILLS].

Each cycle begins a database, kills its ingest five times with SIGKILL at moments drawn at random,
goes on with `--resume` each time, and at last lets it finish: every document must be stored once,
with its quotations, every job done, and `quotes audit` clean.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from quotes.store import Store, jobs
from quotes.store.audit import audit
from quotes.store.engine import database_url, file_of
from quotes.store.models import Document, Job, Quotation, RunVersion

DOCUMENTS = 60
KILLS_A_CYCLE = 5
_SECONDS = "0.01"


def write_articles(folder: Path, number: int = DOCUMENTS) -> Path:
    """Write so many articles of two quotations each; returns their folder."""
    articles = folder / "articles"
    articles.mkdir()
    for n in range(number):
        text = f"“Word {n},” said Ada Moss. “No to {n},” said Bo Lund."
        (articles / f"{n:04}.txt").write_text(text, encoding="utf-8")
    return articles


def start(
    address: str, *words: str, seconds: str = _SECONDS, **options: Any
) -> subprocess.Popen[str]:
    """Start `quotes ingest` with a toy model, from the repository's root."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.victim", seconds, "--db", address, "ingest", *words],
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def stored(address: str) -> int:
    """Return how many documents there are; 0 where there is no database yet."""
    if not _is_there(address):
        return 0
    with Store(address, create=True) as store, store.session() as session:
        return session.scalar(select(func.count()).select_from(Document)) or 0


def _is_there(address: str) -> bool:
    path = file_of(database_url(address))
    return path is None or path.exists()


def wait_for(address: str, number: int, running: subprocess.Popen[str]) -> None:
    """Wait until so many documents are stored, as long as the process lives."""
    while stored(address) < number and running.poll() is None:
        time.sleep(0.02)


def words_for(address: str, articles: Path) -> list[str]:
    """Return what to run next: the ingest, until it has noted what to do, then `--resume`."""
    if _is_there(address):
        with Store(address, create=True) as store, store.session() as session:
            if jobs.unfinished(session):
                return ["--resume"]
    return [str(articles)]


def faults(address: str, *, documents: int) -> list[str]:
    """Return what is wrong with a database in which an ingest has ended."""
    found = []
    with Store(address) as store:
        found += [f"audit: {one.table} {one.row}: {one.problem}" for one in audit(store)]
        with store.session() as session:
            expected = {Document: documents, RunVersion: documents, Quotation: 2 * documents}
            for table, number in expected.items():
                counted = session.scalar(select(func.count()).select_from(table))
                if counted != number:
                    found.append(f"{counted} rows in {table.__tablename__}, not {number}")
            undone = session.scalar(select(func.count()).where(Job.status != "done"))
            if undone:
                found.append(f"{undone} jobs are not done")
            order = list(session.scalars(select(Document.path).order_by(Document.id)))
            if order != sorted(order):
                found.append("the documents are not stored in the order that they came in")
    return found


def cycle(folder: Path, chance: random.Random, kills: int, jobs_option: str) -> list[int]:
    """Kill one ingest so many times; returns how many documents there were after each kill."""
    articles = write_articles(folder)
    address = f"sqlite:///{folder / 'quotes.db'}"
    moments: list[int] = []
    done = 0
    for left in range(kills, 0, -1):
        with start(address, *words_for(address, articles), "--jobs", jobs_option) as victim:
            wanted = done + chance.randint(0, 2 * (DOCUMENTS - done) // (left + 1))
            wait_for(address, wanted, victim)
            time.sleep(chance.uniform(0.0, 1.0 if wanted == done else 0.1))
            victim.kill()
            victim.communicate()
        done = stored(address)
        moments.append(done)
    with start(address, *words_for(address, articles), "--jobs", jobs_option) as last:
        complaints = last.communicate()[1]
    found = faults(address, documents=DOCUMENTS)
    if found or last.returncode not in (0, 1):
        raise AssertionError("\n".join([*found, f"status {last.returncode}", complaints]))
    return moments


def main() -> None:
    """Run the cycles and say what was seen."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261122
    chance = random.Random(seed)
    moments: list[int] = []
    while len(moments) < kills:
        with tempfile.TemporaryDirectory(prefix="quotes-torture-") as folder:
            most = min(KILLS_A_CYCLE, kills - len(moments))
            moments += cycle(Path(folder), chance, most, chance.choice(("1", "2")))
        print(f"{len(moments)} kills, documents there were: {moments[-most:]}", flush=True)
    inside = sum(0 < one < DOCUMENTS for one in moments)
    print(f"{kills} kills, {inside} of them in the middle: nothing lost, nothing twice")


if __name__ == "__main__":
    main()

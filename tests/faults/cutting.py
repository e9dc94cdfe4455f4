"""Cut the line to a server beside commits again and again: python -m tests.faults.cutting [CUTS].

Each cycle ingests into a database on a PostgreSQL server of its own, through a relay that drops the
line just before or just after a commit that is drawn at random, goes on, and at last lets it
finish: every document must be stored once, every job done, and `quotes audit` clean.
"""

from __future__ import annotations

import random
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.machine import complaint_in
from tests.faults.servers import Line, restartable
from tests.postgres import NoServer
from tests.torture import faults, start, stored, words_for, write_articles

if TYPE_CHECKING:
    from collections.abc import Callable

    # What runs `quotes ingest` with these words on the database at an address: status and stderr.
    Ingest = Callable[[str, list[str]], tuple[int, str]]

DOCUMENTS = 24
GO_ON = "go on with `quotes ingest --resume`"
# The plan, the claim and the run are commits too.
_FURTHEST = 7


def cycle(folder: Path, url: str, chance: random.Random, cuts: int, ingest: Ingest) -> list[int]:
    """Cut one ingest at most so many times; returns how many documents there were after each."""
    articles = write_articles(folder, DOCUMENTS)
    kept: list[int] = []
    with closing(Line(url)) as line:
        while len(kept) < cuts and (not kept or kept[-1] < DOCUMENTS):
            line.cut_at(chance.randint(1, _FURTHEST), sent=chance.random() < 0.7)
            status, told = ingest(line.url, words_for(url, articles))
            if line.cuts == len(kept):
                break
            kept.append(stored(url))
            complaint = complaint_in(told)
            # Only the plan, the first of all, leaves nothing to go on with.
            first = complaint.endswith("; try again") and kept[-1] == 0
            if status != 1 or "was lost" not in complaint or not (first or GO_ON in complaint):
                raise AssertionError(f"status {status}: {told}")
        line.cut_at(0, sent=False)
        status, told = ingest(line.url, words_for(url, articles))
    found = faults(url, documents=DOCUMENTS)
    if found or status:
        raise AssertionError("\n".join([*found, f"status {status}", told]))
    return kept


def _in_a_process(url: str, words: list[str]) -> tuple[int, str]:
    with start(url, *words, seconds="0") as running:
        told = running.communicate()[1]
    return running.returncode, told


def main() -> None:
    """Run the cycles and say what was seen."""
    cuts = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20261123)
    moments: list[int] = []
    try:
        with restartable() as server:
            while len(moments) < cuts:
                with tempfile.TemporaryDirectory(prefix="quotes-cutting-") as folder:
                    most = cuts - len(moments)
                    kept = cycle(Path(folder), server.new(), chance, most, _in_a_process)
                moments += kept
                print(f"{len(moments)} cuts, documents there were: {kept}", flush=True)
    except NoServer as error:
        print(f"no line is cut: {error}")
        return
    inside = sum(0 < one < DOCUMENTS for one in moments)
    print(f"{cuts} cuts, {inside} of them in the middle: nothing lost, nothing twice")


if __name__ == "__main__":
    main()

"""The connection to a server cut beside a commit, and at moments drawn at random."""

from __future__ import annotations

import random
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url

from tests.engines.readers import leisurely
from tests.faults.cutting import DOCUMENTS, GO_ON, cycle
from tests.faults.machine import complaint
from tests.faults.servers import Line, terminate
from tests.torture import faults, words_for, write_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.command import Run
    from tests.postgres import Databases

pytestmark = pytest.mark.postgres

CUTS = 12
RUNS = 4


@pytest.fixture
def url(databases: Databases) -> str:
    return databases.filled()


@pytest.fixture
def line(url: str) -> Iterator[Line]:
    opened = Line(url)
    yield opened
    opened.close()


def test_a_line_cut_beside_commits_loses_nothing_and_stores_nothing_twice(
    tmp_path: Path, url: str, run: Run
) -> None:
    def ingest(address: str, words: list[str]) -> tuple[int, str]:
        ran = run("ingest", *words, db=address)
        return ran.status, ran.err

    kept = cycle(tmp_path, url, random.Random(1), CUTS, ingest)
    assert kept == sorted(kept)
    assert any(0 < one < DOCUMENTS for one in kept), "no cut came in the middle"


def test_a_writer_that_falls_silent_is_not_waited_for_for_ever(
    tmp_path: Path, url: str, line: Line, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.store.dialects.postgres_engine.SILENCE", 1)
    articles = write_articles(tmp_path, DOCUMENTS)
    line.cut_at(6, sent=False, silent=True)
    ran = run("ingest", str(articles), db=line.url)
    # The server still takes its word for it that it writes, and so would everybody.
    assert complaint(ran).endswith(GO_ON)
    ran = run("ingest", "--resume", db=url)
    assert ran.status == 0, ran.err
    assert faults(url, documents=DOCUMENTS) == []


@pytest.mark.slow
def test_connections_ended_by_the_server_at_random_moments(
    tmp_path: Path,
    url: str,
    databases: Databases,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("quotes.cli.ingest.recipe", lambda options: partial(leisurely, 0.05))
    chance = random.Random(20261123)
    articles = write_articles(tmp_path, DOCUMENTS)
    name = str(make_url(url).database)
    ended = threading.Event()

    def end_all() -> None:
        while not ended.wait(chance.uniform(0.02, 0.2)):
            terminate(databases.server, name)

    for _ in range(RUNS):
        words = words_for(url, articles)
        ended.clear()
        ender = threading.Thread(target=end_all)
        ender.start()
        try:
            ran = run("ingest", *words, db=url)
        finally:
            ended.set()
            ender.join()
        # What is ended between two transactions costs nothing: another connection is made.
        if ran.status:
            assert "was lost" in complaint(ran)
    ran = run("ingest", *words_for(url, articles), db=url)
    assert ran.status == 0, ran.err
    assert faults(url, documents=DOCUMENTS) == []

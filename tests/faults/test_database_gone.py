"""The database taken away in mid-run and given back: a server stopped, a disk unplugged."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.faults.machine import complaint, complaint_in
from tests.faults.servers import FAST, IMMEDIATE, restartable
from tests.postgres import NoServer
from tests.torture import faults, start, stored, wait_for, write_articles

if TYPE_CHECKING:
    import signal
    from collections.abc import Iterator
    from pathlib import Path

    from tests.command import Run
    from tests.faults.machine import Gate
    from tests.faults.servers import Restartable

DOCUMENTS = 30
GO_ON = "then go on with `quotes ingest --resume`"


@pytest.fixture(scope="module")
def archive() -> Iterator[Restartable]:
    try:
        with restartable() as server:
            yield server
    except NoServer as error:
        pytest.skip(f"no PostgreSQL: {error}")


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("how", [FAST, IMMEDIATE], ids=["fast", "immediate"])
def test_a_server_that_is_stopped_in_mid_run_and_started_again(
    tmp_path: Path,
    archive: Restartable,
    run: Run,
    gate: Gate,
    how: signal.Signals,
) -> None:
    url = archive.new()
    articles = write_articles(tmp_path, DOCUMENTS)
    gate.put_before(articles, 4)

    def stop() -> None:
        while stored(url) < 4:
            time.sleep(0.02)
        archive.stop(how)
        gate.open()

    stopper = threading.Thread(target=stop)
    stopper.start()
    ran = run("ingest", str(articles), db=url)
    stopper.join()
    line = complaint(ran)
    assert line.endswith(GO_ON)
    assert str(archive.server.address.password) not in line
    # As long as it is away, every command says so at once, and one that goes on may be given again.
    for words in ("ingest --resume", "list", "audit"):
        assert "no PostgreSQL server answers" in complaint(run(*words.split(), db=url))

    archive.start()
    assert run("audit", db=url).status == 0
    assert stored(url) == 4
    resumed = run("ingest", "--resume", db=url)
    assert resumed.status == 0, resumed.err
    assert faults(url, documents=DOCUMENTS) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "archive"
    found.mkdir()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_is_taken_away_in_mid_run_and_put_back(
    tmp_path: Path, folder: Path, run: Run, gate: Gate, jobs: str
) -> None:
    address = f"sqlite:///{folder / 'quotes.db'}"
    articles = write_articles(tmp_path, DOCUMENTS)
    gate.put_before(articles, 4)
    # All of its folder, as a disk is unplugged: SQLite's log must stay beside its file.
    away = tmp_path / "away"
    with start(address, str(articles), "--jobs", jobs, seconds="0") as victim:
        wait_for(address, 4, victim)
        folder.rename(away)
        gate.open()
        told = victim.communicate()[1]
    assert victim.returncode == 1
    line = complaint_in(told)
    assert f"there is no database at {folder / 'quotes.db'} any more" in line
    assert line.endswith(GO_ON)
    assert not folder.exists(), "it was not made anew"
    assert "no database" in complaint(run("ingest", "--resume", db=address))

    away.rename(folder)
    assert run("audit", db=address).status == 0
    assert stored(address) == 4
    resumed = run("ingest", "--resume", db=address)
    assert resumed.status == 0, resumed.err
    assert faults(address, documents=DOCUMENTS) == []


@pytest.mark.slow
def test_another_file_in_its_place_is_left_as_it_is(
    tmp_path: Path, folder: Path, run: Run, gate: Gate
) -> None:
    address = f"sqlite:///{folder / 'quotes.db'}"
    articles = write_articles(tmp_path, DOCUMENTS)
    strange = tmp_path / "strange"
    (strange / "more").mkdir(parents=True)
    others = write_articles(strange / "more", 5)
    (others / "0002.txt").write_text("arsenic “Word 2,” said Ada Moss. “No to 2,” said Bo Lund.")
    # It has jobs and runs of its own, with the numbers that those of the first have too.
    other = f"sqlite:///{strange / 'quotes.db'}"
    assert run("ingest", str(others), db=other).status == 1
    jobs = run("jobs", "list", "--format", "jsonl", db=other).out
    away = tmp_path / "away"
    gate.put_before(articles, 4)
    with start(address, str(articles), seconds="0") as victim:
        wait_for(address, 4, victim)
        folder.rename(away)
        strange.rename(folder)
        gate.open()
        told = victim.communicate()[1]
    assert victim.returncode == 1
    line = complaint_in(told)
    assert "is another file than when this began" in line
    assert line.endswith(GO_ON)
    assert run("jobs", "list", "--format", "jsonl", db=address).out == jobs
    assert stored(address) == 4
    assert run("audit", db=address).status == 0

    folder.rename(strange)
    away.rename(folder)
    resumed = run("ingest", "--resume", db=address)
    assert resumed.status == 0, resumed.err
    assert faults(address, documents=DOCUMENTS) == []

"""No room left on the disks of a PostgreSQL server: those of its tables, and that of its log."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.machine import complaint, complaint_in, small_disk
from tests.faults.servers import IMMEDIATE, restartable
from tests.postgres import NoServer, as_other_user
from tests.torture import faults, start, stored, wait_for, write_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.command import Run
    from tests.faults.machine import Disk, Gate
    from tests.faults.servers import Restartable

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
DOCUMENTS = 400
GO_ON = "then go on with `quotes ingest --resume`"


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the server's user can reach, as it cannot reach those of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="quotes-full-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def tables(place: Path) -> Iterator[tuple[Restartable, Disk]]:
    """A server with a tablespace on a small disk of its own."""
    try:
        with small_disk(place / "disk", size="60m") as disk, restartable() as server:
            as_other_user(disk.folder)
            server.server.run(f"CREATE TABLESPACE shelf LOCATION '{disk.folder}'")
            yield server, disk
    except NoServer as error:
        pytest.skip(f"no PostgreSQL: {error}")


@pytest.fixture
def log(place: Path) -> Iterator[tuple[Restartable, Disk]]:
    """A server with its log, in small pieces, on a small disk of its own."""
    try:
        with small_disk(place / "disk", size="120m") as disk:
            as_other_user(disk.folder)
            with restartable(f"--waldir={disk.folder / 'log'}", "--wal-segsize=1") as server:
                yield server, disk
    except NoServer as error:
        pytest.skip(f"no PostgreSQL: {error}")


def fill_in_mid_run(url: str, articles: Path, disk: Disk, gate: Gate, run: Run) -> str:
    """Begin an ingest, leave no room, and return the line that it ends with."""
    gate.put_before(articles, 5)
    with start(url, str(articles), seconds="0") as victim:
        wait_for(url, 5, victim)
        disk.fill()
        gate.open()
        told = victim.communicate()[1]
    assert victim.returncode == 1, told
    return complaint_in(told)


def test_full_tables_cost_nothing_that_was_stored(
    tmp_path: Path, tables: tuple[Restartable, Disk], run: Run, gate: Gate
) -> None:
    server, disk = tables
    url = server.new(shelf="shelf")
    articles = write_articles(tmp_path, DOCUMENTS)
    line = fill_in_mid_run(url, articles, disk, gate, run)
    assert "cannot grow" in line
    assert line.endswith(f"free some space; {GO_ON}")
    # What is there can be read, and one that goes on says the same.
    assert run("list", db=url).status == 0
    done = stored(url)
    assert 5 <= done < DOCUMENTS
    assert "cannot grow" in complaint(run("ingest", "--resume", db=url))

    disk.make_room()
    assert run("audit", db=url).status == 0
    assert stored(url) >= done
    resumed = run("ingest", "--resume", db=url)
    assert resumed.status == 0, resumed.err
    assert faults(url, documents=DOCUMENTS) == []


def test_a_full_log_costs_nothing_that_was_stored(
    tmp_path: Path, log: tuple[Restartable, Disk], run: Run, gate: Gate
) -> None:
    server, disk = log
    url = server.new()
    articles = write_articles(tmp_path, DOCUMENTS)
    line = fill_in_mid_run(url, articles, disk, gate, run)
    # Where it cannot begin another piece of its log the server says so, or falls over.
    assert "cannot grow" in line or "connection" in line
    assert line.endswith(GO_ON)

    server.stop(IMMEDIATE)
    disk.make_room()
    server.start()
    assert 5 <= stored(url) < DOCUMENTS
    assert run("audit", db=url).status == 0
    resumed = run("ingest", "--resume", db=url)
    assert resumed.status == 0, resumed.err
    assert faults(url, documents=DOCUMENTS) == []

"""No room left on the disk: of the database, and of what is exported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.machine import Disk, Gate, complaint, complaint_in, small_disk
from tests.torture import faults, start, stored, wait_for, write_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.command import Run

DOCUMENTS = 40


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", size="20m") as mounted:
        yield mounted


@pytest.fixture
def address(disk: Disk) -> str:
    return f"sqlite:///{disk.folder / 'quotes.db'}"


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_disk_filled_in_mid_run_costs_nothing_that_was_stored(
    tmp_path: Path, disk: Disk, address: str, run: Run, gate: Gate, jobs: str
) -> None:
    articles = write_articles(tmp_path, DOCUMENTS)
    gate.put_before(articles, 5)
    with start(address, str(articles), "--jobs", jobs, seconds="0") as victim:
        wait_for(address, 5, victim)
        disk.fill()
        gate.open()
        told = victim.communicate()[1]
    assert victim.returncode == 1
    line = complaint_in(told)
    assert "full" in line
    assert line.endswith("free some space; then go on with `quotes ingest --resume`")

    # What closing the database gave back is taken too. Whether it can be read then is the system's
    # affair: to read the newest commits SQLite wants a few pages beside them.
    disk.fill()
    for words in ("audit", "list", "jobs list"):
        if (ran := run(*words.split())).status:
            assert complaint(ran).endswith("is full; free some space, and try again")
    assert "free some space" in complaint(run("ingest", "--resume"))

    disk.make_room()
    assert 5 <= stored(address) < DOCUMENTS
    assert run("audit").status == 0
    resumed = run("ingest", "--resume")
    assert resumed.status == 0, resumed.err
    assert faults(address, documents=DOCUMENTS) == []


def test_a_disk_that_an_ingest_fills_by_itself(
    tmp_path: Path, disk: Disk, address: str, run: Run
) -> None:
    disk.remount("size=4m")
    articles = write_articles(tmp_path, 8)
    for path in articles.iterdir():
        # What cannot be compressed, as pictures of letters: half a megabyte each.
        path.write_text(path.read_text("utf-8") + os.urandom(250_000).hex(), "utf-8")
    assert "cannot grow" in complaint(run("ingest", str(articles)))
    done = stored(address)
    assert 0 < done < 8
    assert run("audit").status == 0
    assert "cannot grow" in complaint(run("ingest", "--resume"))
    assert done <= stored(address) < 8
    disk.remount("size=40m")
    resumed = run("ingest", "--resume")
    assert resumed.status == 0, resumed.err
    assert faults(address, documents=8) == []


def test_no_database_can_be_made_on_a_full_disk_and_later_it_can(
    tmp_path: Path, disk: Disk, address: str, run: Run
) -> None:
    articles = write_articles(tmp_path, 3)
    disk.fill()
    assert "free some space" in complaint(run("ingest", str(articles)))
    disk.make_room()
    assert run("ingest", str(articles)).status == 0
    assert faults(address, documents=3) == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "docx", "brat"])
def test_an_export_to_a_full_disk_leaves_what_was_there(
    tmp_path: Path, disk: Disk, run: Run, form: str
) -> None:
    elsewhere = f"sqlite:///{tmp_path / 'quotes.db'}"
    assert run("ingest", str(write_articles(tmp_path, 3)), db=elsewhere).status == 0
    name = "sheet" if form == "brat" else f"sheet.{form}"
    if form != "brat":
        (disk.folder / name).write_text("of last week")
    disk.fill()
    before = sorted(disk.folder.iterdir())
    line = complaint(run("export", "--format", form, "-o", str(disk.folder / name), db=elsewhere))
    assert "cannot be written: No space left on device" in line
    assert sorted(disk.folder.iterdir()) == before
    if form != "brat":
        assert (disk.folder / name).read_text() == "of last week"
    disk.make_room()
    done = run("export", "--format", form, "-o", str(disk.folder / name), db=elsewhere)
    assert done.status == 0, done.err


def test_an_export_into_a_pipe_to_a_full_disk_says_so(tmp_path: Path, run: Run) -> None:
    elsewhere = f"sqlite:///{tmp_path / 'quotes.db'}"
    assert run("ingest", str(write_articles(tmp_path, 3)), db=elsewhere).status == 0
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "quotes", "--db", elsewhere, "export", "--format", "csv"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left on device" in complaint_in(done.stderr)

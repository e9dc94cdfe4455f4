"""Where nothing may be written: a disk mounted so, a folder or a file closed to this user."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.faults.machine import Disk, Gate, complaint, complaint_in, small_disk
from tests.torture import faults, start, stored, wait_for, write_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.command import Run

DOCUMENTS = 30
READING = (
    ("verify", "--speaker", "Ada Moss", "Word 2,"),
    ("list",),
    ("search", "word"),
    ("source", "list"),
    ("jobs", "list"),
    ("export", "--format", "csv"),
    ("audit",),
    ("db", "check"),
)
WRITING = (
    ("ingest", "{articles}"),
    ("ingest", "--reextract"),
    ("speakers", "rename", "Ada Moss", "Ada Mossy", "--by", "Kim"),
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", size="20m") as mounted:
        yield mounted


@pytest.fixture
def address(disk: Disk) -> str:
    return f"sqlite:///{disk.folder / 'quotes.db'}"


def test_a_database_on_a_read_only_disk_is_read_and_not_written(
    tmp_path: Path, disk: Disk, run: Run
) -> None:
    articles = write_articles(tmp_path, 3)
    assert run("ingest", str(articles)).status == 0
    before = [run(*words).out for words in READING]
    disk.remount("ro")
    (articles / "new.txt").write_text("“A fourth,” said Ada Moss.")
    for words in WRITING:
        line = complaint(run(*(word.format(articles=articles) for word in words)))
        assert "cannot be written" in line
        assert "permissions" in line
    assert [run(*words).out for words in READING] == before
    target = str(disk.folder / "sheet.csv")
    line = complaint(run("export", "--format", "csv", "-o", target))
    assert "sheet.csv cannot be written: Read-only file system" in line
    other = f"sqlite:///{disk.folder / 'other.db'}"
    assert "name another place" in complaint(run("ingest", str(articles), db=other))
    disk.remount("rw")
    again = run("ingest", str(articles))
    assert (again.status, "1 new" in again.err) == (0, True), again.err


def test_what_was_killed_can_be_read_on_a_read_only_disk_and_says_how_without_its_log(
    tmp_path: Path, disk: Disk, address: str, run: Run
) -> None:
    assert run("ingest", str(write_articles(tmp_path, 3))).status == 0
    database = disk.folder / "quotes.db"
    away = disk.folder / "copied"
    away.mkdir()
    with closing(sqlite3.connect(database)) as held:
        # A change that stands in the log alone, as a killed program leaves it.
        held.execute("UPDATE document SET title = 'Late' WHERE id = 1")
        held.commit()
        for path in disk.folder.glob("quotes.db*"):
            shutil.copy(path, away / path.name)
    killed = f"sqlite:///{away / 'quotes.db'}"
    disk.remount("ro")
    assert "Late" in run("source", "list", db=killed).out
    assert run("audit", db=killed).status == 0
    disk.remount("rw")
    (away / "quotes.db-shm").unlink()
    disk.remount("ro")
    line = complaint(run("source", "list", db=killed))
    assert "cannot be used where nothing can be written" in line


@pytest.mark.slow
def test_a_disk_that_turns_read_only_in_mid_run(
    tmp_path: Path, disk: Disk, address: str, run: Run, gate: Gate
) -> None:
    articles = write_articles(tmp_path, DOCUMENTS)
    gate.put_before(articles, 3)
    with start(address, str(articles), seconds="0") as victim:
        wait_for(address, 3, victim)
        try:
            disk.remount("ro")
        finally:
            gate.open()
        told = victim.communicate()[1]
    assert victim.returncode == 1
    line = complaint_in(told)
    assert "written" in line
    assert "permissions" in line
    assert line.endswith("then go on with `quotes ingest --resume`")
    assert run("audit").status == 0
    assert stored(address) == 3
    disk.remount("rw")
    resumed = run("ingest", "--resume")
    assert resumed.status == 0, resumed.err
    assert faults(address, documents=DOCUMENTS) == []


@pytest.fixture
def ordinary() -> list[str]:
    """What a command begins with so that permissions hold for it, as they do not for root."""
    if os.name != "posix":
        pytest.skip("permissions are another thing here")
    if os.geteuid() != 0:
        return []
    if (found := shutil.which("setpriv")) is None:
        pytest.skip("root cannot give its rights away: there is no setpriv")
    return [found, "--bounding-set", "-dac_override,-dac_read_search"]


@pytest.mark.slow
@pytest.mark.parametrize("closed", ["folder", "file"])
def test_who_may_not_write_reads_and_is_told_why_nothing_is_written(
    tmp_path: Path, run: Run, ordinary: list[str], closed: str
) -> None:
    articles = write_articles(tmp_path, 3)
    database = tmp_path / "archive" / "quotes.db"
    database.parent.mkdir()
    address = f"sqlite:///{database}"
    assert run("ingest", str(articles), db=address).status == 0
    (articles / "new.txt").write_text("“A fourth,” said Ada Moss.")
    shut = database if closed == "file" else database.parent
    shut.chmod(0o444 if closed == "file" else 0o555)

    def quotes(*words: str) -> subprocess.CompletedProcess[str]:
        program = [*ordinary, sys.executable, "-m", "tests.victim", "0", "--db", address]
        return subprocess.run([*program, *words], capture_output=True, text=True, check=False)

    read = quotes("verify", "--speaker", "Ada Moss", "Word 2,")
    assert read.returncode == 0, read.stderr
    written = quotes("ingest", str(articles))
    assert written.returncode == 1
    line = complaint_in(written.stderr)
    assert "cannot be written" in line
    assert "permissions" in line
    shut.parent.chmod(0o555)
    target = shut.parent / "sheet.csv"
    exported = quotes("export", "--format", "csv", "-o", str(target))
    shut.parent.chmod(0o755)
    shut.chmod(0o755)
    assert exported.returncode == 1
    assert "sheet.csv cannot be written: Permission denied" in complaint_in(exported.stderr)
    assert faults(address, documents=3) == []

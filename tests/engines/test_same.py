"""The same quotations, bit for bit, whatever reads them and however many do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from quotes.cli.main import cli

if TYPE_CHECKING:
    from tests.postgres import Databases

SEEDS = Path(__file__).parents[2] / "seeds"


def ingest(db: Path | str, *words: str) -> None:
    # Copies of documents and files of other kinds are among what is read.
    result = CliRunner().invoke(cli, ["--db", str(db), "ingest", str(SEEDS), *words])
    assert result.exit_code == 0, result.stderr


def exported(db: Path | str) -> bytes:
    """Return the records of all quotations: ids, order, speakers and confidences."""
    result = CliRunner().invoke(cli, ["--db", str(db), "export", "--format", "jsonl"])
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes


def rows(db: Path) -> list[tuple[object, ...]]:
    """Return what was stored in the order that it was stored in, without its times."""
    import sqlite3

    with sqlite3.connect(db) as database:
        return [
            row
            for table, columns in (
                ("document", "id, public_id"),
                ("quotation", "id, public_id, version_id, confidence"),
                ("speaker", "id, public_id, name"),
                ("attribution", "id, quotation_id, speaker_id, confidence, evidence"),
                ("embedding", "id, version_id, quotation_id, start, vector"),
                ("job", "id, path, status, tries"),
            )
            for row in database.execute(f"SELECT {columns} FROM {table} ORDER BY id")
        ]


@pytest.mark.slow
@pytest.mark.model
def test_every_engine_stores_the_same_rows(tmp_path: Path) -> None:
    ingest(tmp_path / "serial.db")
    assert exported(tmp_path / "serial.db").count(b"\n") > 20
    for jobs in ("1", "2", "3"):
        db = tmp_path / f"{jobs}.db"
        ingest(db, "--engine", "process", "--jobs", jobs)
        assert exported(db) == exported(tmp_path / "serial.db")
        assert rows(db) == rows(tmp_path / "serial.db")


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.postgres
def test_workers_store_on_a_server_what_this_process_stores_in_a_file(
    databases: Databases, tmp_path: Path
) -> None:
    db = databases.filled()
    ingest(db, "--engine", "process", "--jobs", "2")
    ingest(tmp_path / "serial.db")
    assert exported(db) == exported(tmp_path / "serial.db")

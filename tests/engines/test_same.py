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
    """Return what was stored and holds, without its times.

    Speakers go by their public ids: how many documents a transaction took decides the order of
    their keys, and whether names were led elsewhere before the last of them came.
    """
    import sqlite3

    with sqlite3.connect(db) as database:
        return [
            row
            for asked in (
                "SELECT id, public_id FROM document ORDER BY id",
                "SELECT id, public_id, version_id, confidence FROM quotation ORDER BY id",
                'SELECT quotation_id, role, ordinal, start, "end" FROM span ORDER BY 1, 2, 3',
                """SELECT a.quotation_id, s.public_id, s.name, a.confidence, a.evidence
                    FROM attribution a LEFT JOIN speaker s ON s.id = a.speaker_id
                    WHERE a.id IN (SELECT max(id) FROM attribution GROUP BY quotation_id)
                    ORDER BY a.quotation_id""",
                """SELECT p.document_id, p.key, s.public_id, n.name, n.reason, n.because
                    FROM appearance p JOIN speaker s ON s.id = p.speaker_id
                    JOIN naming n ON n.id = p.naming_id ORDER BY 1, 2, 3""",
                """SELECT s.public_id, s.name, s.kind, a.alias, a.key
                    FROM speaker s JOIN speaker_alias a ON a.speaker_id = s.id
                    WHERE s.id IN (SELECT speaker_id FROM attribution WHERE id IN
                        (SELECT max(id) FROM attribution GROUP BY quotation_id))
                    ORDER BY 1, 4""",
                """SELECT g.public_id, s.public_id, m.ordinal FROM speaker_member m
                    JOIN speaker g ON g.id = m.group_id JOIN speaker s ON s.id = m.member_id
                    ORDER BY 1, 2""",
                "SELECT id, version_id, quotation_id, start, vector FROM embedding ORDER BY id",
                "SELECT id, path, status, tries FROM job ORDER BY id",
            )
            for row in database.execute(asked)
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

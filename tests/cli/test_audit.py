"""`quotes audit` from the outside."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from quotes.cli.main import cli
from quotes.errors import MissingDatabase
from quotes.store import Store
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.db"
    with Store(f"sqlite:///{path}", create=True) as store:
        store_documents(store, make_document("“Rain,” said Ada Moss."))
    return path


def run(path: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--db", f"sqlite:///{path}", "audit", *words])


def test_clean(database: Path) -> None:
    result = run(database)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "every hash and offset holds" in result.stderr
    assert json.loads(run(database, "--json").stdout) == []


def test_findings(database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("UPDATE document_version SET text = replace(text, 'Rain', 'Snow')")
    connection.commit()
    connection.close()
    result = run(database, "--json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert {one["table"] for one in found} == {"document_version", "quotation"}
    table = run(database)
    assert table.exit_code == 3
    assert "does not have the stored hash" in table.stdout
    assert f"{len(found)} findings" in table.stderr


def test_nothing_there(tmp_path: Path) -> None:
    assert isinstance(run(tmp_path / "none.db").exception, MissingDatabase)

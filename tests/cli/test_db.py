"""`quotes db` from the outside."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from quotes.cli.main import cli
from quotes.errors import BrokenDatabase, MissingDatabase
from quotes.store.revisions import HEAD

if TYPE_CHECKING:
    from pathlib import Path


def run(path: Path, *words: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["--db", f"sqlite:///{path}", "db", *words], input=answer)


def test_the_way_up_and_down(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    up = run(path, "upgrade")
    assert (up.exit_code, up.stdout) == (0, "")
    assert f"from nothing to {HEAD}" in up.stderr
    assert "already" in run(path, "upgrade").stderr
    assert run(path, "current").stdout == f"{HEAD}\n"
    assert run(path, "check").exit_code == 0
    assert run(path, "downgrade", "base", answer="n\n").exit_code == 1
    assert run(path, "current").stdout == f"{HEAD}\n"
    assert run(path, "downgrade", "base", "--yes").exit_code == 0
    assert run(path, "current").stdout == "nothing\n"


def test_check_answers_no(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    run(path, "upgrade")
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE stray (id INTEGER)")
    connection.close()
    checked = run(path, "check")
    assert checked.exit_code == 3
    assert "stray" in checked.stdout


@pytest.mark.parametrize("word", ["current", "check"])
def test_reading_makes_no_file(tmp_path: Path, word: str) -> None:
    result = run(tmp_path / "none.db", word)
    assert isinstance(result.exception, MissingDatabase)
    assert list(tmp_path.iterdir()) == []


def test_downgrade_makes_no_file(tmp_path: Path) -> None:
    result = run(tmp_path / "none.db", "downgrade", "base", "--yes")
    assert isinstance(result.exception, MissingDatabase)
    assert list(tmp_path.iterdir()) == []


def test_no_database(tmp_path: Path) -> None:
    path = tmp_path / "odd.db"
    path.write_text("a diary " * 200)
    assert isinstance(run(path, "upgrade").exception, BrokenDatabase)

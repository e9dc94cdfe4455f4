"""`quotes source` from the outside."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from quotes.cli import source as module
from quotes.cli.main import cli
from quotes.cli.source import marked
from quotes.errors import NotFound
from quotes.store import Store, queries
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.store.values import StoredQuotation

TEXT = "Early.\r\n“Rain,” said Ada Moss.\r\nLate \x1b[31m“red,” said Bo Lund.\n"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.db"
    with Store(f"sqlite:///{path}", create=True) as store:
        document = make_document(
            TEXT, title="Weather [bold]", published_at=datetime(2025, 3, 1, tzinfo=UTC)
        )
        store_documents(store, document, make_document("Nothing.", name="empty.txt"))
    return path


def run(path: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--db", f"sqlite:///{path}", "source", *words])


def quotations(path: Path) -> list[StoredQuotation]:
    with Store(f"sqlite:///{path}") as store, store.session() as session:
        return list(queries.quotations(session))


def test_list(database: Path) -> None:
    listed = json.loads(run(database, "list", "--json").stdout)
    assert [(one["path"], one["quotations"]) for one in listed] == [
        ("articles/summit.txt", 2),
        ("articles/empty.txt", 0),
    ]
    assert listed[0]["published_at"] == "2025-03-01T00:00:00+00:00"
    table = run(database, "list", "weather").stdout
    assert "Weather [bold]" in table
    assert "empty.txt" not in table
    assert "no sources" in run(database, "list", "nowhere").stderr


def test_versions(database: Path) -> None:
    with Store(f"sqlite:///{database}") as store:
        store_documents(store, make_document("“New,” said Ada Moss."))
    found = json.loads(run(database, "versions", "summit.txt", "--json").stdout)
    assert [(one["current"], one["quotations"]) for one in found] == [(False, 2), (True, 1)]
    assert "utf-8 (utf-8)" in run(database, "versions", "summit.txt").stdout
    assert isinstance(run(database, "versions", "nowhere").exception, NotFound)


def test_show_marks_the_quotations_in_a_pipe(database: Path) -> None:
    rain, red = (one.record["id"] for one in quotations(database))
    shown = run(database, "show", "summit.txt").stdout_bytes.decode()
    expected = TEXT.replace("“Rain,”", f"[“Rain,”]({rain})").replace("“red,”", f"[“red,”]({red})")
    assert shown == expected


def test_show_json_keeps_the_text_exactly(database: Path) -> None:
    shown = json.loads(run(database, "show", "summit.txt", "--json").stdout)
    assert shown["text"] == TEXT
    content = shown["records"][0]["content"]
    assert shown["text"][content["start"] : content["end"]] == content["text"] == "“Rain,”"


def test_a_terminal_never_gets_the_sources_escapes(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module._print_highlighted(TEXT, quotations(database))
    printed = capsys.readouterr().out
    assert "\x1b[31m“red,”" not in printed
    assert "␛[31m" in printed
    assert len(module._visible(TEXT)) == len(TEXT)


def test_nested_spans_close_inside_out(database: Path) -> None:
    first, second = quotations(database)
    outer, inner = dict(first.record), dict(second.record)
    outer |= {"id": "q_a", "content": {"text": "", "start": 0, "end": 9, "spans": [[0, 9]]}}
    inner |= {"id": "q_b", "content": {"text": "", "start": 4, "end": 9, "spans": [[4, 9]]}}
    from dataclasses import replace

    found = [replace(first, record=outer), replace(second, record=inner)]  # type: ignore[arg-type] # dict copies of the records
    assert marked("one “two” .", found) == "[one [“two”](q_b)](q_a) ."

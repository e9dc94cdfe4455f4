"""The rows that are copied to be timed are those of a whole database."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from quotes.scale.ceiling import main, rate
from quotes.scale.measuring import database
from quotes.store import Store
from quotes.store.audit import audit


@pytest.mark.parametrize("full_text", [True, False])
def test_all_rows_are_copied_and_words_only_where_they_are_asked_for(
    tmp_path: Path, full_text: bool
) -> None:
    source = Path(database(tmp_path, 300, lambda step: None).removeprefix("sqlite:///"))
    found = rate(source, tmp_path, full_text=full_text, documents=7)
    assert (found.quotations, found.full_text) == (300, full_text)
    with sqlite3.connect(tmp_path / "ceiling.db") as copied:
        asked = "SELECT count(*) FROM fulltext_quotation WHERE fulltext_quotation MATCH 'that'"
        (words,) = copied.execute(asked).fetchone()
    assert (words > 0) is full_text
    with Store(f"sqlite:///{tmp_path / 'ceiling.db'}") as store:
        tables = {one.table for one in audit(store)}
    assert (tables == set()) is full_text


def test_both_rates_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path), "--size", "200", "--json"])
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["full_text"], second["full_text"]) == (True, False)
    assert first["quotations"] == second["quotations"] == 200
    main([str(tmp_path), "--size", "200"])
    assert capsys.readouterr().out.startswith("with full text   200 quotations")

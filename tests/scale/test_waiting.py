"""Others have their turn while an ingest goes on, and it is told how long they waited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quotes.errors import BenchmarkError
from quotes.scale.waiting import main, waits
from quotes.store import Store, queries
from quotes.store.audit import audit

if TYPE_CHECKING:
    from pathlib import Path


def test_an_ingest_and_another_writer_are_timed_side_by_side(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    Store(url, create=True).close()
    found = waits(url, 0, 40)
    assert (found.archive, found.quotations) == (0, 40)
    assert found.turns >= 1
    assert 0 < found.median <= found.longest + 0.01
    with Store(url) as store, store.session() as session:
        assert len(list(queries.quotations(session))) == 40
        assert list(audit(store)) == []


def test_what_the_other_could_not_do_is_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    with pytest.raises(BenchmarkError, match="the other writer failed"):
        waits(url, 0, 4)
    assert "there is no database" in capfd.readouterr().err


def test_the_command_leaves_the_archive_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(tmp_path), "--size", "60", "--quotations", "20"]
    main([*given, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["archive"], told["quotations"]) == (60, 20)
    assert [path.name for path in tmp_path.iterdir()] == ["generated-60.db"]
    main(given)
    assert "20 quotations stored beside 60" in capsys.readouterr().out

"""People who are made up to be timed are stored, and led, as any others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quotes.scale.namesakes import cost, fill, main
from quotes.store import Store, queries

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_new_people_are_stored_beside_those_who_are_known(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'names.db'}"
    names = fill(url, 300)
    assert len(names) == 300
    found = cost(url, names, documents=5)
    assert (found.known, found.documents) == (300, 5)
    assert found.milliseconds > 0
    with Store(url) as store, store.session() as session:
        named = [one.record["speaker"] for one in queries.quotations(session)]
    assert len(named) == 15
    assert all(named)


def test_the_command_prints_each_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path / "made"), "--sizes", "20,40", "--documents", "2", "--json"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["known"] for one in told] == [20, 40]
    assert list((tmp_path / "made").iterdir()) == []
    main([str(tmp_path / "made"), "--sizes", "20", "--documents", "2"])
    assert "20 people known" in capsys.readouterr().out

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quotes.errors import BenchmarkError
from quotes.scale.exporting import cost, main

if TYPE_CHECKING:
    from pathlib import Path


def test_each_format_is_a_line_with_its_cost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(tmp_path), "--sizes", "40", "--formats", "jsonl,brat", "--json"])
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["form"], second["form"]) == ("jsonl", "brat")
    assert first["quotations"] == 40
    for one in (first, second):
        assert one["file_bytes"] > 1_000
        # A process that has imported SQLAlchemy.
        assert one["peak_bytes"] > 20_000_000
    # Nothing but the database stays.
    assert [path.name for path in tmp_path.iterdir()] == ["generated-40.db"]


def test_an_export_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="there is no database"):
        cost(f"sqlite:///{tmp_path / 'none.db'}", 1, "csv", tmp_path)

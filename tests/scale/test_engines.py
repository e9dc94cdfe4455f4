"""The command that times engines, on a few files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import BenchmarkError
from quotes.scale.engines import main
from tests.torture import write_articles

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.model
def test_each_way_is_timed_and_gives_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(write_articles(tmp_path, 4)), "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    ways = ["serial", "process", "dask"]
    assert [line.split()[0].rstrip(",") for line in lines[1:7]] == ways * 2
    assert "1.00 times as fast" in lines[4]
    assert lines[-1] == "all exports are the same"


def test_an_ingest_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"quotes ingest left with 1.*no such file"):
        main([str(tmp_path / "nowhere"), "--rounds", "1"])

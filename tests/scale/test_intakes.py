"""The commands that measure ingests, on few files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from quotes.scale.intakes import articles, main

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_ingested_again_is_timed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["again", str(tmp_path), "--files", "12"])
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split()[0] == "files"
    assert [line.split()[0] for line in lines] == ["12"] * 3
    files = sorted(articles(tmp_path, 12).rglob("*.txt"))
    assert len(files) == 12
    assert "said" in files[0].read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it reads /proc")
def test_what_each_process_holds_is_told_as_the_ingest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["memory", str(tmp_path), "--files", "30", "--jobs", "2", "--every", "1"])
    _, *lines = capsys.readouterr().out.splitlines()
    assert lines
    for line in lines:
        stored, ours, *workers = map(int, line.split())
        assert 0 < stored <= 30
        assert ours > 20
        assert len(workers) == 2

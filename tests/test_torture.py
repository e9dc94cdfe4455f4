"""An ingest that is killed or interrupted, from the outside: nothing lost, nothing stored twice."""

from __future__ import annotations

import random
import signal
from typing import TYPE_CHECKING

import pytest

from tests.torture import DOCUMENTS, cycle, faults, start, stored, wait_for, write_articles

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'quotes.db'}"


@pytest.mark.slow
def test_killed_five_times_it_goes_on_and_ends_with_each_document_once(tmp_path: Path) -> None:
    moments = cycle(tmp_path, random.Random(20261122), 5, "2")
    assert moments == sorted(moments)
    assert any(0 < one < DOCUMENTS for one in moments), "no kill came in the middle"


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_finishes_what_is_at_hand_and_says_how_to_go_on(
    tmp_path: Path, address: str, jobs: str
) -> None:
    articles = write_articles(tmp_path)
    with start(address, str(articles), "--jobs", jobs, seconds="0.1") as victim:
        wait_for(address, 2, victim)
        victim.send_signal(signal.SIGINT)
        told = victim.communicate()[1]
    assert victim.returncode == 130
    assert "go on with `quotes ingest --resume`" in told
    done = stored(address)
    assert 2 <= done < DOCUMENTS
    assert f"{DOCUMENTS - done} of its files are left" in told
    with start(address, "--resume", "--jobs", jobs) as rest:
        told = rest.communicate()[1]
    assert rest.returncode == 0, told
    assert f"{DOCUMENTS - done} new" in told
    assert faults(address, documents=DOCUMENTS) == []
    with start(address, "--resume") as nothing:
        assert "nothing is left to do" in nothing.communicate()[1]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_second_ctrl_c_stops_at_once_and_keeps_what_was_stored(
    tmp_path: Path, address: str, jobs: str
) -> None:
    articles = write_articles(tmp_path)
    (articles / "0004.txt").write_text("mandrake “Word 4,” said Ada Moss. “No to 4,” said Bo Lund.")
    with start(address, str(articles), "--jobs", jobs) as victim:
        wait_for(address, 4, victim)
        victim.send_signal(signal.SIGINT)
        assert victim.stderr is not None
        while "Ctrl-C again" not in victim.stderr.readline():
            pass
        done = stored(address)
        victim.send_signal(signal.SIGINT)
        told = victim.communicate()[1]
    assert victim.returncode == 130
    assert "go on with `quotes ingest --resume`" in told
    assert stored(address) == done == 4
    (articles / "0004.txt").write_text("“Word 4,” said Ada Moss. “No to 4,” said Bo Lund.")
    with start(address, "--resume", "--jobs", jobs) as rest:
        rest.communicate()
    assert faults(address, documents=DOCUMENTS) == []

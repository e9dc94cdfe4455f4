"""A clock put back or forward: leases end and are not stolen, and what is read last counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from quotes.engines.workshop import Workshop
from quotes.store import Store, jobs
from quotes.store.leases import LEASE, own_name
from quotes.store.models.base import now
from tests.store.builders import ToyPipeline
from tests.torture import faults, start, stored, wait_for, write_articles

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.engines.engine import Outcome
    from tests.command import Run
    from tests.faults.machine import Gate

DOCUMENTS = 20
YEAR = timedelta(days=365)


class Clock:
    """How far the clock of this process is from the right time."""

    ahead = timedelta()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Every time that the store notes is read from this clock; what is done with it is not ours."""
    shown = Clock()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + shown.ahead

    monkeypatch.setattr("quotes.store.models.base.datetime", Shifted)
    shown.ahead = YEAR
    assert now() > datetime.now(UTC) + YEAR / 2, "the clock is not the one that is read"
    shown.ahead = timedelta()
    return shown


@pytest.mark.parametrize("step", [timedelta(hours=-1), timedelta(hours=1), -YEAR])
def test_an_ingest_whose_clock_jumps_at_every_text(
    tmp_path: Path,
    address: str,
    run: Run,
    clock: Clock,
    step: timedelta,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Jumping(Workshop):
        def read(self, text: str, *, sentences: bool) -> Outcome:
            clock.ahead += step
            return super().read(text, sentences=sentences)

    recipe = lambda: Jumping(ToyPipeline())  # noqa: E731 - a loader, as short as they are
    monkeypatch.setattr("quotes.cli.ingest.recipe", lambda options: recipe)
    articles = write_articles(tmp_path, DOCUMENTS)
    ran = run("ingest", str(articles))
    assert ran.status == 0, ran.err
    assert faults(address, documents=DOCUMENTS) == []
    again = run("ingest", str(articles))
    assert f"{DOCUMENTS} unchanged" in again.err
    assert "nothing is left to do" in run("ingest", "--resume").err


def test_what_is_read_last_counts_whatever_the_clock_says(
    tmp_path: Path, run: Run, clock: Clock
) -> None:
    article = tmp_path / "toll.txt"
    texts = [
        "“We will not,” said Ada Moss.",
        "“We may,” said Ada Moss.",
        "“We will,” said Bo Lund.",
    ]
    order = (0, 1, 1, 2, 0, 0, 2, 1)
    for place, number in enumerate(order):
        clock.ahead = -place * timedelta(days=1)
        article.write_text(texts[number], encoding="utf-8")
        ran = run("ingest", str(article))
        assert ran.status == 0, ran.err
        words = texts[number].split("”")[0].strip("“")
        assert words in run("list", "--format", "jsonl").out
        assert len(run("list", "--format", "jsonl").out.splitlines()) == 1
    clock.ahead = timedelta()
    assert run("audit").status == 0


def planned(store: Store) -> int:
    with store.session(write=True) as session:
        return jobs.plan(
            session,
            folder="/",
            arguments=["/a"],
            options={},
            planned=[jobs.Planned(path=f"/{n}.txt") for n in range(3)],
        )


def claimed(store: Store, intake: int, owner: str) -> int:
    with store.session(write=True) as session:
        return len(jobs.claim(session, intake, owner=owner))


@pytest.mark.parametrize("lives", [True, False])
def test_a_lease_of_a_clock_that_ran_ahead_ends_after_a_lease_and_not_before(
    store: Store, clock: Clock, lives: bool
) -> None:
    intake = planned(store)
    clock.ahead = YEAR
    assert claimed(store, intake, "elsewhere:1:2") == 3
    clock.ahead = timedelta()
    # It may well be alive, and gets the time to say so.
    assert claimed(store, intake, own_name()) == 0
    clock.ahead = LEASE / 2
    if lives:
        with store.session(write=True) as session:
            jobs.renew(session, "elsewhere:1:2")
    clock.ahead = LEASE + LEASE / 4
    assert claimed(store, intake, own_name()) == (0 if lives else 3)


def test_a_process_of_this_machine_that_runs_keeps_its_jobs_whatever_the_clock_says(
    store: Store, clock: Clock
) -> None:
    intake = planned(store)
    assert claimed(store, intake, own_name()) == 3
    for ahead in (YEAR, -YEAR, timedelta()):
        clock.ahead = ahead
        assert claimed(store, intake, "elsewhere:1:2") == 0
        # Nor is its intake taken for one that was stopped.
        planned(store)
        with store.session() as session:
            assert intake in [one.id for one in jobs.unfinished(session)]


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [YEAR, -YEAR], ids=["forward", "back"])
def test_another_ingest_under_a_wrong_clock_leaves_the_living_alone_and_follows_the_dead(
    tmp_path: Path, address: str, run: Run, gate: Gate, clock: Clock, ahead: timedelta
) -> None:
    articles = write_articles(tmp_path, DOCUMENTS)
    gate.put_before(articles, 3)
    clock.ahead = ahead
    with start(address, str(articles), seconds="0") as victim:
        wait_for(address, 3, victim)
        beside = run("ingest", "--resume")
        assert beside.status == 0, beside.err
        assert "0 read" in beside.err
        assert "of its files at hand" in beside.err
        victim.kill()
        victim.communicate()
    assert stored(address) == 3
    gate.open()
    ran = run("ingest", "--resume")
    assert ran.status == 0, ran.err
    assert faults(address, documents=DOCUMENTS) == []

"""`quotes jobs` and `quotes ingest --resume` on both databases, with a toy that needs no model."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from quotes import pipeline
from quotes.cli import ingest as command
from quotes.cli.main import cli
from quotes.store import Store, jobs, queries
from quotes.store.leases import LEASE, is_gone, own_name
from quotes.store.models import Intake, Job
from quotes.store.models.base import now
from tests.engines.readers import armed
from tests.store.builders import ToyPipeline
from tests.torture import DOCUMENTS, faults, start, write_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.ingest import Ingest


DAY = timedelta(days=1)


class Toy:
    """The toy pipeline, which tells an ingest to stop when it meets the word."""

    stop_at: str | None = None
    poison: str | None = None
    running: Ingest | None = None


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database: str) -> Toy:
    from quotes.ingest import Ingest

    state = Toy()

    class Stopping(ToyPipeline):
        def run(self, texts: Any) -> Iterator[Any]:
            for text in texts:
                if state.stop_at and state.stop_at in text and state.running is not None:
                    state.running.stop()
                yield from super().run([text])

    class Watched(Ingest):
        def __init__(self, *given: Any, **options: Any) -> None:
            super().__init__(*given, **options)
            state.running = self

    monkeypatch.setattr(
        pipeline, "load", lambda parser, **parts: Stopping(name=parser, poison=state.poison)
    )
    monkeypatch.setattr("quotes.ingest.Ingest", Watched)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUOTES_DB", database)
    return state


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, toy: Toy) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(6):
        (folder / f"{n}.txt").write_text(f"“Word {n},” said Ada Moss.", encoding="utf-8")
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def listed(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("jobs", "list", "--json", *words).stdout)
    return found


def statuses() -> list[str]:
    return [one["status"] for one in listed()]


def test_a_stop_leaves_the_rest_queued_and_resume_does_it(toy: Toy) -> None:
    toy.stop_at = "Word 2,"
    stopped = run("ingest", "articles")
    assert stopped.exit_code == 130
    assert "3 of its files are left: go on with `quotes ingest --resume`" in stopped.stderr
    assert statuses() == ["done"] * 3 + ["queued"] * 3
    toy.stop_at = None
    resumed = run("ingest", "--resume", "--json")
    assert resumed.exit_code == 0, resumed.stderr
    summary = json.loads(resumed.stdout)
    assert (summary["read"], summary["new"], summary["run"]) == (3, 3, 1)
    assert statuses() == ["done"] * 6
    assert "nothing is left to do" in run("ingest", "--resume").stderr


def test_extracting_everything_again_goes_on_where_it_was_stopped(toy: Toy, database: str) -> None:
    run("ingest", "articles")
    toy.stop_at = "Word 3,"
    assert run("ingest", "--reextract").exit_code == 130
    toy.stop_at = None
    resumed = run("ingest", "--resume")
    assert "2 extracted again" in resumed.stderr
    with Store(database) as store, store.session() as session:
        found = [one.record["content"]["text"] for one in queries.quotations(session)]
        assert found == [f"“Word {n},”" for n in range(6)]


def test_what_failed_says_why_and_may_be_tried_again(toy: Toy, folder: Path) -> None:
    toy.poison = "Word 2,"
    (folder / "5.txt").write_text("")
    assert run("ingest", "articles").exit_code == 1
    failed = listed("--status", "failed")
    assert [Path(one["path"]).name for one in failed] == ["2.txt", "5.txt"]
    assert "the parser fell over" in failed[0]["reason"]
    assert "2.txt" in run("jobs", "list").stdout
    assert "nothing is left to do" in run("ingest", "--resume").stderr
    toy.poison = None
    assert "2 jobs queued again" in run("jobs", "retry").stderr
    again = run("ingest", "--resume")
    assert (again.exit_code, "1 new" in again.stderr) == (1, True)
    assert statuses() == ["done"] * 5 + ["failed"]


def test_a_version_that_failed_may_be_tried_again_in_the_same_run(toy: Toy) -> None:
    run("ingest", "articles")
    toy.poison = "Word 2,"
    assert run("ingest", "--reextract").exit_code == 1
    toy.poison = None
    (failed,) = listed("--status", "failed")
    run("jobs", "retry", str(failed["id"]))
    assert "1 extracted again" in run("ingest", "--resume").stderr
    assert "every hash and offset holds" in run("audit").stderr


def test_what_is_called_off_is_not_done(toy: Toy) -> None:
    toy.stop_at = "Word 2,"
    run("ingest", "articles")
    toy.stop_at = None
    assert "1 job called off" in run("jobs", "cancel", "4").stderr
    assert "2 new" in run("ingest", "--resume").stderr
    assert statuses() == ["done"] * 3 + ["cancelled"] + ["done"] * 2
    run("jobs", "retry", "4")
    assert run("jobs", "cancel", "--all").exit_code == 0
    assert "nothing is left to do" in run("ingest", "--resume").stderr


def test_the_same_ingest_again_takes_the_place_of_the_one_that_was_stopped(toy: Toy) -> None:
    toy.stop_at = "Word 2,"
    run("ingest", "articles")
    toy.stop_at = None
    assert "3 new" in run("ingest", "articles").stderr
    assert statuses() == ["done"] * 3 + ["cancelled"] * 3 + ["done"] * 6
    assert "nothing is left to do" in run("ingest", "--resume").stderr


def test_standard_input_is_not_read_again(toy: Toy) -> None:
    toy.stop_at = "Word 5,"
    stopped = CliRunner().invoke(cli, ["ingest", "articles", "-"], input="“Hm,” said Bo Lund.")
    assert stopped.exit_code == 130
    resumed = run("ingest", "--resume")
    assert resumed.exit_code == 1
    assert "pipe it in again" in resumed.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("ingest", "--resume", "articles"),
        ("ingest", "--resume", "--extractor", "rules"),
        ("ingest", "articles", "--engine", "serial", "--jobs", "2"),
        ("ingest", "articles", "--engine", "dask"),
        ("ingest", "articles", "--max-seconds", "60"),
        ("ingest", "articles", "--jobs", "2", "--max-seconds", "0"),
        ("ingest", "articles", "--engine", "process", "--scheduler", "tcp://127.0.0.1:1"),
        ("jobs", "cancel"),
        ("jobs", "cancel", "--all", "1"),
    ],
)
def test_what_makes_no_sense_is_refused(words: tuple[str, ...]) -> None:
    run("ingest", "articles")
    assert run(*words).exit_code == 2


def test_what_is_finished_is_forgotten_when_it_is_old(
    toy: Toy, folder: Path, database: str
) -> None:
    (folder / "5.txt").write_text("")
    run("ingest", "articles")
    toy.stop_at = "Word 2,"
    run("ingest", "--reextract")
    assert "nothing to forget" in run("jobs", "prune").stderr
    with Store(database) as store, store.session(write=True) as session:
        finished = Intake.finished_at.is_not(None)
        session.execute(update(Intake).where(finished).values(finished_at=now() - 31 * DAY))
    assert "nothing to forget" in run("jobs", "prune", "--older-than", "32").stderr
    (one,) = json.loads(run("jobs", "prune", "--json").stdout)
    assert (one["id"], one["arguments"], one["jobs"], one["failed"]) == (1, ["articles"], 6, 1)
    # What was stopped stays, goes on, and what was stored is whole.
    assert statuses() == ["done"] * 3 + ["queued"] * 2
    toy.stop_at = None
    assert "2 extracted again" in run("ingest", "--resume").stderr
    assert "everything again" in run("jobs", "prune", "--older-than", "0").stdout
    assert "no jobs" in run("jobs", "list").stderr
    assert "every hash and offset holds" in run("audit").stderr


def test_a_job_that_is_not_there(toy: Toy) -> None:
    run("ingest", "articles")
    assert "there is no job 99" in str(run("jobs", "retry", "99").exception)


def test_another_folder_is_not_taken_for_the_one_meant(
    toy: Toy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    toy.stop_at = "Word 2,"
    run("ingest", "articles")
    monkeypatch.chdir(tmp_path / "articles")
    refused = run("ingest", "--resume")
    assert refused.exit_code == 2
    assert "run this there" in refused.stderr


def planned(store: Store, *, owner: str | None = None) -> int:
    with store.session(write=True) as session:
        return jobs.plan(
            session,
            folder="/",
            arguments=["/a"],
            options={},
            planned=[jobs.Planned(path=f"/{n}.txt") for n in range(4)],
            owner=owner,
        )


def unfinished(store: Store) -> list[int]:
    with store.session() as session:
        return [one.id for one in jobs.unfinished(session)]


def claimed(store: Store, number: int, owner: str, most: int = 100) -> list[str]:
    with store.session(write=True) as session:
        return [one.path for one in jobs.claim(session, number, owner=owner, most=most)]


def test_what_a_process_has_at_hand_is_left_to_it_until_it_is_gone(store: Store) -> None:
    number = planned(store)
    gone = own_name().rsplit(":", 1)[0] + ":0"
    assert claimed(store, number, "elsewhere:1:2", most=1) == ["/0.txt"]
    assert claimed(store, number, gone, most=2) == ["/1.txt", "/2.txt"]
    assert claimed(store, number, own_name(), most=2) == ["/1.txt", "/2.txt"]
    assert claimed(store, number, "another:1:2") == ["/3.txt"]
    assert claimed(store, number, "another:3:4") == []
    with store.session(write=True) as session:
        session.execute(update(Job).values(leased_until=now() - LEASE))
    # This process runs, whatever the clock says of its lease.
    assert claimed(store, number, "another:5:6") == ["/0.txt", "/3.txt"]
    with store.session() as session:
        assert [one.tries for one in jobs.listed(session)] == [2, 2, 2, 2]


def test_an_ingest_that_is_at_work_is_left_alone_by_the_same_one_beside_it(store: Store) -> None:
    first = planned(store)
    claimed(store, first, own_name(), most=1)
    second = planned(store)
    with store.session() as session:
        assert [one.id for one in jobs.unfinished(session)] == [first, second]
    with store.session(write=True) as session:
        jobs.release(session, own_name())
    planned(store)
    with store.session() as session:
        assert len(jobs.unfinished(session)) == 1


def test_an_ingest_that_is_about_to_begin_is_left_alone_too(store: Store) -> None:
    first = planned(store, owner=own_name())
    # What is taken and put back again belongs to it as before.
    claimed(store, first, own_name(), most=1)
    with store.session(write=True) as session:
        jobs.release(session, own_name())
    second = planned(store, owner=own_name().rsplit(":", 1)[0] + ":0")
    assert unfinished(store) == [first, second]
    third = planned(store, owner="elsewhere:1:2")
    assert unfinished(store) == [first, third]
    with store.session(write=True) as session:
        jobs.release(session, own_name(), leave=True)
        session.execute(update(Job).values(leased_until=now() - LEASE))
    fourth = planned(store)
    assert unfinished(store) == [fourth]


@pytest.mark.slow
def test_the_same_ingest_twice_at_once_reads_every_file_in_both(
    tmp_path: Path, database: str
) -> None:
    Store(database, create=True).close()
    (tmp_path / "more").mkdir()
    articles = write_articles(tmp_path / "more")
    with start(database, str(articles)) as one, start(database, str(articles)) as other:
        told = [process.communicate()[1] for process in (one, other)]
    assert [one.returncode, other.returncode] == [0, 0], told
    assert [f"{DOCUMENTS} read" in text for text in told] == [True, True], told
    assert faults(database, documents=DOCUMENTS) == []


@pytest.mark.parametrize("name", [own_name(), "elsewhere:1:2"])
def test_a_process_that_runs_or_of_which_nothing_is_known_is_not_gone(name: str) -> None:
    assert not is_gone(name)


@pytest.mark.slow
def test_workers_store_the_same_and_a_poisoned_document_is_set_aside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "recipe", lambda options: armed)
    (folder / "3.txt").write_text("strychnine “Word 3,” said Ada Moss.")
    result = run("ingest", "articles", "--jobs", "2")
    assert result.exit_code == 1
    assert "set aside: 3 workers were lost over it" in result.stderr
    assert "5 new" in result.stderr
    (failed,) = listed("--status", "failed")
    assert failed["reason"].endswith("the last was killed by SIGKILL")


def stored(database: str) -> int:
    """Return how many documents another process has stored by now."""
    with Store(database) as store, store.session() as session:
        return len(list(queries.sources(session)))


@pytest.mark.slow
def test_what_a_killed_ingest_has_left_is_done_by_another(tmp_path: Path, database: str) -> None:
    Store(database, create=True).close()
    (tmp_path / "more").mkdir()
    articles = write_articles(tmp_path / "more")
    with start(database, str(articles), "--jobs", "2", seconds="0.1") as victim:
        while stored(database) < 5 and victim.poll() is None:
            time.sleep(0.02)
        victim.kill()
        victim.communicate()
    assert 5 <= stored(database) < DOCUMENTS
    with start(database, "--resume", "--jobs", "2") as rest:
        told = rest.communicate()[1]
    assert rest.returncode == 0, told
    assert faults(database, documents=DOCUMENTS) == []


@pytest.mark.slow
def test_a_document_that_hangs_is_set_aside_and_may_be_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "recipe", lambda options: armed)
    hanging = folder / "3.txt"
    hanging.write_text("mandrake “Word 3,” said Ada Moss.")
    result = run("ingest", "articles", "--jobs", "2", "--max-seconds", "2")
    assert (result.exit_code, "5 new" in result.stderr) == (1, True)
    (failed,) = listed("--status", "failed")
    assert failed["reason"].endswith("the last took longer than 2 s")
    run("jobs", "retry")
    hanging.write_text("“Word 3,” said Ada Moss.")
    assert "1 new" in run("ingest", "--resume", "--jobs", "2").stderr
    assert statuses() == ["done"] * 6

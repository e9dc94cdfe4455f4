from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quotes.store import Store
from tests.store.told import CUT, papers, tell, telling

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def told(tmp_path: Path) -> str:
    """The URL of a database with three tellings of one statement, and one of another."""
    url = f"sqlite:///{tmp_path / 'told.db'}"
    with Store(url, create=True) as store:
        tell(store, *papers())
    return url


def quoted(run: Run, told: str, name: str) -> str:
    (record,) = json.loads(run("list", "--source", name, "--json", db=told).out)
    return str(record["id"])


def test_the_tellings_are_compared_with_the_first(run: Run, told: str) -> None:
    ran = run("variants", quoted(run, told, "evening.txt"), db=told)
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0] == "Ilse Vandermolen: 3 tellings in 3 sources; published first:"
    assert [line.split()[1:3] for line in lines if line.startswith("q_")] == [
        ["published", "2025-03-04"],
        ["published", "2025-03-05"],
        ["published", "2025-03-09"],
    ]
    assert "Wall is safe, articles/morning.txt:3:1" in ran.out
    text = " ".join(ran.out.split())
    assert "winter storms,” [-and nobody in the old town needs to move.”-]" in text
    assert "will hold {+all+} the winter storms" in text
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("no_colour", ["", "1"])
def test_on_a_terminal_they_are_coloured_unless_nobody_wants_it(
    run: Run, told: str, monkeypatch: pytest.MonkeyPatch, no_colour: str
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", no_colour)
    out = run("variants", quoted(run, told, "evening.txt"), db=told).out
    assert ("{+all+}" in out) is bool(no_colour)
    assert ("\x1b[" in out) is not bool(no_colour)


def test_json_has_records_dates_and_differences(run: Run, told: str) -> None:
    shown = json.loads(run("variants", quoted(run, told, "weekly.txt"), "--json", db=told).out)
    first, second, third = shown["variants"]
    assert [one["first"] for one in shown["variants"]] == [True, False, False]
    assert first["differences"] == []
    assert third["differences"] == [{"first": "", "this": "all"}]
    assert (second["date"], second["date_of"]) == ("2025-03-05T09:00:00+00:00", "publication")
    assert second["location"] == {"line": 3, "column": 1}
    assert second["score"] == 1.0
    assert second["quote"]["content"]["text"] == f"“{CUT}”"


def test_a_quotation_that_nobody_else_tells_says_so(run: Run, told: str) -> None:
    id_ = quoted(run, told, "pool.txt")
    ran = run("variants", id_, db=told)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == f"no other source tells what {id_} says, as far as is known\n"
    assert json.loads(run("variants", id_, "--json", db=told).out) == {"id": id_, "variants": []}


def test_an_undated_source_counts_by_its_reading(run: Run, told: str) -> None:
    with Store(told) as store:
        tell(store, telling(CUT, "late.txt"))
    out = run("variants", quoted(run, told, "late.txt"), db=told).out
    assert "4 tellings in 4 sources; published, or else read, first:" in out
    assert "  read 2" in out


def test_show_says_how_many_others_tell_it(run: Run, told: str) -> None:
    id_ = quoted(run, told, "evening.txt")
    assert (
        f"told by     2 other sources too: quotes variants {id_}" in run("show", id_, db=told).out
    )
    assert json.loads(run("show", id_, "--json", db=told).out)["other_sources"] == 2
    assert "told by" not in run("show", quoted(run, told, "pool.txt"), db=told).out


def test_the_statements_told_most_are_listed(run: Run, told: str) -> None:
    out = run("utterances", "list", db=told).out
    assert "Ilse Vandermolen" in out
    assert "morning.txt" in out
    (one,) = json.loads(run("utterances", "list", "--json", db=told).out)
    assert (one["sources"], one["quotations"], one["date_of"]) == (3, 3, "publication")
    assert run("utterances", "list").err == (
        "no statement is told by several sources, as far as is known\n"
    )


def test_rebuild_says_what_it_found(run: Run, told: str) -> None:
    ran = run("utterances", "rebuild", db=told)
    assert ran.status == 0
    assert "only by shared words, for want of vectors: see `quotes index rebuild`" in ran.err
    assert "1 statement is told by several sources; 0 groups changed" in ran.err


def test_merging_speakers_joins_what_they_say(run: Run, told: str) -> None:
    with Store(told) as store:
        tell(store, telling(CUT, "bride.txt", by="Ilse Brandsma"))
    assert (
        run("speakers", "merge", "Ilse Brandsma", "Ilse Vandermolen", "--by", "me", db=told).status
        == 0
    )
    (one,) = json.loads(run("utterances", "list", "--json", db=told).out)
    assert one["sources"] == 4
    assert run("speakers", "undo", "--by", "me", db=told).status == 0
    (one,) = json.loads(run("utterances", "list", "--json", db=told).out)
    assert one["sources"] == 3

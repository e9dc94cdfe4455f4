from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_speakers_are_listed_with_their_counts(run: Run) -> None:
    rows = {row["name"]: row for row in json.loads(run("speakers", "list", "--json").out)}
    assert set(rows) == {"Boatmen", "Mara Lindqvist", "Olaf Brandt"}
    assert rows["Mara Lindqvist"]["quotations"] == 2
    assert rows["Olaf Brandt"]["aliases"] == ["Brandt"]
    assert "Mara Lindqvist  person" in run("speakers", "list").out


def test_a_part_of_a_name_narrows_the_list(run: Run) -> None:
    rows = json.loads(run("speakers", "list", "lind", "--json").out)
    assert [row["name"] for row in rows] == ["Mara Lindqvist"]


def test_one_speaker_is_shown_by_any_of_the_names(run: Run) -> None:
    out = run("speakers", "show", "brandt").out
    assert out.startswith("Olaf Brandt (person)\n")
    assert "also called  Brandt\n" in out
    assert "1 in 1 source\n" in out
    assert json.loads(run("speakers", "show", "brandt", "--json").out)["name"] == "Olaf Brandt"


def test_the_names_the_reasons_and_the_first_quotations_are_shown(run: Run) -> None:
    out = run("speakers", "show", "lindqvist", "--limit", "1").out
    assert "Lindqvist             1\n" in out
    (line,) = (line for line in out.splitlines() if line.startswith("harbour.txt"))
    assert "Mara Lindqvist" in line
    assert "the full name" in line
    assert out.rstrip().endswith("and 1 more")
    shown = json.loads(run("speakers", "show", "lindqvist", "--format", "json").out)
    assert shown["called"] == [
        {"name": "Lindqvist", "documents": 1},
        {"name": "Mara Lindqvist", "documents": 1},
    ]
    assert [one["why"] for one in shown["merges"]] == ["the full name"]
    assert [one["speaker"]["name"] for one in shown["quotes"]] == ["Mara Lindqvist"] * 2


@pytest.fixture
def own(archive: str, tmp_path: Path) -> str:
    """A copy of the archive that a test may change."""
    shutil.copy(archive.removeprefix("sqlite:///"), tmp_path / "own.db")
    return f"sqlite:///{tmp_path / 'own.db'}"


def test_a_merge_is_made_logged_and_taken_back(run: Run, own: str) -> None:
    ran = run("speakers", "merge", "Brandt", "Lindqvist", "--by", "Kim", "--note", "wed", db=own)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "Olaf Brandt is Mara Lindqvist now\n"
    shown = run("speakers", "show", "Lindqvist", db=own).out
    assert "merged by a person: Olaf Brandt is Mara Lindqvist" in shown
    assert "3 in 2 sources" in shown
    ran = run("speakers", "split", "Lindqvist", "--document", "council.html", "--by", "Kim", db=own)
    assert "is a speaker of its own now: s_" in ran.err
    logged = json.loads(run("speakers", "log", "--json", db=own).out)
    assert [(one["action"], one["reviewer"], one["note"]) for one in logged] == [
        ("merge", "Kim", "wed"),
        ("split", "Kim", None),
    ]
    assert run("speakers", "undo", db=own).err.startswith("taken back: split of Olaf Brandt in ")
    assert run("speakers", "undo", "1", db=own).status == 0
    out = run("speakers", "log", db=own).out
    assert "merge Olaf Brandt into Mara Lindqvist (taken back)" in out
    rows = json.loads(run("speakers", "list", "--json", db=own).out)
    assert {row["name"] for row in rows} == {"Boatmen", "Mara Lindqvist", "Olaf Brandt"}
    ran = run("speakers", "undo", db=own)
    assert (ran.status, ran.err) == (
        1,
        "quotes: no decision stands; see `quotes speakers log`\n",
    )


def test_what_cannot_be_split_or_merged_is_one_line(run: Run, own: str) -> None:
    ran = run("speakers", "split", "Brandt", "--document", "council.html", db=own)
    assert ran.status == 1
    assert "there is nothing to split; see" in ran.err
    ran = run("speakers", "merge", "Boatmen", "Brandt", db=own)
    assert ran.err.startswith("quotes: 'Boatmen' is group and its document's own; only people")


def test_an_unknown_speaker_is_one_line(run: Run) -> None:
    ran = run("speakers", "show", "Zorro")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("quotes: no speaker answers to 'Zorro'")

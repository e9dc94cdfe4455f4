from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

STORY = "“The bridge opens in May,” said Mara Lindqvist, the harbour master.\n"


def test_nothing_readable_is_told_and_fails_without_a_model(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    ran = run("extract", str(tmp_path / "empty.txt"), str(tmp_path / "none.txt"))
    assert (ran.status, ran.out) == (1, "")
    first, second, last = ran.err.splitlines()
    assert first.startswith(f"skipped {tmp_path / 'empty.txt'}: ")
    assert second.startswith(f"skipped {tmp_path / 'none.txt'}: ")
    assert last == (
        "0 read, 0 quotations, 2 skipped (1 × it is empty, 1 × there is no such file or folder)"
    )


def test_a_wrong_size_or_encoding_is_told(run: Run, tmp_path: Path) -> None:
    assert run("extract", "--max-size", "big", str(tmp_path)).status == 2
    ran = run("extract", "--encoding", "klingon", str(tmp_path))
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1


@pytest.mark.model
def test_records_are_printed_and_the_rest_is_told(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(STORY, encoding="utf-8")
    bad.write_bytes(b"\0\1\2" * 100)
    ran = run("extract", str(bad), str(good))
    (record,) = [json.loads(line) for line in ran.out.splitlines()]
    assert record["document"]["path"] == str(good)
    assert record["content"]["text"] == "“The bridge opens in May,”"
    assert (
        STORY[record["content"]["start"] : record["content"]["end"]] == (record["content"]["text"])
    )
    assert record["speaker"]["name"] == "Mara Lindqvist"
    assert ran.status == 1
    assert ran.err.startswith(f"skipped {bad}: ")


@pytest.mark.model
def test_standard_input_is_read(run: Run) -> None:
    ran = run("extract", "-", stdin=STORY.encode())
    assert ran.status == 0
    assert json.loads(ran.out)["document"]["path"] == "-"


@pytest.mark.model
def test_notices_have_their_place_unless_quiet(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "open.txt"
    file.write_text(
        STORY + "\nShe said: “We sail at noon\n\nNobody else sails.\n", encoding="utf-8"
    )
    assert f"{file}:3:11: " in run("extract", str(file)).err
    assert run("extract", "--quiet", str(file)).err == ""


def test_a_bad_list_of_people_is_one_line_and_nothing_is_read(run: Run, tmp_path: Path) -> None:
    people, story = tmp_path / "people.json", tmp_path / "story.txt"
    people.write_text('[{"name": "Ada Moss"},\n {"nane": "Bo"}]', encoding="utf-8")
    story.write_text(STORY, encoding="utf-8")
    ran = run("extract", "--people", str(people), str(story))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"quotes: {people}:2: 'nane' is no field; the fields are name, aliases, offices, id, "
        "gender; correct that entry\n"
    )


@pytest.mark.model
def test_names_are_led_to_a_list_of_people(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, story = tmp_path / "people.csv", tmp_path / "story.txt"
    people.write_text("name,aliases,id\nLindqvist Mara,Mara Lindqvist,Q1\n", encoding="utf-8")
    story.write_text(STORY, encoding="utf-8")
    monkeypatch.setenv("QUOTES_PEOPLE", str(people))
    ran = run("extract", str(story))
    record = json.loads(ran.out.splitlines()[0])
    assert (record["speaker"]["name"], record["method"]) == ("Lindqvist Mara", "known-people")
    db = f"sqlite:///{tmp_path / 'own.db'}"
    assert run("ingest", "-q", str(story), db=db).status == 0
    shown = json.loads(run("speakers", "show", "Lindqvist", "--json", db=db).out)
    assert (shown["name"], shown["external_id"]) == ("Lindqvist Mara", "Q1")
    assert shown["merges"][0]["why"] == "listed in known people"
    out = run("show", record["id"], db=db).out
    assert "evidence    by name in the list of known people" in out

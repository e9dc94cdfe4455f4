"""`quotes import`: what people annotated enters as reviews, or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from quotes.store import Store, queries, reviewing
from tests.cli.archive import HARBOUR, build
from tests.store.reported import store_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran, Run

Records = list[dict[str, Any]]


@pytest.fixture
def db(tmp_path: Path) -> str:
    (tmp_path / "db").mkdir()
    return build(tmp_path / "db")


@pytest.fixture
def take(run: Run, db: str, tmp_path: Path) -> Callable[..., Ran]:
    """Imports records as a file of JSON Lines."""

    def taken(records: Records, *options: str, by: str = "Kim") -> Ran:
        path = tmp_path / "annotated.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
        return run("import", str(path), "--by", by, *options, db=db)

    return taken


@pytest.fixture
def records(run: Run, db: str) -> Callable[[], Records]:
    def listed() -> Records:
        out = run("export", "--format", "jsonl", db=db).out
        return [json.loads(line) for line in out.splitlines()]

    return listed


def log(db: str) -> list[tuple[str, str, str | None]]:
    with Store(db) as store, store.session() as session:
        return [(one.action, one.reviewer, one.note) for one in reviewing.log(session)]


def test_what_is_as_the_machine_has_it_is_confirmed_once(
    take: Callable[..., Ran], records: Callable[[], Records], db: str
) -> None:
    exported = records()
    ran = take(exported, "--note", "by hand")
    assert (ran.status, ran.out, ran.err) == (0, "", "1 file taken in: 5 confirmed\n")
    assert log(db) == [("confirm", "Kim", "by hand")] * 5
    assert {one["status"] for one in records()} == {"confirmed"}
    assert take(exported).err == "1 file taken in: 5 unchanged\n"
    assert take(records()).err == "1 file taken in: 5 unchanged\n"
    assert take(exported, by="Lee").err == "1 file taken in: 5 confirmed\n"


def test_another_speaker_reassigns_and_a_new_one_is_added(
    take: Callable[..., Ran], records: Callable[[], Records]
) -> None:
    exported = records()
    exported[0]["speaker"]["name"] = "Olaf Brandt"
    exported[1]["speaker"] = {"name": "Nora Vance", "kind": "person"}
    exported[2]["speaker"] = None
    ran = take(exported[:3], "--json")
    assert json.loads(ran.out) == {"files": 1, "refused": 0, "reassigned": 3}
    now = {one["id"]: one for one in records()}
    names = [(now[one["id"]]["speaker"] or {}).get("name") for one in exported[:3]]
    assert names == ["Olaf Brandt", "Nora Vance", None]
    assert [now[one["id"]]["status"] for one in exported[:3]] == ["corrected"] * 3


def test_a_name_that_is_part_of_another_is_not_that_one(
    take: Callable[..., Ran], records: Callable[[], Records]
) -> None:
    exported = records()[:1]
    exported[0]["speaker"] = {"name": "Mara Lindqvist Olsen", "kind": "person"}
    assert take(exported).status == 0
    assert take([{**exported[0], "speaker": {"name": "Lindqvist Olsen"}}]).status == 0
    names = {one["speaker"]["name"] for one in records() if one["speaker"]}
    assert {"Lindqvist Olsen", "Mara Lindqvist"} <= names


def test_words_that_no_quotation_has_are_added(
    take: Callable[..., Ran], records: Callable[[], Records]
) -> None:
    exported = records()
    start = HARBOUR.index("The ferry sails")
    passage = {"text": "The ferry sails", "start": start, "end": start + 15, "spans": []}
    passage["spans"] = [[start, start + 15]]
    added = exported[2] | {"content": passage, "cue": None, "source": None}
    assert take([added]).err == "1 file taken in: 1 added\n"
    (found,) = (one for one in records() if one["content"]["text"] == "The ferry sails")
    assert (found["status"], found["method"]) == ("corrected", "manual")
    assert found["speaker"]["name"] == "Boatmen"
    assert len(records()) == 6


def test_another_cue_edits_and_a_rejected_one_is_rejected(
    take: Callable[..., Ran], records: Callable[[], Records]
) -> None:
    exported = records()
    start = HARBOUR.index("She added")
    exported[1]["cue"] = {
        "text": "She added",
        "start": start,
        "end": start + 9,
        "spans": [[start, start + 9]],
    }
    exported[3]["status"] = "rejected"
    ran = take([exported[1], exported[3]])
    assert ran.err == "1 file taken in: 1 edited, 1 rejected\n"
    assert len(records()) == 4
    assert "She added" in {one["cue"]["text"] for one in records() if one["cue"]}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"content": {"text": "nothing like it", "spans": [[21, 47]]}}, "is '“The bridge opens"),
        ({"content": {"text": "x", "spans": [[21, 99_999]]}}, "runs past the text's end"),
        ({"content": {"text": "x", "spans": []}}, "it has no content"),
        ({"content": {"text": "x", "spans": [[9, 3]]}}, "is not a span"),
        ({"content": {"text": "x", "spans": [["1", 3]]}}, "are no offsets"),
        ({"content": None}, "it has no content"),
        ({"kind": "shouted"}, "'shouted' is not a valid Kind"),
        ({"document": {"version": "sha256:" + "0" * 64}}, "no stored version has this text"),
        ({"document": {"version": "1"}}, "'1' is no version"),
    ],
)
def test_a_bad_record_is_named_and_nothing_of_its_file_is_stored(
    take: Callable[..., Ran],
    records: Callable[[], Records],
    db: str,
    tmp_path: Path,
    change: dict[str, Any],
    problem: str,
) -> None:
    first, second, *_ = records()
    ran = take([first, {**second, **change}])
    assert (ran.status, ran.out) == (1, "")
    told = ran.err.splitlines()
    path = tmp_path / "annotated.jsonl"
    assert told[0].startswith(f"{path}:2: ")
    assert problem in told[0]
    assert "; nothing of it was stored, for 1 of its " in told[0]
    assert told[1] == "0 files taken in: no annotations"
    assert log(db) == []


def test_a_line_that_is_no_json_is_named(run: Run, db: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_bytes(b'{"id": 1}\n\n[1]\n{"a"\n\xe2\x80\xa8\n')
    ran = run("import", str(path), "--by", "Kim", db=db)
    assert ran.status == 1
    first, *_ = ran.err.splitlines()
    # Each is counted, the first is told.
    assert first.startswith(f"{path}:1: it is no record of a quotation (it has no 'document'); ")
    assert first.endswith("nothing of it was stored, for 3 of its lines are no records")
    path.write_bytes(b"\xff\xfe")
    assert "is not in UTF-8" in run("import", str(path), "--by", "Kim", db=db).err


def test_one_bad_file_does_not_keep_the_others_out(
    run: Run, records: Callable[[], Records], db: str, tmp_path: Path
) -> None:
    folder = tmp_path / "annotated"
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps(records()[0]) + "\n", encoding="utf-8")
    (folder / "b.jsonl").write_text("{}\n", encoding="utf-8")
    ran = run("import", str(folder), "--by", "Kim", db=db)
    assert ran.status == 1
    assert "1 file taken in: 1 confirmed\n" in ran.err
    assert ran.err.splitlines()[-1].startswith("quotes: 1 file left out")
    assert log(db) == [("confirm", "Kim", None)]


def test_a_folder_without_annotations_is_told(run: Run, db: str, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    ran = run("import", str(tmp_path / "none"), "--by", "Kim", db=db)
    assert ran.status == 1
    assert "there are no .jsonl and .ann files" in ran.err


def test_brat_comes_back_as_it_went(run: Run, db: str, tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    run("export", "--format", "brat", "-o", str(folder), db=db)
    ran = run("import", str(folder), "--by", "Kim", db=db)
    assert (ran.status, ran.err) == (0, "2 files taken in: 5 confirmed\n")
    assert run("import", str(folder), "--by", "Kim", db=db).err == "2 files taken in: 5 unchanged\n"


def test_brat_as_an_annotator_changed_it(run: Run, db: str, tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    run("export", "--format", "brat", "-o", str(folder), db=db)
    (path,) = folder.glob("harbour*.ann")
    start = HARBOUR.index("The ferry sails")
    changed = path.read_bytes().decode().replace("\tSpeaker E1\tMara", "\tSpeaker E1\tOlga")
    changed += f"T90\tContent {start} {start + 15}\tThe ferry sails\n"
    changed += f"T91\tAttribution {start} {start + 3}\tThe\nE90\tAttribution:T91 Content:T90\n"
    path.write_bytes(changed.encode())
    ran = run("import", str(path), "--by", "Kim", db=db)
    assert ran.err == "1 file taken in: 1 added, 2 confirmed, 1 reassigned\n"
    with Store(db) as store, store.session() as session:
        found = [one.record for one in queries.quotations(session)]
    names = [one["speaker"]["name"] if one["speaker"] else None for one in found[:4]]
    assert names == ["Olga Lindqvist", "Mara Lindqvist", "Boatmen", None]
    assert found[3]["content"]["text"] == "The ferry sails"


def test_brat_whose_words_do_not_stand_in_its_text_is_refused(
    run: Run, db: str, tmp_path: Path
) -> None:
    folder = tmp_path / "brat"
    run("export", "--format", "brat", "-o", str(folder), db=db)
    (path,) = folder.glob("council*.ann")
    path.write_bytes(path.read_bytes().replace(b"Content 0 ", b"Content 1 "))
    ran = run("import", str(path), "--by", "Kim", db=db)
    assert ran.status == 1
    assert f"{path.name}, line 1 is no brat annotation of its text" in ran.err
    text = path.with_suffix(".txt")
    text.write_bytes(text.read_bytes() + b"More.")
    path.write_bytes(path.read_bytes().replace(b"Content 1 ", b"Content 0 "))
    ran = run("import", str(path), "--by", "Kim", db=db)
    assert "no stored version has this text" in ran.err
    text.unlink()
    assert "No such file" in run("import", str(path), "--by", "Kim", db=db).err
    assert log(db) == []


def test_groups_and_sources_of_one_document_are_known_again(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'reported.db'}"
    with Store(url, create=True) as store:
        store_report(store)
    path = tmp_path / "all.jsonl"
    run("export", "--format", "jsonl", "-o", str(path), db=url)
    assert run("import", str(path), "--by", "Kim", db=url).err == "1 file taken in: 3 confirmed\n"

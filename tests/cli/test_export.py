from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from quotes.evaluation.corpus import read_corpus
from quotes.exports import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_jsonl_is_the_records(run: Run) -> None:
    exported = [json.loads(line) for line in run("export", "--format", "jsonl").out.splitlines()]
    assert exported == json.loads(run("list", "--json").out)


def test_csv_goes_to_a_file_with_a_mark_if_asked(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "sheet.csv"
    ran = run("export", "--format", "csv", "--bom", "-o", str(target), "--kind", "direct")
    assert (ran.status, ran.out, ran.err) == (0, "", f"wrote {target}\n")
    raw = target.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,speaker,")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["speaker"] for row in rows] == ["Mara Lindqvist", "Olaf Brandt", ""]
    assert (rows[0]["line"], rows[0]["column"]) == ("3", "1")
    assert rows[2]["quotation"] == "'=HYPERLINK(1)"


def test_a_file_is_replaced_in_whole_and_nothing_else_is_left(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "sheet.md"
    target.write_text("old", encoding="utf-8")
    assert run("export", "--format", "md", "-q", "-o", str(target)).err == ""
    assert target.read_text(encoding="utf-8").startswith("# Quotations\n")
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("named", ["quotes.db", "link"])
def test_an_export_does_not_take_the_place_of_the_database(
    run: Run, archive: str, tmp_path: Path, named: str
) -> None:
    shutil.copy(archive.removeprefix("sqlite:///"), tmp_path / "quotes.db")
    (tmp_path / "link").symlink_to("quotes.db")
    target, database = str(tmp_path / named), f"sqlite:///{tmp_path / 'quotes.db'}"
    for words in (("-o", target), ("-o", str(tmp_path / "sheet.csv"), "--manifest", target)):
        ran = run("export", "--format", "csv", *words, db=database)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err == f"quotes: {target} is the database; choose another file after -o\n"
    assert not (tmp_path / "sheet.csv").exists()
    assert run("audit", db=database).status == 0


def test_a_failed_export_leaves_the_old_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sheet.csv"
    target.write_text("old", encoding="utf-8")
    monkeypatch.setattr("quotes.exports.csv_sheet.cells", None)
    ran = run("export", "--format", "csv", "-o", str(target))
    assert ran.status == 1
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_cannot_be_written_is_one_line(run: Run, tmp_path: Path) -> None:
    ran = run("export", "--format", "csv", "-o", str(tmp_path / "no" / "sheet.csv"))
    assert ran.status == 1
    assert ran.err == (
        f"quotes: {tmp_path / 'no' / 'sheet.csv'} cannot be written: there is no folder "
        f"{tmp_path / 'no'}; make it first\n"
    )


def test_a_link_is_followed_and_kept(run: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "sheet.csv", tmp_path / "link.csv"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    run("export", "--format", "csv", "-o", str(link))
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("id,")


def test_the_mark_is_for_csv_alone(run: Run) -> None:
    assert run("export", "--format", "jsonl", "--bom").status == 2


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_goes_to_a_file_in_whole(run: Run, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"sheet.{form}.zip"
    ran = run("export", "--format", form, "-o", str(target))
    assert (ran.status, ran.out, ran.err) == (0, "", f"wrote {target}\n")
    assert target.stat().st_size > 500
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_of_nothing_is_a_file(run: Run, tmp_path: Path, form: str) -> None:
    target = tmp_path / "sheet.zip"
    ran = run("export", "--format", form, "--speaker", "Nobody", "-o", str(target))
    assert (ran.status, target.exists()) == (0, True)


@pytest.mark.parametrize("form", [form for form, about in FORMATS.items() if about.binary])
def test_what_is_no_text_is_not_for_a_terminal(
    run: Run, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ran = run("export", "--format", form)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"quotes: {form} is no text for a terminal; name a file with -o; ")
    assert len(ran.err.splitlines()) == 1


def test_headings_are_for_sheets_alone(run: Run) -> None:
    assert run("export", "--format", "csv", "--group", "source").status == 2
    out = run("export", "--format", "md", "--group", "source").out
    assert "\n## Bridge opens in May (news/harbour.txt)\n" in out


def test_a_limit_means_the_same_quotations_in_every_order(run: Run) -> None:
    rows = run("export", "--format", "jsonl", "--limit", "2").out.splitlines()
    sheet = run("export", "--format", "md", "--limit", "2").out
    assert [json.loads(row)["id"].replace("_", "\\_") in sheet for row in rows] == [True, True]
    assert sheet.count("\n> ") == 2


def test_brat_goes_to_a_new_folder_that_evaluate_reads(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "brat"
    assert run("export", "--format", "brat", "-o", str(target)).status == 0
    assert sorted(path.suffix for path in target.iterdir()) == [
        ".ann",
        ".ann",
        ".conf",
        ".json",
        ".txt",
        ".txt",
    ]
    assert len(read_corpus(target).documents) == 2
    again = run("export", "--format", "brat", "-o", str(target))
    assert again.status == 1
    assert again.err == f"quotes: {target} is there already; choose a new folder after -o\n"
    assert list(tmp_path.iterdir()) == [target]


def test_only_brat_goes_to_a_folder(run: Run, tmp_path: Path) -> None:
    ran = run("export", "--format", "xlsx", "-o", str(tmp_path))
    assert ran.status == 2
    assert "is a folder; name a file after -o" in ran.err


def test_a_manifest_goes_to_a_file_of_its_own(run: Run, tmp_path: Path) -> None:
    target, beside = tmp_path / "sheet.csv", tmp_path / "sheet.json"
    options = ("--kind", "direct", "--since", "2024-11-05", "--limit", "3")
    ran = run("export", "--format", "csv", *options, "-o", str(target), "--manifest", str(beside))
    assert ran.status == 0
    told = json.loads(beside.read_bytes())
    assert told["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert told["generator"] == {"name": "quotes", "version": "0.1.0"}
    assert told["filters"] == {
        "kind": "direct",
        "since": "2024-11-05T00:00:00+00:00",
        "limit": 3,
    }
    assert datetime.fromisoformat(told["created"]).tzinfo is not None

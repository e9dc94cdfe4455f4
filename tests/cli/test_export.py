from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

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


def test_a_failed_export_leaves_the_old_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sheet.csv"
    target.write_text("old", encoding="utf-8")
    monkeypatch.setattr("quotes.exports.csv_sheet.position", None)
    ran = run("export", "--format", "csv", "-o", str(target))
    assert ran.status == 1
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_cannot_be_written_is_one_line(run: Run, tmp_path: Path) -> None:
    ran = run("export", "--format", "csv", "-o", str(tmp_path / "no" / "sheet.csv"))
    assert ran.status == 1
    assert "cannot be written" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_link_is_followed_and_kept(run: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "sheet.csv", tmp_path / "link.csv"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    run("export", "--format", "csv", "-o", str(link))
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("id,")


def test_the_mark_is_for_csv_alone(run: Run) -> None:
    assert run("export", "--format", "jsonl", "--bom").status == 2

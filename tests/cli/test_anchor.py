from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.archive import HARBOUR

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    path = tmp_path / "harbour-2.txt"
    text = HARBOUR.replace("counted", "painted").replace("not raise the tolls", "raise the tolls")
    path.write_text("Corrected on Friday.\n\n" + text)
    return path


def test_each_quotation_has_an_answer(run: Run, changed: Path) -> None:
    ran = run("anchor", str(changed), "--source", "harbour.txt", "--json")
    rows = json.loads(ran.out)
    text = changed.read_text()
    assert ran.status == 3
    assert [row["answer"] for row in rows] == ["changed", "changed", "moved"]
    for row in rows:
        start, end = row["spans"]["content"][0]
        assert row["new_text"].startswith(text[start:end])
        assert row["line"] == text[:start].count("\n") + 1
    (not_,) = rows[0]["differences"]
    told = tuple(not_[name] for name in ("old", "new", "role", "new_span"))
    assert told == ("not", "", "content", None)


def test_the_table_marks_what_has_changed(run: Run, changed: Path) -> None:
    ran = run("anchor", str(changed), "--source", "harbour.txt")
    assert "[-counted-] {+painted+}" in ran.out
    assert "3 quotations: 2 changed, 1 moved" in ran.err
    assert "\x1b" not in ran.out


def test_an_unchanged_text_holds_all(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "same.txt"
    path.write_text(HARBOUR)
    ran = run("anchor", str(path), "--source", "harbour.txt", "--format", "jsonl")
    assert ran.status == 0
    assert [json.loads(line)["answer"] for line in ran.out.splitlines()] == ["exact"] * 3


def test_a_version_is_looked_for_in_what_the_source_says_now(run: Run) -> None:
    (version,) = json.loads(run("source", "versions", "harbour.txt", "--json").out)
    digest = version["version"]
    for name in (digest, digest.removeprefix("sha256:")[:12]):
        ran = run("anchor", "--version", name)
        assert (ran.status, ran.err) == (0, "3 quotations: 3 exact\n")


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ((), 2, "give the changed FILE, or --version HASH"),
        (("-",), 2, "name the source of standard input with --source NAME"),
        (("nowhere.txt",), 1, "nowhere.txt: "),
        (("--version", "0123"), 1, "no version has the hash '0123'"),
        (("--version", "%"), 1, "no version has the hash '%'"),
        (("--version", ""), 1, "no version has the hash ''"),
        (("--version", "0", "--source", "nothing"), 1, "no source answers to 'nothing'"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    run: Run, arguments: tuple[str, ...], status: int, told: str
) -> None:
    ran = run("anchor", *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_a_file_of_no_source_says_so(run: Run, changed: Path) -> None:
    ran = run("anchor", str(changed))
    assert ran.status == 1
    assert "no source answers to" in ran.err

"""`quotes ingest` from the outside, with a pipeline that needs no model."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quotes import pipeline
from quotes.cli.main import cli
from quotes.errors import BusyDatabase
from tests.store.builders import ToyPipeline


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def load(parser: str, *, extractor: str, resolver: str, coref: str) -> ToyPipeline:
        return ToyPipeline(name=f"{parser}+{extractor}", poison="arsenic")

    monkeypatch.setattr(pipeline, "load", load)
    monkeypatch.chdir(tmp_path)


def run(*words: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["ingest", *words], input=stdin)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text("“Rain,” said Ada Moss.", encoding="utf-8")
    (folder / "two.txt").write_text("“Sun,” said Bo Lund. “Never", encoding="utf-8")
    return folder


def test_the_first_ingest_makes_the_database(folder: Path) -> None:
    result = run("articles")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "created the database sqlite:///quotes.db" in result.stderr
    assert result.stderr.splitlines()[-1] == (
        "2 read, 2 new, 0 new versions, 0 unchanged, 0 copies, 2 quotations, 0 skipped"
    )
    assert Path("quotes.db").exists()
    again = run("articles")
    assert "created" not in again.stderr
    assert "2 unchanged" in again.stderr


def test_notices_have_a_place(folder: Path) -> None:
    result = run("articles")
    assert "articles/two.txt:1:22: a quotation mark never closes" in result.stderr
    assert "\r" not in result.stderr


def test_a_flood_of_notices_is_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from quotes.pipeline import Result as Found
    from quotes.quotation import Notice

    class Noisy(ToyPipeline):
        def run(self, texts):  # type: ignore[no-untyped-def] # as its base
            notices = tuple(Notice(message="odd", start=n) for n in range(15))
            return (Found(text=text, quotations=(), notices=notices) for text in texts)

    monkeypatch.setattr(pipeline, "load", lambda parser, extractor, resolver, coref: Noisy())
    result = run("articles/one.txt")
    assert result.stderr.count(": odd") == 10
    assert "5 more notices" in result.stderr


def test_skips_are_told_with_a_reason_and_the_status_is_1(folder: Path) -> None:
    (folder / "bad.txt").write_text("arsenic")
    (folder / "empty.txt").touch()
    result = run("articles", "nowhere.txt")
    assert result.exit_code == 1
    skipped = [line for line in result.stderr.splitlines() if line.startswith("skipped ")]
    assert len(skipped) == 3
    assert {line.split(":")[0] for line in skipped} == {
        "skipped articles/bad.txt",
        "skipped articles/empty.txt",
        "skipped nowhere.txt",
    }
    assert "2 new" in result.stderr
    assert "3 skipped" in result.stderr


def test_quiet_still_says_why_it_fails(folder: Path) -> None:
    result = run("--quiet", "articles", "nowhere.txt")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert run("--quiet", "articles").stderr == ""


def test_json(folder: Path) -> None:
    result = run("--json", "articles", "nowhere.txt")
    summary = json.loads(result.stdout)
    assert (summary["read"], summary["new"], summary["quotations"]) == (2, 2, 2)
    assert summary["skipped"][0]["path"] == "nowhere.txt"
    assert summary["skipped"][0]["reason"]


def test_reextract_everything(folder: Path) -> None:
    run("articles")
    result = run("--reextract")
    assert result.exit_code == 0
    assert "2 extracted again" in result.stderr


def test_another_extractor_reads_again_what_is_stored_only_when_told(folder: Path) -> None:
    run("--extractor", "rules", "articles")
    assert "2 unchanged" in run("--extractor", "learned", "articles").stderr
    assert "2 extracted again" in run("--extractor", "learned", "--reextract", "articles").stderr
    with sqlite3.connect("quotes.db") as database:
        runs = database.execute("SELECT pipeline, config FROM run ORDER BY id").fetchall()
        rows = database.execute("SELECT run_id, count(*) FROM quotation GROUP BY run_id").fetchall()
    assert [name for name, _ in runs] == ["spacy+rules", "spacy+learned"]
    assert [json.loads(config)["extractor"] for _, config in runs] == ["rules", "learned"]
    assert rows == [(1, 2), (2, 2)]


def test_standard_input() -> None:
    result = run("-", stdin="“Rain,” said Ada Moss.".encode())
    assert result.exit_code == 0
    assert "1 new" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--max-size", "many", "a.txt"),
        ("--max-size", "0", "a.txt"),
        ("--jobs",),
        ("--extractor", "oracle", "a.txt"),
    ],
)
def test_usage(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2
    assert not Path("quotes.db").exists()


def test_max_size(folder: Path) -> None:
    (folder / "long.txt").write_text("word " * 1000)
    result = run("--max-size", "1k", "articles")
    assert result.exit_code == 1
    assert "skipped articles/long.txt" in result.stderr
    assert run("--max-size", "5MiB", "articles").exit_code == 0


def test_a_locked_database_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("articles/one.txt")
    monkeypatch.setattr("quotes.store.store.Store.__init__.__kwdefaults__", {
        "create": False, "busy_timeout": 0.05
    })  # fmt: skip
    holder = sqlite3.connect("quotes.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    result = run("articles")
    holder.close()
    assert isinstance(result.exception, BusyDatabase)
    assert run("articles").exit_code == 0

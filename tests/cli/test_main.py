from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from quotes.cli.main import COMMANDS, LazyGroup, cli
from quotes.errors import (
    Ambiguous,
    CorpusError,
    CorruptModel,
    DocumentError,
    MissingModel,
    ModelError,
    NotFound,
    OffsetError,
    QuotesError,
    StoreError,
)
from tests.store.builders import ToyPipeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.pipeline import Result
    from tests.cli.conftest import Run

DATABASE_COMMANDS = [
    ["list"],
    ["show", "q_1"],
    ["search", "words"],
    ["verify", "--speaker", "A", "words"],
    ["link", "q_1"],
    ["source", "list"],
    ["speakers", "list"],
    ["export", "--format", "jsonl"],
    ["audit"],
]
HEAVY = ("spacy", "thinc", "trafilatura", "lxml", "torch")


def command(name: str) -> click.Command:
    group = cli
    assert isinstance(group, LazyGroup)
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


def spawn(*arguments: str, db: str, code: str | None = None) -> subprocess.CompletedProcess[str]:
    start = ["-c", code] if code else ["-m", "quotes"]
    return subprocess.run(
        [sys.executable, *start, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "QUOTES_DB": db},
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_help_begins_with_the_sentence_of_the_list_and_has_an_example(name: str) -> None:
    text = command(name).help or ""
    first, *_, last = text.split("\n\n")
    assert " ".join(first.split()) == COMMANDS[name][1]
    assert last.strip().startswith("Example: quotes ")
    assert f" {name}" in last


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    found = command(name)
    parts = [found, *found.commands.values()] if isinstance(found, click.Group) else [found]
    for part in parts:
        for option in part.params:
            assert not isinstance(option, click.Option) or option.help, option.name


def test_help_lists_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.status == 0
    for name, (_, sentence) in COMMANDS.items():
        assert name in ran.out
        assert sentence in " ".join(ran.out.split())


def test_help_and_version_import_nothing_heavy(archive: str) -> None:
    code = (
        "import sys; from quotes.cli import main\n"
        "try: main.main()\n"
        f"finally: print([m for m in (*{HEAVY!r}, 'sqlalchemy', 'rich') if m in sys.modules],"
        " file=sys.stderr)"
    )
    for flag in ("--help", "--version"):
        assert spawn(flag, db=archive, code=code).stderr.strip() == "[]"


@pytest.mark.parametrize("arguments", [["list"], ["export", "--format", "md"], ["show", "q_"]])
def test_reading_imports_no_language_model(archive: str, arguments: list[str]) -> None:
    _assert_light(archive, arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify", "--speaker", "Lindqvist", "The ferry sails at noon"],
        ["search", "bridge"],
        ["speakers", "show", "Lindqvist"],
        ["speakers", "list", "--json"],
        ["link", "q_"],
        ["export", "--format", "csv"],
    ],
)
def test_verifying_and_searching_import_no_language_model(
    archive: str, arguments: list[str]
) -> None:
    _assert_light(archive, arguments)


def _assert_light(archive: str, arguments: list[str]) -> None:
    code = (
        "import sys; from quotes.cli import main\n"
        "try: main.main()\n"
        f"finally: print('heavy:', [m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    ran = spawn(*arguments, db=archive, code=code)
    assert "Traceback" not in ran.stderr
    assert ran.stderr.splitlines()[-1] == "heavy: []"


@pytest.mark.parametrize("arguments", DATABASE_COMMANDS, ids=lambda a: a[0])
def test_a_missing_database_is_one_line_and_is_not_made(
    run: Run, tmp_path: Path, arguments: list[str]
) -> None:
    ran = run(*arguments, db=f"sqlite:///{tmp_path / 'none.db'}")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("quotes: ")
    assert len(ran.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["nonsense", "oracle://x/y", "sqlite:////no/such/folder/q.db"])
def test_a_bad_database_url_is_one_line(run: Run, url: str) -> None:
    ran = run("list", db=url)
    assert ran.status == 1
    assert ran.err.startswith("quotes: ")
    assert "unexpected" not in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_file_that_is_no_database_is_one_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "quotes.db"
    file.write_bytes(b"these are the words of an article\n" * 100)
    ran = run("list", db=f"sqlite:///{file}")
    assert ran.status == 1
    assert "unexpected" not in ran.err
    assert len(ran.err.splitlines()) == 1


def test_the_option_goes_before_the_environment(run: Run, archive: str) -> None:
    ran = run("--db", archive, "list", "--format", "jsonl", db="sqlite:////nowhere.db")
    assert ran.status == 0
    assert len(ran.out.splitlines()) == 5


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["list", "--nonsense"],
        ["list", "--kind", "loud"],
        ["list", "--limit", "0"],
        ["show"],
        ["export"],
        ["extract"],
        ["evaluate"],
    ],
)
def test_usage_errors_are_one_line_with_status_2(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    (line,) = ran.err.splitlines()
    assert line.startswith("quotes: ")
    assert "--help`" in line


@pytest.mark.parametrize("group", [[], ["db"], ["source"]])
def test_a_group_alone_shows_its_help(run: Run, group: list[str]) -> None:
    ran = run(*group)
    assert ran.status == 2
    assert "Commands:" in ran.err


@pytest.mark.parametrize(
    "error",
    [
        QuotesError,
        DocumentError,
        OffsetError,
        MissingModel,
        CorruptModel,
        StoreError,
        NotFound,
        Ambiguous,
        CorpusError,
    ],
)
def test_each_error_is_one_line_with_its_status(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: type[QuotesError]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error("the \x1b[31msky\n fell", hint="look up")

    monkeypatch.setattr("quotes.store.queries.quotations", fail)
    ran = run("list")
    assert ran.status == error.exit_status
    assert ran.err == "quotes: the \\x1b[31msky fell; look up\n"


@pytest.mark.parametrize(
    "error",
    [
        MissingModel.of_file("w.onnx", expected="sha256:1f"),
        CorruptModel.of_file("w.onnx", expected="sha256:1f", found="sha256:2e"),
    ],
    ids=["missing", "corrupt"],
)
@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_a_model_that_cannot_be_used_is_told_once_whatever_is_read(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, error: ModelError
) -> None:
    class Broken(ToyPipeline):
        def run(self, texts: Iterable[str]) -> Iterator[Result]:
            raise error

    monkeypatch.setattr("quotes.pipeline.load", lambda *_, **__: Broken())
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"“Rain in {name},” said Ada Moss.", encoding="utf-8")
    db = f"sqlite:///{tmp_path / 'quotes.db'}"
    ran = run(command, "--quiet", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), db=db)
    assert (ran.status, ran.out) == (error.exit_status, "")
    assert ran.err == f"quotes: {error}\n"
    assert "w.onnx" in ran.err
    assert "sha256:1f" in ran.err
    assert "pip install" in ran.err


def test_an_unexpected_error_is_one_line_and_a_traceback_only_for_debugging(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("quotes.store.queries.quotations", fail)
    ran = run("list")
    assert ran.status == 1
    assert ran.err.startswith("quotes: unexpected ZeroDivisionError: by zero; run it again with")
    assert "Traceback" not in ran.err
    assert "Traceback" in run("--debug", "list").err


@pytest.mark.parametrize(
    "arguments",
    ["list", "list --format jsonl", "export --format csv", "export --format jsonl", "--help"],
)
def test_a_reader_that_leaves_is_no_failure(archive: str, arguments: str) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-m", "quotes", *arguments.split()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "QUOTES_DB": archive},
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    # Gone before the first word is written.
    writer.stdout.close()
    complaint = writer.stderr.read()
    writer.stderr.close()
    assert writer.wait(timeout=120) == 0
    assert complaint == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize(
    "arguments",
    [
        "list",
        "list --json",
        "export --format csv",
        "source list",
        "--help",
        "verify --no-vectors --speaker A no",
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_one_line(archive: str, arguments: str, unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "quotes", *arguments.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "QUOTES_DB": archive, "PYTHONUNBUFFERED": unbuffered},
            check=False,
            timeout=120,
        )
    assert ran.returncode == 1
    assert ran.stderr == (
        "quotes: the output: No space left on device; "
        "check that it can be written and the disk has room\n"
    )


def test_output_is_utf8_whatever_the_locale(archive: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "quotes", "list", "--json"],
        capture_output=True,
        env={**os.environ, "QUOTES_DB": archive, "PYTHONIOENCODING": "ascii"},
        check=True,
        timeout=120,
    )
    assert json.loads(ran.stdout.decode("utf-8"))[0]["content"]["text"].startswith("“The bridge")

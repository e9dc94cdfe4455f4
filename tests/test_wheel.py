"""The wheel, built and installed in an empty environment, does the main job by itself."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.modules import clean_environment, modules_after

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
ARTICLE = (
    "LARKSPUR — The council met on Monday.\r\n\r\n"
    "“We have waited nine years for this bridge,” said Ada Quill, who heads the council’s works. "
    "Quill said that the bridge would open in spring.\r\n\r\n"
    "According to Tom Vale, a carpenter, the ferry will stop. 🛶\r\n"
)


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command without the environment of this one, and return what it prints."""
    ran = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean_environment() | {"PIP_CONSTRAINT": CONSTRAINTS.as_uri()},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this working tree."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "-c", CONSTRAINTS, wheel, cwd=folder)
    return python


@pytest.fixture(scope="module")
def ingested(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but an article and the database it was ingested into."""
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "article.txt").write_bytes(ARTICLE.encode())
    quotes = python.parent / "quotes"
    run(quotes, "db", "upgrade", cwd=folder)
    run(quotes, "ingest", "article.txt", cwd=folder)
    return folder


def test_the_wheel_holds_migrations_data_and_licence_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "quotes").rglob("*")
        if path.is_file() and not {"__pycache__", "training"} & set(path.parts)
    }
    migrations = {
        "quotes/" + path.relative_to(ROOT).as_posix()
        for path in (ROOT / "migrations").rglob("*")
        if path.suffix in {".py", ".mako"}
    }
    assert "quotes/py.typed" in package
    assert package <= names
    assert any("/versions/" in name for name in migrations)
    assert migrations <= names
    assert any(name.endswith("/LICENSE") for name in names)
    left_out = ("tests/", "fixtures/", "seeds/", "quotes/training/")
    assert not [name for name in names if name.startswith(left_out)]


def test_the_installed_program_keeps_every_offset(python: Path, ingested: Path) -> None:
    listed = json.loads(run(python.parent / "quotes", "list", "--json", cwd=ingested))
    assert {record["kind"] for record in listed} >= {"direct", "indirect"}
    assert "Ada Quill" in {record["speaker"]["name"] for record in listed if record["speaker"]}
    for record in listed:
        for role in ("content", "cue", "source"):
            passage = record[role]
            if passage:
                pieces = [ARTICLE[start:end] for start, end in passage["spans"]]
                assert " ".join(pieces) == passage["text"]


def test_reading_the_database_needs_no_language_model(python: Path, ingested: Path) -> None:
    for command in (["list"], ["verify", "--speaker", "Ada Quill", "We have waited nine years"]):
        loaded = modules_after(python, ingested, *command)
        assert "sqlalchemy" in loaded
        assert not {"spacy", "thinc", "trafilatura"} & loaded


def test_the_entry_points_are_there(python: Path, ingested: Path) -> None:
    assert run(python.parent / "quotes", "--version", cwd=ingested).startswith("quotes")
    assert "Commands:" in run(python, "-m", "quotes", "--help", cwd=ingested)
    code = "from importlib.metadata import entry_points as e; print(e(group='spacy_factories'))"
    assert "quotes.component" in run(python, "-c", code, cwd=ingested)

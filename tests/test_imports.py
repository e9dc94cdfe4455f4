"""What the commands load: a command that needs no model must not wait for one."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.modules import modules_after

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "spacy",
    "stanza",
    "torch",
    "sqlalchemy",
    "alembic",
    "trafilatura",
    "lxml",
    "rich",
    "numpy",
    "thinc",
}


def test_the_probe_sees_what_is_loaded(tmp_path: Path) -> None:
    assert "sqlalchemy" in modules_after(sys.executable, tmp_path, "db", "upgrade")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_loads_no_library_but_click(tmp_path: Path, option: str) -> None:
    assert not HEAVY & modules_after(sys.executable, tmp_path, option)


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["list", "--json"],
        ["search", "bridge"],
        ["speakers", "list"],
        ["source", "list"],
        ["audit"],
        ["export", "--format", "csv"],
        ["verify", "--speaker", "Ada Quill", "We have waited nine years."],
        ["show", "--help"],
        ["ingest", "--help"],
        ["extract", "--help"],
        ["models", "--help"],
    ],
    ids=" ".join,
)
def test_commands_on_the_database_load_no_language_model(
    tmp_path: Path, command: list[str]
) -> None:
    modules_after(sys.executable, tmp_path, "db", "upgrade")
    assert not {"spacy", "thinc", "trafilatura"} & modules_after(sys.executable, tmp_path, *command)


def test_the_package_itself_loads_nothing_heavy(tmp_path: Path) -> None:
    code = "import quotes, sys; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(ran.stdout.split())

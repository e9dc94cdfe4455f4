from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from quotes.cli.main import main
from tests.cli.archive import build


@dataclass(frozen=True)
class Ran:
    """What a command left."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database with two articles; tests only read it."""
    return build(tmp_path_factory.mktemp("archive"))


@pytest.fixture
def run(archive: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process, on the archive unless told otherwise."""

    def runner(*arguments: str, db: str = archive, stdin: bytes = b"") -> Ran:
        monkeypatch.setenv("QUOTES_DB", db)
        monkeypatch.setattr(sys, "argv", ["quotes", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as left:
            main()
        sys.stdout.flush()
        captured = capfd.readouterr()
        code: Any = left.value.code
        return Ran(status=int(code or 0), out=captured.out, err=captured.err)

    return runner

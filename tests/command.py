"""The command line run in this process, as `main` runs it, with what it printed."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from quotes.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command left."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def runner(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], address: str) -> Run:
    """Return what runs `quotes` on a database, on this one unless told otherwise."""

    def run(*arguments: str, db: str = address, stdin: bytes = b"") -> Ran:
        monkeypatch.setenv("QUOTES_DB", db)
        monkeypatch.setattr(sys, "argv", ["quotes", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as left:
            main()
        sys.stdout.flush()
        captured = capfd.readouterr()
        code: Any = left.value.code
        return Ran(status=int(code or 0), out=captured.out, err=captured.err)

    return run

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.command import Run, runner
from tests.engines.readers import leisurely
from tests.faults.machine import Gate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is loaded: what is tested is what becomes of its findings."""
    monkeypatch.setattr("quotes.cli.ingest.recipe", lambda options: partial(leisurely, 0.0))


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """What an ingest stops at in its middle, in this process or in another."""
    made = Gate(tmp_path / "gate")
    monkeypatch.setenv("QUOTES_TEST_GATE", str(made.path))
    return made


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'quotes.db'}"


@pytest.fixture
def run(address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process, with the toy for a model."""
    return runner(monkeypatch, capfd, address)

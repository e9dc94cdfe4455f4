from __future__ import annotations

import pytest

from tests.cli.archive import build
from tests.command import Ran, Run, runner

__all__ = ["Ran", "Run"]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database with two articles; tests only read it."""
    return build(tmp_path_factory.mktemp("archive"))


@pytest.fixture
def run(archive: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process, on the archive unless told otherwise."""
    return runner(monkeypatch, capfd, archive)

"""Small disks that can be filled and closed, and what a command has to say of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.command import Ran

_PIECE = 1 << 16
_PATIENCE = 5.0


class Disk:
    """A file system in memory, mounted on a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._fillers: list[Path] = []

    def fill(self) -> None:
        """Leave no room at all."""
        filler = self.folder / f"filler{len(self._fillers)}"
        self._fillers.append(filler)
        piece = _PIECE
        with filler.open("wb", buffering=0) as file:
            while piece:
                try:
                    file.write(b"\1" * piece)
                except OSError:
                    piece //= 2

    def make_room(self) -> None:
        """Take away what fills it."""
        while self._fillers:
            self._fillers.pop().unlink()

    def remount(self, options: str) -> None:
        """Change how it is mounted; skips where no disk with files open for writing is closed."""
        command = ["mount", "-o", f"remount,{options}", str(self.folder)]
        patience = time.monotonic() + _PATIENCE
        while (done := _ran(command)).returncode:
            assert "busy" in done.stderr, done.stderr
            if time.monotonic() > patience:
                pytest.skip("this system does not close a disk whose files are open for writing")
            time.sleep(0.02)


class Gate:
    """Where an ingest waits, with what came before stored, until it is opened."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put_before(self, articles: Path, place: int) -> None:
        """Let an ingest of these articles wait before the one at this place is stored."""
        article = articles / f"{place:04}.txt"
        text = article.read_text(encoding="utf-8")
        article.write_text(f"{text} belladonna", encoding="utf-8")

    def open(self) -> None:
        self.path.touch()


@contextmanager
def small_disk(folder: Path, *, size: str) -> Iterator[Disk]:
    """Mount a disk of so many bytes (as in 20m) on a new folder; skips where that cannot be."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    folder.mkdir()
    done = _ran(["mount", "-t", "tmpfs", "-o", f"size={size}", "quotes-test", str(folder)])
    if done.returncode:
        pytest.skip(f"no small disk can be mounted: {done.stderr.splitlines()[0]}")
    try:
        yield Disk(folder)
    finally:
        if _ran(["umount", str(folder)]).returncode:
            _ran(["umount", "--lazy", str(folder)])


def _ran(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def complaint(ran: Ran) -> str:
    """Return the one line that a command which failed has told, with what to do next."""
    assert ran.status == 1, ran
    return complaint_in(ran.err)


def complaint_in(told: str) -> str:
    """Return the one line of an error among what was told on stderr."""
    assert "Traceback" not in told
    (line,) = [one for one in told.splitlines() if one.startswith("quotes: ")]
    assert "; " in line, "it does not say what to do next"
    assert not line.startswith("quotes: unexpected"), line
    assert "damaged" not in line, "nothing is damaged"
    return line

"""Runs a command in a process of its own and tells which top-level modules it loaded."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PROBE = """
import atexit, sys
from pathlib import Path
listing = Path(sys.argv.pop(1))
atexit.register(lambda: listing.write_text(" ".join(sys.modules)))
from quotes.cli.main import main
main()
"""


def clean_environment() -> dict[str, str]:
    """Return this process's environment without what would change how `quotes` or make runs."""
    changing = ("QUOTES_", "PYTHON", "MAKE", "MFLAGS")
    return {k: v for k, v in os.environ.items() if not k.startswith(changing)}


def modules_after(python: str | Path, folder: Path, *arguments: str) -> set[str]:
    """Run `quotes` with these arguments in a folder; fails on an error (a "no" is none)."""
    listing = folder / "modules.txt"
    listing.unlink(missing_ok=True)
    ran = subprocess.run(
        [str(python), "-c", _PROBE, str(listing), *arguments],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode in (0, 3), ran.stderr
    return {name.partition(".")[0] for name in listing.read_text().split()}

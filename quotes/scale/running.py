"""The command line of this very program as a process of its own, to be measured from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import quotes

if TYPE_CHECKING:
    from typing import IO

#: What `getrusage` counts memory in: kilobytes on Linux, bytes on macOS.
MEMORY_UNIT: Final = 1 if sys.platform == "darwin" else 1024


def started(url: str, *words: str, told: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start `quotes --db URL …`; what it says on stderr goes to `told`."""
    # -P: no module of the folder that we happen to be in takes the place of ours.
    command = [sys.executable, "-P", "-m", "quotes", "--db", url, *words]
    ours = {**os.environ, "PYTHONPATH": str(Path(quotes.__file__).parents[1])}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told, env=ours)

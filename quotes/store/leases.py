"""Who has a job at hand: processes, known by a name, that are alive or gone."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from pathlib import Path
from typing import Final

#: How long a job is left alone by others; longer than most documents take, and no harm if not.
LEASE: Final = timedelta(minutes=5)


def own_name() -> str:
    """Return what tells this process from every other, also from a later one of its number."""
    return f"{socket.gethostname()}:{os.getpid()}:{_birth(os.getpid())}"


def is_gone(owner: str) -> bool:
    """Tell whether an owner is a process of this machine that runs no more.

    Of other machines nothing is known: their leases run out.
    """
    return _runs(owner) is False


def is_here(owner: str) -> bool:
    """Tell whether an owner is a process of this machine that runs, whatever the clock says."""
    return _runs(owner) is True


def _runs(owner: str) -> bool | None:
    """Tell whether an owner runs; None where that cannot be known."""
    host, pid, birth = owner.rsplit(":", 2)
    if host != socket.gethostname():
        return None
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    if _birth(int(pid)) != birth:
        return False
    # Without its birth it may be another process that got its number.
    return True if birth else None


def _birth(pid: int) -> str:
    """Return when a process began, in ticks since the machine did; empty where that is unknown."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return status.rpartition(")")[2].split()[19]

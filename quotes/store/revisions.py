"""The revisions of the schema that this program knows, oldest first.

A test holds this list to the files under `migrations/`; with it a command that reads can tell an
old database from a new one without loading Alembic.
"""

from __future__ import annotations

from typing import Final

KNOWN: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
HEAD: Final = KNOWN[-1]

"""What became of what an ingest read, and who is told of it while it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.quotation import Notice


class Listener(Protocol):
    """Is told what happens; texts come along so that places can be shown as line and column."""

    def progressed(self, summary: Summary) -> None: ...

    def skipped(self, path: str, reason: str) -> None: ...

    def noticed(self, path: str, text: str, notices: Sequence[Notice]) -> None: ...

    def remarked(self, path: str, remark: str) -> None: ...


@dataclass(slots=True)
class Summary:
    """What became of everything that was read; `skipped` has paths with reasons."""

    read: int = 0
    new: int = 0
    new_versions: int = 0
    unchanged: int = 0
    copies: int = 0
    reextracted: int = 0
    quotations: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    run: int | None = None

    def add(self, other: Summary) -> None:
        """Count what another ingest did too."""
        for name in (one.name for one in fields(self) if one.name not in ("skipped", "run")):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.skipped += other.skipped
        self.run = other.run if other.run is not None else self.run

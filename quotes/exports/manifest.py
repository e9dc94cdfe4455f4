"""What an export says of itself: who made it, when, from which extractions, with which filter."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from quotes import __version__

if TYPE_CHECKING:
    from quotes.store.values import Filter

PROGRAM = "quotes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The head of an export.

    `pipelines` are the name and version of each pipeline whose quotations the database holds now.
    `filters` has the filters that were given, by name.
    """

    version: str = __version__
    created: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    pipelines: tuple[tuple[str, str], ...] = ()
    filters: dict[str, Any] = field(default_factory=dict)

    @property
    def program(self) -> str:
        """The program and its version."""
        return f"{PROGRAM} {self.version}"

    def as_json(self) -> dict[str, Any]:
        """Return what a JSON file says."""
        return {
            "generator": {"name": PROGRAM, "version": self.version},
            "created": self.created.isoformat(),
            "pipelines": [{"name": name, "version": version} for name, version in self.pipelines],
            "filters": self.filters,
        }

    def sentences(self) -> list[str]:
        """Return what a sheet for people says, a sentence each."""
        pipelines = ", ".join(f"{name} {version}" for name, version in self.pipelines)
        chosen = ", ".join(f"{name} {value}" for name, value in self.filters.items())
        return [
            f"Written by {self.program} on {self.created.isoformat()}.",
            *([f"Extracted by {pipelines}."] if pipelines else []),
            *([f"Only {chosen}."] if chosen else []),
        ]


def given(which: Filter) -> dict[str, Any]:
    """Return the filters that let not everything through, as JSON has them."""
    shown = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(which).items()
        if value not in (None, ())
    }
    return {n: list(v) if isinstance(v, tuple) else v for n, v in shown.items()}

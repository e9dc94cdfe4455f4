"""How long a text may take before its worker is given up; the longer the text, the longer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Seconds for each 10,000 characters begun. These take two or three with the default models on a
#: core of their own; a busy machine may be far slower.
MAX_SECONDS: Final = 120.0
_CHARACTERS: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds that a worker may take for each 10,000 characters begun, and to load its models."""

    seconds: float = MAX_SECONDS
    loading: float = 600.0

    def reading(self, text: str) -> float:
        """Return how many seconds a text may take."""
        return self.seconds * (len(text) // _CHARACTERS + 1)


def told(seconds: float) -> str:
    """Return what is said of a worker that was given so many seconds and did not end."""
    return f"took longer than {seconds:g} s"

"""Quote sheets for other programs and for people, one module per format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotes.exports.exporter import Exporter, Passages

# Format -> module; each has `exporter(passages)`.
FORMATS = {"csv": "csv_sheet", "jsonl": "json_lines", "md": "markdown"}


def load_exporter(name: str, passages: Passages) -> Exporter:
    """Return the exporter of a format; `passages` gives the text of a version by its id."""
    build: Callable[[Passages], Exporter] = import_module(
        f"quotes.exports.{FORMATS[name]}"
    ).exporter
    return build(passages)

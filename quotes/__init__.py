"""Find every quotation in a text, attribute it to its speaker, and keep its exact offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.pipeline import extract
    from quotes.quotation import Quotation
    from quotes.store import Store

__version__ = "0.1.0"
__all__ = ["Quotation", "Store", "__version__", "extract"]

_HOMES = {"extract": "quotes.pipeline", "Quotation": "quotes.quotation", "Store": "quotes.store"}


def __getattr__(name: str) -> Any:
    # Public names load on first use, so that `quotes --help` imports neither spaCy nor SQLAlchemy.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

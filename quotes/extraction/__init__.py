"""Extractors behind one protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.errors import MissingModel

if TYPE_CHECKING:
    from quotes.extraction.extractor import Extractor

EXTRACTORS = ("rules", "learned")
DEFAULT_EXTRACTOR = "learned"

__all__ = ["DEFAULT_EXTRACTOR", "EXTRACTORS", "load_extractor"]


def load_extractor(name: str) -> Extractor:
    """Return the extractor of this name; raises MissingModel where it is unknown or incomplete."""
    if name == "rules":
        from quotes.extraction.rules import RuleExtractor

        return RuleExtractor()
    if name == "learned":
        try:
            from quotes.extraction.learned.extractor import LearnedExtractor
        except ModuleNotFoundError as error:
            raise MissingModel(
                f"the learned extractor needs the package {error.name!r}",
                hint="install quotes again with what it needs, or choose --extractor rules",
            ) from error
        return LearnedExtractor()
    raise MissingModel(
        f"no extractor is called {name!r}", hint=f"choose from: {', '.join(EXTRACTORS)}"
    )

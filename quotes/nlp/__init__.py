"""Parsers behind one protocol."""

from __future__ import annotations

from quotes.errors import MissingModel
from quotes.nlp.parser import Parser

PARSERS = ("spacy",)

__all__ = ["PARSERS", "Parser", "load_parser"]


def load_parser(name: str) -> Parser:
    """Return the parser of this name; raises MissingModel where it is unknown or not installed."""
    if name == "spacy":
        from quotes.nlp.spacy_parser import SpacyParser

        return SpacyParser()
    raise MissingModel(f"no parser is called {name!r}", hint=f"choose from: {', '.join(PARSERS)}")

"""Parsers behind one protocol."""

from __future__ import annotations

from quotes.errors import MissingModel
from quotes.nlp.parser import Parser

DEFAULT_PARSER = "spacy"
PARSERS = ("spacy", "stanza")

__all__ = ["DEFAULT_PARSER", "PARSERS", "Parser", "load_parser"]


def load_parser(name: str) -> Parser:
    """Return the parser of this name; raises MissingModel where it is unknown or not installed."""
    if name == "spacy":
        from quotes.nlp.spacy_parser import SpacyParser

        return SpacyParser()
    if name == "stanza":
        from quotes.nlp.stanza_parser import StanzaParser

        return StanzaParser()
    raise MissingModel(f"no parser is called {name!r}", hint=f"choose from: {', '.join(PARSERS)}")

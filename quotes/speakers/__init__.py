"""Resolvers behind one protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.errors import MissingModel

if TYPE_CHECKING:
    from quotes.speakers.chained import ChainSource
    from quotes.speakers.rules import RuleResolver

RESOLVERS = ("rules", "learned")
DEFAULT_RESOLVER = "learned"
COREFS = ("none", "stanza")
DEFAULT_COREF = "none"

__all__ = ["COREFS", "DEFAULT_COREF", "DEFAULT_RESOLVER", "RESOLVERS", "load_resolver"]


def load_resolver(name: str, *, coref: str = DEFAULT_COREF) -> RuleResolver:
    """Return the resolver of this name, with chains from elsewhere as evidence if `coref` says so.

    Raises ModelError where either is unknown, not installed or damaged.
    """
    if name == "rules":
        from quotes.speakers.rules import RuleResolver

        return RuleResolver(coref=_chains(coref))
    if name == "learned":
        from quotes.speakers.learned import LearnedResolver

        return LearnedResolver(coref=_chains(coref))
    raise MissingModel(
        f"no resolver is called {name!r}", hint=f"choose from: {', '.join(RESOLVERS)}"
    )


def _chains(name: str) -> ChainSource | None:
    if name == "none":
        return None
    if name == "stanza":
        from quotes.nlp.stanza_coref import StanzaCoref

        return StanzaCoref()
    raise MissingModel(
        f"no coreference is called {name!r}", hint=f"choose from: {', '.join(COREFS)}"
    )

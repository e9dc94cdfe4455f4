"""Resolvers behind one protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.errors import MissingModel

if TYPE_CHECKING:
    from quotes.speakers.resolver import Resolver

RESOLVERS = ("rules", "learned")
DEFAULT_RESOLVER = "learned"

__all__ = ["DEFAULT_RESOLVER", "RESOLVERS", "load_resolver"]


def load_resolver(name: str) -> Resolver:
    """Return the resolver of this name; raises ModelError where it is unknown or damaged."""
    if name == "rules":
        from quotes.speakers.rules import RuleResolver

        return RuleResolver()
    if name == "learned":
        from quotes.speakers.learned import LearnedResolver

        return LearnedResolver()
    raise MissingModel(
        f"no resolver is called {name!r}", hint=f"choose from: {', '.join(RESOLVERS)}"
    )

"""Chains from elsewhere as evidence: whom a pronoun means because both stand in one chain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Doc

    from quotes.speakers.candidates import Candidate


class ChainMention(Protocol):
    """A mention by the token that it turns on."""

    @property
    def head(self) -> int: ...


class ChainSource(Protocol):
    """Finds chains of mentions in a parsed text."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def models(self) -> Mapping[str, str]: ...

    def chains(self, doc: Doc) -> Sequence[Sequence[ChainMention]]: ...


class ChainEvidence:
    """Chooses the one candidate whose name stands in the pronoun's chain; `name` says whose it is.

    It knows no probability. Where the chain has no candidate's name, or several, it leaves the
    choice to others.
    """

    def __init__(self, name: str, chains: Iterable[Sequence[ChainMention]]) -> None:
        self._name = name
        self._chain = {
            mention.head: {other.head for other in chain} for chain in chains for mention in chain
        }

    def choose(self, index: int, candidates: Sequence[Candidate], /) -> Candidate | None:
        """Return the candidate for the pronoun at a token."""
        chain = self._chain.get(index)
        if chain is None:
            return None
        near = [candidate for candidate in candidates if _is_named(candidate, chain)]
        if len(near) != 1:
            return None
        return replace(near[0], shown=replace(near[0].shown, by=self._name))


def _is_named(candidate: Candidate, chain: set[int]) -> bool:
    return any(
        index in chain
        for mention in candidate.entity.mentions
        for index in range(mention.first, mention.last)
    )

"""The default resolver: rules, and a learned ranker where a pronoun may mean several people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.speakers.given import digests
from quotes.speakers.ranker import WEIGHTS, shipped_ranker
from quotes.speakers.rules import RuleResolver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.speakers.chained import ChainSource


class LearnedResolver(RuleResolver):
    """Resolves with the ranker that comes with the package; raises CorruptModel if damaged."""

    version = "4"
    _rules = "learned"

    def __init__(self, *, coref: ChainSource | None = None) -> None:
        super().__init__(ranker=shipped_ranker(), coref=coref)

    @property
    def models(self) -> Mapping[str, str]:
        return {**super().models, WEIGHTS: shipped_ranker().digest, **digests()}

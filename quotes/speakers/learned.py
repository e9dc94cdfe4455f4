"""The default resolver: rules, and a learned ranker where a pronoun may mean several people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.speakers.ranker import WEIGHTS, shipped_ranker
from quotes.speakers.rules import RuleResolver

if TYPE_CHECKING:
    from collections.abc import Mapping


class LearnedResolver(RuleResolver):
    """Resolves with the ranker that comes with the package; raises CorruptModel if damaged."""

    name = "learned"
    version = "2"

    def __init__(self) -> None:
        super().__init__(ranker=shipped_ranker())

    @property
    def models(self) -> Mapping[str, str]:
        return {WEIGHTS: shipped_ranker().digest}

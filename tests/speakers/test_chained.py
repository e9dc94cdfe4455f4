"""Chains from elsewhere that decide what a pronoun means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from quotes.quotation import Kind, Quotation
from quotes.speakers.chained import ChainEvidence
from quotes.speakers.learned import LearnedResolver
from quotes.speakers.rules import RuleResolver
from tests.speakers.conftest import find

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from quotes.nlp.parser import Parser
    from quotes.quotation import Attribution

pytestmark = pytest.mark.model

TEXT = "Tamsin Orde met Ida Toller on Monday. She said the hives were full."


@dataclass(frozen=True)
class Head:
    head: int


@dataclass
class Chains:
    """Gives one chain: the tokens that begin some words of the text."""

    words: Sequence[str]
    name: str = "given"
    version: str = "1"
    models: Mapping[str, str] = field(default_factory=lambda: {"given-coref": "sha256:0"})

    def chains(self, doc: Doc) -> list[list[Head]]:
        starts = {doc.text.index(word) for word in self.words}
        return [[Head(token.i) for token in doc if token.idx in starts]]


def speaker(parser: Parser, resolver: RuleResolver) -> Attribution | None:
    quotation = Quotation(
        kind=Kind.INDIRECT,
        content=(find(TEXT, "the hives were full"),),
        source=(find(TEXT, "She"),),
        cue=(find(TEXT, "said"),),
    )
    (found,) = resolver.resolve(parser.parse(TEXT), [quotation])
    return found.attribution


@pytest.mark.parametrize("resolver", [RuleResolver, LearnedResolver])
@pytest.mark.parametrize(
    ("name", "word"), [("Tamsin Orde", "Tamsin"), ("Ida Toller", "Toller"), ("Ida Toller", "Ida")]
)
def test_the_name_in_the_pronouns_chain_is_taken(
    parser: Parser, resolver: type[RuleResolver], name: str, word: str
) -> None:
    found = speaker(parser, resolver(coref=Chains([word, "She"])))
    assert found is not None
    assert (found.name, found.method) == (name, "given-coreference")
    assert [(step.text, step.relation) for step in found.evidence] == [
        ("She", "source"),
        (name, "given"),
    ]
    # What the ranker would have said of somebody is not said of a chain.
    assert found.confidence is None


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["Tamsin", "Toller"], id="without the pronoun"),
        pytest.param(["Tamsin", "Toller", "She"], id="of two names"),
        pytest.param(["Monday", "She"], id="without a name"),
    ],
)
def test_another_chain_leaves_it_to_the_resolver(parser: Parser, words: list[str]) -> None:
    assert speaker(parser, LearnedResolver(coref=Chains(words))) == speaker(
        parser, LearnedResolver()
    )


def test_a_run_tells_whose_chains_it_took() -> None:
    assert RuleResolver().name == "rules"
    resolver = LearnedResolver(coref=Chains([]))
    assert resolver.name == "learned+given-coref"
    assert {"given-coref", "ranker.json"} <= resolver.models.keys()


def test_no_chain_chooses_nobody() -> None:
    assert ChainEvidence("given", []).choose(3, []) is None

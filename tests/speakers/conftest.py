"""A parser for the whole session, and quotations made from the words they stand on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from quotes.quotation import Attribution, Kind, Quotation
from quotes.spans import Span
from quotes.speakers.learned import LearnedResolver
from quotes.speakers.rules import RuleResolver

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser

Resolve = Callable[..., list[Attribution | None]]


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The real model, loaded once."""
    from quotes.nlp import load_parser

    return load_parser("spacy")


def find(text: str, words: str) -> Span:
    """Return where the words stand; `words` may say "he@2" for the second "he"."""
    words, _, ordinal = words.partition("@")
    start = -1
    for _ in range(int(ordinal or 1)):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


@pytest.fixture(scope="session", params=[RuleResolver, LearnedResolver])
def resolve(parser: Parser, request: pytest.FixtureRequest) -> Resolve:
    """Resolve quotations given as words of the text: source or None, content, perhaps cue.

    With either resolver: what the rules are sure of, the ranker must not lose.
    """
    resolver = request.param()

    def run(text: str, *told: tuple[str | None, ...]) -> list[Attribution | None]:
        quotations = []
        for source, content, *cue in told:
            assert content is not None
            span = find(text, content)
            words = text[span.start : span.end]
            quotations.append(
                Quotation(
                    kind=Kind.DIRECT if words[0] in '“"' or words[-1] == "!" else Kind.INDIRECT,
                    content=(span,),
                    source=(find(text, source),) if source else (),
                    cue=tuple(find(text, words) for words in cue if words),
                )
            )
        resolved = resolver.resolve(parser.parse(text), quotations)
        for quotation in resolved:
            for step in quotation.attribution.evidence if quotation.attribution else ():
                assert text[step.start : step.end] == step.text
        return [quotation.attribution for quotation in resolved]

    return run

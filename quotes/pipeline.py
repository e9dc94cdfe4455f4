"""Text in, quotations out: the whole way of one document, readable on one screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quotes.extraction.extractor import Extractor
    from quotes.nlp.parser import Parser
    from quotes.quotation import Notice, Quotation
    from quotes.speakers.resolver import Resolver


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the pipeline found in one text."""

    text: str
    quotations: tuple[Quotation, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """A parser, an extractor and a resolver, in this order."""

    parser: Parser
    extractor: Extractor
    resolver: Resolver

    @property
    def name(self) -> str:
        """The names of the three parts."""
        return f"{self.parser.name}+{self.extractor.name}+{self.resolver.name}"

    @property
    def version(self) -> str:
        """This program's version and those of the parts."""
        parts = (self.parser.version, self.extractor.version, self.resolver.version)
        return f"{quotes.__version__} ({', '.join(parts)})"

    @property
    def models(self) -> Mapping[str, str]:
        """Each model with the hash of its files."""
        return {**self.parser.models, **self.extractor.models, **self.resolver.models}

    def run(self, texts: Iterable[str]) -> Iterator[Result]:
        """Yield a result for each text, in order; raises OffsetError where a span does not fit."""
        for doc in self.parser.pipe(texts):
            extraction = self.extractor.extract(doc)
            quotations = self.resolver.resolve(doc, extraction.quotations)
            for quotation in quotations:
                quotation.check(doc.text)
            yield Result(text=doc.text, quotations=quotations, notices=extraction.notices)


@lru_cache(maxsize=2)
def load(parser: str = "spacy") -> Pipeline:
    """Load the default pipeline; raises MissingModel where its parser is not installed."""
    from quotes.extraction.rules import RuleExtractor
    from quotes.nlp import load_parser
    from quotes.speakers.rules import RuleResolver

    return Pipeline(parser=load_parser(parser), extractor=RuleExtractor(), resolver=RuleResolver())


def extract(text: str) -> list[Quotation]:
    """Return the quotations of one text, in the order they stand."""
    (result,) = load().run([text])
    return list(result.quotations)

"""Text in, quotations out: the whole way of one document, readable on one screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import quotes
from quotes.errors import OffsetError
from quotes.extraction import DEFAULT_EXTRACTOR
from quotes.nlp import DEFAULT_PARSER
from quotes.quotation import Notice
from quotes.speakers import DEFAULT_COREF, DEFAULT_RESOLVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quotes.extraction.extractor import Extractor
    from quotes.nlp.parser import Parser
    from quotes.quotation import Quotation
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
        """Yield a result for each text, in order.

        A quotation whose spans do not fit is left out with a notice: it takes no other along.
        """
        for doc in self.parser.pipe(texts):
            extraction = self.extractor.extract(doc)
            found, odd = _checked(extraction.quotations, doc.text)
            resolved, odder = _checked(self.resolver.resolve(doc, found), doc.text)
            notices = (*extraction.notices, *odd, *odder)
            yield Result(text=doc.text, quotations=resolved, notices=notices)

    def read(self, text: str) -> Result:
        """Return what one text holds, and keep none of its words: memory stays as it was.

        Its quotations are the same to the bit in whatever company texts are read.
        """
        with self.parser.zone():
            (result,) = self.run([text])
        return result


def _checked(
    quotations: Sequence[Quotation], text: str
) -> tuple[tuple[Quotation, ...], list[Notice]]:
    """Return the quotations that fit the text, and a notice for each of the others."""
    sound, notices = [], []
    for quotation in quotations:
        try:
            quotation.check(text)
        except OffsetError as error:
            start = min((span.start for span in quotation.content), default=0)
            message = f"a quotation is left out here, for its spans do not fit: {error}"
            notices.append(Notice(message=message, start=min(start, len(text))))
        else:
            sound.append(quotation)
    return tuple(sound), notices


def load(
    parser: str = DEFAULT_PARSER,
    *,
    extractor: str = DEFAULT_EXTRACTOR,
    resolver: str = DEFAULT_RESOLVER,
    coref: str = DEFAULT_COREF,
) -> Pipeline:
    """Load a pipeline, once; raises ModelError where one of its parts cannot be had.

    `parser` is `spacy` or `stanza`; `extractor` and `resolver` are `rules` or `learned`; `coref` is
    `none` or `stanza`, whose chains the resolver then takes as evidence. Pipelines with one parser
    share its model.
    """
    return _load(parser, extractor, resolver, coref)


@lru_cache(maxsize=4)
def _load(parser: str, extractor: str, resolver: str, coref: str) -> Pipeline:
    from quotes.extraction import load_extractor
    from quotes.speakers import load_resolver

    return Pipeline(
        parser=_load_parser(parser),
        extractor=load_extractor(extractor),
        resolver=load_resolver(resolver, coref=coref),
    )


@lru_cache(maxsize=2)
def _load_parser(name: str) -> Parser:
    from quotes.nlp import load_parser

    return load_parser(name)


def extract(text: str, *, extractor: str = DEFAULT_EXTRACTOR) -> list[Quotation]:
    """Return the quotations of one text, in the order they stand."""
    (result,) = load(extractor=extractor).run([text])
    return list(result.quotations)

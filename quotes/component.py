"""`nlp.add_pipe("quotes")`: the extractor and the resolver as a spaCy pipeline component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from quotes.extraction import DEFAULT_EXTRACTOR, load_extractor
from quotes.speakers import DEFAULT_RESOLVER, load_resolver

if TYPE_CHECKING:
    from quotes.extraction.extractor import Extractor
    from quotes.speakers.resolver import Resolver


class QuotesComponent:
    """Sets `doc._.quotations`, a list of Quotation, from a parse of the pipeline before it."""

    def __init__(self, extractor: Extractor, resolver: Resolver) -> None:
        self._extractor = extractor
        self._resolver = resolver

    def __call__(self, doc: Doc) -> Doc:
        found = self._extractor.extract(doc).quotations
        doc._.quotations = list(self._resolver.resolve(doc, found))
        return doc


@Language.factory(
    "quotes",
    assigns=["doc._.quotations"],
    requires=["token.dep", "token.lemma"],
    default_config={"extractor": DEFAULT_EXTRACTOR, "resolver": DEFAULT_RESOLVER},
)
def make_component(nlp: Language, name: str, extractor: str, resolver: str) -> QuotesComponent:
    """Make the component; spaCy calls this for `nlp.add_pipe("quotes")`.

    `extractor` and `resolver` are `rules` or `learned`. Raises ModelError where one cannot be had.
    """
    # spaCy loads this module with every pipeline, so what is heavy waits until it is asked for.
    if not Doc.has_extension("quotations"):
        Doc.set_extension("quotations", default=[])
    return QuotesComponent(load_extractor(extractor), load_resolver(resolver))

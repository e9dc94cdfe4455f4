"""What every extractor does, by rules or by a model: a parsed text in, quotations out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

    from quotes.quotation import Notice, Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The quotations of one text in the order of their hulls, and what was odd in it."""

    quotations: tuple[Quotation, ...]
    notices: tuple[Notice, ...] = ()


class Extractor(Protocol):
    """Finds content, cue, source and addressee spans; knows nothing of speakers behind them."""

    name: str
    version: str

    @property
    def models(self) -> Mapping[str, str]: ...

    def extract(self, doc: Doc) -> Extraction:
        """Return every quotation in the text, nested ones included."""
        ...

"""What every resolver does: it leads each source mention to the speaker behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from quotes.quotation import Quotation


class Resolver(Protocol):
    """Gives each quotation its attribution, or leaves it None where the text does not tell."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def models(self) -> Mapping[str, str]: ...

    def resolve(self, doc: Doc, quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
        """Return the same quotations, in the same order, with `attribution` set."""
        ...

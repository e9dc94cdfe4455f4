"""What every export format does: stored quotations in, text out, piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.store.values import StoredQuotation

#: Gives a version's text by its id.
Passages = Callable[[int], str]


class Exporter(Protocol):
    """Turns quotations into the text of one file."""

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[str]:
        """Yield the file's text piece by piece, line ends included."""
        ...

"""Find what stands near some spans without looking at all of a long text's."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.spans import Span

# Spans that share no such stretch of text, in code points, cannot overlap.
_STRETCH = 512

Item = TypeVar("Item")


class Places(Generic[Item]):
    """Items by the stretches of text that their spans lie in."""

    def __init__(self) -> None:
        self._items: dict[int, list[tuple[Span, Item]]] = defaultdict(list)

    def add(self, spans: Iterable[Span], item: Item) -> None:
        """Remember an item under each of its spans."""
        for span in spans:
            for stretch in _stretches(span):
                self._items[stretch].append((span, item))

    def meeting(self, spans: Iterable[Span]) -> Iterator[Item]:
        """Yield the items of which a span overlaps one of these, perhaps several times."""
        for span in spans:
            for stretch in _stretches(span):
                for theirs, item in self._items.get(stretch, ()):
                    if theirs.overlaps(span):
                        yield item

    def meets(self, spans: Iterable[Span]) -> bool:
        """Tell whether any item has a span that overlaps one of these."""
        return next(self.meeting(spans), None) is not None


def _stretches(span: Span) -> range:
    return range(span.start // _STRETCH, span.end // _STRETCH + 1)

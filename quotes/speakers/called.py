"""Bodies by the noun that ends their name: which of them "the board" may take up."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.kinds import Kinds
    from quotes.speakers.layout import Layout


class _Named(NamedTuple):
    """Bodies of one noun by their first mention, and all their mentions, both with tokens."""

    begins: list[int]
    bodies: list[Entity]
    places: list[int]
    named: list[Entity]


class Called:
    """The bodies of a document by noun, looked up by place instead of one after the other."""

    def __init__(self, layout: Layout, entities: Entities, kinds: Kinds) -> None:
        self._layout = layout
        self._entities = entities
        self._kinds = kinds
        self._by_noun: dict[str, _Named] = {}

    def before(self, noun: str, head: int) -> int:
        """Return how many bodies of that noun are named before a token."""
        return bisect_left(self._of(noun).begins, head)

    def first(self, noun: str) -> list[Entity]:
        """Return the body of that noun that is named first."""
        return self._of(noun).bodies[:1]

    def near(self, noun: str, head: int, *, within: int) -> list[Entity]:
        """Return the bodies of that noun named in so many sentences before a token's."""
        known = self._of(noun)
        found: dict[Entity, None] = {}
        for step in range(bisect_left(known.places, head) - 1, -1, -1):
            if self._layout.sentence[head] - self._layout.sentence[known.places[step]] > within:
                break
            found[known.named[step]] = None
        return list(found)

    def _of(self, noun: str) -> _Named:
        if noun not in self._by_noun:
            called = (*self._entities.bodies_called(noun), *self._kinds.called(noun))
            bodies = list(dict.fromkeys(called))
            places = sorted(
                (mention.first, number)
                for number, entity in enumerate(bodies)
                for mention in entity.mentions
            )
            first: dict[int, int] = {}
            for place, number in places:
                first.setdefault(number, place)
            self._by_noun[noun] = _Named(
                list(first.values()),
                [bodies[number] for number in first],
                [place for place, _ in places],
                [bodies[number] for _, number in places],
            )
        return self._by_noun[noun]

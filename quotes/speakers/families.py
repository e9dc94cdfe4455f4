"""Families by their name in the plural: "the Marshes" are those who bear the surname."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.names import fold, parse_name

if TYPE_CHECKING:
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

_FORMER: Final = frozenset({"ex-wife", "ex-husband"})
_SPOUSES: Final = frozenset({"wife", "husband", "spouse"})
_ENDED: Final = frozenset({"former", "ex", "late", "first", "estranged"})


class Families:
    """Finds the people who bear a surname that the text puts in the plural."""

    def __init__(self, layout: Layout, entities: Entities) -> None:
        self._layout = layout
        self._entities = entities

    def bearers(self, head: int) -> list[Mention]:
        """Return the family of "the Marshes", each by a name; none where fewer than two are named.

        A former wife is of the family no more.
        """
        token = self._layout.doc[head]
        if self._layout.word(head - 1) != "the" or not token.text[:1].isupper():
            return []
        surname = fold(token.text)
        if not surname.endswith("s"):
            return []
        forms = {surname[:-1], surname[:-2] if surname.endswith("es") else surname[:-1]}
        own = self._entities.named_at(head)
        found = [
            entity
            for entity in self._entities.all
            if entity is not own and self._bears(entity, forms) and not _has_left(entity)
        ]
        full = [entity for entity in found if not entity.is_open]
        if len(full) < 2:
            return []
        full.sort(key=lambda entity: min(mention.first for mention in entity.mentions))
        return [self._entities.name_of(entity) for entity in full]

    def _bears(self, entity: Entity, forms: set[str]) -> bool:
        if entity.kind is not SpeakerKind.PERSON:
            return False
        parts = parse_name(self._entities.name_of(entity).name).parts
        return bool(parts) and fold(parts[-1].text) in forms


def _has_left(entity: Entity) -> bool:
    return any(
        found.head in _FORMER or (found.head in _SPOUSES and found.modifiers & _ENDED)
        for found in entity.descriptors
    )

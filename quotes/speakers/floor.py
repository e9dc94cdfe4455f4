"""Who has the floor: the last source of a quotation, until somebody else becomes the subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from collections.abc import Container

    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention


def can_be_he_or_she(entity: Entity) -> bool:
    """Tell whether a singular pronoun can mean an entity."""
    return entity.kind is SpeakerKind.PERSON or (
        entity.kind is SpeakerKind.UNNAMED and not entity.is_thing
    )


class Floor:
    """Keeps the last speaker while a text is walked; `sources` are the heads of sources."""

    def __init__(self, layout: Layout, sources: Container[int]) -> None:
        self._layout = layout
        self._sources = sources
        self._last: tuple[int, Entity] | None = None
        self._spoke_in = -1
        # Whether no other person has been named since.
        self.is_alone = True

    def give(self, first: int, last: int, entity: Entity) -> None:
        """Note a person who is referred to at tokens `[first, last)`, if that is a source."""
        if can_be_he_or_she(entity) and any(i in self._sources for i in range(first, last)):
            self._last = (self._layout.sentence[first], entity)
            self._spoke_in = self._layout.paragraph[first]
            self.is_alone = True

    def interrupt(self, mention: Mention, entity: Entity) -> None:
        """Forget who spoke last once somebody else becomes the subject."""
        if self._last is None or self._layout.reported[mention.first]:
            return
        if entity.kind is SpeakerKind.PERSON and entity is not self._last[1]:
            self.is_alone = False
            if mention.subject:
                self._last = None

    def clear(self) -> None:
        """Forget who spoke last."""
        self._last = None

    def speaker(self, index: int, *, within: int, quoted: bool = False) -> Entity | None:
        """Return the last speaker, not more than so many sentences before a token.

        Sentences inside marks count only if `quoted`.
        """
        if self._last is None:
            return None
        sentence, entity = self._last
        here = self._layout.sentence[index]
        apart = here - sentence if quoted else self._layout.apart(sentence, here)
        return entity if apart <= within else None

    def still_speaks(self, index: int) -> bool:
        """Tell whether the last speaker spoke in this paragraph, or just before and alone since."""
        apart = self._layout.paragraph[index] - self._spoke_in
        return apart == 0 or (apart == 1 and self.is_alone)

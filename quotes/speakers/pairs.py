"""Those whom "the two", "both leaders" or "the pair" take up: named together, or who met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import NUMBERS, are_people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.speakers.coreference import Coreference
    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

_ALONE: Final = (["both"], ["each"])
_DEFINITE: Final = frozenset({"the", "both", "these", "those", "all"})
_OF_THEM: Final = frozenset({"of", "them", "whom"})
# What those whom a text is about may be called by, and how much more it speaks of them.
_CONTENDERS: Final = frozenset(
    {"candidate", "contender", "rival", "man", "woman", "leader", "nominee", "hopeful", "opponent"}
)
_GENDERS: Final = {"man": "masculine", "woman": "feminine"}
_OFTEN: Final = 3
_FAR_MORE: Final = 1.5
_UNEQUAL: Final = 3
# How many sentences back a list of names is taken up, and people who met.
_LISTED: Final = 3
_MET: Final = 1


class Pairs:
    """Finds the people whom a number takes up; `joined` are those named side by side."""

    def __init__(
        self, layout: Layout, coreference: Coreference, joined: Mapping[int, Sequence[Mention]]
    ) -> None:
        self._layout = layout
        self._coreference = coreference
        self._joined = joined

    def counted(self, head: int, first: int, last: int) -> list[Mention]:
        """Return the people that "the two leaders" in `[first, last)` are; none where unsure."""
        number = self._number(head, first, last)
        return self._named(head, number) if number else []

    def met(self, head: int) -> list[Mention]:
        """Return the two people, and no others, whom the sentence before speaks of."""
        return self._near(head, 2)

    def prominent(self, head: int) -> list[Mention]:
        """Return the two people whom the text speaks of far more than of any other."""
        bare = self._layout.word(head) in {"two", "both"}
        if lemma_of(self._layout.doc[head]) not in _CONTENDERS and not bare:
            return []
        gender = _GENDERS.get(lemma_of(self._layout.doc[head]), "")
        entities = self._coreference.entities
        people = [
            entity
            for entity in entities.all
            if entity.kind is SpeakerKind.PERSON and not entity.is_open and entity.mentions
        ]
        if gender:
            people = [entity for entity in people if entity.gender == gender]
        people.sort(key=lambda entity: -len(entity.mentions))
        most, second, third = ([len(entity.mentions) for entity in people] + [0, 0, 0])[:3]
        if second < max(_OFTEN, _FAR_MORE * third) or most > _UNEQUAL * second:
            return []
        if any(entities.last_before(entity, head).first > head for entity in people[:2]):
            return []
        return [entities.last_before(entity, head) for entity in people[:2]]

    def _number(self, head: int, first: int, last: int) -> int:
        """Return how many people a definite phrase counts; 0 where it says more than a number."""
        words = [self._layout.word(i) for i in range(first, last) if self._layout.word(i) != ","]
        number = next((NUMBERS[word] for word in words if word in NUMBERS), 0)
        bare = words in _ALONE or (words and words[0] in _DEFINITE)
        if not number or not bare:
            return 0
        rest = [i for i in range(first, last) if self._layout.word(i) not in _DEFINITE | _OF_THEM]
        others = [i for i in rest if self._layout.word(i) not in NUMBERS]
        if len(others) > 1 or (others and others[0] != head):
            return 0
        people = all(are_people(lemma_of(self._layout.doc[i])) for i in others)
        return number if people else 0

    def _named(self, head: int, number: int) -> list[Mention]:
        sentence = self._layout.sentence[head]
        for first in sorted((f for f in self._joined if f < head), reverse=True):
            if sentence - self._layout.sentence[first] > _LISTED:
                break
            if len(self._joined[first]) == number:
                return list(self._joined[first])
        return self._near(head, number)

    def _near(self, head: int, number: int) -> list[Mention]:
        """Return the people of the sentence before, if there are just so many, each by a name."""
        sentence = self._layout.sentence[head]
        found: dict[Entity, int] = {}
        for reference in self._coreference.before(head):
            back = sentence - reference.sentence
            if back > _MET:
                break
            entity = reference.entity
            if back and entity.kind is SpeakerKind.PERSON and not reference.quoted:
                if reference.modifier:
                    return []
                found.setdefault(entity, reference.index)
        if len(found) != number or not all(entity.mentions for entity in found):
            return []
        people = sorted(found, key=lambda entity: found[entity])
        return [self._coreference.entities.last_before(entity, head) for entity in people]

"""People counted together: "the two", "both women", "the couple", "all three candidates"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import FEMININE, MASCULINE, are_people, is_person_noun
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.speakers.coreference import Coreference
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout
    from quotes.speakers.mentions import Mention

_NUMBERS: Final = {"two": 2, "both": 2, "neither": 2, "pair": 2, "couple": 2, "duo": 2} | {
    "three": 3,
    "trio": 3,
    "four": 4,
    "five": 5,
}
_ALONE: Final = words("two both neither pair couple duo three trio four")
_BEFORE: Final = words("the these those both all neither of")
# A list of people further off than so many sentences is no longer at hand.
_REACH: Final = 6
_PARAGRAPHS: Final = 1
_FURTHER: Final = 4
_PAIR: Final = 2
_LONGEST: Final = 6


class Counted:
    """Finds the people named before whom a number takes up."""

    def __init__(
        self,
        layout: Layout,
        entities: Entities,
        coreference: Coreference,
        together: Mapping[int, Sequence[Mention]],
    ) -> None:
        self._layout = layout
        self._entities = entities
        self._coreference = coreference
        self._together = together

    def people(self, first: int, last: int, head: int) -> list[Mention]:
        """Return the last names of the people whom the words `[first, last)` count; else none."""
        count = self._count(first, last, head)
        if not count:
            return []
        gender = self._gender(head)
        listed = self._listed(head, count, gender)
        found = listed or self._near(head, count, gender)
        return [self._entities.last_before(entity, head) for entity in found]

    def _count(self, first: int, last: int, head: int) -> int:
        """Return how many people the words mean; 0 where they count nobody known."""
        if head - first > _LONGEST or last - first > _LONGEST:
            return 0
        told = [self._layout.word(index) for index in range(first, head + 1)]
        numbers = [_NUMBERS[word] for word in told if word in _NUMBERS]
        if len(numbers) != 1:
            return 0
        if any(word not in _NUMBERS and word not in _BEFORE for word in told[:-1]):
            return 0
        definite = told[0] in _BEFORE or told[0] in {"both", "neither"}
        if not definite or self._layout.word(head + 1) in {"of", "from"}:
            return 0
        lemma = lemma_of(self._layout.doc[head])
        is_people = are_people(lemma) or is_person_noun(lemma)
        return numbers[0] if told[-1] in _ALONE or is_people else 0

    def _gender(self, head: int) -> str:
        lemma = lemma_of(self._layout.doc[head])
        if lemma in FEMININE:
            return "feminine"
        return "masculine" if lemma in MASCULINE else ""

    def _listed(self, head: int, count: int, gender: str) -> list[Entity]:
        """Return those whom the text last named side by side, if they are as many."""
        sentence = self._layout.sentence[head]
        for first in sorted(self._together, reverse=True):
            if first >= head:
                continue
            if sentence - self._layout.sentence[first] > _REACH:
                break
            found = [self._entities.of[mention] for mention in self._together[first]]
            if len(found) == count and all(
                one.gender in {"", gender or one.gender} for one in found
            ):
                return found
        return []

    def _near(self, head: int, count: int, gender: str) -> list[Entity]:
        """Return the two people referred to in this paragraph and the one before.

        "Both women" may stand further off from the only two.
        """
        if count != _PAIR:
            return []
        paragraph = self._layout.paragraph[head]
        near: dict[Entity, None] = {}
        for reference in self._coreference.before(head):
            apart = paragraph - self._layout.paragraph[reference.index]
            if apart > (_FURTHER if gender else _PARAGRAPHS):
                break
            entity = reference.entity
            known = entity.kind is SpeakerKind.PERSON and entity.mentions and not entity.is_open
            if known and (not gender or entity.gender == gender):
                near[entity] = None
        return list(reversed(near)) if len(near) == count else []

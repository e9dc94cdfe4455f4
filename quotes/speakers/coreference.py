"""One walk over a document: what each pronoun and each definite description takes up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.nominals import Nominal, Nominals
from quotes.speakers.nouns import FEMININE_PRONOUNS, MASCULINE_PRONOUNS, is_person_noun
from quotes.speakers.pronouns import Reference, antecedent

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quotes.speakers.descriptors import Descriptor
    from quotes.speakers.entities import Entities, Entity
    from quotes.speakers.layout import Layout

_SINGULAR: Final = FEMININE_PRONOUNS | MASCULINE_PRONOUNS
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


class Coreference:
    """References in the order they stand; pronouns and descriptions with what they take up.

    `sources` are the indexes of the tokens that quotations' source mentions turn on.
    """

    def __init__(self, layout: Layout, entities: Entities, sources: set[int]) -> None:
        self.layout = layout
        self.entities = entities
        self.history: list[Reference] = []
        self.pronouns: dict[int, Reference | None] = {}
        self.descriptions: dict[int, tuple[Entity, Descriptor]] = {}
        self.nominals = Nominals(layout, entities)
        self._sources = sources
        self._last_speaker: tuple[int, Entity] | None = None
        self._walk()

    def _walk(self) -> None:
        starts = {mention.first: mention for mention in self.entities.mentions}
        for token in self.layout.doc:
            mention = starts.get(token.i)
            entity = self.entities.of.get(mention) if mention is not None else None
            if mention is not None and entity is not None:
                self.history.append(
                    Reference(
                        entity,
                        mention.last - 1,
                        mention.start,
                        mention.end,
                        mention.sentence,
                        mention.subject,
                        mention.modifier,
                        mention.quoted,
                    )
                )
                self._spoke(mention.first, mention.last, entity)
            elif token.lower_ in _SINGULAR:
                self._pronoun(token)
            elif token.pos_ == "NOUN" and is_person_noun(token.lemma_.lower()):
                self._description(token)

    def _spoke(self, first: int, last: int, entity: Entity) -> None:
        if entity.kind is SpeakerKind.PERSON and any(
            i in self._sources for i in range(first, last)
        ):
            self._last_speaker = (self.layout.sentence[first], entity)

    def _pronoun(self, token: Token) -> None:
        index = token.i
        if self.layout.quoted[index] and index not in self._sources:
            return
        speaker = None
        if self._last_speaker and self.layout.sentence[index] - self._last_speaker[0] <= 3:
            speaker = self._last_speaker[1]
        found = antecedent(self.layout, self.history, index, last_speaker=speaker)
        self.pronouns[index] = found
        if found is not None:
            self._refer(token, found.entity, (found.start, found.end))
            self._spoke(index, index + 1, found.entity)

    def _description(self, token: Token) -> None:
        nominal = self.nominals.read(token.i)
        found = self.resolve(nominal) if nominal is not None else None
        if found is not None:
            self.descriptions[token.i] = found
            self._refer(token, found[0], (found[1].start, found[1].end))
            self._spoke(token.i, token.i + 1, found[0])

    def resolve(self, nominal: Nominal) -> tuple[Entity, Descriptor] | None:
        """Return the person whom a description means, its owner's name counted in."""
        owner = self.owner(nominal.owner) if nominal.owner is not None else None
        if owner is not None and self.layout.doc[nominal.owner or 0].pos_ == "PRON":
            surname = self.entities.name_of(owner).key.split()[-1:]
            found = self.nominals.resolve(nominal, self.history, owner_words=surname)
            if found is not None:
                return found
        found = self.nominals.resolve(nominal, self.history)
        if found is None or found[0] is owner:
            return None
        # "Her manager" is not the manager whom the text calls somebody else's.
        if owner is not None and found[1].modifiers - nominal.modifiers:
            return None
        return found

    def owner(self, index: int) -> Entity | None:
        """Return the entity that a possessor names or takes up."""
        if self.layout.word(index) in _SINGULAR:
            reference = self.pronouns.get(index)
            return reference.entity if reference is not None else None
        end = self.layout.end(index)
        for reference in reversed(self.history[-12:]):
            if reference.end == end:
                return reference.entity
        return None

    def _refer(self, token: Token, entity: Entity, place: tuple[int, int]) -> None:
        """Note a reference; its evidence is the place that named or described the entity."""
        self.history.append(
            Reference(
                entity,
                token.i,
                *place,
                self.layout.sentence[token.i],
                token.dep_ in _SUBJECTS,
                token.dep_ == "poss",
                bool(self.layout.quoted[token.i]),
                named=False,
            )
        )

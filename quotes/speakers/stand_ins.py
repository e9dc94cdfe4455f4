"""Pronouns as sources: who "he", "I", "they" and "it" are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.authors import Authors
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.evidence import Target, named
from quotes.speakers.neuter import subject_before
from quotes.speakers.nouns import (
    BODIES,
    FEMININE_PRONOUNS,
    FIRST_SINGULAR,
    MASCULINE_PRONOUNS,
    NEUTER_PRONOUNS,
    PLURAL_PRONOUNS,
    WRITINGS,
)
from quotes.speakers.plurals import is_plural, plural_antecedent
from quotes.speakers.pronouns import antecedent
from quotes.speakers.sources import wide_phrase

if TYPE_CHECKING:
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Step
    from quotes.speakers.mention import Mention
    from quotes.speakers.resolution import Resolution
    from quotes.speakers.several import Several
    from quotes.speakers.together import Together

_IN_A_ROW: Final = 4
# So many sentences may stand between "they" and "they" with nobody else in the plural.
_GOING_ON: Final = 5
_SINGULAR: Final = FEMININE_PRONOUNS | MASCULINE_PRONOUNS


def _can_be_it(entity: Entity) -> bool:
    return entity.kind is SpeakerKind.ORGANISATION or entity.is_thing


class StandIns:
    """Leads the pronouns of one resolution to those they stand for."""

    def __init__(
        self,
        whole: Resolution,
        together: Together,
        several: Several,
    ) -> None:
        self._whole = whole
        self._layout = whole.layout
        self._entities = whole.entities
        self._coreference = whole.coreference
        self._sources = whole.coreference.sources
        self._together = together
        self._several = several
        self._theys: list[tuple[int, list[Mention]]] = []
        self._authors = Authors(whole.layout, whole.entities)

    def resolve(self, head: int, steps: tuple[Step, ...]) -> Target | None:
        """Return whom a personal pronoun stands for; None where the text does not tell."""
        word = self._layout.word(head)
        if word in _SINGULAR:
            reference = self._coreference.pronouns.get(head)
            return self._whole.taken_up(reference, steps) if reference is not None else None
        if word in FIRST_SINGULAR and not self._layout.quoted[head]:
            author = self._authors.of(self._layout.offsets[head])
            entity = self._entities.of.get(author) if author is not None else None
            if author is None or entity is None:
                return None
            return self._whole.led_to(
                entity, (*steps, (author.start, author.end, "author")), "author"
            )
        if word in PLURAL_PRONOUNS:
            return self._they(head, steps)
        if word in NEUTER_PRONOUNS:
            taken_up = self._it(head, steps)
            if taken_up is not None:
                return taken_up
            before = list(self._coreference.before(head))[::-1]
            found = antecedent(self._layout, before, head, fits=_can_be_it)
            if found is None or self._layout.sentence[head] - found.sentence > 2:
                return None
            taken = (found.start, found.end, "pronoun")
            return self._whole.led_to(found.entity, (*steps, taken), "coreference")
        return None

    def _it(self, head: int, steps: tuple[Step, ...]) -> Target | None:
        """Let "it" take up the body or the document that the sentence before was about."""
        for _ in range(_IN_A_ROW):
            subject = subject_before(self._layout, head, self._sources)
            if subject is None or self._layout.word(subject) != "it":
                break
            head = subject
        if subject is None:
            return None
        mention = self._entities.at_token(subject)
        begin, end = wide_phrase(self._layout, subject)
        if mention is not None:
            entity = self._entities.of.get(mention)
            if entity is None or not _can_be_it(entity):
                return None
            place = (mention.start, mention.end, "pronoun")
            return named(self._entities, entity, (*steps, place), "coreference")
        token = self._layout.doc[subject]
        if is_plural(self._layout, subject) or lemma_of(token) not in BODIES | WRITINGS:
            return None
        place = (self._layout.offsets[begin], self._layout.end(end - 1), "pronoun")
        found = self._whole.noun(subject, begin, end, (*steps, place))
        return replace(found, method="coreference") if found is not None else None

    def _still_they(self, head: int) -> list[Mention]:
        """Return whom the last "they" meant, where it spoke just before."""
        if not self._theys:
            return []
        before, people = self._theys[-1]
        layout = self._layout
        near = (
            before < head
            and layout.apart(layout.sentence[before], layout.sentence[head]) <= _GOING_ON
        )
        return people if near else []

    def _they(self, head: int, steps: tuple[Step, ...]) -> Target | None:
        together = self._several.joined
        noun = plural_antecedent(self._layout, head, self._sources, together=together)
        if noun is None:
            people = self._several.pairs.met(head) or self._still_they(head)
        else:
            people = list(together.get(noun) or self._several.antecedents(noun))
        if people:
            self._theys.append((head, people))
            return self._together.taken_up(people, steps)
        if noun is None:
            return None
        begin, end = wide_phrase(self._layout, noun)
        phrase = (self._layout.offsets[begin], self._layout.end(end - 1), "pronoun")
        found = self._whole.phrase(noun, begin, end, (*steps, phrase), SpeakerKind.GROUP)
        return replace(found, method="coreference")

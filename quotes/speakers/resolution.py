"""The resolution of one document: each source mention led to a speaker, step by step."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.spans import Span, hull, text_of
from quotes.speakers.abbreviations import find_abbreviations
from quotes.speakers.bodies import Bodies
from quotes.speakers.coreference import Coreference
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.entities import Entities
from quotes.speakers.evidence import Target, described, joined, named
from quotes.speakers.gender import gather_gender
from quotes.speakers.heads import Heads
from quotes.speakers.introduction import Introduction
from quotes.speakers.labels import Labels, is_question_or_answer
from quotes.speakers.layout import Layout
from quotes.speakers.mentions import find_mentions
from quotes.speakers.names import fold, parse_name
from quotes.speakers.nouns import (
    BODIES,
    FEMININE_PRONOUNS,
    MASCULINE_PRONOUNS,
    NO_ONE,
    PARTISANS,
    PERSONAL_PRONOUNS,
    RELATIVE_PRONOUNS,
    SOME_PEOPLE,
    SOMEONE,
)
from quotes.speakers.owners import Owners
from quotes.speakers.plurals import is_plural
from quotes.speakers.relatives import named_before
from quotes.speakers.several import Several
from quotes.speakers.sources import (
    is_label,
    is_missed_name,
    is_nominal,
    phrase_around,
    wide_phrase,
    without_determiner,
)
from quotes.speakers.stand_ins import StandIns
from quotes.speakers.together import Together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from quotes.quotation import Quotation
    from quotes.speakers.chained import ChainEvidence
    from quotes.speakers.coreference import Chooser
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Step
    from quotes.speakers.mention import Mention
    from quotes.speakers.pronouns import Reference

_MANY: Final = 40
_DEFINITE_PLURAL: Final = frozenset({"the", "these", "those", "both"})
_SINGULAR: Final = FEMININE_PRONOUNS | MASCULINE_PRONOUNS
# Names of one word that are no name without another ("the PAC").
_GENERIC: Final = (BODIES | {"pac", "news"}) - {
    "congress",
    "house",
    "senate",
    "parliament",
    "pentagon",
    "kremlin",
}


class Resolution:
    """Leads the source mentions of one document to their speakers."""

    def __init__(
        self,
        doc: Doc,
        quotations: Sequence[Quotation],
        *,
        ranker: Chooser | None = None,
        evidence: ChainEvidence | None = None,
    ) -> None:
        self.layout = Layout(doc, quotations)
        self.entities = Entities(
            self.layout, find_mentions(self.layout), find_abbreviations(self.layout.text)
        )
        gather_gender(self.layout, self.entities)
        self._described = {
            found.token: (mention, found.relation)
            for mention, all_found in self.entities.descriptors.items()
            for found in all_found
        }
        self._heads: dict[Span, int] = {}
        cues: dict[int, str] = {}
        self._find_head = Heads(self.layout, self.entities).of
        sources = (hull(quotation.source) for quotation in quotations if quotation.source)
        labels = [source for source in sources if is_label(self.layout.text, source)]
        self._labels = Labels(self.entities, labels)
        self._sources: dict[int, tuple[int, int]] = {}
        for quotation in quotations:
            for mention in filter(None, (quotation.source, quotation.via)):
                source = hull(mention)
                head = self._find_head(source)
                if head is not None:
                    self._heads[source] = head
                    cues[head] = text_of(self.layout.text, quotation.cue).lower()
                    self._sources[head] = self.layout.tokens_within(source.start, source.end)
        self.coreference = Coreference(
            self.layout, self.entities, self._sources, cues, ranker, evidence
        )
        self._groups: dict[str, list[tuple[int, Target]]] = {}
        self._together = Together(self.layout, self.entities, self.coreference.pronouns)
        self._several_named = Several(self.layout, self.coreference, self._together)
        self._stand_ins = StandIns(self, self._together, self._several_named)
        self._bodies = Bodies(self.layout, self.entities, self.coreference)
        self._owners = Owners(self.layout, self.entities, self.coreference)

    def speaker(self, source: Span) -> Target | None:
        """Return the speaker that a source mention leads to; None where the text does not tell."""
        text = self.layout.text
        step = (source.start, source.end, "source")
        if is_label(text, source):
            target = self._labels.resolve(source)
            if target is not None or is_question_or_answer(text, source):
                return target
        head = self._heads.get(source)
        if head is None:
            return None
        first, last = self.layout.tokens_within(source.start, source.end)
        return self._target(head, first, last, (step,))

    def interviewee(self) -> Entity | None:
        """Return the one person whom the text introduces as somebody it spoke to."""
        return self._labels.interviewee()

    @cached_property
    def answers_speaker(self) -> Target | None:
        """Who gives the answers of an interview without labels; None where the text is unsure."""
        return Introduction(self.layout, self.entities, self.coreference).interviewee()

    def _target(self, head: int, first: int, last: int, steps: tuple[Step, ...]) -> Target | None:
        word = self.layout.word(head)
        token = self.layout.doc[head]
        together = self._together.read(first, last)
        if together is not None:
            # "Neither Marsh nor Roe said": nobody did.
            return self._together.joined(together, steps) if together.by != "nor" else None
        several = self._several(head, first, last, steps)
        if several is not None:
            return several
        owner = self._owners.of_statement(head, first, last)
        if owner is not None and (found := self._owned(owner, steps)) is not None:
            return found
        if word in PERSONAL_PRONOUNS:
            return self._stand_ins.resolve(head, steps)
        if word in NO_ONE:
            return None
        mention = self.entities.at_token(head)
        if mention is not None and head not in self.coreference.descriptions:
            return self._named(mention, head, first, last, steps)
        if word in RELATIVE_PRONOUNS and (token.tag_ != "DT" or last - first == 1):
            noun = named_before(self.layout, self.entities, head)
            if noun is None:
                return None
            if people := self._several_named.behind(head, noun):
                return self._together.taken_up(people, steps)
            noun = self._named_by(noun)
            begin, end = wide_phrase(self.layout, noun)
            phrase = (self.layout.offsets[begin], self.layout.end(end - 1), "relative")
            return self._target(noun, begin, end, (*steps, phrase))
        if word in SOMEONE:
            return self.phrase(head, first, last, steps, SpeakerKind.UNNAMED)
        if word in SOME_PEOPLE:
            return self.phrase(head, first, last, steps, SpeakerKind.GROUP)
        return self.noun(head, first, last, steps)

    def _several(self, head: int, first: int, last: int, steps: tuple[Step, ...]) -> Target | None:
        """Return those who speak together by "both of whom", "and her aides" or "the two"."""
        unnamed = self.entities.at_token(head) is None
        named_from = self._several_named.examples(head, last) if unnamed else None
        if named_from is not None and (shown := self._together.named_among(named_from, last)):
            group = self.phrase(head, first, last, steps, SpeakerKind.GROUP)
            if not all(member.name in group.name for member in shown):
                place = without_determiner(self.layout, first, last)
                group = described(self.layout, head, place, steps, SpeakerKind.GROUP)
            return replace(group, members=shown)
        if self._is_coordinated(head, last):
            group = self.phrase(head, first, last, steps, SpeakerKind.GROUP)
            return replace(group, members=self._together.named_among(first, last))
        people = self._several_named.people(head, first, last, self._groups)
        if not people:
            return None
        return self._together.taken_up(people, steps)

    def _owned(self, owner: tuple[int, int], steps: tuple[Step, ...]) -> Target | None:
        """Return those whose statement speaks, where the text names them or their body."""
        first, last = owner
        start, end = self.layout.offsets[first], self.layout.end(last - 1)
        head = self._find_head(Span(start, end))
        if head is None:
            return None
        return self._target(head, first, last, (*steps, (start, end, "author")))

    def _is_coordinated(self, head: int, last: int) -> bool:
        """Tell whether another nominal is joined to the head by "and" inside the source."""
        token = self.layout.doc[head]
        mention = self.entities.at_token(head)
        after = mention.last if mention is not None else head + 1
        if after < last - 1 and self.layout.word(after) in {"and", "&", "or"}:
            following = self.layout.doc[after + 1 : min(after + 5, last)]
            return any(is_nominal(other) for other in following)
        if mention is not None and self.layout.word(after) == ",":
            return self._is_list(after, last)
        return any(
            child.dep_ == "conj" and is_nominal(child) and head < child.i < last
            for child in token.children
        ) and any(child.dep_ == "cc" for child in token.children)

    def _is_list(self, comma: int, last: int) -> bool:
        """Tell whether "Roe, Marsh and others" goes on with another name and "and"."""
        while self.layout.word(comma) == ",":
            if self.layout.word(comma + 1) == "and":
                return self.layout.word(comma + 2) in {"other", "others"}
            other = self.entities.at_token(comma + 1)
            if other is None or other.last >= last:
                return False
            comma = other.last
        return self.layout.word(comma) in {"and", "&"}

    def _named(
        self, mention: Mention, head: int, first: int, last: int, steps: tuple[Step, ...]
    ) -> Target | None:
        entity = self.entities.of.get(mention)
        if entity is None:
            return None
        token = self.layout.doc[head]
        if entity.kind is SpeakerKind.ORGANISATION:
            plural = token.lower_ in PARTISANS or (
                entity.is_nation and (is_plural(self.layout, head) or self._has_the(mention))
            )
            if plural:
                return self.phrase(head, first, last, steps, SpeakerKind.GROUP)
            if entity.is_nation:
                return self.phrase(head, first, last, steps, SpeakerKind.UNNAMED)
            if mention.key in _GENERIC and entity.mentions[0].key == mention.key:
                return self._bodies.resolve(head, first, last, steps)
        method = self._name_method(mention, entity)
        here = (mention.start, mention.end, "name")
        return named(self.entities, entity, (*steps, here), method)

    def _has_the(self, mention: Mention) -> bool:
        return self.layout.word(mention.first - 1) == "the"

    def _name_method(self, mention: Mention, entity: Entity) -> str:
        if any(fold(short.short) == mention.key for short in entity.shorts):
            return "abbreviation"
        if entity.kind is SpeakerKind.PERSON and not parse_name(mention.name).is_full:
            return "surname"
        return "name"

    def taken_up(self, reference: Reference, steps: tuple[Step, ...]) -> Target | None:
        """Return whom a pronoun stands for that takes up a reference."""
        taken = (reference.start, reference.end, reference.by or "pronoun")
        method = f"{reference.by}-coreference" if reference.by else "coreference"
        target = self.led_to(reference.entity, (*steps, taken), method)
        return replace(target, confidence=reference.chance) if target is not None else None

    def led_to(self, entity: Entity, steps: tuple[Step, ...], method: str) -> Target | None:
        """Return an entity, reached by these steps, by its name or the words that brought it in."""
        if entity.phrase is not None:
            return self._unnamed(entity, steps)
        return named(self.entities, entity, steps, method)

    def _unnamed(self, entity: Entity, steps: tuple[Step, ...]) -> Target | None:
        """Lead on to the words that brought in somebody without a name."""
        if entity.phrase is None:
            return None
        head, first, last = entity.phrase
        phrase = (self.layout.offsets[first], self.layout.end(last - 1), "nominal")
        found = self.phrase(head, first, last, joined((*steps, phrase)), entity.kind)
        return replace(found, method="coreference")

    def noun(self, head: int, first: int, last: int, steps: tuple[Step, ...]) -> Target | None:
        """Return whom a description such as "the mayor" means, or else its own words."""
        token = self.layout.doc[head]
        if head in self._described and not is_plural(self.layout, head):
            mention, relation = self._described[head]
            entity = self.entities.of.get(mention)
            if entity is not None and entity.kind is SpeakerKind.PERSON:
                here = (mention.start, mention.end, relation)
                method = "title" if relation == "title" else "apposition"
                return named(self.entities, entity, (*steps, here), method)
        if head in self.coreference.descriptions:
            entity, found = self.coreference.descriptions[head]
            if found is None:
                return self._unnamed(entity, steps)
            place = (found.start, found.end, found.relation)
            method = "title" if found.relation == "title" else "coreference"
            return named(self.entities, entity, (*steps, place), method)
        if is_missed_name(self.layout, token):
            return self.phrase(head, first, last, steps, SpeakerKind.ORGANISATION)
        if is_plural(self.layout, head):
            return self._group(head, first, last, steps)
        author = self._owners.author(head, first)
        if author is not None:
            reference = (author.start, author.end, "author")
            return self.led_to(author.entity, (*steps, reference), "coreference")
        if lemma_of(token) in BODIES:
            return self._bodies.resolve(head, first, last, steps)
        return self.phrase(head, first, last, steps, SpeakerKind.UNNAMED)

    def _named_by(self, noun: int) -> int:
        """Return the name that "the commissioner, who" is in apposition to, or the noun itself."""
        token = self.layout.doc[noun]
        if token.dep_ != "appos" or self.entities.at_token(noun) is not None:
            return noun
        entity = self.entities.named_at(token.head.i)
        person = entity is not None and entity.kind is SpeakerKind.PERSON
        return int(token.head.i) if person else noun

    def _group(self, head: int, first: int, last: int, steps: tuple[Step, ...]) -> Target:
        """Let "the two officials" be those whom the text brought in as two officials of a kind."""
        found = self.phrase(head, first, last, steps, SpeakerKind.GROUP)
        begin, end = phrase_around(self.layout, head, first, last)
        lemma = lemma_of(self.layout.doc[head])
        if self.layout.word(begin - 1) not in _DEFINITE_PLURAL:
            self._groups.setdefault(lemma, []).append((head, found))
            return found
        if end != head + 1:
            return found
        told = {self.layout.word(index) for index in range(begin, head)}
        fitting = [
            target
            for place, target in self._groups.get(lemma, [])[-_MANY:]
            if place < head and told <= set(target.name.lower().split())
        ]
        if not fitting:
            return found
        start, stop, _ = fitting[-1].steps[0]
        chain = joined((*steps, (start, stop, "nominal")))
        return replace(fitting[-1], steps=chain, method="coreference")

    def phrase(
        self, head: int, first: int, last: int, steps: tuple[Step, ...], kind: SpeakerKind
    ) -> Target:
        """Let the mention's own words stand for a speaker whom nobody names."""
        if kind is SpeakerKind.GROUP and self._is_coordinated(head, last):
            begin, end = without_determiner(self.layout, first, last)
        else:
            begin, end = phrase_around(self.layout, head, first, last)
        found = described(self.layout, head, (begin, end), steps, kind)
        if kind is SpeakerKind.ORGANISATION or (tied := self._owners.tied(begin, end)) is None:
            return found
        return replace(found, name=tied[0], steps=joined((*steps, *tied[1])))

"""The resolution of one document: each source mention led to a speaker, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.spans import hull
from quotes.speakers.abbreviations import find_abbreviations
from quotes.speakers.coreference import Coreference
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.entities import Entities
from quotes.speakers.evidence import Target, joined, named
from quotes.speakers.gender import gather_gender
from quotes.speakers.labels import recurs, resolve_label
from quotes.speakers.layout import Layout
from quotes.speakers.mentions import find_mentions
from quotes.speakers.names import fold, parse_name
from quotes.speakers.nouns import (
    BODIES,
    FEMININE_PRONOUNS,
    MASCULINE_PRONOUNS,
    NEUTER_PRONOUNS,
    NO_ONE,
    PARTISANS,
    PERSONAL_PRONOUNS,
    PLURAL_PRONOUNS,
    RELATIVE_PRONOUNS,
    SOME_PEOPLE,
    SOMEONE,
)
from quotes.speakers.plurals import is_plural, plural_antecedent
from quotes.speakers.pronouns import antecedent
from quotes.speakers.sources import (
    head_of,
    is_label,
    is_missed_name,
    is_nominal,
    noun_behind,
    phrase_around,
    plain,
    wide_phrase,
    without_determiner,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from quotes.quotation import Quotation
    from quotes.spans import Span
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Step
    from quotes.speakers.mentions import Mention

_SINGULAR: Final = FEMININE_PRONOUNS | MASCULINE_PRONOUNS
# Names of one word that are no name without another ("the PAC").
_GENERIC: Final = (BODIES | {"pac", "news"}) - {
    "congress",
    "senate",
    "parliament",
    "pentagon",
    "kremlin",
}


def _can_be_it(entity: Entity) -> bool:
    return entity.kind is SpeakerKind.ORGANISATION or entity.is_thing


class Resolution:
    """Leads the source mentions of one document to their speakers."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation]) -> None:
        self.layout = Layout(doc, quotations)
        self.entities = Entities(
            self.layout, find_mentions(self.layout), find_abbreviations(self.layout.text)
        )
        gather_gender(self.layout, self.entities)
        self._mention_at: dict[int, Mention] = {
            index: mention
            for mention in self.entities.mentions
            for index in range(mention.first, mention.last)
        }
        self._described = {
            found.token: (mention, found.relation)
            for mention, all_found in self.entities.descriptors.items()
            for found in all_found
        }
        self._heads: dict[Span, int] = {}
        self._recurring: dict[str, bool] = {}
        self._bodies: dict[str, dict[str, Target]] = {}
        self._sources: dict[int, tuple[int, int]] = {}
        for quotation in quotations:
            if quotation.source:
                source = hull(quotation.source)
                head = self._head(source)
                if head is not None:
                    self._heads[source] = head
                    self._sources[head] = self.layout.tokens_within(source.start, source.end)
        self.coreference = Coreference(self.layout, self.entities, self._sources)

    def speaker(self, source: Span) -> Target | None:
        """Return the speaker that a source mention leads to; None where the text does not tell."""
        text = self.layout.text
        step = (source.start, source.end, "source")
        if is_label(text, source):
            label = text[source.start : source.end]
            if label not in self._recurring:
                self._recurring[label] = recurs(text, label)
            target = resolve_label(self.entities, text, source, recurring=self._recurring[label])
            if target is not None:
                return target
        head = self._heads.get(source)
        if head is None:
            return None
        first, last = self.layout.tokens_within(source.start, source.end)
        return self._target(head, first, last, (step,))

    def _head(self, source: Span) -> int | None:
        first, last = self.layout.tokens_within(source.start, source.end)
        leading = self._leading_name(first, last)
        if leading is not None:
            return leading
        trailing = self._trailing_name(first, last)
        if trailing is not None:
            return trailing
        plain_end = self._plain_end(first, last)
        if plain_end is not None:
            return plain_end
        return head_of(self.layout, first, last)

    def _trailing_name(self, first: int, last: int) -> int | None:
        """Return the last word of the name that ends a source such as "chief of police Ann Roe"."""
        while last > first and not self.layout.doc[last - 1].text[-1:].isalnum():
            last -= 1
        mention = self._mention_at.get(last - 1)
        if mention is None or mention.last != last or mention.first <= first:
            return None
        entity = self.entities.of.get(mention)
        if entity is None or entity.kind is not SpeakerKind.PERSON:
            return None
        head = head_of(self.layout, first, last)
        if head is not None and head < mention.first and is_plural(self.layout, head):
            return None
        start = mention.title[0] if mention.title else mention.first
        before = self.layout.doc[max(start - 1, first)]
        if start <= first or (before.pos_ in {"NOUN", "PROPN"} and before.tag_ != "NNS"):
            return last - 1
        return None

    def _plain_end(self, first: int, last: int) -> int | None:
        """Return the last word of a short phrase of nothing but nouns and what precedes them."""
        words = self.layout.doc[first:last]
        if not 2 <= len(words) <= 6 or any(
            token.pos_ in {"ADP", "PUNCT", "SCONJ", "CCONJ", "AUX", "PRON", "SPACE", "ADV", "PART"}
            for token in words
        ):
            return None
        middle = words[:-1]
        if any(token.pos_ == "VERB" and not token.text[:1].isupper() for token in middle):
            return None
        return last - 1 if words[-1].is_alpha else None

    def _leading_name(self, first: int, last: int) -> int | None:
        """Return the last word of the name that the source begins with, unless it modifies."""
        while first < last and not self.layout.doc[first].is_alpha:
            first += 1
        if self.layout.word(first) in {"the", "mr.", "ms.", "mrs.", "dr."}:
            first += 1
        mention = self._mention_at.get(first)
        if mention is None:
            following = range(first, min(first + 6, last))
            mention = next(
                (m for i in following if (m := self._mention_at.get(i)) and m.title), None
            )
            if mention is None or mention.title is None or mention.title[0] > first:
                return None
        after = self.layout.token(mention.last)
        if after is None or mention.last >= last:
            return mention.last - 1 if mention.last <= last else None
        if after.text in {",", "(", "of", "who", "--", "—", "–", "["} or after.pos_ in {
            "VERB",
            "AUX",
        }:
            return mention.last - 1
        return None

    def _target(self, head: int, first: int, last: int, steps: tuple[Step, ...]) -> Target | None:
        word = self.layout.word(head)
        token = self.layout.doc[head]
        if self._is_coordinated(head, last):
            return self._phrase(head, first, last, steps, SpeakerKind.GROUP)
        if word in PERSONAL_PRONOUNS:
            return self._pronoun(head, steps)
        if word in NO_ONE:
            return None
        mention = self._mention_at.get(head)
        if mention is not None:
            return self._named(mention, head, first, last, steps)
        if word in RELATIVE_PRONOUNS and (token.tag_ != "DT" or last - first == 1):
            noun = noun_behind(self.layout, head)
            if noun is None:
                return None
            begin, end = wide_phrase(self.layout, noun)
            phrase = (self.layout.offsets[begin], self.layout.end(end - 1), "relative")
            return self._target(noun, begin, end, (*steps, phrase))
        if word in SOMEONE:
            return self._phrase(head, first, last, steps, SpeakerKind.UNNAMED)
        if word in SOME_PEOPLE:
            return self._phrase(head, first, last, steps, SpeakerKind.GROUP)
        return self._noun(head, first, last, steps)

    def _is_coordinated(self, head: int, last: int) -> bool:
        """Tell whether another nominal is joined to the head by "and" inside the source."""
        token = self.layout.doc[head]
        mention = self._mention_at.get(head)
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
            other = self._mention_at.get(comma + 1)
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
                return self._phrase(head, first, last, steps, SpeakerKind.GROUP)
            if entity.is_nation:
                return self._phrase(head, first, last, steps, SpeakerKind.UNNAMED)
            if mention.key in _GENERIC and entity.mentions[0].key == mention.key:
                return self._body(head, first, last, steps)
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

    def _pronoun(self, head: int, steps: tuple[Step, ...]) -> Target | None:
        word = self.layout.word(head)
        if word in _SINGULAR:
            reference = self.coreference.pronouns.get(head)
            if reference is None:
                return None
            taken = (reference.start, reference.end, "pronoun")
            return self._entity(reference.entity, (*steps, taken), "coreference")
        if word in PLURAL_PRONOUNS:
            return self._they(head, steps)
        if word in NEUTER_PRONOUNS:
            found = antecedent(self.layout, self.coreference.history, head, fits=_can_be_it)
            if found is None or self.layout.sentence[head] - found.sentence > 2:
                return None
            taken = (found.start, found.end, "pronoun")
            return self._entity(found.entity, (*steps, taken), "coreference")
        return None

    def _entity(self, entity: Entity, steps: tuple[Step, ...], method: str) -> Target | None:
        if entity.phrase is not None:
            return self._unnamed(entity, steps)
        return named(self.entities, entity, steps, method)

    def _unnamed(self, entity: Entity, steps: tuple[Step, ...]) -> Target | None:
        """Lead on to the words that brought in somebody without a name."""
        if entity.phrase is None:
            return None
        head, first, last = entity.phrase
        phrase = (self.layout.offsets[first], self.layout.end(last - 1), "nominal")
        found = self._phrase(head, first, last, joined((*steps, phrase)), entity.kind)
        return replace(found, method="coreference")

    def _they(self, head: int, steps: tuple[Step, ...]) -> Target | None:
        noun = plural_antecedent(self.layout, head, self._sources)
        if noun is None:
            return None
        begin, end = wide_phrase(self.layout, noun)
        phrase = (self.layout.offsets[begin], self.layout.end(end - 1), "pronoun")
        found = self._phrase(noun, begin, end, (*steps, phrase), SpeakerKind.GROUP)
        return replace(found, method="coreference")

    def _noun(self, head: int, first: int, last: int, steps: tuple[Step, ...]) -> Target | None:
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
            return self._phrase(head, first, last, steps, SpeakerKind.ORGANISATION)
        if is_plural(self.layout, head):
            return self._phrase(head, first, last, steps, SpeakerKind.GROUP)
        if lemma_of(token) in BODIES:
            return self._body(head, first, last, steps)
        return self._phrase(head, first, last, steps, SpeakerKind.UNNAMED)

    def _body(self, head: int, first: int, last: int, steps: tuple[Step, ...]) -> Target | None:
        """Name an office, a campaign or a company: by its owner, or by its earlier full name."""
        begin, _ = phrase_around(self.layout, head, first, last)
        before = [self.layout.doc[index] for index in range(begin, head)]
        owner = next((t.i for t in before if t.tag_ == "PRP$"), None)
        entity = self.coreference.owner(owner) if owner is not None else None
        if owner is not None and entity is not None and entity.mentions and not entity.is_open:
            name = self.entities.name_of(entity)
            rest = self.layout.text[self.layout.end(owner) : self.layout.end(head)]
            whole = f"{self.entities.shown(name)}’s {plain(rest)}"
            chain = (*steps, (name.start, name.end, "possessor"))
            return Target(
                name=plain(whole), kind=SpeakerKind.ORGANISATION, method="coreference", steps=chain
            )
        lemma = lemma_of(self.layout.doc[head])
        if any(t.pos_ == "PROPN" or t.ent_type_ in {"NORP", "GPE", "ORG"} for t in before):
            found = self._phrase(head, begin, head + 1, steps, SpeakerKind.ORGANISATION)
            self._bodies.setdefault(lemma, {}).setdefault(found.name.casefold(), found)
            return found
        told = self._bodies.get(lemma, {})
        if len(told) == 1 and self.layout.word(begin - 1) == "the" and begin == head:
            (earlier,) = told.values()
            start, end, _ = earlier.steps[0]
            chain = joined((*steps, (start, end, "nominal")))
            return replace(earlier, steps=chain, method="coreference")
        fitting = [
            entity
            for entity in self.entities.bodies_called(lemma)
            if entity.mentions[0].first < head
        ]
        if len(fitting) == 1 and self.layout.word(begin - 1) in {"the", "this", "that"}:
            chain = (*steps, (fitting[0].mentions[0].start, fitting[0].mentions[0].end, "nominal"))
            return named(self.entities, fitting[0], chain, "coreference")
        return self._phrase(head, first, last, steps, SpeakerKind.UNNAMED)

    def _phrase(
        self, head: int, first: int, last: int, steps: tuple[Step, ...], kind: SpeakerKind
    ) -> Target:
        """Let the mention's own words stand for a speaker whom nobody names."""
        if kind is SpeakerKind.GROUP and self._is_coordinated(head, last):
            begin, end = without_determiner(self.layout, first, last)
        else:
            begin, end = phrase_around(self.layout, head, first, last)
        text = plain(self.layout.text[self.layout.offsets[begin] : self.layout.end(end - 1)])
        method = "name" if kind is SpeakerKind.ORGANISATION else "unnamed"
        return Target(
            name=text or self.layout.doc[head].text, kind=kind, method=method, steps=steps
        )

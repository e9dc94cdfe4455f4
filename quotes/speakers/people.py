"""Chains of people: every mention of each person of a text, and of the groups it speaks of.

Names, descriptions and "he" come from the resolution of the text's speakers; this adds what only a
chain needs: pronouns inside quoted words, "I" and "we", "they", and nouns that are said again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotes.quotation import Kind, SpeakerKind
from quotes.spans import hull
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.floor import can_be_he_or_she
from quotes.speakers.nouns import (
    COLLECTIVES,
    FEMININE_PRONOUNS,
    MASCULINE_PRONOUNS,
    PLURAL_PRONOUNS,
    are_people,
    is_person_noun,
)
from quotes.speakers.plurals import is_plural
from quotes.speakers.sources import wide_phrase
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from spacy.tokens import Token

    from quotes.quotation import Quotation
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Target
    from quotes.speakers.resolution import Resolution

_I: Final = words("i me my mine myself")
_WE: Final = words("we us our ours ourselves")
_YOU: Final = words("you your yours yourself")
_SINGULAR: Final = FEMININE_PRONOUNS | MASCULINE_PRONOUNS
_TELLING: Final = frozenset({"apposition", "copula"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
_THEY_REACH: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMention:
    """Words `[start, end)`, in code points, that mean somebody; `head` is their chief token."""

    start: int
    end: int
    head: int


class People:
    """Gathers the chains of one text from its resolution and its quotations' speakers."""

    def __init__(
        self,
        resolution: Resolution,
        quotations: Sequence[Quotation],
        targets: Sequence[Target | None],
    ) -> None:
        self._resolution = resolution
        self._layout = resolution.layout
        self._entities = resolution.entities
        self._coreference = resolution.coreference
        self._chains: dict[Hashable, dict[int, PersonMention]] = defaultdict(dict)
        self._taken: set[int] = set()
        self._names()
        self._walked()
        self._speaker_of = self._speakers(quotations, targets)
        self._quoted_pronouns()
        self._first_person()
        self._nouns()

    def chains(self) -> list[tuple[PersonMention, ...]]:
        """Return the chains of two mentions or more, by their first mention."""
        found = [
            tuple(sorted(chain.values(), key=lambda mention: mention.start))
            for chain in self._chains.values()
            if len(chain) > 1
        ]
        return sorted(found, key=lambda chain: chain[0].start)

    def _add(self, key: Hashable, first: int, last: int, head: int) -> None:
        if head in self._taken:
            return
        self._taken.add(head)
        layout = self._layout
        self._chains[key][head] = PersonMention(
            start=layout.offsets[first], end=layout.end(last - 1), head=head
        )

    def _names(self) -> None:
        for entity in self._entities.all:
            if not is_surely_person(entity):
                continue
            before = {
                self._layout.tokens_within(found.end - 1, found.end)[1]: found.start
                for found in entity.descriptors
                if found.relation == "title"
            }
            for mention in entity.mentions:
                first = mention.title[0] if mention.title else mention.first
                if mention.first in before:
                    first, _ = self._layout.tokens_within(before[mention.first], mention.start)
                self._add(entity, first, mention.last, mention.last - 1)
            for found in entity.descriptors:
                if found.relation in _TELLING:
                    self._add(entity, *wide_phrase(self._layout, found.token), found.token)

    def _walked(self) -> None:
        """Add what the resolution led to a person: pronouns and descriptions outside quotes."""
        for index, reference in self._coreference.pronouns.items():
            if reference is not None and can_be_he_or_she(reference.entity):
                self._introduced(reference.entity)
                self._add(reference.entity, index, index + 1, index)
        for index, (entity, _) in self._coreference.descriptions.items():
            if can_be_he_or_she(entity):
                self._introduced(entity)
                self._add(entity, *wide_phrase(self._layout, index), index)

    def _introduced(self, entity: Entity) -> None:
        if entity.phrase is not None:
            head, first, last = entity.phrase
            self._add(entity, first, last, head)

    def _speakers(
        self, quotations: Sequence[Quotation], targets: Sequence[Target | None]
    ) -> dict[int, Hashable]:
        """Return whose words each quoted token is."""
        found: dict[int, Hashable] = {}
        for number, (quotation, target) in enumerate(zip(quotations, targets, strict=True)):
            if quotation.kind is not Kind.DIRECT:
                continue
            speaker: Hashable = ("quotation", number)
            if target is not None:
                speaker = target.entity or ("speaker", target.name)
            for span in quotation.content:
                for index in range(*self._layout.tokens_within(span.start, span.end)):
                    found.setdefault(index, speaker)
        return found

    def _quoted_pronouns(self) -> None:
        """Lead "he" inside quoted words to somebody who is not speaking them."""
        for token in self._layout.doc:
            index = token.i
            if token.lower_ in _SINGULAR and index not in self._coreference.pronouns:
                found = self._coreference.taken_up_within(index, self._speaker_of.get(index))
                if found is not None:
                    self._add(found.entity, index, index + 1, index)

    def _first_person(self) -> None:
        interview = Interview(self._resolution)
        for token in self._layout.doc:
            index, word = token.i, token.lower_
            if token.text == "US":
                continue
            if word not in _I and word not in _WE and word not in _YOU:
                continue
            speaker = self._speaker_of.get(index)
            if speaker is None:
                speaker = interview.speaker(index)
            if word in _I:
                self._add(speaker, index, index + 1, index)
            elif word in _WE:
                self._add(("we", speaker), index, index + 1, index)
            elif index not in self._speaker_of:
                self._add(interview.addressee(index), index, index + 1, index)

    def _nouns(self) -> None:
        """Chain nouns for people that are said again, and "they" to the nearest of the plural."""
        layout = self._layout
        known: dict[str, Hashable] = {}
        last: tuple[int, bool, Hashable] | None = None
        for token in layout.doc:
            index = token.i
            if token.lower_ in PLURAL_PRONOUNS:
                if last is not None and layout.sentence[index] - last[0] <= _THEY_REACH:
                    self._add(last[2], index, index + 1, index)
                    last = (layout.sentence[index], False, last[2])
                continue
            if token.pos_ != "NOUN" or index in self._taken:
                continue
            lemma, plural = lemma_of(token), is_plural(layout, index)
            if not (_are_several(token, lemma) if plural else is_person_noun(lemma)):
                continue
            first, end = wide_phrase(layout, index)
            key: Hashable = ("noun", lemma, plural, index)
            definite = layout.word(first) in _DEFINITE or token.doc[first].tag_ == "PRP$"
            if definite and (lemma, plural) in known:
                key = known[lemma, plural]
            known[lemma, plural] = key
            self._add(key, first, end, index)
            if plural:
                last = (layout.sentence[index], True, key)


def _are_several(token: Token, lemma: str) -> bool:
    """Tell whether a plural noun means people; "a number of" does not."""
    return are_people(lemma) and (token.tag_ == "NNS" or lemma not in COLLECTIVES)


def is_surely_person(entity: Entity) -> bool:
    """Tell whether more speaks for a person than for a body or a place of the name.

    A quotation's speaker is taken for a person on less.
    """
    if entity.kind is not SpeakerKind.PERSON:
        return False
    others = sum(m.body + m.place + m.nation for m in entity.mentions)
    told = entity.feminine + entity.masculine + len(entity.descriptors)
    return sum(m.person for m in entity.mentions) + told > others


class Interview:
    """Who "I" and "you" are outside quotation marks, by questions and answers."""

    def __init__(self, resolution: Resolution) -> None:
        layout = resolution.layout
        self._layout = layout
        ends: dict[int, str] = {}
        for token in layout.doc:
            if not token.is_space:
                ends[layout.paragraph[token.i]] = token.text
        self._questions = {number for number, end in ends.items() if end.endswith("?")}
        self._is_interview = len(self._questions) > 1
        if self._is_interview:
            self._questions |= self._remarks()
        self._answering: Hashable = "narrator"
        if self._is_interview:
            self._answering = self._interviewee(resolution) or "narrator"

    def _remarks(self) -> set[int]:
        """Return the paragraphs that only say "you", each before one that says "I"."""
        says: dict[int, set[str]] = defaultdict(set)
        for token in self._layout.doc:
            kinds = ((_I, "I"), (_YOU, "you"))
            says[self._layout.paragraph[token.i]] |= {k for w, k in kinds if token.lower_ in w}
        return {
            number
            for number, said in says.items()
            if said == {"you"} and says.get(number + 1) == {"I"}
        }

    def _interviewee(self, resolution: Resolution) -> Entity | None:
        """Return whom the text names most before the first question, or says it spoke to."""
        start = min(self._questions)
        counted: dict[Entity, int] = defaultdict(int)
        for mention in resolution.entities.mentions:
            entity = resolution.entities.of.get(mention)
            if entity is not None and is_surely_person(entity) and not entity.is_open:
                counted[entity] += mention.paragraph < start
        most = max(counted.values(), default=0)
        best = [entity for entity, count in counted.items() if count == most]
        return best[0] if most and len(best) == 1 else resolution.interviewee()

    def speaker(self, index: int) -> Hashable:
        asks = self._is_interview and self._layout.paragraph[index] in self._questions
        return "interviewer" if asks else self._answering

    def addressee(self, index: int) -> Hashable:
        asks = self._is_interview and self._layout.paragraph[index] in self._questions
        return self._answering if asks else "anybody"

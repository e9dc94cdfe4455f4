"""Chains of people: every mention of each person of a text, and of the groups it speaks of.

Names, descriptions and "he" come from the resolution of the text's speakers; this adds what only a
chain needs: pronouns inside quoted words, "I" and "we", "they", and nouns that are said again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotes.quotation import ANSWER, Kind
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.floor import can_be_he_or_she
from quotes.speakers.interview import I_FORMS, WE_FORMS, YOU_FORMS, Interview
from quotes.speakers.nouns import (
    COLLECTIVES,
    FEMININE_PRONOUNS,
    MASCULINE_PRONOUNS,
    PLURAL_PRONOUNS,
    are_people,
    is_person_noun,
    may_be_person,
)
from quotes.speakers.plurals import is_plural
from quotes.speakers.sources import wide_phrase

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from spacy.tokens import Token

    from quotes.quotation import Quotation
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Target
    from quotes.speakers.resolution import Resolution

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
        self._key_at: dict[int, Hashable] = {}
        self._names()
        self._walked()
        self._speaker_of = self._speakers(quotations, targets)
        self._quoted_pronouns()
        self._first_person()
        self._predicates()
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
        self._key_at[head] = key
        layout = self._layout
        self._chains[key][head] = PersonMention(
            start=layout.offsets[first], end=layout.end(last - 1), head=head
        )

    def _names(self) -> None:
        for entity in self._entities.all:
            if not entity.is_surely_person:
                continue
            titles = {
                self._layout.tokens_within(found.end - 1, found.end)[1]: found
                for found in entity.descriptors
                if found.relation == "title"
            }
            for mention in entity.mentions:
                first = mention.title[0] if mention.title else mention.first
                title = titles.get(mention.first)
                if title is not None:
                    begin, _ = self._layout.tokens_within(title.start, title.end)
                    # "Norland's coach Ann Roe" is two mentions, "coach Ann Roe" is one.
                    if any(t.tag_ == "POS" for t in self._layout.doc[begin:first]):
                        self._add(entity, begin, title.token + 1, title.token)
                    else:
                        first = begin
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
            elif quotation.method == ANSWER:
                speaker = ANSWER
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
            if word not in I_FORMS | WE_FORMS | YOU_FORMS or token.text == "US":
                continue
            speaker = self._speaker_of.get(index)
            if speaker is None:
                speaker = interview.speaker(index)
            if word in I_FORMS:
                self._add(speaker, index, index + 1, index)
            elif word in WE_FORMS:
                self._add(("we", speaker), index, index + 1, index)
            elif index not in self._speaker_of or self._layout.talk_before(index) is not None:
                self._add(interview.addressee(index), index, index + 1, index)

    def _predicates(self) -> None:
        """Add "a writer" of "she is a writer" and "Roe, a writer from Norwell,"."""
        for token in self._layout.doc:
            if token.i in self._taken or token.pos_ not in {"NOUN", "PROPN"}:
                continue
            subject = _described(token)
            key = self._key_at.get(subject.i) if subject is not None else None
            if key is not None and may_be_person(lemma_of(token)) and token.tag_ != "NNS":
                self._add(key, *wide_phrase(self._layout, token.i), token.i)

    def _nouns(self) -> None:
        """Chain nouns for people that are said again, and "they" to the nearest of the plural."""
        layout = self._layout
        known: dict[tuple[str, bool], Hashable] = {}
        last: tuple[int, Hashable] | None = None
        for token in layout.doc:
            index = token.i
            if token.lower_ in PLURAL_PRONOUNS:
                if last is not None and layout.sentence[index] - last[0] <= _THEY_REACH:
                    self._add(last[1], index, index + 1, index)
                    last = (layout.sentence[index], last[1])
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
                last = (layout.sentence[index], key)


def _described(token: Token) -> Token | None:
    """Return the word that a noun is said to be, by "is" or by apposition."""
    if token.dep_ == "appos":
        return token.head
    if token.dep_ == "attr" and token.head.lemma_ in {"be", "become"}:
        words = list(token.head.children)
        if any(word.dep_ == "neg" for word in words):
            return None
        return next((word for word in words if word.dep_ == "nsubj" and word.i < token.i), None)
    return None


def _are_several(token: Token, lemma: str) -> bool:
    """Tell whether a plural noun means people; "a number of" does not."""
    return are_people(lemma) and (token.tag_ == "NNS" or lemma not in COLLECTIVES)

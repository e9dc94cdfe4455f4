"""Plural nouns that a list of names goes with: "three economists -- Ada Marsh, Khizr Roe and …"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import BODIES, NUMBERS, are_people, may_be_person, roles_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.speakers.entities import Entities
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

_OPENING: Final = frozenset({"--", "–", "—", "(", ":", ",", "-"})
_CLOSING: Final = frozenset({",", ".", ")", "--", "–", "—", ";", "-"})
_PHRASE: Final = frozenset({"ADJ", "ADP", "DET", "NOUN", "NUM", "PART", "PROPN", "PRON"})
_IN_PHRASE: Final = frozenset({"ADJ", "DET", "NOUN", "PROPN", "NUM"})
_APPOSED: Final = frozenset({"appos", "attr", "conj"})
_LONGEST: Final = 14
_FOREIGN: Final = frozenset({"", "the", "both"})


class Listed:
    """Finds the list that tells who some people are; `joined` are lists by their first word."""

    def __init__(
        self, layout: Layout, entities: Entities, joined: Mapping[int, Sequence[Mention]]
    ) -> None:
        self._layout = layout
        self._entities = entities
        self._by_noun: dict[int, Sequence[Mention]] = {}
        self._lists: list[tuple[int, frozenset[str], Sequence[Mention]]] = []
        for first in sorted(joined):
            people = joined[first]
            nouns = {self._in_front(people), self._behind(people)} - {None}
            roles = self._shared_roles(people)
            for noun in nouns:
                if noun is not None:
                    self._by_noun[noun] = people
                    roles |= roles_of(lemma_of(layout.doc[noun]))
            self._lists.append((first, roles, people))

    def told_by(self, noun: int) -> Sequence[Mention]:
        """Return the people of the list that a plural noun goes with; none where it has none."""
        return self._by_noun.get(noun, ())

    def called(self, noun: int, number: int = 0) -> Sequence[Mention]:
        """Return the last people before a noun whom the text listed as such, just so many."""
        role = lemma_of(self._layout.doc[noun])
        for first, roles, people in reversed(self._lists):
            if first < noun and role in roles and (not number or len(people) == number):
                return people
        return ()

    def _shared_roles(self, people: Sequence[Mention]) -> frozenset[str]:
        """Return what the text calls every one of them."""
        told = [
            frozenset().union(
                *(roles_of(found.head) for found in self._entities.of[mention].descriptors)
            )
            for mention in people
        ]
        return frozenset.intersection(*told)

    def _in_front(self, people: Sequence[Mention]) -> int | None:
        """Return the noun of "economists A and B", "three economists -- A, B and C --"."""
        doc, mention = self._layout.doc, people[0]
        index = (mention.title[0] if mention.title else mention.first) - 1
        title = min(
            (f.token for f in self._entities.descriptors.get(mention, ()) if f.relation == "title"),
            default=None,
        )
        if title is not None and title <= index:
            index = self._start_of(title)
        while index > 0 and self._layout.word(index) in _FOREIGN:
            index -= 1
        if index < 0:
            return None
        if self._is_plural(index):
            return index
        if self._layout.word(index) not in _OPENING:
            return None
        noun = self._noun_before(index)
        if noun is None:
            return None
        counted = {NUMBERS.get(doc[i].lower_, 0) for i in range(max(noun - 4, 0), noun)}
        behind = self._layout.word(people[-1].last)
        apposed = any(doc[m.last - 1].dep_ == "appos" for m in people[:1])
        if len(people) in counted or self._layout.word(index) in {"(", "--", "–", "—"}:
            return noun
        return noun if apposed and behind in _CLOSING else None

    def _start_of(self, title: int) -> int:
        index = title
        while index > 0 and self._layout.doc[index].pos_ in _IN_PHRASE:
            if self._is_plural(index):
                return index
            index -= 1
        return index

    def _noun_before(self, mark: int) -> int | None:
        """Return the noun that the phrase before a comma or dash turns on."""
        low = max(mark - _LONGEST, self._layout.sentence_starts[self._layout.sentence[mark]])
        index = mark
        while index > low and self._layout.doc[index - 1].pos_ in _PHRASE:
            index -= 1
        found: int | None = None
        for place in range(index, mark):
            token = self._layout.doc[place]
            if token.pos_ == "ADP":
                if found is not None:
                    break
            elif self._is_plural(place):
                found = place
        return found

    def _behind(self, people: Sequence[Mention]) -> int | None:
        """Return the noun of "A and B, professors at Norwell,"."""
        comma = people[-1].last
        if self._layout.word(comma) != ",":
            return None
        for index in range(comma + 1, min(comma + 6, len(self._layout.doc))):
            if self._is_plural(index):
                token = self._layout.doc[index]
                return index if token.dep_ in _APPOSED else None
            if self._layout.doc[index].pos_ not in _IN_PHRASE:
                return None
        return None

    def _is_plural(self, index: int) -> bool:
        token = self._layout.doc[index]
        if token.tag_ not in {"NNS", "NNPS"}:
            return False
        lemma = lemma_of(token)
        return are_people(lemma) or may_be_person(lemma) or lemma in BODIES

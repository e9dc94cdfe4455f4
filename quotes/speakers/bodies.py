"""Offices, boards, companies and groups that a common noun means: by owner or by earlier name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.called import Called
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.evidence import Target, described, joined, named
from quotes.speakers.nouns import BODIES, NAME_BODIES
from quotes.speakers.sources import phrase_around, plain
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from quotes.speakers.coreference import Coreference
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Step
    from quotes.speakers.layout import Layout

_DEFINITE: Final = frozenset({"the", "this", "that"})
_REACH: Final = 4
_MARGIN: Final = 1.0
_UNIONS: Final = words(
    "alliance association charity club coalition committee council federation forum foundation "
    "front fund group institute institution initiative league movement network organisation "
    "organization partnership society union"
)
_FIRMS: Final = words(
    "airline airlines bank brothers co company corp corporation electric energy foods group "
    "holdings inc industries labs limited llc llp ltd motor motors partners pharmaceuticals "
    "plc steel stores systems tech technologies"
)
_PAPERS: Final = words(
    "bulletin chronicle courier daily dispatch enquirer examiner express gazette globe herald "
    "independent journal mail mirror news observer post press record register star sun telegraph "
    "times tribune"
)
# Nouns that may take up a body of another noun, which ends its name.
_WIDER: Final = {
    "group": _UNIONS | _FIRMS,
    "organization": _UNIONS,
    "organisation": _UNIONS,
    "body": _UNIONS | words("agency authority board commission court"),
    "company": _FIRMS,
    "firm": _FIRMS,
    "newspaper": _PAPERS,
    "paper": _PAPERS,
    "magazine": _PAPERS | words("magazine weekly review"),
    "agency": words("administration authority bureau department press news service"),
    "school": words("academy college university"),
}
# Nouns that say what kind of thing the name before them names ("the Noonday agency").
_KINDS: Final = words(
    "agency bank broadcaster channel company firm group magazine network newspaper organisation "
    "organization outlet paper website"
)
_PLAIN_MODIFIERS: Final = frozenset({"compound", "nmod", "poss"})


class Bodies:
    """Resolves nouns for bodies in one document."""

    def __init__(self, layout: Layout, entities: Entities, coreference: Coreference) -> None:
        self.layout = layout
        self.entities = entities
        self.coreference = coreference
        self._called = Called(layout, entities)
        self._told: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for token in layout.doc:
            lemma = lemma_of(token) if token.pos_ in {"NOUN", "PROPN"} else ""
            if lemma in BODIES and token.tag_ != "NNS":
                self._note(token.i, lemma)

    def _note(self, head: int, lemma: str) -> None:
        """Keep "the harbor board", which "the board" may take up later."""
        if self.entities.at_token(head) is not None:
            return
        first = head
        while first and self.layout.doc[first - 1].dep_ == "compound":
            first -= 1
            if self.layout.doc[first].text[:1].isupper():
                return
        if first == head or self.layout.sentence[first] != self.layout.sentence[head]:
            return
        start, end = self.layout.offsets[first], self.layout.end(head)
        self._told[lemma].setdefault(plain(self.layout.text[start:end]).casefold(), (first, head))

    def resolve(self, head: int, first: int, last: int, steps: tuple[Step, ...]) -> Target | None:
        """Name a body by its owner, by the name before it, or by its earlier full name."""
        begin, end = phrase_around(self.layout, head, first, last)
        owned = self._owned(begin, head, steps) or self._of_kind(begin, head, end, steps)
        if owned is not None:
            return owned
        before = [self.layout.doc[index] for index in range(begin, head)]
        if any(t.pos_ == "PROPN" or t.ent_type_ in {"NORP", "GPE", "ORG"} for t in before):
            place = phrase_around(self.layout, head, begin, head + 1)
            found = described(self.layout, head, place, steps, SpeakerKind.ORGANISATION)
            lemma = lemma_of(self.layout.doc[head])
            self._told[lemma].setdefault(found.name.casefold(), (place[0], head))
            return found
        if begin == head and self.layout.word(begin - 1) in _DEFINITE:
            earlier = self._earlier(head, steps)
            if earlier is not None:
                return earlier
        return described(self.layout, head, (begin, end), steps, SpeakerKind.UNNAMED)

    def _owned(self, begin: int, head: int, steps: tuple[Step, ...]) -> Target | None:
        """Put the owner's name for "his" in "his office"."""
        before = [self.layout.doc[index] for index in range(begin, head)]
        owner = next((t.i for t in before if t.tag_ == "PRP$"), None)
        entity = self.coreference.owner(owner) if owner is not None else None
        if owner is None or entity is None or not entity.mentions or entity.is_open:
            return None
        name = self.entities.name_of(entity)
        rest = self.layout.text[self.layout.end(owner) : self.layout.end(head)]
        whole = plain(f"{plain(self.entities.shown(name))}’s {plain(rest)}")
        chain = (*steps, (name.start, name.end, "possessor"))
        kind = SpeakerKind.ORGANISATION
        return Target(name=whole, kind=kind, method="coreference", steps=chain)

    def _of_kind(self, begin: int, head: int, end: int, steps: tuple[Step, ...]) -> Target | None:
        """Read "the Noonday agency" as Noonday, where the name is a body's."""
        mention = self.entities.at_token(head - 1)
        if mention is None or mention.first != begin or mention.last != head or end != head + 1:
            return None
        entity = self.entities.of.get(mention)
        if entity is None or entity.kind is not SpeakerKind.ORGANISATION:
            return None
        if entity.is_place or entity.is_nation or lemma_of(self.layout.doc[head]) not in _KINDS:
            return None
        return named(self.entities, entity, (*steps, (mention.start, mention.end, "name")), "name")

    def _earlier(self, head: int, steps: tuple[Step, ...]) -> Target | None:
        """Return the body that "the board" takes up; None where none or several fit."""
        lemma = lemma_of(self.layout.doc[head])
        count = self._called.before(lemma, head)
        told = [place for place in self._told.get(lemma, {}).values() if place[1] < head]
        called = self._called.first(lemma) if count == 1 else []
        if count + len(told) > 1:
            called = self._called.near(lemma, head, within=2)
            told = [place for place in told if self._apart(place[1], head) <= 2]
        if len(called) == 1 and not told:
            return self._named(called[0], head, steps)
        if len(told) == 1 and not called:
            place = (told[0][0], told[0][1] + 1)
            start, end = self.layout.offsets[place[0]], self.layout.end(told[0][1])
            chain = joined((*steps, (start, end, "nominal")))
            found = described(self.layout, told[0][1], place, chain, SpeakerKind.ORGANISATION)
            return Target(name=found.name, kind=found.kind, method="coreference", steps=chain)
        if called or told:
            return None
        wider = self._wider(lemma, head)
        return self._named(wider, head, steps) if wider is not None else None

    def _named(self, entity: Entity, head: int, steps: tuple[Step, ...]) -> Target | None:
        mention = self.entities.last_before(entity, head)
        chain = (*steps, (mention.start, mention.end, "nominal"))
        return named(self.entities, entity, chain, "coreference")

    def _wider(self, lemma: str, head: int) -> Entity | None:
        """Return the body of another noun, or of none, that "the group" most likely means.

        The nearer, the more often named, and the subject rather; None where two are as likely.
        """
        ends = _WIDER.get(lemma)
        if ends is None:
            return None
        scores: dict[Entity, float] = {}
        for reference in self.coreference.before(head):
            entity, apart = reference.entity, self._apart(reference.index, head)
            if apart > _REACH:
                break
            if entity.kind is not SpeakerKind.ORGANISATION or not entity.mentions:
                continue
            if entity.is_place or entity.is_nation or entity in scores:
                continue
            told = set(self.entities.name_of(entity).key.split())
            if told & ends or (reference.subject and not told & NAME_BODIES):
                scores[entity] = 2.0 * bool(told & ends) + reference.subject - 0.5 * apart
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN):
            return None
        return ranked[0][0]

    def _apart(self, index: int, head: int) -> int:
        return self.layout.sentence[head] - self.layout.sentence[index]

"""Offices, boards, companies and groups that a common noun means: by owner or by earlier name."""

from __future__ import annotations

from collections import defaultdict
from math import log2
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.called import Called
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.evidence import Target, described, joined, named
from quotes.speakers.kinds import Kinds, is_firm
from quotes.speakers.nouns import BODIES, NAME_BODIES
from quotes.speakers.sources import phrase_around, plain
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.speakers.coreference import Coreference
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Step
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

_DEFINITE: Final = frozenset({"the", "this", "that"})
_REACH: Final = 4
_MARGIN: Final = 0.8
_STEP: Final = 0.5
_OFTEN: Final = 0.4
_SURE: Final = 2.0
_COMPANY: Final = frozenset({"company", "firm"})
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
# Nouns for a place, behind the name of a wider one ("the Riviera city").
_LOCAL: Final = words("city county state town village")
# Nouns that say what kind of thing the name before them names ("the Noonday agency").
_KINDS: Final = words(
    "agency bank broadcaster channel company firm group magazine network newspaper organisation "
    "organization outlet paper website"
)


class Bodies:
    """Resolves nouns for bodies in one document."""

    def __init__(self, layout: Layout, entities: Entities, coreference: Coreference) -> None:
        self.layout = layout
        self.entities = entities
        self.coreference = coreference
        self._kinds = Kinds(layout, entities)
        self._told: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for token in layout.doc:
            lemma = lemma_of(token) if token.pos_ in {"NOUN", "PROPN"} else ""
            if lemma in BODIES and token.tag_ != "NNS":
                self._note(token.i, lemma)
        self._called = Called(layout, entities, self._kinds)
        self._taken: list[tuple[int, Entity]] = []
        self._take_up()

    def _note(self, head: int, lemma: str) -> None:
        """Keep "the harbor board" and "the Marsh campaign", which "the board" may take up later."""
        if self.entities.at_token(head) is not None or self._kinds.at(head) is not None:
            return
        first = head
        while first and self.layout.doc[first - 1].dep_ == "compound":
            first -= 1
        capital = [self.layout.doc[index].text[:1].isupper() for index in range(first, head + 1)]
        if any(capital) and (capital[-1] or not all(capital[:-1]) or lemma in _LOCAL):
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
        described_name = self._kinds.at(head)
        if described_name is not None:
            return self._at_name(described_name, steps)
        before = [self.layout.doc[index] for index in range(begin, head)]
        if any(t.pos_ == "PROPN" or t.ent_type_ in {"NORP", "GPE", "ORG"} for t in before):
            place = phrase_around(self.layout, head, begin, head + 1)
            found = described(self.layout, head, place, steps, SpeakerKind.ORGANISATION)
            lemma = lemma_of(self.layout.doc[head])
            self._told[lemma].setdefault(found.name.casefold(), (place[0], head))
            return found
        if self.layout.word(begin - 1) in _DEFINITE:
            earlier = self._earlier(head, begin, steps)
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

    def _earlier(self, head: int, begin: int, steps: tuple[Step, ...]) -> Target | None:
        """Return the body that "the board" takes up; None where none or several fit."""
        if begin < head:
            wider = self._wider(head, begin)
            return self._named(wider, head, steps) if wider is not None else None
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
        wider = self._wider(head, begin)
        return self._named(wider, head, steps) if wider is not None else None

    def _at_name(self, mention: Mention, steps: tuple[Step, ...]) -> Target | None:
        """Return the body whose name stands beside the noun."""
        here = (mention.start, mention.end, "apposition")
        return named(self.entities, self.entities.of[mention], (*steps, here), "apposition")

    def _named(self, entity: Entity, head: int, steps: tuple[Step, ...]) -> Target | None:
        mention = self.entities.last_before(entity, head)
        chain = (*steps, (mention.start, mention.end, "nominal"))
        return named(self.entities, entity, chain, "coreference")

    def _take_up(self) -> None:
        """Lead each "the company" of the text on, so that the next one can follow it."""
        for token in self.layout.doc:
            lemma = lemma_of(token)
            if lemma not in _WIDER or token.tag_ in {"NNS", "NNPS"}:
                continue
            if self.entities.at_token(token.i) is not None:
                continue
            if self.layout.word(token.i - 1) in _DEFINITE and not self._has_own_name(lemma):
                entity = self._wider(token.i, token.i)
                if entity is not None:
                    self._taken.append((token.i, entity))

    def _has_own_name(self, lemma: str) -> bool:
        return bool(self.entities.bodies_called(lemma) or self._told.get(lemma))

    def _wider(self, head: int, begin: int) -> Entity | None:
        """Return the body of another noun, or of none, that "the group" most likely means.

        The nearer, the more often named, and the subject rather; None where two are as likely.
        """
        lemma = lemma_of(self.layout.doc[head])
        if lemma not in _WIDER:
            return None
        told = frozenset(lemma_of(self.layout.doc[index]) for index in range(begin, head))
        scores: dict[Entity, float] = {}
        seen: set[Entity] = set()
        for entity, index, subject in self._before(head):
            apart = self._apart(index, head)
            if apart > _REACH:
                break
            if entity.kind is not SpeakerKind.ORGANISATION or not entity.mentions:
                continue
            if entity.is_nation or (entity.is_place and not _may_be_firm(entity, lemma)):
                continue
            fit = self._fit(entity, lemma, told)
            if fit is None or (fit == 0 and not subject and entity not in scores):
                continue
            score = fit + subject - _STEP * apart
            if entity not in seen:
                score += _OFTEN * log2(len(entity.mentions))
            seen.add(entity)
            scores[entity] = max(score, scores.get(entity, score))
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN):
            return None
        return ranked[0][0] if begin == head or ranked[0][1] >= _SURE else None

    def _fit(self, entity: Entity, lemma: str, told: frozenset[str]) -> float | None:
        """Return how well a body goes by a noun: 2 by its name or a description; None if badly."""
        described_as = self._kinds.of(entity)
        if lemma in described_as or (lemma in _COMPANY and any(map(is_firm, described_as))):
            return 2.0 + bool(told & frozenset().union(*described_as.values()))
        parts = self.entities.name_of(entity).key.split()
        noun = parts[parts.index("of") - 1] if "of" in parts[1:] else parts[-1]
        if noun in _WIDER[lemma]:
            return 2.0
        return None if noun in NAME_BODIES or described_as else 0.0

    def _before(self, head: int) -> Iterator[tuple[Entity, int, bool]]:
        """Yield the bodies before a token, with where, and whether as a subject."""
        taken = [item for item in self._taken if item[0] < head][-_REACH:]
        for reference in self.coreference.before(head):
            while taken and taken[-1][0] > reference.index:
                index, entity = taken.pop()
                yield entity, index, True
            yield reference.entity, reference.index, reference.subject

    def _apart(self, index: int, head: int) -> int:
        return self.layout.sentence[head] - self.layout.sentence[index]


def _may_be_firm(entity: Entity, lemma: str) -> bool:
    """Tell whether what the tagger mostly takes for a place can be a company all the same."""
    mentions = entity.mentions
    sometimes = any(mention.body >= 1 for mention in mentions)
    return lemma in _COMPANY and sometimes and not any(mention.located for mention in mentions)

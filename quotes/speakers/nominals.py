"""Descriptions that take up a name: "the prime minister", "her campaign manager"."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from quotes.quotation import SpeakerKind
from quotes.speakers.descriptors import Descriptor, lemma_of
from quotes.speakers.names import fold
from quotes.speakers.nouns import may_be_person, roles_of
from quotes.speakers.states import STATE_WORDS
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout
    from quotes.speakers.pronouns import Reference

_DEFINITE: Final = frozenset({"the", "this", "that", "his", "her", "their", "its", "our", "my"})
_INDEFINITE: Final = frozenset({"a", "an", "one", "another", "some", "any", "every", "each", "no"})
_VAGUE: Final = words("current new own young old elderly outspoken veteran longtime")
# Words that make another office of the same noun.
_HARD: Final = words(
    "vice deputy assistant associate former ex acting prime first under interim incoming outgoing "
    "late next previous last"
)
_PARTIES: Final = words("republican democrat")
_PARTY_OF: Final = {"democratic": "democrat", "gop": "republican"}
_OFFICES: Final = words(
    "senator congressman congresswoman representative governor mayor president premier chancellor"
)
_NEAR: Final = 4
_SCHOLARS: Final = words(
    "scientist historian economist lecturer researcher scholar sociologist psychologist "
    "philosopher biologist chemist physicist mathematician linguist lawyer academic expert fellow"
)
_SCHOOLS: Final = words("university college school institute polytechnic faculty department")


_Fitting = dict["Entity", Descriptor]


class Nominal(NamedTuple):
    """A description in the text: its head, the words around it, whose it is, and its extent."""

    head: str
    token: int
    first: int
    last: int
    modifiers: frozenset[str]
    proper: frozenset[str]
    owner: int | None


class Nominals:
    """Finds the one person whom the document itself describes so."""

    def __init__(self, layout: Layout, entities: Entities) -> None:
        self._layout = layout
        self._by_role: defaultdict[str, dict[Entity, list[Descriptor]]] = defaultdict(dict)
        self._found: dict[tuple[str, frozenset[str], frozenset[str], frozenset[str]], _Fitting] = {}
        self._places: dict[str, list[tuple[int, Entity]]] = {}
        self._words: dict[Entity, frozenset[str]] = {}
        self._by_word: dict[str, defaultdict[str, dict[Entity, list[Descriptor]]]] = {}
        for entity in entities.all:
            if entity.kind is SpeakerKind.PERSON:
                for found in entity.descriptors:
                    for role in roles_of(found.head) | _academic(found):
                        self._by_role[role].setdefault(entity, []).append(found)

    def knows(self, role: str) -> bool:
        """Tell whether the text calls anybody so."""
        return bool(self._by_role.get(role))

    def belies(self, nominal: Nominal, entity: Entity) -> bool:
        """Tell whether what a text calls a person rules the description out.

        Another state, the other party, or another office (unless it is a former one).
        """
        told = frozenset().union(*(d.modifiers | {d.head} for d in entity.descriptors))
        told |= {_PARTY_OF[word] for word in told & _PARTY_OF.keys()}
        wanted = nominal.modifiers | nominal.proper | {nominal.head}
        wanted |= {_PARTY_OF[word] for word in wanted & _PARTY_OF.keys()}
        for apart in (STATE_WORDS, _PARTIES):
            if wanted & apart and told & apart and not wanted & told & apart:
                return True
        held = frozenset().union(*(roles_of(d.head) for d in entity.descriptors)) & _OFFICES
        return bool(held) and nominal.head in _OFFICES - held and "former" not in wanted

    def read(self, index: int, *, bare: bool = False, indefinite: bool = False) -> Nominal | None:
        """Read the definite description around a singular noun for a person; None if it is none.

        With `bare` it may do without an article, as headlines do; with `indefinite` "a" is one.
        """
        token = self._layout.doc[index]
        if token.tag_ in {"NNS", "NNPS"} or not may_be_person(lemma_of(token)):
            return None
        first, owner = self._left_edge(index)
        starts = self._layout.word(first)
        definite = starts in _DEFINITE or owner is not None
        named = self._layout.doc[first].pos_ == "PROPN" and first == index
        if not definite and not named and not (bare and (indefinite or starts not in _INDEFINITE)):
            return None
        inside = [self._layout.doc[i] for i in range(first, index)]
        after, last = self._right(index)
        around = [t for t in [*inside, *after] if _can_modify(t) and t.pos_ != "NUM"]
        head = lemma_of(token)
        if self._layout.word(index + 1) == "-" and self._layout.word(index + 2) == "elect":
            head += "-elect"
        told = {fold(t.text) if t.tag_ == "VBN" else lemma_of(t) for t in around}
        modifiers = frozenset(told) - _VAGUE - {"", "elect"}
        proper = frozenset(
            lemma_of(t) for t in around if t.pos_ == "PROPN" or t.ent_type_ in {"NORP", "GPE"}
        )
        return Nominal(head, index, first, last, modifiers, proper, owner)

    def _left_edge(self, index: int) -> tuple[int, int | None]:
        """Return where the phrase begins and whose it is, by "her" or "Marsh's"."""
        doc, first, owner = self._layout.doc, index, None
        low = max(index - 10, self._layout.sentence_starts[self._layout.sentence[index]])
        while first > low:
            token = doc[first - 1]
            if token.tag_ == "POS" and owner is None:
                owner = first - 2
            elif token.tag_ == "PRP$":
                return first - 1, first - 1
            elif token.lower_ in {"the", "this", "that", "a", "an"}:
                return first - 1, owner
            elif not (_can_modify(token) or token.text == "-" or token.is_space):
                break
            first -= 1
        return first, owner

    def _right(self, index: int) -> tuple[list[Token], int]:
        """Return the words of an "of" phrase behind the noun and where the phrase ends."""
        doc = self._layout.doc
        if self._layout.word(index + 1) not in {"of", "for", "from"}:
            return [], index + 1
        words, last = [], index + 2
        while last < min(index + 9, len(doc)) and doc[last].pos_ in {"DET", "PROPN", "NOUN", "ADJ"}:
            words.append(doc[last])
            last += 1
        return words, last

    def next_fitting(
        self, nominal: Nominal, *, after: int, within: int
    ) -> tuple[Entity, Descriptor] | None:
        """Return whom the text calls so first behind a token, in so many sentences from there."""
        places = self._placed(nominal.head)
        unnamed = nominal._replace(proper=frozenset())
        sentences = self._layout.sentence
        start = bisect_right(places, after, key=lambda place: place[0])
        for token, entity in places[start:]:
            if sentences[token] - sentences[nominal.token] > within:
                break
            if self.belies(nominal, entity):
                continue
            found = [d for d in self._by_role[nominal.head][entity] if d.token == token]
            best = _best(unnamed, nominal.modifiers, found, self._told_of(entity))
            if best is not None:
                return entity, best[1]
        return None

    def _placed(self, role: str) -> list[tuple[int, Entity]]:
        """Return the tokens at which people are called so, in order, with who it is."""
        if role not in self._places:
            every = self._by_role.get(role, {}).items()
            places = [(d.token, entity) for entity, found in every for d in found]
            self._places[role] = sorted(places, key=lambda place: place[0])
        return self._places[role]

    def resolve(
        self,
        nominal: Nominal,
        history: Sequence[Reference],
        *,
        owner_words: Iterable[str] = (),
    ) -> tuple[Entity, Descriptor] | None:
        """Return the one person so described, and where; None where nobody or several are."""
        wanted = nominal.modifiers | frozenset(owner_words)
        fitting = self._fitting(nominal, wanted)
        if len(fitting) > 1:
            sentence = self._layout.sentence[nominal.token]
            near: set[Entity] = set()
            for reference in reversed(history[-40:]):
                if sentence - reference.sentence > _NEAR:
                    break
                near.add(reference.entity)
            fitting = {entity: fitting[entity] for entity in near if entity in fitting}
        if len(fitting) != 1:
            return None
        ((entity, descriptor),) = fitting.items()
        return entity, descriptor

    def _fitting(self, nominal: Nominal, wanted: frozenset[str]) -> _Fitting:
        """Return those whom such a description fits best; a text says the same again and again."""
        key = (nominal.head, nominal.modifiers, nominal.proper, wanted)
        if key not in self._found:
            required = (wanted & nominal.proper) | (wanted - nominal.modifiers)
            fitting = {
                entity: best
                for entity, found in self._called(nominal.head, required).items()
                if (best := _best(nominal, wanted, found, self._told_of(entity))) is not None
            }
            most = max((rank for rank, _ in fitting.values()), default=0)
            self._found[key] = {e: found for e, (rank, found) in fitting.items() if rank == most}
        return self._found[key]

    def _called(self, role: str, required: frozenset[str]) -> dict[Entity, list[Descriptor]]:
        """Return the people of a role of whom the rarest of some words is told, if there is any."""
        every = self._by_role.get(role, {})
        if not required or not every:
            return every
        if role not in self._by_word:
            by_word = self._by_word[role] = defaultdict(dict)
            for entity, found in every.items():
                for word in self._told_of(entity):
                    by_word[word][entity] = found
        return min((self._by_word[role].get(word, {}) for word in required), key=len)

    def _told_of(self, entity: Entity) -> frozenset[str]:
        """Return the words of a person's name and descriptions."""
        if entity not in self._words:
            known = frozenset[str]().union(*(d.modifiers for d in entity.descriptors))
            self._words[entity] = known | frozenset(fold(entity.mentions[0].name).split())
        return self._words[entity]


def _can_modify(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} or token.tag_ == "VBN"


def _academic(found: Descriptor) -> frozenset[str]:
    """Let "the professor" take up a historian at a university."""
    teaches = found.head in _SCHOLARS and found.modifiers & _SCHOOLS
    return frozenset({"professor"}) if teaches else frozenset()


def _best(
    nominal: Nominal, wanted: frozenset[str], found: Sequence[Descriptor], told: frozenset[str]
) -> tuple[int, Descriptor] | None:
    """Return how well a person's descriptors fit, and the best; None where they contradict.

    `told` are the words of the person's name and descriptions.
    """
    ranked = []
    for descriptor in found:
        hard = wanted & _HARD ^ descriptor.modifiers & _HARD
        missing = wanted - told
        if hard - {"prime", "late"} or ("prime" in hard and "prime" in wanted):
            continue
        if missing & nominal.proper or missing - nominal.modifiers:
            continue
        same = nominal.head == descriptor.head
        ranked.append((2 * len(wanted & descriptor.modifiers) + same - len(missing), descriptor))
    return max(ranked, key=lambda item: item[0], default=None)

"""What kind of body a name names: "Noonday, a polling firm", "a website called Noonday"."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import BODIES
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

_REACH: Final = 12
_OWN: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "ADV", "VERB"})
_ARTICLES: Final = frozenset({"a", "an", "the", "one"})
_MARKS: Final = frozenset({'"', "“", "‘", "''", "'", "``"})
_NAMED: Final = frozenset({"called", "named", "dubbed"})
_MAKERS: Final = words(
    "giant maker retailer carrier insurer lender operator developer supplier startup brand chain "
    "manufacturer contractor consultancy"
)
# Nouns for bodies that end no name of one.
_MORE: Final = _MAKERS | words("nonprofit charity pac publisher")
# What "the company" can take up.
_FIRM: Final = _MAKERS | words("business corporation firm company")


class Kinds:
    """What a document calls its bodies, by entity."""

    def __init__(self, layout: Layout, entities: Entities) -> None:
        self._of: defaultdict[Entity, dict[str, frozenset[str]]] = defaultdict(dict)
        self._called: defaultdict[str, dict[Entity, None]] = defaultdict(dict)
        self._at: dict[int, Mention] = {}
        for mention in entities.mentions:
            entity = entities.of.get(mention)
            if entity is None or entity.kind is not SpeakerKind.ORGANISATION:
                continue
            for index, around in kinds_of(layout, mention):
                kind = kind_of(layout.doc[index])
                self._at[index] = mention
                known = self._of[entity].get(kind, frozenset())
                self._of[entity][kind] = known | around
                self._called[kind][entity] = None

    def of(self, entity: Entity) -> dict[str, frozenset[str]]:
        """Return the nouns that an entity is called by, each with the words around it."""
        return self._of.get(entity, {})

    def at(self, index: int) -> Mention | None:
        """Return the name that the noun at a token describes."""
        return self._at.get(index)

    def called(self, kind: str) -> list[Entity]:
        """Return the entities that the text calls so."""
        return list(self._called.get(kind, ()))


def kind_of(token: Token) -> str:
    """Return the noun for a body that a token is; nothing where it is none."""
    lemma = lemma_of(token)
    return lemma if lemma in BODIES | _MORE and token.tag_ not in {"NNS", "NNPS"} else ""


def kinds_of(layout: Layout, mention: Mention) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield each noun for a body that the words beside a name call it, with the words before it."""
    index = mention.first - 1
    while layout.word(index) in _MARKS:
        index -= 1
    if layout.word(index) == "the" and layout.word(index - 1) in BODIES:
        # "the trade group the Norland Harbor League"
        index -= 1
    before = layout.word(index)
    if before in _NAMED or (before == "itself" and layout.word(index - 1) in {"call", "calls"}):
        index -= 2 if before == "itself" else 1
        if layout.word(index) in {"that", "which"}:
            index -= 1
        yield from _ending_at(layout, index)
    elif before == "," and layout.word(mention.last) in {",", "."}:
        yield from _ending_at(layout, index - 1, needs_article=True)
    else:
        yield from _ending_at(layout, index)
    yield from kinds_behind(layout, mention.last)


def is_firm(kind: str) -> bool:
    """Tell whether "the company" can take up what a text calls so."""
    return kind in _FIRM


def _ending_at(
    layout: Layout, index: int, *, needs_article: bool = False
) -> Iterator[tuple[int, frozenset[str]]]:
    """Read the noun phrase that ends with this token."""
    token = layout.token(index)
    kind = kind_of(token) if token is not None and token.pos_ in {"NOUN", "PROPN"} else ""
    if not kind:
        return
    first = index
    low = layout.sentence_starts[layout.sentence[index]]
    while first > max(low, index - _REACH) and _is_inside(layout.doc[first - 1]):
        if needs_article and layout.word(first - 1) in _ARTICLES:
            break
        first -= 1
    if needs_article and layout.word(first - 1) not in _ARTICLES:
        return
    yield index, frozenset(lemma_of(layout.doc[i]) for i in range(first, index))


def kinds_behind(layout: Layout, index: int) -> Iterator[tuple[int, frozenset[str]]]:
    """Read ", a polling firm" and "is a polling firm" behind a name."""
    if layout.word(index) not in {",", "is", "was", "--", "—", "–", "("}:
        return
    if layout.word(index + 1) not in _ARTICLES:
        return
    begin = last = index + 2
    while last < min(begin + _REACH, len(layout.doc)) and _is_inside(layout.doc[last]):
        last += 1
    while last > begin and layout.doc[last - 1].pos_ == "VERB":
        # "a polling firm founded in Norwell"
        last -= 1
    if last > begin and kind_of(layout.doc[last - 1]):
        yield last - 1, frozenset(lemma_of(layout.doc[i]) for i in range(begin, last - 1))


def _is_inside(token: Token) -> bool:
    return token.pos_ in _OWN or token.text == "-" or token.tag_ == "POS"

"""Whom a pronoun may take up: each person near by, with what speaks for and against."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, Final

from quotes.speakers.given import leaning
from quotes.speakers.pronouns import Reference, gender_of, within_reach

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout

FEATURES: Final = (
    "apart",
    "same sentence",
    "sentence before",
    "subject",
    "subject near by",
    "subject of the main clause",
    "modifier",
    "object",
    "taken up",
    "reported",
    "other paragraph",
    "first of its sentence",
    "nearest",
    "in this paragraph",
    "gender known",
    "gender leaning",
    "given name",
    "named often",
    "near often",
    "spoke last",
    "speaks on",
    "unnamed",
    "one of several",
    "only",
)
_OBJECTS: Final = frozenset({"dobj", "dative", "pobj"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_MOST: Final = 4.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person by the last reference to them; `features` has a value for each of FEATURES.

    `shown` is the last that names them, or else the last.
    """

    reference: Reference
    shown: Reference
    features: tuple[float, ...]

    @property
    def entity(self) -> Entity:
        """Who it is."""
        return self.reference.entity


def candidates(
    layout: Layout,
    history: Sequence[Reference],
    index: int,
    *,
    last_speaker: Entity | None = None,
    speaks_on: bool = False,
    barred: Entity | None = None,
    fits: Callable[[Entity], bool],
) -> list[Candidate]:
    """Return the people whom the pronoun at a token may take up, the nearest first.

    `speaks_on` and `barred` are those of `antecedent`.
    """
    near = list(within_reach(layout, history, index, barred=barred, fits=fits))
    last: dict[int, tuple[Reference, int]] = {}
    named: dict[int, Reference] = {}
    count: dict[int, int] = {}
    paragraph = layout.paragraph[index]
    here: set[int] = set()
    first: dict[int, int] = {}
    for reference, apart in near:
        key = id(reference.entity)
        last.setdefault(key, (reference, apart))
        if reference.named:
            named.setdefault(key, reference)
        count[key] = count.get(key, 0) + 1
        if layout.paragraph[reference.index] == paragraph:
            here.add(key)
        first[reference.sentence] = reference.index
    gender = gender_of(layout.word(index))
    reported = bool(layout.reported[index])
    found = []
    for number, (key, (reference, apart)) in enumerate(last.items()):
        entity = reference.entity
        token = layout.doc[reference.index]
        main = token.dep_ in _SUBJECTS and token.head.dep_ == "ROOT"
        lean = entity.lean if gender == "feminine" else -entity.lean
        values = (
            apart,
            apart == 0,
            apart == 1,
            reference.subject,
            reference.subject and apart <= 1,
            main,
            reference.modifier,
            token.dep_ in _OBJECTS,
            not reference.named,
            layout.reported[reference.index] and not reported,
            layout.paragraph[reference.index] != paragraph,
            first[reference.sentence] == reference.index,
            number == 0,
            key in here,
            bool(gender) and entity.gender == gender,
            lean if gender else 0.0,
            _by_given_name(entity, gender),
            min(_MOST, log2(1 + len(entity.mentions))),
            min(_MOST, log2(1 + count[key])),
            entity is last_speaker,
            entity is last_speaker and speaks_on,
            entity.phrase is not None,
            entity.is_open,
            len(last) == 1,
        )
        shown = named.get(key, reference)
        found.append(Candidate(reference, shown, tuple(map(float, values))))
    return found


def _by_given_name(entity: Entity, gender: str) -> float:
    """Return how far the given name speaks for the pronoun, where the text says nothing clear."""
    if not gender or entity.gender:
        return 0.0
    return leaning(entity) if gender == "feminine" else -leaning(entity)

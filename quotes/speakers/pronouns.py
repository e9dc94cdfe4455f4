"""Pronouns: whom "he", "she" and "it" take up, by recency, role, gender and number."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, Final

from quotes.speakers.nouns import FEMININE_PRONOUNS, MASCULINE_PRONOUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout

# How far back to look, in references and in sentences.
_MEMORY: Final = 60
_REACH: Final = 8
_MARGIN: Final = 0.5
# What speaks for a candidate, in units of one; the same steps were best on GUM and on LitBank.
_PER_SENTENCE: Final = 0.7
_SUBJECT: Final = 1.4
_MODIFIER: Final = 0.5
_SAME_GENDER: Final = 0.8
_LEAN: Final = 0.8
_TAKEN_UP: Final = 0.3
_OFTEN: Final = 0.25
_LAST_SPEAKER: Final = 0.8
_NEW_PARAGRAPH: Final = 0.5
_SOLE: Final = 0.8
_SPEAKS_ON: Final = 1.8
_REPORTED: Final = 0.6


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where the text refers to an entity: by name, pronoun or description.

    `chance` is how sure a learned ranker is of a pronoun; `by` names whose chain decided it.
    """

    entity: Entity
    index: int
    start: int
    end: int
    sentence: int
    subject: bool = False
    modifier: bool = False
    quoted: bool = False
    named: bool = True
    chance: float | None = None
    by: str = ""


def gender_of(word: str) -> str:
    """Return the gender that a pronoun asks for, or nothing."""
    if word in FEMININE_PRONOUNS:
        return "feminine"
    return "masculine" if word in MASCULINE_PRONOUNS else ""


def within_reach(
    layout: Layout,
    history: Sequence[Reference],
    index: int,
    *,
    barred: Entity | None,
    fits: Callable[[Entity], bool],
) -> Iterator[tuple[Reference, int]]:
    """Yield the references that a pronoun may take up, the nearest first, and sentences between.

    Left out are those inside marks, unless the pronoun stands there too, and of another gender.
    """
    gender = gender_of(layout.word(index))
    sentence = layout.sentence[index]
    quoted = bool(layout.quoted[index])
    for reference in reversed(history[-_MEMORY:]):
        distance = sentence - reference.sentence
        if distance > 1 and not quoted:
            distance = layout.apart(reference.sentence, sentence)
        if distance > _REACH:
            break
        entity = reference.entity
        if reference.index >= index or entity is barred or not fits(entity):
            continue
        if reference.quoted and not quoted:
            continue
        if not gender or entity.gender in {"", gender}:
            yield reference, distance


def antecedent(
    layout: Layout,
    history: Sequence[Reference],
    index: int,
    *,
    last_speaker: Entity | None = None,
    speaks_on: bool = False,
    barred: Entity | None = None,
    fits: Callable[[Entity], bool],
) -> Reference | None:
    """Return the reference that a pronoun most likely takes up; None where two are as likely.

    `speaks_on`: the pronoun is a source itself, just after `last_speaker` spoke. `barred` is the
    one whom the pronoun's place in its clause rules out.
    """
    gender = gender_of(layout.word(index))
    sentence = layout.sentence[index]
    paragraph = layout.paragraph[index]
    reported = bool(layout.reported[index])
    best: dict[int, tuple[float, Reference]] = {}
    last: dict[int, int] = {}
    for reference, distance in within_reach(layout, history, index, barred=barred, fits=fits):
        score = _score(reference, distance, gender)
        score -= _REPORTED * (bool(layout.reported[reference.index]) and not reported)
        score -= _NEW_PARAGRAPH * (layout.paragraph[reference.index] != paragraph)
        if reference.entity is last_speaker:
            score += _SPEAKS_ON if speaks_on else _LAST_SPEAKER
        last.setdefault(id(reference.entity), reference.sentence)
        known = best.get(id(reference.entity))
        if known is None or score > known[0]:
            best[id(reference.entity)] = (score, reference)
    near = {
        key
        for key, (_, reference) in best.items()
        if sentence - last[key] <= 1 and layout.paragraph[reference.index] == paragraph
    }
    if len(near) == 1:
        (key,) = near
        best[key] = (best[key][0] + _SOLE, best[key][1])
    ranked = sorted(best.values(), key=lambda item: -item[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
        return None
    return ranked[0][1]


def _score(reference: Reference, distance: int, gender: str) -> float:
    entity = reference.entity
    score = -_PER_SENTENCE * distance
    score += _SUBJECT * reference.subject - _MODIFIER * reference.modifier
    score += _SAME_GENDER * bool(gender and entity.gender == gender)
    score += _TAKEN_UP * (not reference.named)
    if gender:
        score += _LEAN * (entity.lean if gender == "feminine" else -entity.lean)
    return score + _OFTEN * min(3.0, log2(1 + len(entity.mentions)))

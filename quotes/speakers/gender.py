"""Evidence of gender from the document itself: pronouns near a sole candidate.

Names are not looked at here; `given` knows how given names lean.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from quotes.quotation import SpeakerKind
from quotes.speakers.binding import subject_of_clause
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import FEMININE_PRONOUNS, MASCULINE_PRONOUNS, is_person_noun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

_ENOUGH = 3
_SUBJECTS = frozenset({"he", "she"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "agent"})


def takes_pronoun(layout: Layout, mentions: Sequence[Mention]) -> dict[Mention, str]:
    """Return the names that are subjects and seem to be taken up by "he" or "she", with the gender.

    No other name may stand between: a sign of a person where the tagger sees a place or a firm.
    Inside marks, and in turns, both must stand in one sentence.
    """
    pronouns: tuple[list[int], list[int]] = ([], [])
    for token in layout.doc:
        if token.lower_ in FEMININE_PRONOUNS | MASCULINE_PRONOUNS:
            pronouns[layout.quoted[token.i]].append(token.i)
    found: dict[Mention, str] = {}
    for number, mention in enumerate(mentions):
        singular = pronouns[mention.quoted]
        place = bisect_right(singular, mention.last)
        if not mention.subject or place >= len(singular):
            continue
        index = singular[place]
        following = mentions[number + 1] if number + 1 < len(mentions) else None
        if following is not None and following.first < index:
            continue
        apart = layout.sentence[index] - mention.sentence
        starts = index - layout.sentence_starts[layout.sentence[index]] <= 2
        if apart == 0 or (apart == 1 and starts and not mention.quoted):
            feminine = layout.word(index) in FEMININE_PRONOUNS
            found[mention] = "feminine" if feminine else "masculine"
    return found


def unanimous(genders: Sequence[str]) -> str:
    """Return the gender that all of several votes are for; nothing where they are too few."""
    return genders[0] if len(genders) >= _ENOUGH and len(set(genders)) == 1 else ""


def gather_gender(layout: Layout, entities: Entities) -> None:
    """Let each "he" and "she" that has one person only to refer to vote on that person."""
    people = _people_by_sentence(layout, entities)
    unnamed = _unnamed_by_sentence(layout, entities)
    for token in layout.doc:
        word = token.lower_
        if word not in FEMININE_PRONOUNS and word not in MASCULINE_PRONOUNS:
            continue
        if layout.quoted[token.i]:
            continue
        _lean(layout, people, token.i, word)
        subject = subject_of_clause(layout, token.i)
        barred = entities.named_at(subject) if subject is not None else None
        entity = _sole(layout, people, token.i, word, barred)
        sentence = layout.sentence[token.i]
        between = (first for first in unnamed.get(sentence, ()) if first < token.i)
        if entity is not None and not any(between):
            entity.feminine += word in FEMININE_PRONOUNS
            entity.masculine += word in MASCULINE_PRONOUNS


def _lean(
    layout: Layout,
    people: dict[int, list[tuple[int, Entity | None]]],
    index: int,
    word: str,
) -> None:
    """Let a pronoun count a little for everyone named shortly before it."""
    sentence = layout.sentence[index]
    near = [entity for first, entity in people.get(sentence, []) if first < index]
    near = near or [entity for _, entity in people.get(sentence - 1, [])]
    known = {id(entity): entity for entity in near if entity is not None}
    for entity in known.values():
        if word in FEMININE_PRONOUNS:
            entity.near_feminine += 1 / len(known)
        else:
            entity.near_masculine += 1 / len(known)


def _unnamed_by_sentence(layout: Layout, entities: Entities) -> dict[int, list[int]]:
    """Return the nouns for a person in each sentence that describe nobody named."""
    described = {found.token for every in entities.descriptors.values() for found in every}
    nouns: dict[int, list[int]] = {}
    for token in layout.doc:
        if token.tag_ != "NN" or token.dep_ not in _ARGUMENTS or layout.quoted[token.i]:
            continue
        if token.i not in described and is_person_noun(lemma_of(token)):
            nouns.setdefault(layout.sentence[token.i], []).append(token.i)
    return nouns


def _people_by_sentence(
    layout: Layout, entities: Entities
) -> dict[int, list[tuple[int, Entity | None]]]:
    """Return the people named in each sentence, a person unknown as None."""
    people: dict[int, list[tuple[int, Entity | None]]] = {}
    for mention in entities.mentions:
        entity = entities.of.get(mention)
        person = entity is None or entity.kind is SpeakerKind.PERSON
        # "Two people named Reeve" is neither of them.
        if entity is None and layout.word(mention.first - 1) in {"named", "called", "surnamed"}:
            continue
        if person and not mention.headline and not layout.quoted[mention.first]:
            people.setdefault(mention.sentence, []).append((mention.first, entity))
    return people


def _sole(
    layout: Layout,
    people: dict[int, list[tuple[int, Entity | None]]],
    index: int,
    word: str,
    barred: Entity | None,
) -> Entity | None:
    """Return the one person whom the sentence so far, or else the one before it, names.

    `barred` is the one whom the pronoun cannot mean.
    """
    sentence = layout.sentence[index]
    here = [
        (first, entity)
        for first, entity in people.get(sentence, [])
        if entity is None or entity is not barred
    ]
    before = {id(entity): entity for first, entity in here if first < index}
    if before:
        every = {id(entity) for _, entity in here}
        return next(iter(before.values())) if len(before) == 1 == len(every) else None
    starts = index - layout.sentence_starts[sentence] <= 2
    if word not in _SUBJECTS or not starts or not sentence:
        return None
    before = {id(entity): entity for _, entity in people.get(sentence - 1, [])}
    return next(iter(before.values())) if len(before) == 1 else None

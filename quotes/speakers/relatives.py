"""What a relative pronoun stands for: the noun behind it, or a name nearer or apter than that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import BODIES
from quotes.speakers.sources import noun_behind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.speakers.entities import Entities
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

_WHO: Final = frozenset({"who", "whom", "whose"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_OF_WHOM: Final = frozenset({"both", "all", "neither", "each"})
_ASIDE: Final = 6


def named_before(layout: Layout, entities: Entities, index: int) -> int | None:
    """Return the token that the relative pronoun at `index` stands for; None where there is none.

    "The head of Noonday, who" is a person, "a ruling from Noonday, which" is what has a name, and
    "Marsh is a man who" means Marsh.
    """
    noun = noun_behind(layout, index)
    if noun is None:
        return None
    entity = entities.named_at(noun)
    word = layout.word(index)
    if word in _WHO and entity is not None and entity.kind is SpeakerKind.ORGANISATION:
        person = _person_before(layout, entities, noun)
        if person is not None and not entity.is_nation:
            return person
    if word == "which" and entity is None and lemma_of(layout.doc[noun]) not in BODIES:
        near = index - 1 - (layout.word(index - 1) == ",")
        other = entities.named_at(near)
        if other is not None and other.kind is SpeakerKind.ORGANISATION and not other.is_place:
            return near
    return _subject_of(layout, noun) if entity is None else noun


def _person_before(layout: Layout, entities: Entities, noun: int) -> int | None:
    """Return the last person named in the sentence before a body: "Ada Marsh, head of Noonday"."""
    for index in range(noun - 1, layout.sentence_starts[layout.sentence[noun]] - 1, -1):
        if layout.doc[index].pos_ in {"VERB", "AUX"}:
            return None
        other = entities.named_at(index)
        if other is not None and other.kind is SpeakerKind.PERSON:
            return index
    return None


def _subject_of(layout: Layout, noun: int) -> int:
    """Return the subject of which a noun is predicated, or the noun itself."""
    token = layout.doc[noun]
    if token.dep_ == "attr" and token.head.lemma_ == "be":
        subjects = [child.i for child in token.head.children if child.dep_ in _SUBJECTS]
        if len(subjects) == 1 and layout.doc[subjects[0]].pos_ in {"PRON", "PROPN"}:
            return int(subjects[0])
    return noun


def people_of_whom(
    layout: Layout, together: Mapping[int, Sequence[Mention]], first: int, last: int
) -> Sequence[Mention]:
    """Return the people listed right before "both of whom"; none where it is something else."""
    told = [layout.word(index) for index in range(first, last)]
    if told[1:3] != ["of", "whom"] or told[0] not in _OF_WHOM:
        return ()
    near = [people for people in together.values() if people[-1].last < first]
    if not near:
        return ()
    people = max(near, key=lambda group: group[-1].last)
    same = layout.sentence[people[-1].first] == layout.sentence[first]
    return people if same and first - people[-1].last <= _ASIDE else ()

"""What "they" and "it" take up: the last plural subject, organisation or written source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import COLLECTIVES, PARTISANS, are_people

if TYPE_CHECKING:
    from collections.abc import Collection, Container

    from quotes.speakers.layout import Layout

_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "agent"})
_REACH: Final = 3


def is_plural(layout: Layout, index: int) -> bool:
    """Tell whether a noun means several people."""
    token = layout.doc[index]
    lemma = lemma_of(token)
    if token.tag_ in {"NNS", "NNPS"} or lemma in COLLECTIVES or token.lower_ in PARTISANS:
        return True
    if lemma == "group" and layout.word(index + 1) == "of":
        return True
    return token.text == "%" or (token.tag_ == "CD" and token.lower_ != "one")


def plural_antecedent(
    layout: Layout, index: int, sources: Container[int], *, together: Collection[int] = ()
) -> int | None:
    """Return the head of the plural phrase that "they" most likely takes up.

    `together` are the first words of people named side by side.
    """
    sentence = layout.sentence[index]
    low = layout.sentence_starts[max(0, sentence - _REACH)]
    # Those who have just said something go on.
    weight = 1.2 if index in sources else 0.5
    best: tuple[float, int] | None = None
    for step in range(index - 1, max(low, index - 160) - 1, -1):
        token = layout.doc[step]
        joined = step in together
        if not joined and (token.pos_ not in {"NOUN", "PROPN"} or not is_plural(layout, step)):
            continue
        if layout.quoted[step] and not layout.quoted[index]:
            continue
        certain = joined or are_people(lemma_of(token)) or token.ent_type_ == "NORP"
        if not certain and step not in sources:
            continue
        score = -0.7 * (sentence - layout.sentence[step])
        subject = token.dep_ in _SUBJECTS or (joined and token.head.dep_ in _SUBJECTS)
        score += subject + 1.0 * certain
        score += (weight if certain else 0.5) * (step in sources)
        if best is None or score > best[0]:
            best = (score, step)
    return best[1] if best is not None else None

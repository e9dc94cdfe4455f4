"""Parses and tokens made by hand, so that what the network is told can be tested without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import spacy
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotes.extraction.learned.features import Tokens
from quotes.extraction.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn

_ENGLISH = spacy.blank("en")


def doc_of(text: str, *, heads: Sequence[int] | None = None) -> Doc:
    """Return a text's tokens, without a parse or with these heads (all dependencies `dep`)."""
    plain = _ENGLISH.make_doc(text)
    if heads is None:
        return plain
    return Doc(
        plain.vocab,
        words=[token.text for token in plain],
        spaces=[bool(token.whitespace_) for token in plain],
        heads=list(heads),
        deps=["dep"] * len(plain),
    )


def reading_of(text: str) -> Reading:
    """Return the reading of a text that has no parse."""
    return Reading(doc_of(text))


def tokens_of(
    head: Sequence[int],
    *,
    dependency: Sequence[int] | None = None,
    sentence: Sequence[int] | None = None,
    paragraph: Sequence[int] | None = None,
    passage: Sequence[int] | None = None,
) -> Tokens:
    """Return tokens of one letter with these heads, in one sentence unless told otherwise."""
    size = len(head)
    start = 2 * np.arange(size)
    zeros = [0] * size
    return Tokens(
        words=tuple("abcdefghij"[i % 10] for i in range(size)),
        start=start,
        end=start + 1,
        shape=np.ones(size, np.int64),
        marks=np.zeros(size, np.int64),
        layout=np.zeros(size, np.int64),
        tag=np.arange(size) % 7,
        dependency=np.array(dependency or zeros, np.int64),
        head=np.array(head, np.int64),
        sentence=np.array(sentence or zeros, np.int64),
        paragraph=np.array(paragraph or zeros, np.int64),
        passage=np.array(passage or [-1] * size, np.int64),
    )


@st.composite
def parses(draw: DrawFn) -> Tokens:
    """Sentences whose tokens hang in trees, one or two in each, with any dependencies."""
    head: list[int] = []
    sentence: list[int] = []
    for number in range(draw(st.integers(1, 3))):
        first = len(head)
        size = draw(st.integers(1, 9))
        order = draw(st.permutations(range(size)))
        roots = draw(st.integers(1, min(2, size)))
        above = {order[i]: order[i] for i in range(roots)}
        for place in range(roots, size):
            above[order[place]] = order[draw(st.integers(0, place - 1))]
        head.extend(first + above[i] for i in range(size))
        sentence.extend([number] * size)
    dependency = draw(st.lists(st.integers(0, 9), min_size=len(head), max_size=len(head)))
    return tokens_of(head, dependency=dependency, sentence=sentence)

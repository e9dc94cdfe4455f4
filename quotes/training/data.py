"""Annotated articles as the network's targets, and windows of them in batches."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from quotes.extraction.learned.decoding import (
    BEGIN_CONTENT,
    BEGIN_CUE,
    BEGIN_SOURCE,
    CONTENT,
    NEITHER,
    SOURCE,
)
from quotes.extraction.learned.inputs import Stretch
from quotes.extraction.learned.pieces import WINDOW, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from quotes.evaluation.corpus import GoldDocument
    from quotes.extraction.learned.features import Tokens
    from quotes.extraction.learned.inputs import Pieces
    from quotes.spans import Spans

_TRAINING_OVERLAP = 32
_OUTSIDE, _BEFORE, _IN_SOURCE, _AFTER_OUTSIDE, _AFTER_CONTENT = range(5)


@dataclass(frozen=True, slots=True)
class Article:
    """One annotation of a text: its tokens, pieces, and targets; several annotators share `weight`.

    `labels` is the tagger's, `[tokens]`; `cues` are spans of tokens, `roles` what each token is to
    each of them, `[cues, tokens]`. A teacher's chances, if any, are `soft_labels` `[tokens, 7]`
    and `soft_roles`, `[tokens, 3]` for each cue.
    """

    name: str
    tokens: Tokens
    pieces: Pieces
    labels: NDArray[np.int64]
    cues: tuple[tuple[int, int], ...]
    roles: NDArray[np.int8]
    weight: float = 1.0
    soft_labels: NDArray[np.float16] | None = None
    soft_roles: tuple[NDArray[np.float16], ...] | None = None


def article(
    tokens: Tokens,
    gold: GoldDocument,
    *,
    read: Callable[[str], tuple[int, ...]],
    unknown: int,
    weight: float = 1.0,
) -> Article:
    """Project a text's annotations on its tokens."""
    labels = np.zeros(len(tokens), np.int64)
    cues, roles = [], []
    for quotation in gold.quotations:
        cue = _inside(tokens, quotation.cue)
        if not cue:
            continue
        row = np.zeros(len(tokens), np.int8)
        row[_inside(tokens, quotation.content)] = CONTENT
        # One source, in one piece: the CRF knows no second, and there are ten in PolNeAR.
        row[_first_run(_inside(tokens, quotation.source))] = SOURCE
        row[cue] = NEITHER
        cues.append((cue[0], cue[-1] + 1))
        roles.append(row)
        for spans, begin in (
            (quotation.source, BEGIN_SOURCE),
            (quotation.content, BEGIN_CONTENT),
            (quotation.cue, BEGIN_CUE),
        ):
            _label(labels, tokens, spans, begin)
    order = sorted(range(len(cues)), key=lambda i: cues[i])
    return Article(
        name=gold.name,
        tokens=tokens,
        pieces=tuple(read(word) or (unknown,) for word in tokens.words),
        labels=labels,
        cues=tuple(cues[i] for i in order),
        roles=np.array([roles[i] for i in order], np.int8).reshape(len(cues), len(tokens)),
        weight=weight,
    )


def _label(labels: NDArray[np.int64], tokens: Tokens, spans: Spans, begin: int) -> None:
    for span in spans:
        inside = _inside(tokens, (span,))
        labels[inside] = begin + 1
        labels[inside[:1]] = begin


def _inside(tokens: Tokens, spans: Spans) -> list[int]:
    found: set[int] = set()
    for span in spans:
        first = int(np.searchsorted(tokens.end, span.start, side="right"))
        last = int(np.searchsorted(tokens.start, span.end, side="left"))
        found.update(range(first, last))
    return sorted(found)


def _first_run(indices: list[int]) -> list[int]:
    for place, (one, two) in enumerate(pairwise(indices)):
        if two > one + 1:
            return indices[: place + 1]
    return indices


@dataclass(frozen=True, slots=True)
class Part:
    """One window of an article."""

    article: Article
    stretch: Stretch

    @property
    def cues(self) -> list[int]:
        """The numbers of the article's cues that lie in the window."""
        start, end = self.stretch.start, self.stretch.end
        return [i for i, (a, b) in enumerate(self.article.cues) if start <= a and b <= end]


def cut(articles: Sequence[Article], random: np.random.Generator) -> list[Part]:
    """Cut articles of two tokens or more into windows, each time elsewhere."""
    whole = (item for item in articles if len(item.tokens) > 1)
    return [part for item in whole for part in _cut_one(item, random)]


def _cut_one(item: Article, random: np.random.Generator) -> Iterator[Part]:
    lengths = np.array([len(p) for p in item.pieces])
    size = int(random.integers(WINDOW // 3, WINDOW + 1))
    first = min(max(1, int(np.searchsorted(np.cumsum(lengths), size))), len(lengths) - 1)
    opening = int(np.searchsorted(item.tokens.sentence, item.tokens.sentence[first]))
    opening = opening or first
    rest = windows(lengths[opening:], item.tokens.sentence[opening:], overlap=_TRAINING_OVERLAP)
    for start, end in [(0, first), *((w.start + opening, w.end + opening) for w in rest)]:
        yield Part(item, Stretch(item.tokens, item.pieces, start, end))


def batches(
    parts: Sequence[Part], *, rows: int, random: np.random.Generator
) -> Iterator[list[Part]]:
    """Yield groups of windows of about one length, in random order."""
    keys = [part.stretch.size + random.uniform(0, 16) for part in parts]
    order = np.argsort(keys)
    groups = [order[i : i + rows] for i in range(0, len(order), rows)]
    for index in random.permutation(len(groups)):
        yield [parts[i] for i in groups[index]]


def path_of(roles: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return the automaton's path for the roles of a cue's tokens."""
    sources = np.flatnonzero(roles == SOURCE)
    before = np.where(roles == CONTENT, _BEFORE, _OUTSIDE)
    if not len(sources):
        return before.astype(np.int64)
    after = np.where(roles == CONTENT, _AFTER_CONTENT, _AFTER_OUTSIDE)
    path = np.where(np.arange(len(roles)) < sources[0], before, after)
    path[sources[0] : sources[-1] + 1] = _IN_SOURCE
    return path.astype(np.int64)

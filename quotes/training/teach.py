"""What a trained network thinks of articles, as targets for another (Hinton et al., 2015)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quotes.extraction.learned.inputs import Cue, Stretch, inputs, surroundings
from quotes.extraction.learned.pieces import windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotes.extraction.learned.findings import Scorer
    from quotes.training.data import Article

_ROWS = 8


def taught(pupils: Sequence[Article], seen: Sequence[Article], teacher: Scorer) -> list[Article]:
    """Return the pupils with the teacher's chances; `seen` are they in the teacher's pieces."""
    return [
        replace(pupil, soft_labels=labels, soft_roles=roles)
        for pupil, item in zip(pupils, seen, strict=True)
        for labels, roles in (_thoughts(item, teacher),)
    ]


def _thoughts(
    item: Article, teacher: Scorer
) -> tuple[NDArray[np.float16], tuple[NDArray[np.float16], ...]]:
    size = len(item.tokens)
    labels = np.zeros((size, 7), np.float16)
    roles = [np.zeros((size, 3), np.float16) for _ in item.cues]
    lengths = np.array([len(p) for p in item.pieces])
    parts = windows(lengths, item.tokens.sentence)
    for begin in range(0, len(parts), _ROWS):
        some = parts[begin : begin + _ROWS]
        rows = [Stretch(item.tokens, item.pieces, p.start, p.end) for p in some]
        states, chances = teacher.tag(inputs(rows, teacher.special))
        cues, owners = [], []
        for row, part in enumerate(some):
            labels[part.first : part.last] = chances[
                row, part.first - part.start : part.last - part.start
            ]
            for owner, (start, end) in enumerate(item.cues):
                if part.first <= start < part.last and end <= part.end:
                    cues.append(Cue(row, start, end))
                    owners.append(owner)
        if not cues:
            continue
        around = surroundings(rows, cues)
        offset = np.array([cue.row * states.shape[1] for cue in cues])
        scores = teacher.read(states.reshape(-1, states.shape[2]), offset, around)
        soft = np.exp(scores - scores.max(axis=2, keepdims=True))
        soft /= soft.sum(axis=2, keepdims=True)
        for number, owner in enumerate(owners):
            first = int(around.first[number])
            wide = int(around.exists[number].sum())
            roles[owner][first : first + wide] = soft[number, :wide]
    return labels, tuple(roles)

"""Which of a speaker's many quotations can tell what a few new ones tell, without holding all.

Only what shares words enough, or means much the same, can be one statement; so whatever else is
stored is read once, a part at a time, and let go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.store import tellings
from quotes.vectors.packing import parts
from quotes.verification.same import CLOSE, grams

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from quotes.store.tellings import Told

# What the product of floats may be off.
SLACK: Final = 1e-3
# As many rows of cosines as are held at once.
BLOCK: Final = 512


def partners(session: Session, speaker: int, ours: Sequence[Told]) -> set[int]:
    """Return the keys of a speaker's quotations that ours are to be compared to, and of ours."""
    wanted = {hash(gram) for one in ours for gram in grams(one.text)}
    found = {one.id for one in ours}
    for some in tellings.texts(session, speaker):
        found.update(id_ for id_, text in some if not wanted.isdisjoint(map(hash, grams(text))))
    return found | _close(session, speaker, [one.id for one in ours])


def _close(session: Session, speaker: int, keys: Collection[int]) -> set[int]:
    """Return the keys of a speaker's quotations whose vectors are close to one of these."""
    import numpy as np

    own = tellings.packed_vectors(session, keys)
    if not own:
        return set()
    steps, whole = parts(list(own.values()))
    ours = whole.astype(np.float32) * steps[:, None]
    close: set[int] = set()
    for some in tellings.vectors(session, speaker):
        steps, whole = parts([vector for _, vector in some])
        theirs = whole.astype(np.float32) * steps[:, None]
        near = np.zeros(len(some), bool)
        for start in range(0, len(ours), BLOCK):
            near |= (theirs @ ours[start : start + BLOCK].T >= CLOSE - SLACK).any(axis=1)
        close.update(some[row][0] for row in np.flatnonzero(near))
    return close

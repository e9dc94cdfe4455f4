"""Closeness in meaning: by the vectors that are stored, and by an encoder for the likeliest few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from quotes.store.vectors import vectors_of
from quotes.verification.compare import read_once
from quotes.verification.likeness import Likeness, Pieces, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy.orm import Session

# The encoder reads no more than its beginning of a longer text, in characters.
_LONGEST: Final = 4_000


class Meaning(Protocol):
    """Something that tells how near texts are to one claim."""

    def closeness(self, texts: Sequence[str]) -> list[float]:
        """Return the cosine of each text's stored vector to the claim's; 0 where none is stored."""
        ...

    def likeness(self, texts: Sequence[str]) -> list[Likeness]:
        """Return how like each text is to the claim, part by part and word by word."""
        ...


class TextEncoder(Protocol):
    """What turns texts into vectors of unit length; `quotes.vectors.encoder.Encoder` is one."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...

    def states(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]: ...


class StoredMeaning:
    """Closeness to one claim, which is encoded when that is first needed.

    Words that only say who said it are left out of the claim.
    """

    def __init__(self, session: Session, encoder: TextEncoder, claim: str) -> None:
        self._session = session
        self._encoder = encoder
        self._claim = read_once(claim).core[:_LONGEST]
        self._pieces: Pieces | None = None
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def vector(self) -> NDArray[np.float32]:
        """The claim's vector `[384]`."""
        return self._read().vector

    def learn(self, quotations: Iterable[tuple[str, str]]) -> None:
        """Look up the vectors of quotations, given as public ids and texts."""
        texts = {public_id: text for public_id, text in quotations if text not in self._known}
        for public_id, vector in vectors_of(self._session, list(texts)).items():
            self._known[texts[public_id]] = vector

    def closeness(self, texts: Sequence[str]) -> list[float]:
        """Return the cosine of each text's stored vector to the claim's; 0 where none is stored."""
        known = (self._known.get(text) for text in texts)
        return [0.0 if one is None else min(1.0, float(one @ self.vector)) for one in known]

    def likeness(self, texts: Sequence[str]) -> list[Likeness]:
        """Return how like each text is to the claim; each takes some milliseconds to encode."""
        return [
            likeness(self._read(), Pieces(text, *self._encoder.states(text[:_LONGEST])))
            for text in texts
        ]

    def _read(self) -> Pieces:
        if self._pieces is None:
            self._pieces = Pieces(self._claim, *self._encoder.states(self._claim))
        return self._pieces

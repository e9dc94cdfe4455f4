"""A piece of text as a tokenizer likes it, and the way back to where each character stood."""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.nlp.pieces import Piece

BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a character of the plain text stands: in which piece, at which code point."""

    piece: int
    at: int


@dataclass(frozen=True, slots=True)
class Plain:
    """Pieces as paragraphs of one text, a blank line between; `places` has one for each character.

    A run of white space is one space, so that wrapped lines are joined; control and format
    characters, such as a zero-width space, are left out. What stands between paragraphs has no
    place.
    """

    text: str
    places: tuple[Place | None, ...]


def plain(pieces: Sequence[Piece]) -> Plain:
    """Return the pieces as one text, a paragraph for each stretch between two sentence openings."""
    chars: list[str] = []
    places: list[Place | None] = []
    for number, piece in enumerate(pieces):
        bounds = [0, *(at for at in piece.openings if at > 0), len(piece.text)]
        for start, end in itertools.pairwise(bounds):
            kept = list(_kept(piece.text, start, end))
            if kept and chars:
                chars.extend(BETWEEN)
                places.extend([None] * len(BETWEEN))
            chars.extend(char for char, _ in kept)
            places.extend(Place(number, at) for _, at in kept)
    return Plain("".join(chars), tuple(places))


def _kept(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the characters that stay with their places; none at the edges is white space."""
    space: int | None = None
    begun = False
    for at in range(start, end):
        char = text[at]
        if char.isspace():
            space = at if space is None else space
        elif unicodedata.category(char) not in {"Cc", "Cf", "Cn", "Co"}:
            if space is not None and begun:
                yield " ", space
            space, begun = None, True
            yield char, at

"""Texts of any length cut into pieces that a parser takes, and the parses of a text joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.errors import DocumentError
from quotes.nlp.paragraphs import paragraphs, sentence_openings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

# A parser's memory grows with the text, and a tokenizer's time with the square of a run of
# characters without white space; so long texts go in pieces, cut between paragraphs.
PIECE = 20_000
_RUN = re.compile(r"\S{400,}")
_RUN_PIECE = 300
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text; `openings` are where in it a sentence must start, in code points."""

    text: str
    openings: tuple[int, ...]
    is_last: bool


def pieces_of(texts: Iterable[str]) -> Iterator[Piece]:
    """Yield the pieces of each text, in order; raises DocumentError on lone surrogates."""
    for text in texts:
        if surrogate := _SURROGATE.search(text):
            raise DocumentError(
                f"half a character (a lone surrogate) stands at {surrogate.start()}",
                hint="decode the source again, or leave the character out",
            )
        whole = paragraphs(text)
        starts = sentence_openings(text, whole)
        begin = 0
        at = 0
        for cut in [*cut_points(text, [p.start for p in whole]), len(text)]:
            upto = at
            while upto < len(starts) and starts[upto] < cut:
                upto += 1
            openings = tuple(start - begin for start in starts[at:upto])
            yield Piece(text=text[begin:cut], openings=openings, is_last=cut == len(text))
            begin, at = cut, upto


def joined(parsed: Iterable[tuple[Doc, bool]]) -> Iterator[Doc]:
    """Yield one parse for each text, from those of its pieces and whether each is the last."""
    from spacy.tokens import Doc

    pieces: list[Doc] = []
    for doc, is_last in parsed:
        pieces.append(doc)
        if is_last:
            whole = Doc.from_docs(pieces, ensure_whitespace=False) if pieces[1:] else None
            yield whole or pieces[0]
            pieces = []


def cut_points(text: str, starts: Iterable[int]) -> list[int]:
    """Return where to cut a text into pieces of about PIECE code points, 0 and the end left out.

    Cuts fall where paragraphs start; inside a longer paragraph at white space; and inside a run
    of 400 characters without any, every 300.
    """
    cuts: set[int] = set()
    last = 0
    for start in [*starts, len(text)]:
        while start - last > 2 * PIECE:
            space = text.rfind(" ", last + PIECE, last + 2 * PIECE)
            last = space + 1 if space > 0 else last + 2 * PIECE
            cuts.add(last)
        if start - last >= PIECE:
            cuts.add(start)
            last = start
    for run in _RUN.finditer(text):
        cuts.update(range(run.start(), run.end(), _RUN_PIECE))
    return sorted(cuts - {0, len(text)})

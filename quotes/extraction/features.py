"""What is looked at to judge a candidate: the cue, its source, its content and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extraction.lexicon import NOUNS, REPORT, THINK, lemma_of, verb_classes
from quotes.extraction.syntax import is_negated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from quotes.extraction.reading import Reading
    from quotes.spans import Spans

_CLIMB = 8


def cue_features(reading: Reading, cue: Token, content: Spans, source: Spans) -> Iterator[str]:
    """Yield the features of a syntactic candidate."""
    for name in verb_classes(lemma_of(cue)):
        yield f"class={name}"
    yield f"tag={cue.tag_}"
    yield f"dep={cue.dep_}"
    if is_negated(cue):
        yield "negated"
    for aux in cue.children:
        if aux.dep_ == "aux" and aux.tag_ in {"MD", "TO"}:
            yield f"modal={aux.lower_}"
    yield f"outer={_outer(cue)}"
    marked = reading.marked_at(cue.idx)
    if marked is not None:
        yield "in-marks"
    yield from _source_features(reading, source)
    yield from _content_features(reading, content, cue)


def _source_features(reading: Reading, source: Spans) -> Iterator[str]:
    if not source:
        yield "source=none"
        return
    indices = reading.tokens_in(source[0].start, source[0].end)
    tokens = [reading.doc[i] for i in indices]
    head = next((t for t in tokens if t.head.i not in indices), tokens[0] if tokens else None)
    if head is None:
        yield "source=odd"
        return
    kind = head.ent_type_ or head.pos_
    yield f"source={kind}"
    if head.pos_ in {"NOUN", "PRON"}:
        yield f"source-word={lemma_of(head)}"


def _content_features(reading: Reading, content: Spans, cue: Token) -> Iterator[str]:
    words = sum(len(reading.text[s.start : s.end].split()) for s in content)
    yield f"words={_bucket(words)}"
    first = reading.tokens_in(content[0].start, content[0].end)
    if len(first):
        token = reading.doc[first[0]]
        yield f"first={token.lower_ if token.pos_ in _CLOSED else token.pos_}"
        head = next((reading.doc[i] for i in first if reading.doc[i].head.i not in first), token)
        yield f"head={head.pos_}"
        yield f"head-tag={head.tag_}"
        if words == 1:
            yield f"only={token.lower_ if token.pos_ in _CLOSED else token.pos_}"
        if head.pos_ == "NOUN" and lemma_of(head) in NOUNS:
            yield "head-reports"
        if head.pos_ == "VERB" and lemma_of(head) in REPORT:
            yield "head-says"
    yield f"before={content[0].start < cue.idx}"
    yield f"pieces={min(len(content), 3)}"
    if any(reading.marked_within(s.start, s.end) for s in content):
        yield "has-marks"


_CLOSED = frozenset({"PRON", "DET", "SCONJ", "ADP", "PART", "AUX", "CCONJ"})


def _bucket(words: int) -> str:
    for limit in (1, 2, 3, 5, 8, 15, 30):
        if words <= limit:
            return str(limit)
    return "more"


def _outer(cue: Token) -> str:
    """Return what the cue stands inside: a reporting clause, a clause of thought, or nothing."""
    current = cue
    for _ in range(_CLIMB):
        if current.head == current:
            return "no"
        if current.dep_ in {"ccomp", "xcomp"}:
            lemma = lemma_of(current.head)
            if lemma in REPORT:
                return "say"
            if lemma in THINK:
                return "think"
        current = current.head
    return "deep"

"""Reported speech by syntax: verbs with the clause, phrase or object that they report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quotes.extraction.candidates import Candidate
from quotes.extraction.features import cue_features
from quotes.extraction.lexicon import REPORT, THINK, act_of
from quotes.extraction.syntax import (
    SUBJECTS,
    agent,
    is_passive,
    nominal_before,
    noun_phrase,
    own_subject,
    range_span,
    subject,
    subtree_range,
    token_spans,
    verb_group,
)
from quotes.spans import Span, Spans, merged

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quotes.extraction.reading import Reading

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
_TELLING = frozenset(
    """tell ask remind inform assure reassure notify warn advise urge brief email text persuade
    convince promise instruct order teach show""".split()
)
_LONGEST = 120


def verb_candidates(reading: Reading, verb: Token) -> Iterator[Candidate]:
    """Yield what a verb may report, one candidate for each construction it stands in."""
    source, how = _source(verb)
    for pattern, content, extra in _contents(reading, verb):
        spans = _without(content, source)
        if not spans:
            continue
        group = [*verb_group(verb), *extra]
        told = _addressee(verb) if pattern in {"ccomp", "xcomp", "dobj+ccomp"} else ()
        spans = _without(spans, told)
        cue = _without(token_spans(group), spans)
        if not spans or not cue:
            continue
        lemma = " ".join([verb.lemma_.lower(), *(t.lower_ for t in extra)])
        yield Candidate(
            pattern=pattern,
            lemma=lemma,
            content=spans,
            cue=cue,
            source=source,
            addressee=told,
            cue_at=verb.idx,
            act=act_of(verb.lemma_.lower()),
            features=(f"how={how}", *cue_features(reading, verb, spans, source)),
        )


def _contents(
    reading: Reading, verb: Token
) -> Iterator[tuple[str, Spans, Sequence[Token]]]:
    """Yield the constructions: a name, the content's spans, and what more belongs to the cue."""
    passive = is_passive(verb)
    children = list(verb.children)
    clause = next((t for t in children if t.dep_ == "ccomp"), None)
    if clause is not None:
        before = clause.i < verb.i
        spans = _clause(reading, clause, verb)
        yield ("ccomp-before" if before else "ccomp"), spans, ()
    elif (inserted := _inserted(reading, verb)) is not None:
        yield inserted
    for child in children:
        if child.dep_ == "xcomp" and child.i > verb.i:
            yield from _infinitive(reading, verb, child, passive=passive)
        elif child.dep_ in {"dobj", "oprd", "attr"} and child.i > verb.i:
            yield from _object(reading, verb, child)
        elif child.dep_ in {"prep", "agent"} and child.i > verb.i and child.lower_ != "by":
            yield from _prepositional(reading, verb, child)
        elif child.dep_ == "advcl" and child.i > verb.i and child.tag_ != "VBG":
            spans = _range(reading, *subtree_range(child))
            yield "advcl", spans, ()
        elif child.dep_ == "dobj" and child.i < verb.i:
            yield "dobj-before", _range(reading, *noun_phrase(child)), ()
    if passive:
        done = own_subject(verb)
        if done is not None:
            yield "passive", _range(reading, *noun_phrase(done)), ()
    if verb.dep_ == "relcl" and not passive:
        gap = next((t for t in children if t.dep_ in {"dobj", "pobj"} and t.i < verb.i), None)
        if gap is None and clause is None and not any(t.dep_ == "dobj" for t in children):
            yield "relcl", _range(reading, *noun_phrase(verb.head, limit=12)), ()


def _clause(reading: Reading, clause: Token, verb: Token) -> Spans:
    """Return the clause's subtree without the verb's own words, in pieces where they interrupt."""
    first, last = subtree_range(clause)
    if first <= verb.i <= last:
        return _around(reading, first, last, verb)
    if clause.i > verb.i:
        first = max(first, verb.i + 1)
    else:
        last = min(last, verb.i - 1)
    return _range(reading, first, last)


def _around(reading: Reading, first: int, last: int, verb: Token) -> Spans:
    left = _range(reading, first, verb.left_edge.i - 1)
    right = _range(reading, verb.i + 1, last)
    return merged([*left, *right])


def _inserted(
    reading: Reading, verb: Token
) -> tuple[str, Spans, Sequence[Token]] | None:
    """A parenthetical: "Trade, he said, is …", "… as he put it", "…, she added"."""
    lemma = verb.lemma_.lower()
    if lemma not in REPORT | THINK or verb.head == verb:
        return None
    if verb.dep_ not in {"parataxis", "ccomp", "advcl", "dep", "conj", "appos", "relcl"}:
        return None
    main = verb.head
    if main.pos_ not in {"VERB", "AUX"} or own_subject(verb) is None:
        return None
    if verb.dep_ in {"ccomp", "conj"} and verb.i < main.i and verb.left_edge.i <= main.left_edge.i:
        return None
    if verb.dep_ == "conj":
        return None
    first, last = subtree_range(main)
    own_first, own_last = subtree_range(verb)
    if own_last - own_first > 14:
        return None
    left = _range(reading, first, own_first - 1) if own_first > first else ()
    right = _range(reading, own_last + 1, last) if own_last < last else ()
    spans = merged([*left, *right])
    return (f"inserted-{verb.dep_}", spans, ()) if spans else None


def _infinitive(
    reading: Reading, verb: Token, child: Token, *, passive: bool
) -> Iterator[tuple[str, Spans, Sequence[Token]]]:
    first, last = subtree_range(child)
    spans = _range(reading, max(first, verb.i + 1), last)
    if not passive:
        yield "xcomp", spans, ()
        return
    done = own_subject(verb)
    if done is None:
        return
    yield "passive-xcomp", merged([*_range(reading, *noun_phrase(done)), *spans]), ()


def _object(
    reading: Reading, verb: Token, child: Token
) -> Iterator[tuple[str, Spans, Sequence[Token]]]:
    first, last = noun_phrase(child)
    alone = _range(reading, max(first, verb.i + 1), last)
    yield "dobj", alone, ()
    further = [
        t
        for t in verb.rights
        if t.i > child.i and t.dep_ in {"prep", "oprd", "xcomp", "ccomp", "acomp", "attr", "dative"}
    ]
    if further:
        end = further[0].right_edge.i
        yield f"dobj+{further[0].dep_}", _range(reading, max(first, verb.i + 1), end), ()


def _prepositional(
    reading: Reading, verb: Token, prep: Token
) -> Iterator[tuple[str, Spans, Sequence[Token]]]:
    inner = next((t for t in prep.children if t.dep_ in {"pobj", "pcomp", "prep"}), None)
    if inner is None:
        return
    extra = [prep]
    if inner.dep_ == "prep":
        extra.append(inner)
        inner = next((t for t in inner.children if t.dep_ in {"pobj", "pcomp"}), None)
        if inner is None:
            return
    first, last = subtree_range(inner)
    if last - first > _LONGEST:
        return
    adjacent = all(t.i == prep.i or t.dep_ in {"prt", "advmod"} for t in verb.doc[verb.i + 1 : prep.i])
    if adjacent:
        yield f"prep:{prep.lower_}", _range(reading, first, prep.right_edge.i), extra


def _source(verb: Token) -> tuple[Spans, str]:
    if is_passive(verb):
        by = agent(verb)
        if by is not None:
            return _phrase(by), "agent"
        if own_subject(verb) is not None or verb.dep_ in {"acl", "relcl"}:
            return (), "passive"
    own = own_subject(verb)
    if own is not None:
        if own.dep_ == "expl" or (own.lower_ == "it" and verb.lemma_ in {"seem", "appear"}):
            return (), "it"
        return _phrase(own), "own"
    found = subject(verb)
    if found is not None:
        return _phrase(found, before=verb if found.i < verb.i else None), f"shared-{verb.dep_}"
    near = nominal_before(verb) if verb.tag_ in {"VBD", "VBZ", "VBP"} else ()
    return near, "near" if near else "none"


def _addressee(verb: Token) -> Spans:
    if verb.lemma_.lower() not in _TELLING:
        return ()
    for child in verb.rights:
        if child.dep_ in {"dobj", "dative", "iobj"} and child.pos_ in _NOMINAL:
            return _phrase(child)
    # "told reporters the plan …": the parser may read the addressee as the clause's subject.
    return ()


def _phrase(head: Token, *, before: Token | None = None) -> Spans:
    first, last = noun_phrase(head)
    if before is not None:
        last = min(last, before.left_edge.i - 1) if before.left_edge.i > head.i else min(last, before.i - 1)
        last = max(last, head.i)
    span = range_span(head.doc, first, last)
    return (span,) if span is not None else token_spans([head])


def _range(reading: Reading, first: int, last: int) -> Spans:
    span = range_span(reading.doc, first, last)
    return (span,) if span is not None else ()


def _without(spans: Spans, holes: Spans) -> Spans:
    """Return the spans less the holes, white space and commas at the new edges left."""
    out: list[Span] = []
    for span in spans:
        start = span.start
        for hole in sorted(holes):
            if not hole.overlaps(span):
                continue
            if start < hole.start:
                out.append(Span(start, hole.start))
            start = max(start, hole.end)
        if start < span.end:
            out.append(Span(start, span.end))
    return tuple(out)


__all__ = ["SUBJECTS", "verb_candidates"]

"""Reported speech without a verb: nouns, adjectives and "according to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extraction.candidates import Candidate
from quotes.extraction.features import cue_features
from quotes.extraction.lexicon import LIGHT, lemma_of
from quotes.extraction.syntax import (
    own_subject,
    phrase_spans,
    range_span,
    subject,
    subtree_range,
    token_spans,
)
from quotes.spans import Span, Spans, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from quotes.extraction.reading import Reading


def noun_candidates(reading: Reading, noun: Token) -> Iterator[Candidate]:
    """Yield what a noun may report: "a statement that …", "criticism of …", "his plan to …"."""
    source, how, extra = _noun_source(noun)
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ == "acl" and child.tag_ in {"VB", "VBD", "VBZ", "VBP", "VBN", "MD"}:
            # A bare participle modifies ("a plan approved last week"); a clause has its marker.
            if child.tag_ == "VBN" and not any(
                t.dep_ in {"mark", "nsubj", "nsubjpass"} for t in child.children
            ):
                continue
            pattern, inner, cue = "noun-clause", subtree_range(child), [noun]
        elif child.dep_ in {"ccomp", "relcl"} and any(
            t.lower_ == "that" and t.dep_ in {"mark", "dobj", "nsubj"} for t in child.lefts
        ):
            pattern, inner, cue = f"noun-{child.dep_}", subtree_range(child), [noun]
        elif child.dep_ == "prep" and child.lower_ not in {"by", "from"}:
            pobj = next((t for t in child.children if t.dep_ in {"pobj", "pcomp"}), None)
            if pobj is None:
                continue
            pattern, cue = f"noun-prep:{child.lower_}", [noun, child]
            inner = (pobj.left_edge.i, child.right_edge.i)
        else:
            continue
        span = range_span(reading.doc, *inner)
        if span is not None:
            yield _candidate(reading, pattern, noun, [*extra, *cue], (span,), source, how)


def _noun_source(noun: Token) -> tuple[Spans, str, list[Token]]:
    """Return whose statement it is, how that is known, and a light verb that belongs to the cue."""
    for child in noun.children:
        if child.dep_ == "poss":
            return phrase_spans(child), "poss", []
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from"}:
            pobj = next((t for t in child.children if t.dep_ == "pobj"), None)
            if pobj is not None:
                return phrase_spans(pobj), child.lower_, []
    verb = noun.head
    if noun.dep_ == "dobj" and verb.pos_ == "VERB" and lemma_of(verb) in LIGHT:
        found = subject(verb)
        if found is not None:
            return phrase_spans(found), "light", [verb]
    above = verb.head
    if noun.dep_ == "pobj" and above.dep_ in {"dobj", "pobj"} and above.head.pos_ == "VERB":
        above = above.head  # "opened the meeting with a comment that": the opener's comment
    if noun.dep_ == "pobj" and above.pos_ == "VERB":
        while above.tag_ in {"VBG", "VBN"} and above.head.pos_ == "VERB" and above.head != above:
            above = above.head
        found = subject(above)
        if found is not None and not found.is_ancestor(noun):
            return phrase_spans(found), "above", []
    named = next(
        (t for t in noun.lefts if t.dep_ in {"compound", "nmod"} and t.pos_ == "PROPN"), None
    )
    if named is not None:
        return phrase_spans(named), "compound", []
    return (), "none", []


def adjective_candidates(reading: Reading, adjective: Token) -> Iterator[Candidate]:
    """Yield what a predicate adjective may report: "is confident that …", "was critical of …"."""
    if adjective.dep_ not in {"acomp", "conj", "ROOT", "oprd"}:
        return
    owner = own_subject(adjective) or (
        subject(adjective.head) if adjective.head.pos_ in {"AUX", "VERB"} else None
    )
    if owner is None:
        return
    copula = [adjective.head] if adjective.head.pos_ == "AUX" else []
    for child in adjective.children:
        if child.i < adjective.i:
            continue
        cue = [adjective]
        if child.dep_ in {"ccomp", "xcomp"}:
            pattern, inner = f"adj-{child.dep_}", subtree_range(child)
        elif child.dep_ == "prep":
            pobj = next((t for t in child.children if t.dep_ in {"pobj", "pcomp"}), None)
            if pobj is None:
                continue
            pattern, inner = f"adj-prep:{child.lower_}", (pobj.left_edge.i, child.right_edge.i)
            cue.append(child)
        else:
            continue
        span = range_span(reading.doc, *inner)
        if span is not None:
            yield _candidate(
                reading, pattern, adjective, [*copula, *cue], (span,), phrase_spans(owner), "own"
            )


def according_candidates(reading: Reading, token: Token) -> Iterator[Candidate]:
    """Yield what "according to X" reports: the clause that it stands in, without itself."""
    to = next((t for t in token.children if t.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
        to = token.nbor(1)
    if to is None:
        return
    owner = next((t for t in [*to.children, *token.children] if t.dep_ in {"pobj", "pcomp"}), None)
    if owner is None:
        return
    clause = token.head
    while clause.head != clause and clause.pos_ not in {"VERB", "AUX"}:
        clause = clause.head
    sentence = token.sent
    opens = token.i - sentence.start <= 2
    if opens or clause.dep_ not in {"conj", "advcl", "relcl"}:
        first, last = sentence.start, sentence.end - 1
    else:
        first, last = subtree_range(clause)
    own_first, own_last = min(token.i, token.left_edge.i), max(owner.right_edge.i, to.i)
    if own_last - own_first > 45:
        own_last = owner.i
    pieces: list[Span] = []
    for low, high in ((first, own_first - 1), (own_last + 1, last)):
        span = range_span(reading.doc, low, high)
        if span is not None and not _only_joins(reading, span):
            pieces.append(span)
    if not pieces:
        return
    source = range_span(reading.doc, min(owner.left_edge.i, owner.i), own_last)
    where = "opens" if opens else "inside" if len(pieces) > 1 else "closes"
    yield Candidate(
        pattern=f"according-{where}",
        lemma="according",
        content=merged(pieces),
        cue=token_spans([token, to]),
        source=(source,) if source is not None else (),
        cue_at=token.idx,
        features=(
            "how=according",
            f"set-off={token.i == 0 or token.nbor(-1).is_punct or opens}",
            *cue_features(reading, token, merged(pieces), (source,) if source is not None else ()),
        ),
    )


def _only_joins(reading: Reading, span: Span) -> bool:
    """Tell whether a piece is no more than "However", "But" or "Meanwhile"."""
    tokens = [reading.doc[i] for i in reading.tokens_in(span.start, span.end)]
    return all(t.pos_ in {"ADV", "CCONJ", "SCONJ", "PUNCT", "INTJ", "SPACE"} for t in tokens)


def _candidate(
    reading: Reading,
    pattern: str,
    head: Token,
    cue: list[Token],
    content: Spans,
    source: Spans,
    how: str,
) -> Candidate:
    # The source may stand inside the content's reach ("criticism from X of Y"): the source wins.
    kept = tuple(s for s in content if not any(s.overlaps(o) for o in source)) or content
    preposition = [t.lower_ for t in cue if t.dep_ == "prep"]
    return Candidate(
        pattern=pattern,
        lemma=" ".join([lemma_of(head), *preposition]),
        content=kept,
        cue=token_spans(cue),
        source=source,
        cue_at=head.idx,
        features=(f"how={how}", *cue_features(reading, head, kept, source)),
    )

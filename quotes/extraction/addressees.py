"""Whom a statement is made to: the object of "told", "asked", "reminded" and their like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extraction.lexicon import TELLING, lemma_of
from quotes.extraction.syntax import noun_phrase, range_span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quotes.spans import Spans

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})


def addressee_of(verb: Token) -> Spans:
    """Return whom a verb of telling tells, what they are told left out."""
    if lemma_of(verb) not in TELLING:
        return ()
    for child in verb.rights:
        if child.dep_ in {"dobj", "dative", "iobj"} and child.pos_ in _NOMINAL:
            clause = told_clause(verb)
            first, last = noun_phrase(child)
            if clause is not None and clause.left_edge.i > child.i:
                last = min(last, clause.left_edge.i - 1)
            span = range_span(child.doc, first, last)
            return (span,) if span is not None else ()
    return ()


def told_clause(verb: Token) -> Token | None:
    """Return what somebody is told where the parse hangs it on them: "told the crew that …"."""
    if lemma_of(verb) not in TELLING:
        return None
    for child in verb.rights:
        if child.dep_ in {"dobj", "dative"}:
            clauses = (t for t in child.rights if t.dep_ in {"relcl", "acl", "ccomp"})
            return next((t for t in clauses if t.left_edge.lower_ == "that"), None)
    return None

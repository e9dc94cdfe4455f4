"""What the rules ask of a parse: subjects, clauses and phrases, as token ranges and as spans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from quotes.spans import Span, Spans, merged

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_EDGE = frozenset(" \t\r\n\f\v\xa0,.;:—–-…)]}")
_LEFT_EDGE = frozenset(" \t\r\n\f\v\xa0,.;:—–-)]}")
_MARKS = frozenset("\"“”«»„''``’‘")
# Clauses that borrow their subject from the verb above them.
_SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "aux"})
_DEPTH = 6


def subject(verb: Token) -> Token | None:
    """Return the token that heads the verb's subject, its own or one it shares, or None."""
    current = verb
    for _ in range(_DEPTH):
        own = own_subject(current)
        if own is not None:
            return own
        if current.dep_ == "acl" and current.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return current.head
        if current.dep_ not in _SHARES_SUBJECT or current.head is current:
            return None
        if current.dep_ == "ccomp" and current.tag_ not in {"VBG", "VB", "VBN"}:
            return None
        current = current.head
    return None


def own_subject(verb: Token) -> Token | None:
    """Return the subject among the verb's own dependents, the nearest where there are several."""
    found = [t for t in verb.children if t.dep_ in SUBJECTS]
    if not found:
        return None
    return min(found, key=lambda t: abs(t.i - verb.i))


def agent(verb: Token) -> Token | None:
    """Return who did what a passive verb tells ("was called a liar by X"), or None."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return grandchild
    return None


def is_passive(verb: Token) -> bool:
    """Tell whether the verb stands in the passive."""
    if any(t.dep_ in {"auxpass", "nsubjpass"} for t in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}


def is_negated(token: Token) -> bool:
    """Tell whether the token has a negation of its own, or its auxiliary chain has one."""
    return any(t.dep_ == "neg" or t.lower_ in {"never", "nor"} for t in token.children)


def verb_group(verb: Token) -> list[Token]:
    """Return the verb with its auxiliaries, negation, particle and the adverbs between them."""
    group = [verb]
    left = [t for t in verb.lefts if t.dep_ in {"aux", "auxpass", "neg"}]
    if left:
        first = min(t.i for t in left)
        group.extend(
            t
            for t in verb.lefts
            if first <= t.i and t.dep_ in {"aux", "auxpass", "neg", "advmod"}
        )
    elif verb.i and verb.nbor(-1).dep_ == "advmod" and verb.nbor(-1).head is verb:
        group.append(verb.nbor(-1))
    group.extend(t for t in verb.rights if t.dep_ == "prt" and t.i - verb.i <= 2)
    return sorted(set(group), key=lambda t: t.i)


def token_spans(tokens: Iterable[Token]) -> Spans:
    """Return the spans that tokens cover, neighbours joined across the white space between."""
    ordered = sorted({t.i: t for t in tokens}.values(), key=lambda t: t.i)
    spans: list[Span] = []
    last = -2
    for token in ordered:
        if not token.text or token.is_space:
            continue
        end = token.idx + len(token)
        if token.i == last + 1 and spans:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(token.idx, end))
        last = token.i
    return merged(spans)


def subtree_range(token: Token) -> tuple[int, int]:
    """Return the first and the last token index of a subtree."""
    return token.left_edge.i, token.right_edge.i


def range_span(doc: Doc, first: int, last: int) -> Span | None:
    """Return the span from one token to another, edge punctuation and white space trimmed.

    A final question or exclamation mark stays, and so do quotation marks.
    """
    if last < first:
        return None
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    return trim(doc.text, start, end)


def trim(text: str, start: int, end: int) -> Span | None:
    """Return `[start, end)` without the punctuation at its edges that belongs to the sentence."""
    while start < end and text[start] in _LEFT_EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        if text[end - 1] in ")]}" and _opens(text, start, end - 1):
            break
        if text[end - 1] == "." and _is_abbreviation(text, start, end):
            break
        end -= 1
    return Span(start, end) if start < end else None


def _opens(text: str, start: int, position: int) -> bool:
    pair = {")": "(", "]": "[", "}": "{"}[text[position]]
    return text.count(pair, start, position) > text.count(text[position], start, position)


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """Tell whether the full stop belongs to initials such as "U.S." or "D.C."."""
    return end - start >= 4 and text[end - 3] == "." and text[end - 2].isupper()


def noun_phrase(head: Token, *, limit: int = 40) -> tuple[int, int]:
    """Return the token range of a noun phrase: its subtree without trailing clauses set off wrongly.

    A phrase of more than `limit` tokens is cut to its head with what stands before it.
    """
    first, last = subtree_range(head)
    if last - first >= limit:
        last = head.i
        first = max(first, head.i - 8)
    return first, last

"""What the rules ask of a parse: subjects, clauses and phrases, as token ranges and as spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extraction.lexicon import JUDGE, REPORT, THINK, lemma_of
from quotes.spans import Span, Spans, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_RIGHT_EDGE = frozenset({"", ",", ".", ";", ":", "—", "–", "-", "--", "…", "...", ")", "]", "}"})
_LEFT_EDGE = _RIGHT_EDGE
_BRACKETS = {")": "(", "]": "[", "}": "{"}
# Clauses that borrow their subject from the verb above them.
_SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "aux"})
_DEPTH = 6


def subject(verb: Token) -> Token | None:
    """Return the token that heads the verb's subject, its own or one it shares, or None."""
    if verb.tag_ == "VBG" and verb.i and verb.nbor(-1).pos_ == "PROPN" and verb.dep_ != "amod":
        # "footage of Trump saying": whatever the participle hangs on, the name beside it says.
        return verb.nbor(-1)
    current = verb
    for _ in range(_DEPTH):
        own = own_subject(current)
        if own is not None:
            return own
        across = governor_across(current)
        if across is not None:
            current = across
            continue
        if current.dep_ == "acl" and current.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return current.head
        if current.dep_ == "pcomp" and current.head.head != current.head:
            # "began by saying": the subject is that of the verb before the preposition; but
            # "quoted a foreman as saying": the one quoted says it.
            above = current.head.head
            quoted = next((t for t in above.children if t.dep_ == "dobj"), None)
            if current.head.lower_ == "as" and quoted is not None:
                return quoted
            current = above
            continue
        if current.dep_ not in _SHARES_SUBJECT or current.head == current:
            return None
        if current.dep_ == "advcl" and current.tag_ == "VBG":
            # "told N. that M. was wrong, adding": the parser often hangs the participle too low.
            higher = _reporting_above(current)
            if higher is not None:
                current = higher
                continue
        if current.dep_ == "ccomp" and current.tag_ not in {"VBG", "VB", "VBN"}:
            return None
        current = current.head
    return None


def governor_across(verb: Token) -> Token | None:
    """Return the reporting verb that a verb is really coordinated with, or None.

    "She said he had battled illness and called it common": the parser coordinates "called" with
    "battled", but its tense is that of "said" and not that of the clause.
    """
    if verb.dep_ != "conj" or lemma_of(verb) not in REPORT | THINK | JUDGE:
        return None
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or own_subject(verb) is not None:
        return None
    clause = verb.head
    while clause.dep_ == "conj" and clause.head != clause:
        clause = clause.head
    above = clause.head
    if clause.dep_ != "ccomp" or lemma_of(above) not in REPORT or above.i > clause.i:
        return None
    if above.tag_ != verb.tag_ or _finite_tag(clause) == verb.tag_:
        return None
    return above


def _finite_tag(verb: Token) -> str:
    """Return the tag that carries the tense: the first auxiliary's, or the verb's own."""
    for child in verb.lefts:
        if child.dep_ in {"aux", "auxpass"}:
            # "he'd battled", "he had battled": a perfect, not the plain past of the verb above.
            return "MD" if child.tag_ == "MD" else f"{child.tag_}+"
    return verb.tag_


def _reporting_above(participle: Token) -> Token | None:
    """Return the nearest reporting verb above a reporting participle, within its sentence."""
    if lemma_of(participle) not in REPORT:
        return None
    current = participle
    for _ in range(_DEPTH):
        if current.head == current:
            return None
        current = current.head
        if lemma_of(current) in REPORT and current.pos_ == "VERB":
            return current
    return None


def nominal_before(verb: Token) -> Spans:
    """Return the noun phrase that ends right before a verb which the parse gave no subject."""
    doc = verb.doc
    index = verb.i - 1
    while index >= 0 and doc[index].pos_ in {"ADV", "AUX", "PUNCT"} and verb.i - index < 5:
        index -= 1
    if index < 0 or doc[index].pos_ not in {"NOUN", "PROPN", "PRON"} or doc[index].is_sent_end:
        return ()
    head = doc[index]
    while verb.i - 30 < head.head.i < head.i and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    span = range_span(doc, head.left_edge.i, index)
    return (span,) if span is not None else ()


def own_subject(verb: Token) -> Token | None:
    """Return the subject among the verb's own dependents, the nearest where there are several."""
    found = [t for t in verb.children if t.dep_ in SUBJECTS and _may_speak(t, verb)]
    if not found:
        return None
    return min(found, key=lambda t: abs(t.i - verb.i))


def _may_speak(token: Token, verb: Token) -> bool:
    """Tell whether a subject is a word for somebody or something, not a clitic or a pointer."""
    if token.lower_ in {"that", "this", "what"}:
        return verb.dep_ == "relcl"
    return any(c.isalnum() for c in token.text) and token.lower_ not in {"'s", "’s", "n't", "n’t"}


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
    bare = not any(t.dep_ == "aux" for t in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and bare


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
            t for t in verb.lefts if first <= t.i and t.dep_ in {"aux", "auxpass", "neg", "advmod"}
        )
    elif verb.i and verb.nbor(-1).dep_ == "advmod" and verb.nbor(-1).head == verb:
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


def without(text: str, spans: Spans, holes: Spans) -> Spans:
    """Return the spans less the holes, white space and stray punctuation at the cuts left out."""
    out: list[Span] = []
    for span in spans:
        pieces = [span]
        for hole in holes:
            pieces = [part for piece in pieces for part in _less(text, piece, hole)]
        out.extend(pieces)
    return tuple(out)


def _less(text: str, span: Span, hole: Span) -> Iterator[Span]:
    if not hole.overlaps(span):
        yield span
        return
    left = hole.start
    while left > span.start and (text[left - 1].isspace() or text[left - 1] in ",;:—–-"):
        left -= 1
    right = hole.end
    while right < span.end and (text[right].isspace() or text[right] in ",;:—–-"):
        right += 1
    if span.start < left:
        yield Span(span.start, left)
    if right < span.end:
        yield Span(right, span.end)


def subtree_range(token: Token) -> tuple[int, int]:
    """Return the first and the last token index of a subtree."""
    return token.left_edge.i, token.right_edge.i


def range_span(doc: Doc, first: int, last: int) -> Span | None:
    """Return the span from one token to another, the sentence's punctuation at its edges left out.

    A final question or exclamation mark stays, and so do quotation marks and closing brackets
    that have their opening one inside.
    """
    while first <= last and doc[first].text.strip() in _LEFT_EDGE:
        first += 1
    while last >= first and doc[last].text.strip() in _RIGHT_EDGE:
        bracket = _BRACKETS.get(doc[last].text)
        if bracket and any(doc[i].text == bracket for i in range(first, last)):
            break
        last -= 1
    if last < first:
        return None
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))


def noun_phrase(head: Token, *, limit: int = 40) -> tuple[int, int]:
    """Return the token range of a noun phrase, as its subtree has it.

    A phrase of more than `limit` tokens is cut to its head with what stands before it.
    """
    first, last = subtree_range(head)
    if last - first >= limit:
        last = head.i
        first = max(first, head.i - 8)
    return first, last


def phrase_spans(head: Token, *, floor: int | None = None, ceiling: int | None = None) -> Spans:
    """Return the span of a noun phrase, kept between two token indices where they are given.

    The head is always in it; a possessor ends with its own word, its mark left out.
    """
    first, last = noun_phrase(head)
    if head.dep_ == "poss":
        last = head.i
    if floor is not None:
        first = min(max(first, floor), head.i)
    if ceiling is not None:
        last = max(min(last, ceiling), head.i)
    span = range_span(head.doc, first, last)
    return (span,) if span is not None else token_spans([head])

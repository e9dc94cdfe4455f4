"""Reported speech by syntax: verbs with the clause, phrase or object that they report."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from quotes.extraction.addressees import addressee_of, told_clause
from quotes.extraction.candidates import Candidate
from quotes.extraction.features import cue_features
from quotes.extraction.lexicon import (
    PERCEIVING,
    REPORT,
    THINK,
    WRITE,
    is_verbal,
    lemma_of,
)
from quotes.extraction.syntax import (
    SUBJECTS,
    agent,
    governor_across,
    is_passive,
    nominal_before,
    noun_phrase,
    own_subject,
    phrase_spans,
    range_span,
    subject,
    subtree_range,
    token_spans,
    verb_group,
    without,
)
from quotes.spans import Spans, merged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from quotes.extraction.reading import Reading

# A name for the construction, the content's spans, and what more belongs to the cue.
Construction: TypeAlias = "tuple[str, Spans, Sequence[Token]]"
_OPENS_NAME = frozenset({"DET", "PROPN", "NOUN", "ADJ", "PRON", "NUM"})
_LONGEST = 120
# No clause that anybody reports is longer; a run of them that never ends must not cost its square.
_LONGEST_CONTENT = 4_000


def verb_candidates(reading: Reading, verb: Token) -> Iterator[Candidate]:
    """Yield what a verb may report, one candidate for each construction it stands in."""
    text = reading.text
    source, how = _source(verb)
    for pattern, content, extra in _contents(reading, verb):
        spans = without(text, content, source)
        if not spans or spans[-1].end - spans[0].start > _LONGEST_CONTENT:
            continue
        group = [*verb_group(verb), *extra]
        told = addressee_of(verb) if pattern in {"ccomp", "xcomp", "dobj+ccomp"} else ()
        spans = without(text, spans, told)
        cue = without(text, token_spans(group), spans)
        if not spans or not cue:
            continue
        lemma = " ".join([lemma_of(verb), *(t.lower_ for t in extra)])
        yield Candidate(
            pattern=pattern,
            lemma=lemma,
            content=spans,
            cue=cue,
            source=source,
            addressee=told,
            cue_at=verb.idx,
            features=(f"how={how}", *cue_features(reading, verb, spans, source)),
        )


def trailing_candidates(reading: Reading, verb: Token) -> Iterator[Candidate]:
    """Yield the sentence that an inverted cue closes: "Talks go on, writes the agency."."""
    if verb.tag_ not in {"VBZ", "VBD"} or verb.i < 4 or verb.nbor(-1).text != ",":
        return
    if lemma_of(verb) not in REPORT | WRITE or reading.marked_at(verb.idx - 2) is not None:
        return
    sentence = verb.sent
    rest = [t for t in verb.doc[verb.i + 1 : sentence.end] if not t.is_space and not t.is_punct]
    if not 1 <= len(rest) <= 25 or rest[0].pos_ not in _OPENS_NAME:
        return
    if any(is_verbal(t) and t.dep_ in {"ccomp", "xcomp", "ROOT"} for t in rest):
        return
    content = _range(reading, sentence.start, verb.i - 2)
    source = _range(reading, rest[0].i, rest[-1].i)
    if not content or not source or any(t.dep_ in SUBJECTS for t in verb.lefts):
        return
    yield Candidate(
        pattern="inverted-end",
        lemma=lemma_of(verb),
        content=content,
        cue=token_spans([verb]),
        source=source,
        cue_at=verb.idx,
        features=("how=inverted", *cue_features(reading, verb, content, source)),
    )


def _contents(reading: Reading, verb: Token) -> Iterator[Construction]:
    """Yield the constructions that a verb stands in."""
    passive = is_passive(verb)
    clause = next((t for t in verb.children if t.dep_ == "ccomp"), None)
    if clause is not None:
        name = "ccomp-before" if clause.i < verb.i else "ccomp"
        yield name, _clause(reading, clause, verb), ()
    elif (told := told_clause(verb)) is not None:
        yield "ccomp", _range(reading, *subtree_range(told)), ()
    elif (inserted := _inserted(reading, verb)) is not None:
        yield inserted
    for child in verb.children:
        if child.i > verb.i:
            yield from _complement(reading, verb, child, passive=passive)
        elif child.dep_ == "dobj":
            yield "dobj-before", _range(reading, *noun_phrase(child)), ()
    if passive and (done := own_subject(verb)) is not None:
        yield "passive", _range(reading, *noun_phrase(done)), ()


def _complement(
    reading: Reading, verb: Token, child: Token, *, passive: bool
) -> Iterator[Construction]:
    """Yield what one dependent after the verb makes of it."""
    if child.dep_ == "xcomp":
        yield from _infinitive(reading, verb, child, passive=passive)
    elif child.dep_ in {"dobj", "oprd", "attr"}:
        yield from _object(reading, verb, child)
    elif child.dep_ in {"prep", "agent"} and child.lower_ != "by":
        yield from _prepositional(reading, verb, child)
    elif child.dep_ == "advcl" and child.tag_ != "VBG":
        yield "advcl", _range(reading, *subtree_range(child)), ()


def _clause(reading: Reading, clause: Token, verb: Token) -> Spans:
    """Return the clause's subtree without the verb's own words, in pieces where they interrupt."""
    first, last = subtree_range(clause)
    if first <= verb.i <= last:
        return _around(reading, first, last, verb)
    if clause.i > verb.i:
        first = max(first, verb.i + 1)
        last = min(
            last, _end_before_coordinate(clause, last), _end_before_according(reading, verb, last)
        )
    else:
        last = min(last, verb.i - 1)
    return _range(reading, first, last)


def _end_before_coordinate(clause: Token, last: int) -> int:
    """Return where the clause ends if a verb coordinated with it belongs to the cue instead."""
    current = clause
    for _ in range(4):
        following = next((t for t in current.rights if t.dep_ == "conj"), None)
        if following is None:
            return last
        if governor_across(following) is not None:
            end = following.left_edge.i - 1
            joint = next(
                (t.i for t in current.rights if t.dep_ == "cc" and t.i <= following.i), end
            )
            return min(end, joint - 1)
        current = following
    return last


def _end_before_according(reading: Reading, verb: Token, last: int) -> int:
    """Return where a clause ends if an "according to X" closes the whole sentence."""
    for i in range(last, verb.i, -1):
        if reading.doc[i].lower_ == "according" and reading.doc[i - 1].text == ",":
            return i - 2
        if last - i > 25:
            break
    return last


def _around(reading: Reading, first: int, last: int, verb: Token) -> Spans:
    left = _range(reading, first, verb.left_edge.i - 1)
    right = _range(reading, verb.i + 1, last)
    return merged([*left, *right])


def _inserted(reading: Reading, verb: Token) -> Construction | None:
    """A parenthetical: "Trade, he said, is …", "… as he put it", "…, she added"."""
    lemma = lemma_of(verb)
    if lemma not in REPORT | THINK or verb.head == verb:
        return None
    if verb.dep_ not in {"parataxis", "advcl", "dep", "appos", "relcl"}:
        return None
    main = verb.head
    if main.pos_ not in {"VERB", "AUX"} or own_subject(verb) is None:
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
) -> Iterator[Construction]:
    first, last = subtree_range(child)
    spans = _range(reading, max(first, verb.i + 1), last)
    if not passive:
        yield "xcomp", spans, ()
        return
    done = own_subject(verb)
    if done is None:
        return
    yield "passive-xcomp", merged([*_range(reading, *noun_phrase(done)), *spans]), ()


def _object(reading: Reading, verb: Token, child: Token) -> Iterator[Construction]:
    first, last = noun_phrase(child)
    alone = _range(reading, max(first, verb.i + 1), last)
    if lemma_of(verb) not in PERCEIVING:
        yield "dobj", alone, ()
    further = [
        t
        for t in verb.rights
        if t.i > child.i and t.dep_ in {"prep", "oprd", "xcomp", "ccomp", "acomp", "attr", "dative"}
    ]
    if further:
        end = further[0].right_edge.i
        yield f"dobj+{further[0].dep_}", _range(reading, max(first, verb.i + 1), end), ()


def _prepositional(reading: Reading, verb: Token, prep: Token) -> Iterator[Construction]:
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
    adjacent = all(
        t.i == prep.i or t.dep_ in {"prt", "advmod"} for t in verb.doc[verb.i + 1 : prep.i]
    )
    if adjacent:
        yield f"prep:{prep.lower_}", _range(reading, first, prep.right_edge.i), extra


def _source(verb: Token) -> tuple[Spans, str]:
    if is_passive(verb):
        by = agent(verb)
        if by is not None:
            return phrase_spans(by), "agent"
        if own_subject(verb) is not None or verb.dep_ in {"acl", "relcl", "advcl"}:
            return (), "passive"  # "Asked whether …, she left": who asked is not told
    own = own_subject(verb)
    if own is not None:
        if own.dep_ == "expl" or (own.lower_ == "it" and lemma_of(verb) in {"seem", "appear"}):
            return (), "it"
        return phrase_spans(own), "own"
    found = subject(verb)
    if found is not None:
        return phrase_spans(found, ceiling=_before(verb, found)), f"shared-{verb.dep_}"
    near = nominal_before(verb) if verb.tag_ != "VB" and verb.tag_ != "VBG" else ()
    return near, "near" if near else "none"


def _range(reading: Reading, first: int, last: int) -> Spans:
    span = range_span(reading.doc, first, last)
    return (span,) if span is not None else ()


def _before(verb: Token, found: Token) -> int | None:
    """Return the last token that a subject before the verb may reach to, or None."""
    if found.i > verb.i:
        return None
    return (verb.left_edge.i if verb.left_edge.i > found.i else verb.i) - 1

"""Read the attribution beside a marked passage: the cue and its source, after it or before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes.extraction.addressees import addressee_of
from quotes.extraction.lexicon import NOUNS, REPORT, is_verbal, lemma_of, verb_classes
from quotes.extraction.sentences import sentence_end, sentence_start
from quotes.extraction.syntax import (
    is_passive,
    nominal_before,
    own_subject,
    phrase_spans,
    range_span,
    subject,
    token_spans,
    verb_group,
)
from quotes.spans import Span, Spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from quotes.extraction.reading import Reading

_SIGNATURE = re.compile(
    r"[ \t\xa0]*(?:\r\n|\r|\n)?[ \t\xa0]*(?P<dash>—|–|―|--|-)[ \t\xa0]*"
    r"(?P<name>(?:[A-Z][\w.’'\-]*)"
    r"(?:[ \xa0](?:[A-Z][\w.’'\-]*|of|the|de|van|von|bin|al|and)){0,6}"
    r"(?:, [^\n\"“”.]{2,80}?)?)(?=[ \t\xa0.]*(?:[\r\n\"“”„«]|$))"
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_FILLERS = frozenset({"then", "also", "later", "again", "once", "so", "thus", "and", "as"})
_SPEAKING = frozenset({"PERSON", "ORG", "NORP", ""})
_FAR = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A cue beside a passage.

    `head_at` is where the cue's head word starts. `strong` says that the cue leads into the
    passage by a colon or a comma, or stands right before it; `inverted` that the verb comes before
    its subject.
    """

    lemma: str
    cue: Spans
    source: Spans
    addressee: Spans = ()
    where: str
    head_at: int
    strong: bool = False
    inverted: bool = False
    opens_upper: bool = False
    features: tuple[str, ...] = ()


def after(reading: Reading, start: int, limit: int) -> Beside | None:
    """Return the cue that follows a passage ending at `start`, looking no further than `limit`."""
    signed = signature(reading, start, limit)
    if signed is not None:
        return signed
    end = sentence_end(reading.text, start, limit)
    tokens = _words(reading.doc, reading.tokens_in(start, end))
    if not tokens:
        return None
    opens_upper = tokens[0].text[:1].isupper() and tokens[0].text != "I"
    if tokens[0].lower_ == "according":
        return _according(tokens, opens_upper)
    lead = 0
    while lead < len(tokens) - 1 and lead < 3 and tokens[lead].lower_ in _FILLERS:
        lead += 1
    head = tokens[lead]
    if head.pos_ in {"VERB", "AUX"} and head.tag_ in {"VB", "VBD", "VBZ", "VBP", "VBN"}:
        return _inverted(reading.doc, head, tokens[lead + 1 :], opens_upper)
    return _straight(reading.doc, tokens[lead:], opens_upper)


def before(reading: Reading, floor: int, end: int) -> Beside | None:
    """Return the cue that leads into a passage which starts at `end`, looking back to `floor`."""
    text = reading.text
    start = sentence_start(text, floor, end)
    tokens = _words(reading.doc, reading.tokens_in(start, end))
    lead = text[start:end].rstrip(" \t\r\n\"“”'‘’«„([")
    if not tokens or not lead:
        return None
    joint = lead[-1] if lead[-1] in ":,—–-" else "word"
    if joint == "word" and tokens[-1].pos_ in {"ADP", "DET", "ADJ", "NUM", "CCONJ"}:
        return None  # "called for a “quiet” list": a fragment in a phrase; syntax reads it better
    if joint == "," and (opening := _according_before(tokens)) is not None:
        return opening
    if joint == ":" and (label := _named(reading.doc, tokens, start, end)) is not None:
        return label
    head = _leading_head(tokens, joint)
    if head is None:
        return None
    noun = head.pos_ in {"NOUN", "PROPN"}
    distance = tokens[-1].i - head.i
    strong = joint in {":", ","} or distance == 0
    group = [head] if noun else verb_group(head)
    source, how = _source_of(head, noun=noun)
    # "Mr. Sato told reporters, “…”": whom it was told.
    addressee = () if noun else addressee_of(head)
    lemma = lemma_of(head)
    return Beside(
        lemma=lemma,
        cue=token_spans(t for t in group if t.idx < end),
        source=source,
        addressee=addressee,
        where="before",
        head_at=head.idx,
        strong=strong,
        features=(
            f"joint={joint}",
            f"far={min(distance // 3, 5)}",
            f"how={how}",
            *_lemma_features(head, noun),
        ),
    )


def _lemma_features(head: Token, noun: bool) -> Iterator[str]:
    lemma = lemma_of(head)
    yield f"noun={noun}"
    if not noun:
        for name in verb_classes(lemma):
            yield f"class={name}"
    yield f"tag={head.tag_}"


def _words(doc: Doc, indices: range) -> list[Token]:
    """Return the tokens of a stretch that are neither white space nor punctuation."""
    return [doc[i] for i in indices if not doc[i].is_space and not doc[i].is_punct]


def signature(reading: Reading, start: int, limit: int) -> Beside | None:
    """“…” — Ann Ito, pollster; a name behind a dash, to the line's end, signs the passage."""
    match = _SIGNATURE.match(reading.text, start, limit)
    if match is None or not _ends_line(reading.text, match.end(), limit):
        return None
    return Beside(
        lemma="—",
        cue=(Span(*match.span("dash")),),
        source=(Span(*match.span("name")),),
        where="after",
        head_at=match.start("dash"),
        inverted=True,
        features=("how=signed",),
    )


def _ends_line(text: str, position: int, limit: int) -> bool:
    rest = text[position:limit].lstrip(" \t\xa0.")
    return not rest or rest[0] in '\r\n"“”„«'


def _according_before(tokens: Sequence[Token]) -> Beside | None:
    """According to X, “…”."""
    found = next((i for i, t in enumerate(tokens) if t.lower_ == "according"), None)
    if found is None or len(tokens) - found > _FAR:
        return None
    cue = _according(tokens[found:], opens_upper=False)
    return replace(cue, where="before", strong=True) if cue is not None else None


def _named(doc: Doc, tokens: Sequence[Token], start: int, end: int) -> Beside | None:
    """… the pollster Ann Ito: “…”; the name right before the colon speaks, with no verb."""
    last = tokens[-1]
    if last.pos_ != "PROPN" or last.ent_type_ not in _SPEAKING:
        return None
    if any(is_verbal(t) and lemma_of(t) in REPORT for t in tokens):
        return None
    colon = next((t for t in doc[last.i + 1 : last.i + 4] if t.text == ":"), None)
    if colon is None:
        return None
    head = last
    while tokens[0].i <= head.head.i < head.i and head.head.pos_ == "PROPN":
        head = head.head
    span = range_span(doc, min(head.left_edge.i, last.i), last.i)
    return Beside(
        lemma=":",
        head_at=colon.idx,
        cue=token_spans([colon]),
        source=(span,) if span is not None else (),
        where="before",
        strong=True,
        features=("how=colon",),
    )


def _according(tokens: Sequence[Token], opens_upper: bool) -> Beside | None:
    if len(tokens) < 3 or tokens[1].lower_ != "to":
        return None
    head = next((t for t in tokens[2:] if t.dep_ == "pobj"), tokens[2])
    return Beside(
        lemma="according",
        head_at=tokens[0].idx,
        cue=token_spans(tokens[:2]),
        source=phrase_spans(head),
        where="after",
        opens_upper=opens_upper,
        features=("how=according",),
    )


def _inverted(doc: Doc, head: Token, rest: Sequence[Token], opens_upper: bool) -> Beside | None:
    """“…,” said X."""
    own = own_subject(head)
    known = {t.i for t in rest[:_FAR]}
    if own is not None and own.i in known:
        source, how = phrase_spans(own), "own"
    else:
        nominal = next((t for t in rest[:6] if t.pos_ in _NOMINAL), None)
        if nominal is None or rest[0].pos_ in {"ADP", "SCONJ"}:
            return None
        while nominal.dep_ in {"compound", "nmod", "amod", "poss"} and nominal.head.i in known:
            nominal = nominal.head
        source, how = phrase_spans(nominal), "near"
    return _after(head, source, how, opens_upper, inverted=True)


def _straight(doc: Doc, tokens: Sequence[Token], opens_upper: bool) -> Beside | None:
    """“…,” X said; the subject must open the stretch."""
    known = {t.i for t in tokens[:_FAR]}
    opening = tokens[0].i
    for token in tokens[:_FAR]:
        if token.pos_ not in {"VERB", "AUX"} or token.i == opening:
            continue
        own = own_subject(token)
        if (
            own is not None
            and own.i in known
            and own.left_edge.i <= opening + 1
            and own.i < token.i
        ):
            if token.pos_ == "AUX" and token.dep_ in {"aux", "auxpass"}:
                continue
            return _after(token, phrase_spans(own, floor=opening), "own", opens_upper)
    head = next((t for t in tokens[1:_FAR] if t.pos_ == "VERB" and t.tag_ in _FINITE), None)
    if head is None or tokens[0].pos_ not in _NOMINAL | {"DET", "ADJ", "ADV"}:
        return None
    first, last = opening, head.i - 1
    span = range_span(doc, first, last)
    if span is None or last - first > 25:
        return None
    return _after(head, (span,), "near", opens_upper)


def _after(
    head: Token, source: Spans, how: str, opens_upper: bool, *, inverted: bool = False
) -> Beside:
    return Beside(
        lemma=lemma_of(head),
        cue=token_spans(verb_group(head)),
        source=source,
        addressee=addressee_of(head),
        where="after",
        head_at=head.idx,
        inverted=inverted,
        opens_upper=opens_upper,
        features=(
            f"how={how}",
            f"inverted={inverted}",
            f"opens-upper={opens_upper}",
            f"has-clause={_leads_on(head)}",
            *_lemma_features(head, noun=False),
        ),
    )


def _leads_on(head: Token) -> bool:
    """Tell whether the cue has a clause of its own right behind it: “…,” she said that …"""
    return any(
        t.dep_ in {"ccomp", "xcomp"} and 0 < t.left_edge.i - head.i <= 3 for t in head.children
    )


def _leading_head(tokens: Sequence[Token], joint: str) -> Token | None:
    """Return the cue's head in the words that lead into a passage: the nearest that reports."""
    nearest: Token | None = None
    noun: Token | None = None
    for distance, token in enumerate(reversed(tokens)):
        if distance > _FAR:
            break
        lemma = lemma_of(token)
        verbal = is_verbal(token) and not _is_modifier(token)
        if verbal and lemma in REPORT:
            return token
        if verbal and nearest is None:
            nearest = token
        if token.pos_ == "NOUN" and lemma in NOUNS and distance <= (8 if joint == ":" else 0):
            noun = noun or token
    if noun is not None:
        return noun
    if nearest is None and joint in {":", "word"}:
        last = tokens[-1]
        if last.pos_ in {"NOUN", "PROPN"} and joint == ":":
            return last
        return last if last.pos_ == "AUX" else None
    return nearest


def _is_modifier(token: Token) -> bool:
    return token.dep_ in {"amod", "compound"}


def _source_of(head: Token, *, noun: bool) -> tuple[Spans, str]:
    if noun:
        owner = next((t for t in head.children if t.dep_ == "poss"), None)
        if owner is not None:
            return phrase_spans(owner), "poss"
        if head.dep_ in {"ROOT", "appos", "dep"} and head.ent_type_:
            return phrase_spans(head), "self"
        found = subject(head.head) if head.head != head else None
        return (phrase_spans(found), "shared") if found is not None else ((), "none")
    if is_passive(head):
        return (), "passive"
    own = own_subject(head)
    if own is not None:
        return phrase_spans(own), "own"
    found = subject(head)
    if found is not None:
        return phrase_spans(found), "shared"
    just_before = nominal_before(head)
    return (just_before, "near") if just_before else ((), "none")

"""Edits that change what a sentence says by one word or name, each of a named class.

They are made by rule from a parse, so that the sentence stays as grammatical as rules allow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Span, Token


def _words(listed: str) -> list[str]:
    return listed.split()


def _pairs(listed: str) -> dict[str, str]:
    """Read words and what each becomes, both ways."""
    both = {}
    for pair in listed.split():
        one, other = pair.split("/")
        both[one] = other
        both.setdefault(other, one)
    return both


ANTONYMS = _pairs(
    "raise/cut raised/lowered raising/cutting increase/decrease increased/decreased more/less "
    "support/oppose supports/opposes supported/opposed win/lose won/lost good/bad better/worse "
    "best/worst high/low higher/lower strong/weak stronger/weaker first/last before/after up/down "
    "right/wrong true/false accept/reject accepted/rejected buy/sell bought/sold open/close "
    "opened/closed begin/end begins/ends rise/fall rising/falling easy/hard love/hate "
    "loved/hated safe/dangerous public/private early/late young/old new/old big/small "
    "large/small long/short rich/poor same/different possible/impossible legal/illegal "
    "honest/dishonest remember/forget agree/disagree agreed/disagreed gain/loss friend/enemy "
    "friends/enemies positive/negative inside/outside near/far allow/forbid allowed/forbidden "
    "success/failure clear/unclear fair/unfair known/unknown future/past gained/lost"
)
QUANTIFIERS = _pairs("all/some most/few many/few every/no everyone/nobody everybody/nobody") | {
    "always": "sometimes",
    "often": "rarely",
    "both": "neither",
    "none": "all",
    "several": "all",
    "nothing": "everything",
    "everything": "nothing",
    "nobody": "everybody",
}
MODALS = {
    "will": "may",
    "must": "may",
    "should": "must",
    "would": "might",
    "may": "will",
    "might": "will",
    "can": "must",
    "could": "must",
}
NEGATABLE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "will",
        "would",
        "could",
        "should",
        "has",
        "have",
        "had",
        "must",
        "may",
        "might",
    ]
)
NUMBERS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
SCALES = _pairs("million/billion hundred/thousand") | {"trillion": "billion"}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
INSERTED = ("secret", "illegal", "enormous", "disastrous", "historic", "unpopular")
OPENING_DETERMINERS = frozenset(
    ["the", "my", "our", "his", "her", "their", "this", "that", "these", "those", "your", "its"]
)
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
YEAR = re.compile(r"(?:19|20)\d\d")

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of other articles, to put in the place of a name."""

    people: tuple[str, ...]
    places: tuple[str, ...]


def alterations(words: Span, names: Names, rng: random.Random) -> dict[str, str]:
    """Return what these words become by one edit of each class that can be made of them."""
    start = words.start_char
    made = {}
    for sort, rule in RULES.items():
        edits = list(rule(words, names, rng))
        if edits:
            low, high, new = rng.choice(edits)
            made[sort] = words.text[: low - start] + new + words.text[high - start :]
    return made


def _like(old: str, new: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _at(token: Token, new: str) -> Edit:
    return token.idx, token.idx + len(token.text), _like(token.text, new)


def _dropped(token: Token) -> Edit:
    """Leave a word out with the white space after it."""
    return token.idx, token.idx + len(token.text_with_ws), ""


def _negation_dropped(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    for token in words[1:]:
        before, lower = token.nbor(-1), token.lower_
        if lower in {"not", "never"} and before.whitespace_:
            yield _dropped(token)
        elif lower in {"n't", "n’t"} and before.lower_ != "ai":
            whole = {"ca": "can", "wo": "will", "sha": "shall"}.get(before.lower_, before.text)
            end = token.idx + len(token.text)
            yield before.idx, end, _like(before.text, whole)


def _negation_added(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    for token in words[:-1]:
        if token.lower_ not in NEGATABLE or not token.whitespace_ or token.pos_ != "AUX":
            continue
        # In a question the subject comes first ("Will it not"), and a denial is denied already.
        subject = [c for c in (token, *token.head.children) if c.dep_ in {"nsubj", "nsubjpass"}]
        negated = any(c.dep_ == "neg" for c in (*token.children, *token.head.children))
        if not negated and all(s.i < token.i for s in subject):
            yield token.idx, token.idx + len(token.text), f"{token.text} not"


def _number(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    for token in words:
        if YEAR.fullmatch(token.text) or _is_percentage(token):
            continue
        yield from _other_number(token, rng)


def _percentage(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    for token in words:
        if _is_percentage(token):
            yield from _other_number(token, rng)


def _is_percentage(token: Token) -> bool:
    after = token.doc[token.i + 1 : token.i + 2].text.casefold()
    return after in {"%", "percent"} and bool(token.like_num)


def _before(token: Token) -> str:
    return str(token.nbor(-1).lower_) if token.i else ""


def _other_number(token: Token, rng: random.Random) -> Iterator[Edit]:
    lower = token.lower_
    if FIGURE.fullmatch(token.text) and _before(token) not in {"a", "an"}:
        figure = token.text
        # Another first digit: a change that nobody can take for rounding.
        first = rng.choice([d for d in "123456789" if d != figure[0]])
        yield _at(token, first + figure[1:])
    elif lower in NUMBERS:
        yield _at(token, rng.choice([n for n in NUMBERS if n != lower]))
    elif lower in SCALES:
        yield _at(token, SCALES[lower])


def _date(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    for token in words:
        if YEAR.fullmatch(token.text):
            yield _at(token, str(int(token.text) - rng.choice((1, 2, 3, 10))))
        # "May" begins a sentence as a verb, "march" is one.
        for listed in (MONTHS, DAYS):
            if token.text in listed and token.pos_ == "PROPN":
                yield _at(token, rng.choice([one for one in listed if one != token.text]))


def _name(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    yield from _other_name(words, {"PERSON"}, names.people, rng)


def _place(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    yield from _other_name(words, {"GPE"}, names.places, rng)


def _other_name(
    words: Span, labels: set[str], names: Sequence[str], rng: random.Random
) -> Iterator[Edit]:
    for entity in words.ents:
        if entity.label_ not in labels or _before(entity[0]) in {"the", "a"}:
            continue
        text = re.sub(r"['’]s$", "", entity.text)
        parts = set(text.split())
        others = [name for name in names if parts.isdisjoint(name.split())]
        if others and text[:1].isupper():
            yield entity.start_char, entity.start_char + len(text), rng.choice(others)


def _quantifier(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    for token in words[:-1]:
        after = token.nbor()
        # "No longer" and "all the" are something else, and so is "the most likely".
        if token.lower_ not in QUANTIFIERS or after.lower_ in {
            "the",
            "of",
            "one",
            "longer",
            "matter",
        }:
            continue
        if token.whitespace_ and (token.dep_ != "advmod" or token.lower_ in {"always", "often"}):
            yield _at(token, QUANTIFIERS[token.lower_])


def _modal(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    for token in words[:-1]:
        if token.lower_ in MODALS and token.tag_ == "MD" and token.whitespace_:
            yield _at(token, MODALS[token.lower_])


def _antonym(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    for token in words:
        other = ANTONYMS.get(token.lower_)
        if other and not token.ent_type_ and token.pos_ in {"VERB", "ADJ", "ADV", "NOUN", "SCONJ"}:
            yield _at(token, other)


def _inserted(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    for token in words[:-1]:
        noun = token.nbor()
        opens = token.lower_ in OPENING_DETERMINERS and token.pos_ in {"DET", "PRON"}
        if opens and noun.pos_ == "NOUN" and noun.dep_ != "compound":
            yield noun.idx, noun.idx, rng.choice(INSERTED) + " "


def _left_out(words: Span, names: Names, rng: random.Random) -> Iterator[Edit]:
    for token in words[1:-1]:
        if token.dep_ != "amod" or token.pos_ != "ADJ" or not token.whitespace_:
            continue
        before, after = token.nbor(-1), token.nbor()
        if after.pos_ == "NOUN" and before.lower_ not in {"a", "an", "-", "very", "so", "most"}:
            yield _dropped(token)


RULES: dict[str, Callable[[Span, Names, random.Random], Iterator[Edit]]] = {
    "negation dropped": _negation_dropped,
    "negation added": _negation_added,
    "number": _number,
    "percentage": _percentage,
    "date": _date,
    "name": _name,
    "place": _place,
    "quantifier": _quantifier,
    "modal": _modal,
    "antonym": _antonym,
    "word put in": _inserted,
    "word left out": _left_out,
}

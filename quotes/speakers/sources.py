"""Source mentions: the word that a source span turns on, and the phrase around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from quotes.speakers.names import fold, without_invisible
from quotes.speakers.nouns import PARTISANS, RELATIVE_PRONOUNS, ROLE_LABELS, are_people
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quotes.spans import Span
    from quotes.speakers.layout import Layout

_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_QUANTITIES: Final = words("some many others several most few all both another one these those")
_CLAUSE: Final = frozenset({"who", "which", "that", "whose", "where", "when", "while", "whom"})
_DETERMINERS: Final = frozenset({"a", "an", "the", "this", "that", "these", "those"})
_STOPS: Final = frozenset({",", ";", ":", "(", ")", "—", "–", "--", "“", "”", '"'})
_SPACE: Final = re.compile(r"\s+")
# A full stop that belongs to the name.
_ABBREVIATED: Final = re.compile(r"(?:\b(?:[A-Z]\.){2,}|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros)\.)$")
# What stands between a line's start and a label, such as a time stamp, is no word; what stands
# behind it, before the colon, may be.
_LONGEST_LEAD: Final = 48
_LETTER: Final = re.compile(r"[^\W\d_]")
_COLON: Final = re.compile(r"\s?(?:[(\[][^()\[\]\n]{1,40}[)\]])?[\d:.,]*[*_\])]*\s?[:：]")
_NUMBER: Final = re.compile(r"[a-z]?\d+|[ivx]+|[a-z]")
_TELLING: Final = words("saying stating announcing claiming arguing warning adding urging calling")


def is_nominal(token: Token) -> bool:
    """Tell whether a token can head a mention."""
    return token.pos_ in _NOMINAL or token.lower_ in _QUANTITIES


def head_of(layout: Layout, first: int, last: int) -> int | None:
    """Return the token that the words `[first, last)` turn on; None where there is no nominal."""
    fallback: int | None = None
    for index in range(first, last):
        token = layout.doc[index]
        if not is_nominal(token):
            continue
        if index + 2 < last and layout.doc[index + 1].tag_ == "POS":
            continue
        if fallback is None:
            fallback = index
        if not _governed(layout, token, first, last):
            return index
    return fallback


def _governed(layout: Layout, token: Token, first: int, last: int) -> bool:
    """Tell whether another nominal among these words governs the token."""
    for _ in range(12):
        head = token.head
        if head == token or not first <= head.i < last:
            return False
        if is_nominal(head) or head.pos_ in {"ADP", "ADJ"}:
            return True
        token = head
    return False


def noun_behind(layout: Layout, index: int) -> int | None:
    """Return the noun that a relative pronoun stands for; None where it is a question word."""
    token = layout.doc[index]
    for _ in range(6):
        if token.dep_ in {"relcl", "acl"} and is_nominal(token.head) and token.head.i < index:
            return int(token.head.i)
        if token.head == token:
            break
        token = token.head
    step = index - 1
    if layout.word(step) == ",":
        step -= 1
    if step < 0 or layout.sentence[step] != layout.sentence[index]:
        return None
    before = layout.doc[step]
    return step if is_nominal(before) and before.lower_ not in RELATIVE_PRONOUNS else None


def phrase_around(layout: Layout, index: int, first: int, last: int) -> tuple[int, int]:
    """Return the range of the noun phrase around a head, in `[first, last)`, clauses cut."""
    begin = index
    while begin > first and layout.doc[begin - 1].text not in _STOPS:
        begin -= 1
    end = index + 1
    while end < last and not _ends_phrase(layout, end):
        end += 1
    while begin < index and layout.doc[begin].lower_ in _DETERMINERS | {"to", "by", "from"}:
        begin += 1
    return begin, end


def _ends_phrase(layout: Layout, index: int) -> bool:
    token = layout.doc[index]
    if token.text in _STOPS or token.lower_ in _CLAUSE | _TELLING:
        return True
    return layout.paragraph[index] != layout.paragraph[index - 1]


def wide_phrase(layout: Layout, index: int) -> tuple[int, int]:
    """Return the range of the noun phrase around a head when no span bounds it."""
    low = layout.sentence_starts[layout.sentence[index]]
    begin = index
    while begin > max(low, index - 8) and _can_precede(layout.doc[begin - 1]):
        begin -= 1
    end = index + 1
    while end < min(len(layout.doc), index + 8) and layout.doc[end].pos_ in {
        "ADP",
        "DET",
        "NOUN",
        "PROPN",
        "ADJ",
        "NUM",
    }:
        end += 1
    while end > index + 1 and layout.doc[end - 1].pos_ in {"ADP", "DET", "ADJ", "NUM"}:
        end -= 1
    return begin, end


def _can_precede(token: Token) -> bool:
    return (
        token.pos_ in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "PRON"} and not token.is_punct
    )


def without_determiner(layout: Layout, first: int, last: int) -> tuple[int, int]:
    """Drop "the" and "a" from the front of a range of more than one word."""
    while first < last - 1 and layout.doc[first].lower_ in _DETERMINERS:
        first += 1
    return first, last


def is_missed_name(layout: Layout, token: Token) -> bool:
    """Tell whether a capital inside a sentence gives away a name that the tagger missed."""
    if token.i == 0 or token.is_sent_start or layout.paragraph[token.i] in layout.headlines:
        return False
    before = token.nbor(-1)
    return (
        token.text[:1].isupper()
        and token.text[1:].islower()
        and token.pos_ == "NOUN"
        and not before.is_punct
        and not before.is_space
        and before.pos_ not in {"DET", "ADJ", "NUM", "PROPN", "NOUN"}
        and token.ent_type_ != "NORP"
        and token.lower_ not in PARTISANS
        and not are_people(token.lemma_.lower())
    )


def plain(text: str) -> str:
    """Return the text on one line, without marks at its edges."""
    flat = _SPACE.sub(" ", without_invisible(text))
    stripped = flat.strip(' ,;:.-–—"“”()[]')
    if _ABBREVIATED.search(stripped + ".") and stripped + "." in flat:
        stripped += "."
    return stripped + ")" if stripped.count("(") > stripped.count(")") else stripped


def is_label(text: str, span: Span) -> bool:
    """Tell whether the span is a transcript's label: at a line's start, a colon behind it."""
    line = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    if span.start - line > _LONGEST_LEAD or _LETTER.search(text, line, span.start):
        return False
    return _COLON.match(text, span.end, span.end + _LONGEST_LEAD) is not None


def says_role(label: str) -> bool:
    """Tell whether a label says what somebody is here, with a number at most: "Caller 17"."""
    words = fold(label).split()
    told = [word for word in words if word in ROLE_LABELS]
    rest = (word for word in words if word not in ROLE_LABELS and word != "the")
    return bool(told) and all(_NUMBER.fullmatch(word) for word in rest)

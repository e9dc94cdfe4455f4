"""The words of a passage as tokens to align: what each is, and a key that its rewordings share.

Contractions and hyphens are opened ("won't" is "will" and "not"), numbers are read ("two hundred"
is 200), inflection is taken off, and a negation inside a word is set apart ("unsafe" is a negation
and "safe"). Several tokens may so come from one word and bear its span.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.verification import lexicon
from quotes.verification.lexicon import Class
from quotes.verification.moments import clock, moment
from quotes.verification.numbers import is_numeric, read_number
from quotes.verification.ratios import read_ratio
from quotes.verification.stem import listed, stem

if TYPE_CHECKING:
    from collections.abc import Collection

    from quotes.verification.find import Passage, Word
    from quotes.verification.ratios import Ratio

_STOPS = frozenset(".!?…:;")
_CLOSERS = frozenset(".!?;")
_MARKED = re.compile(r"[-&/]")
_LONGEST_PHRASE = max(len(phrase) for phrase in lexicon.PHRASES)
# The key of every negation; no stem is like it.
DENIAL = "#not"
_TITLES = frozenset(listed("mr mrs ms dr prof st gen sen gov rep capt sgt lt col rev hon jr"))
_FIRST_OF_PHRASES = frozenset(phrase[0] for phrase in lexicon.PHRASES)
_PARTICLES = frozenset(particle for _, particle in lexicon.PHRASAL)
_BEFORE_PARTS = frozenset({"a", "an", "one", "fortnight", "half"})
_DAYS = 31
_SPANS_OF_YEARS = {stem("decade"): 10, stem("century"): 100}
_YEARS = range(1900, 2101)
WEIGHTS = {
    Class.CONTENT: 3.0,
    Class.NAME: 3.0,
    Class.NUMBER: 3.0,
    Class.DATE: 3.0,
    Class.NEGATION: 2.0,
    Class.MODAL: 1.5,
    Class.QUANTIFIER: 1.5,
    Class.PRONOUN: 0.8,
    Class.FUNCTION: 0.5,
}


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `surface` is its folded form, `key` what its inflections share.

    `start` and `end` are offsets in the source. `part` tells that it is half of a word that holds
    a negation. `sentence` counts the sentences before it, and `opens` tells that it is the first
    of its sentence.
    """

    surface: str
    key: str
    kind: Class
    start: int
    end: int
    part: bool = False
    opens: bool = False
    sentence: int = 0
    degrees: frozenset[str] = frozenset()

    @property
    def weight(self) -> float:
        """How much it counts."""
        return WEIGHTS[self.kind]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a word before it is known what it is."""

    text: str
    folded: str
    word: Word
    opens: bool
    sentence: int


def tokenise(passage: Passage, *, speaker: Collection[str] = ()) -> list[Token]:
    """Return the tokens of a passage; the folded words of the speaker's name count as pronouns."""
    pieces = _pieces(passage)
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if found := _phrase(pieces, at):
            length, meant = found
            tokens += _read(meant, piece, end=pieces[at + length - 1].word.end)
            at += length
        elif timed := moment([p.folded for p in pieces[at : at + 2]]):
            key, length = timed
            tokens.append(_spanning(key, Class.DATE, pieces[at : at + length]))
            at += length
        elif hour := clock([p.folded for p in pieces[at : at + 4]]):
            key, length = hour
            tokens.append(_spanning(key, Class.NUMBER, pieces[at : at + length]))
            at += length
        elif ratio := _ratio(pieces, at):
            tokens += _parted(ratio, pieces[at:])
            at += ratio.length
        elif is_numeric(piece.folded) and (
            number := read_number([p.folded for p in pieces[at : at + 12]])
        ):
            tokens += _numbers(number.length, number.value, number.currency, pieces[at:], tokens)
            at += number.length
        elif piece.folded in speaker:
            tokens.append(_token(piece, "speaker", Class.PRONOUN))
            at += 1
        elif denied := _denying(pieces, at):
            tokens.append(denied)
            at += 1
        elif _is_date(pieces, at):
            tokens.append(_token(piece, _date_key(piece.folded), Class.DATE))
            at += 1
        else:
            tokens += _read(piece.folded, piece, end=piece.word.end)
            at += 1
    return _dated(_in_years(tokens))


def _in_years(tokens: list[Token]) -> list[Token]:
    """Read a number of decades or centuries as one of years."""
    for at in range(len(tokens) - 1):
        number, unit = tokens[at].key[1:], tokens[at + 1]
        years = _SPANS_OF_YEARS.get(unit.key)
        if years and tokens[at].kind is Class.NUMBER and number.isdecimal():
            tokens[at] = replace(tokens[at], key=f"#{int(number) * years}")
            tokens[at + 1] = replace(unit, key=stem("year"))
    return tokens


def _dated(tokens: list[Token]) -> list[Token]:
    """Read a number beside a month as its day: "2 May", "May 2", "the second of May"."""
    months = [at for at, token in enumerate(tokens) if token.key in lexicon.MONTHS]
    for month in months:
        for at in (month - 1, month + 1, month - 2):
            if not 0 <= at < len(tokens) or (at == month - 2 and tokens[at + 1].surface != "of"):
                continue
            day = tokens[at].key[1:].rstrip(".")
            if tokens[at].kind is Class.NUMBER and day.isdecimal() and int(day) <= _DAYS:
                tokens[at] = replace(tokens[at], key=f"#{day}.", kind=Class.DATE)
                break
    return tokens


def _pieces(passage: Passage) -> list[_Piece]:
    pieces: list[_Piece] = []
    sentence = 0
    for index, word in enumerate(passage.words):
        gap = passage.gaps[index]
        titled = index > 0 and gap == "." and passage.words[index - 1].text.casefold() in _TITLES
        opens = index == 0 or gap is None or not (titled or _STOPS.isdisjoint(gap))
        if index and gap is not None and not titled and not _CLOSERS.isdisjoint(gap):
            sentence += 1
        for part in _parts(word.text):
            pieces.append(_Piece(part, part.casefold(), word, opens, sentence))
            opens = False
    return pieces


@lru_cache(maxsize=50_000)
def _parts(text: str) -> tuple[str, ...]:
    """Open the contractions and hyphens of a word."""
    text = text.removesuffix("°")
    folded = text.casefold()
    if folded == "cannot":
        return ("can", "not")
    if folded.endswith("n't") and len(folded) > 3:
        base = {"ca": "can", "wo": "will", "sha": "shall", "ai": "be"}.get(folded[:-3], text[:-3])
        return (base, "not")
    for ending, meant in (
        ("'ll", "will"),
        ("'re", "are"),
        ("'ve", "have"),
        ("'m", "am"),
        ("'d", "would"),
    ):
        if folded.endswith(ending):
            return (text[: -len(ending)], meant)
    if folded.endswith("'s"):
        return (text[:-2],)
    if is_numeric(folded):
        return tuple(re.findall(r"[^%‰-]+|[%‰]", text)) if folded[0] not in "-+" else _signed(text)
    if _MARKED.search(text):
        return tuple(part for part in _MARKED.split(text) if part)
    return (text.strip("'") or text,)


def _signed(text: str) -> tuple[str, ...]:
    number = text.rstrip("%‰")
    return (number, "%") if number != text else (number,)


def _phrase(pieces: list[_Piece], at: int) -> tuple[int, str] | None:
    longest = min(_LONGEST_PHRASE, len(pieces) - at)
    if pieces[at].folded not in _FIRST_OF_PHRASES:
        longest = 1
    for length in range(longest, 1, -1):
        words = tuple(piece.folded for piece in pieces[at : at + length])
        if meant := lexicon.PHRASES.get(words):
            return length, meant
    if at + 1 < len(pieces) and pieces[at + 1].folded in _PARTICLES:
        meant = lexicon.PHRASAL.get((stem(pieces[at].folded), pieces[at + 1].folded))
        return (2, meant) if meant else None
    return None


def _numbers(
    length: int, value: str, currency: str, pieces: list[_Piece], before: list[Token]
) -> list[Token]:
    first, last = pieces[0], pieces[length - 1]
    surface = " ".join(piece.folded for piece in pieces[:length])
    plain = value.isdecimal() and first.text.isdecimal()
    year = plain and len(value) == 4 and int(value) in _YEARS
    if value == "1" and surface == "one":
        # "One of the boats", "one must": as often no number as one.
        return [_token(first, "#1", Class.FUNCTION)]
    token = Token(
        surface=surface,
        key=f"#{value}",
        kind=Class.DATE if year else Class.NUMBER,
        start=first.word.start,
        end=last.word.end,
        opens=first.opens,
        sentence=first.sentence,
    )
    if before and before[-1].surface in {"a", "an"} and surface.split()[0] in lexicon.SCALES:
        before.pop()
    if currency:
        unit = replace(token, surface=currency, key=currency, kind=Class.CONTENT, opens=False)
        return [token, unit]
    return [token]


def _ratio(pieces: list[_Piece], at: int) -> Ratio | None:
    folded = pieces[at].folded
    if not (folded in _BEFORE_PARTS or is_numeric(folded)):
        return None
    among = [piece for piece in pieces[at : at + 12] if piece.sentence == pieces[at].sentence]
    return read_ratio([piece.folded for piece in among])


def _parted(ratio: Ratio, pieces: list[_Piece]) -> list[Token]:
    """Return the token of a part of a whole, its unit, and the words that stand inside it."""
    found = [_spanning(f"#{ratio.value}", Class.NUMBER, pieces[: ratio.length])]
    if ratio.unit:
        unit = replace(found[0], surface=ratio.unit, key=stem(ratio.unit), kind=Class.CONTENT)
        found.append(replace(unit, opens=False))
    for at in ratio.between:
        found += _read(pieces[at].folded, pieces[at], end=pieces[at].word.end)
    return found


def _denying(pieces: list[_Piece], at: int) -> Token | None:
    """Read "failed to", "denies that" as a negation."""
    if at + 1 == len(pieces) or stem(pieces[at].folded) not in _DENYING:
        return None
    if pieces[at + 1].folded not in {"to", "that", "having", "any"}:
        return None
    return _token(pieces[at], DENIAL, Class.NEGATION)


_DENYING = frozenset(stem(word) for word in lexicon.DENYING)


def _is_date(pieces: list[_Piece], at: int) -> bool:
    piece = pieces[at]
    folded = piece.folded
    if folded.removesuffix("s") in lexicon.WEEKDAYS or folded in lexicon.SEASONS | lexicon.TIMES:
        return True
    if folded not in lexicon.MONTHS:
        return False
    if folded not in lexicon.DOUBTFUL_MONTHS:
        return True
    if not piece.text[0].isupper():
        return False
    before = pieces[at - 1].folded if at else ""
    after = pieces[at + 1].folded if at + 1 < len(pieces) else ""
    return before in lexicon.BEFORE_MONTHS or before[:1].isdigit() or after[:1].isdigit()


def _date_key(folded: str) -> str:
    if folded.removesuffix("s") in lexicon.WEEKDAYS | lexicon.TIMES:
        return folded.removesuffix("s")
    return lexicon.SHORT_MONTHS.get(folded[:3], folded) if folded in lexicon.MONTHS else folded


def _token(piece: _Piece, key: str, kind: Class) -> Token:
    return Token(
        surface=piece.folded,
        key=key,
        kind=kind,
        start=piece.word.start,
        end=piece.word.end,
        opens=piece.opens,
        sentence=piece.sentence,
    )


def _spanning(key: str, kind: Class, pieces: list[_Piece]) -> Token:
    """Return one token for several words."""
    first = pieces[0]
    return Token(
        surface=" ".join(piece.folded for piece in pieces),
        key=key,
        kind=kind,
        start=first.word.start,
        end=pieces[-1].word.end,
        opens=first.opens,
        sentence=first.sentence,
    )


def _read(folded: str, piece: _Piece, *, end: int) -> list[Token]:
    """Read a word that is no number or date, or what a phrase means."""
    acronym = len(piece.text) > 1 and piece.text.isupper()
    if acronym and folded == "us":
        folded = "america"
    folded = lexicon.ALIASES.get(folded, folded)
    key, kind, denies, degrees = _entry(folded)
    start, opens, sentence = piece.word.start, piece.opens, piece.sentence
    if kind is Class.CONTENT and not denies and piece.text[:1].isupper() and (acronym or not opens):
        kind = Class.NAME
    token = Token(folded, key, kind, start, end, denies, opens, sentence, degrees)
    if denies:
        return [Token(folded, DENIAL, Class.NEGATION, start, end, True, opens, sentence), token]
    return [token]


@lru_cache(maxsize=50_000)
def _entry(folded: str) -> tuple[str, Class, bool, frozenset[str]]:
    """Return a word's key, its class, whether a negation is in it, and its degrees."""
    nothing: frozenset[str] = frozenset()
    if folded in lexicon.NEGATIONS:
        return DENIAL, Class.NEGATION, False, nothing
    if degrees := lexicon.MODALS.get(folded):
        return stem(folded), Class.MODAL, False, degrees
    if degrees := lexicon.QUANTIFIERS.get(folded):
        return stem(folded), Class.QUANTIFIER, False, degrees
    if folded in lexicon.PRONOUNS:
        return folded, Class.PRONOUN, False, nothing
    key = stem(folded)
    if folded in lexicon.FUNCTION or key in lexicon.FUNCTION or key in lexicon.AUXILIARIES:
        return key, Class.FUNCTION, False, nothing
    base = _DENIED.get(key) or _DENIED.get(folded)
    if base:
        return base, Class.CONTENT, True, nothing
    return key, Class.CONTENT, False, nothing


_DENIED = {stem(word): stem(base) for word, base in lexicon.DENIED.items()}

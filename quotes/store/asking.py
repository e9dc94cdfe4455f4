"""The language of searches: words, "phrases", begin*, AND, OR, NOT or -word, and parentheses.

A search is read into a tree whose leaves are words; the words never become syntax of a database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotes.errors import MalformedQuery
from quotes.store.wording import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 2_000
DEEPEST: Final = 20
MOST_WORDS: Final = 64
_OPENING, _CLOSING = '"“„«‟', '"”“»‟'
_TOKEN: Final = re.compile(rf"[{_OPENING}{_CLOSING}()]|-(?=[^\s\-)])|[^\s{_OPENING}{_CLOSING}()]+")
_UNKEPT: Final = re.compile("[\0\ud800-\udfff]")
_AS_WORDS: Final = 'put it in quotation marks to search for it as words, as in "and" or "a (b)"'


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand one after the other; with `prefix` the last one may go on."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """What holds each of these, and none of those without."""

    parts: tuple[Query, ...]
    without: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What holds one of these at least."""

    parts: tuple[Query, ...]


Query = Words | AllOf | AnyOf


def of_words(text: str) -> Query | None:
    """Return the search for all the words of a text, operators among them; None for no word.

    Of a text with more than 64 different words the longest 64 are searched for.
    """
    words = dict.fromkeys(word for word in _UNKEPT.sub(" ", text).split() if _has_word(word))
    chosen = words if len(words) <= MOST_WORDS else sorted(words, key=len)[-MOST_WORDS:]
    return AllOf(tuple(map(Words, chosen))) if words else None


def parse(text: str) -> Query | None:
    """Read a search, None where it has no word.

    Operators are written in capitals and words that follow each other are joined by AND, which
    binds closer than OR. Raises MalformedQuery.
    """
    if len(text) > LONGEST:
        raise MalformedQuery(
            f"the search has {len(text):,} characters, more than {LONGEST:,}",
            hint="search for its rarest words",
        )
    return _Reader(_UNKEPT.sub(" ", text)).read()


def words_in(query: Query) -> Iterator[Words]:
    """Yield what a search looks for, without what must not be there."""
    if isinstance(query, Words):
        yield query
        return
    for part in query.parts:
        yield from words_in(part)


class _Reader:
    """Reads a search from left to right, a token ahead."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [match for match in _TOKEN.finditer(text) if _means(match)]
        self._at = 0

    def read(self) -> Query | None:
        if not self._tokens:
            return None
        found = self._any(0)
        if self._at < len(self._tokens):
            raise MalformedQuery("a “)” closes nothing", hint=_AS_WORDS)
        return found

    def _next(self) -> str | None:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else None

    def _take(self) -> re.Match[str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _any(self, depth: int) -> Query | None:
        parts = [self._all(depth)]
        while self._next() == "OR":
            self._take()
            self._expect_operand("OR", ("NOT", "-"))
            parts.append(self._all(depth))
        kept = tuple(part for part in parts if part is not None)
        return kept[0] if len(kept) == 1 else AnyOf(kept) if kept else None

    def _all(self, depth: int) -> Query | None:
        if self._next() in ("AND", "OR"):
            raise MalformedQuery(f"nothing stands before {self._next()}", hint=_AS_WORDS)
        parts: list[Query] = []
        without: list[Query] = []
        while self._next() not in (None, ")", "OR"):
            if self._next() == "AND":
                self._take()
                self._expect_operand("AND", ("NOT", "-"))
            negated = self._next() in ("NOT", "-")
            if negated:
                self._expect_operand(self._take()[0])
            found = self._operand(depth)
            if found is not None:
                (without if negated else parts).append(found)
        if without and not parts:
            raise MalformedQuery(
                "the search only says what must not be there", hint="add a word that must"
            )
        if len(parts) == 1 and not without:
            return parts[0]
        return AllOf(tuple(parts), tuple(without)) if parts else None

    def _expect_operand(self, operator: str, also: tuple[str, ...] = ()) -> None:
        following = self._next()
        if following is None or following in (")", "AND", "OR", "NOT", "-"):
            if following in also:
                return
            raise MalformedQuery(f"nothing stands behind {operator}", hint=_AS_WORDS)

    def _operand(self, depth: int) -> Query | None:
        token = self._take()
        if token[0] == "(":
            if depth >= DEEPEST:
                raise MalformedQuery(
                    f"parentheses stand more than {DEEPEST} deep", hint="write it flatter"
                )
            found = self._any(depth + 1) if self._next() != ")" else None
            if self._next() != ")":
                raise MalformedQuery("a “(” is never closed", hint=_AS_WORDS)
            self._take()
            return found
        if token[0] in _OPENING:
            return self._phrase(token)
        if token[0] in _CLOSING:
            raise MalformedQuery("a quotation mark closes nothing", hint="write a pair of them")
        return _words(token[0])

    def _phrase(self, opening: re.Match[str]) -> Query | None:
        for at in range(self._at, len(self._tokens)):
            closing = self._tokens[at]
            if closing[0] in _CLOSING:
                self._at = at + 1
                end = closing.end()
                text = self._text[opening.end() : closing.start()]
                prefix = self._text[end : end + 1] == "*"
                return Words(text, prefix) if _has_word(text) else None
        raise MalformedQuery("a quotation mark is never closed", hint="write a pair of them")


def _means(token: re.Match[str]) -> bool:
    text = token[0]
    if text == "-":
        # Inside a word it is a hyphen, and the token before it would have taken it in.
        return True
    return text in "()" or text in _OPENING + _CLOSING or _has_word(text)


def _words(token: str) -> Words:
    return Words(token.rstrip("*"), prefix=token.endswith("*"))


def _has_word(text: str) -> bool:
    return bool(folded_words(text))

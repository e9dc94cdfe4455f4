"""Whether two quotations of different documents tell the same statement; precision comes first.

Words decide where the tellings share a run of them. Otherwise their sentence vectors must be close,
most of what they say must answer to something in the other, and no word may speak against it:
vectors alone put a sentence and its opposite together. The bounds were chosen by reading pairs from
several papers' reports of the same events.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from quotes.quotation import Act, Kind
from quotes.verification.differences import likeness
from quotes.verification.find import read_claim
from quotes.verification.lexicon import MODALS, Class
from quotes.verification.normalise import INVISIBLE
from quotes.verification.synonyms import antonyms
from quotes.verification.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from quotes.verification.tokens import Token


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


FEWEST_WORDS = 5
FEWEST_BEARING = 3
#: So many words in a row are nobody's chance choice, whenever they were told.
LONG_RUN = 8
WINDOW = timedelta(days=14)
CLOSE = 0.8
#: How much of what two tellings say must answer to something in the other, on average.
ANSWERED = 0.55

_WORD = re.compile(r"\w+")
_MARKED = re.compile(r'"[^"]*"|“[^”]*”|\'\'[^\']*\'\'|«[^»]*»')
_BEARING = frozenset({Class.CONTENT, Class.NAME, Class.NUMBER, Class.DATE})
_FINITE = _words("is are was were am has have had do does did") | frozenset(MODALS)
_SUBJECTS = _words("i we you he she it they there that")
# What begins a part that is no clause of its own ("to end it", "over what he said").
_PREPOSITIONS = _words("to for of as about against with by from on at in over how why whether")
# What a clause inside a noun phrase begins with ("the claim that it is so").
_SUBORDINATORS = _words("that who whom whose which where when if because while what")
# Others ("without", "un-") deny a word, not the statement.
_DENY = _words("not never no none neither nor nobody nothing nowhere")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A quotation as far as it matters for what it tells.

    `speaker` is a key of the registry, None where nobody is named or several speak together.
    """

    document: int
    speaker: int | None
    kind: str
    act: str
    text: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    words: tuple[str, ...]
    tokens: tuple[Token, ...]

    def of(self, *kinds: Class) -> list[Token]:
        return [token for token in self.tokens if token.kind in kinds]

    @property
    def denies(self) -> bool:
        return any(t.kind is Class.NEGATION and t.surface in _DENY for t in self.tokens)


def is_statement(telling: Telling) -> bool:
    """Tell whether a quotation can be one of several tellings: a clause that somebody said."""
    if telling.speaker is None or telling.act == Act.THOUGHT:
        return False
    read = _read(telling.text)
    if len(read.words) < FEWEST_WORDS or len(read.of(*_BEARING)) < FEWEST_BEARING:
        return False
    return telling.kind == Kind.DIRECT or _is_marked(telling.text) or _is_clause(read.tokens)


def same_statement(one: Telling, other: Telling, *, closeness: float | None) -> float | None:
    """Return how alike two tellings of one statement are, from 0 to 1; None where they are not.

    `closeness` is the cosine of their sentence vectors, None where there are none. Two quotations
    of one speaker tell the same statement where one holds all the words of the other in a row,
    where they share a long run of quoted words, or where they are close, answer to each other, and
    neither denies, counts or names something else. Further apart than the window, where both dates
    are known, only long runs of words count.
    """
    if one.document == other.document or one.speaker != other.speaker:
        return None
    if not (is_statement(one) and is_statement(other)):
        return None
    first, second = _read(one.text), _read(other.text)
    run = _longest_run(first.words, second.words)
    shorter = min(len(first.words), len(second.words))
    quoted = Kind.INDIRECT not in (one.kind, other.kind)
    near = _may_be_one_occasion(one, other)
    whole = len(run) == shorter and (near or shorter >= LONG_RUN)
    if (whole or (quoted and len(run) >= LONG_RUN)) and _bears(run):
        return round(len(run) / shorter, 4)
    if closeness is None or closeness < CLOSE or not near:
        return None
    if _answered(first, second) < ANSWERED or _contradicts(first, second):
        return None
    return round(min(closeness, 1.0), 4)


def grams(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every five words in a row: two texts that have none in common share no run of words.

    Cheaply read: a word that the comparison takes as one may come as several here.
    """
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    words = _WORD.findall(text.casefold())
    return zip(*(words[start:] for start in range(FEWEST_WORDS)), strict=False)


@lru_cache(maxsize=1 << 14)
def _read(text: str) -> _Read:
    passage = read_claim(text)
    words = tuple(word.text.casefold() for word in passage.words)
    return _Read(words, tuple(tokenise(passage)))


def _bears(words: Sequence[str]) -> bool:
    return len(_read(" ".join(words)).of(*_BEARING)) >= FEWEST_BEARING


def _is_marked(text: str) -> bool:
    """Tell whether quotation marks inside a text hold enough words to stand for themselves."""
    return any(len(_read(match[0]).words) >= FEWEST_WORDS for match in _MARKED.finditer(text))


def _is_clause(tokens: Sequence[Token]) -> bool:
    """Tell whether reported words have a finite verb of their own, as far as a list can know."""
    surfaces = [token.surface for token in tokens]
    if surfaces[0] in _SUBJECTS:
        return True
    if surfaces[0] in _PREPOSITIONS:
        return False
    main = takewhile(lambda surface: surface not in _SUBORDINATORS, surfaces)
    return not _FINITE.isdisjoint(main)


def _may_be_one_occasion(one: Telling, other: Telling) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs(one.published - other.published) <= WINDOW


def _longest_run(first: Sequence[str], second: Sequence[str]) -> Sequence[str]:
    match = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return first[match.a : match.a + match.size]


def _answered(first: _Read, second: _Read) -> float:
    """Return the mean share of each one's bearing words that the other has, also reworded."""
    ours, theirs = _distinct(first.of(*_BEARING)), _distinct(second.of(*_BEARING))
    shares = [
        sum(any(likeness(a, b) for b in those) for a in these) / len(these)
        for these, those in ((ours, theirs), (theirs, ours))
    ]
    return sum(shares) / 2


def _distinct(tokens: Sequence[Token]) -> Collection[Token]:
    return {token.key: token for token in tokens}.values()


def _contradicts(first: _Read, second: _Read) -> bool:
    """Tell whether one alone denies, or each has a number, date, name or opposite of its own."""
    if first.denies != second.denies:
        return True
    for kinds in ((Class.NUMBER,), (Class.DATE,), (Class.NAME,)):
        ours, theirs = first.of(*kinds), second.of(*kinds)
        if _has_own(ours, theirs) and _has_own(theirs, ours):
            return True
    ours, theirs = first.of(Class.CONTENT), second.of(Class.CONTENT)
    keys = {token.key for token in ours}, {token.key for token in theirs}
    return any(antonyms(a, b) for a in keys[0] - keys[1] for b in keys[1] - keys[0])


def _has_own(these: Sequence[Token], those: Sequence[Token]) -> bool:
    return any(not any(likeness(a, b) for b in those) for a in these)

"""The ladder of normalisation: how little of a claim must be put aside to find it word for word.

Each rung puts aside what the rungs below it do, and one thing more:

* exact: nothing but punctuation at the claim's edges
* white space: line breaks and runs of blanks
* typography: marks, dashes, ellipses, ligatures and Unicode forms of the same signs
* case
* punctuation: signs between words; signs inside numbers are part of them and always count
* joint: the claim runs across two spans of one quotation ("We sail," she said, "at noon")
* editorial: [brackets] of an editor in the claim or the source, and "…" that leaves words out

No rung drops a letter, a digit, a sign or a word, but for what an editor's marks own up to; what
they hide may not be a negation or a number, nor may a name stand for another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from quotes.verification import lexicon
from quotes.verification.cuts import negates
from quotes.verification.find import (
    JOINT,
    Passage,
    Place,
    find_loosely,
    joints,
    read_claim,
    same_case,
    same_gaps,
)
from quotes.verification.normalise import SPACE, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

EDGES = " \t\r\n\"“”‘’'«»‹›„‚`.,;:!?…—–-"
IN_WORD = re.compile(r"\[(\w{1,3})\](?=\w)")
MARK = re.compile(
    r"[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.(?:\s?\.){2,}|\[(?P<inside>[^\]]{1,80})\]"
)
_BRACKETS = str.maketrans("", "", "[]")
_MOST_MARKS = 20
_MOST_PLACES = 50
_FARTHEST_ELLIPSIS = 150
_LONGEST_REPLACED = 4
_LONG_WORD = 4


class Rung(IntEnum):
    """The rungs, lowest first."""

    EXACT = 0
    WHITE_SPACE = 1
    TYPOGRAPHY = 2
    CASE = 3
    PUNCTUATION = 4
    JOINT = 5
    EDITORIAL = 6

    @property
    def label(self) -> str:
        """Its name in an answer."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of a claim's words, and what marks it off from the run before it."""

    words: Passage
    ellipsis: bool
    names: bool = False  # an editor's name stands before it
    names_behind: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a claim stands word for word: its places in order, and the rung that was needed."""

    places: tuple[Place, ...]
    rung: Rung
    passage: Passage

    @property
    def start(self) -> int:
        """The offset of its first word in the source."""
        return self.passage.words[self.places[0].first].start

    @property
    def end(self) -> int:
        """The offset behind its last word in the source."""
        last = self.places[-1]
        return self.passage.words[last.first + last.count - 1].end


def open_words(claim: str) -> str:
    """Hide the brackets inside words, "[W]e", leaving every offset as it is."""
    return IN_WORD.sub("\u2060\\1\u2060", claim)


def read_fragments(claim: str) -> tuple[Fragment, ...]:
    """Cut a claim at its ellipses and brackets; nothing where it has none, or too many."""
    claim = open_words(claim)
    marks = list(MARK.finditer(claim))
    if not marks or len(marks) > _MOST_MARKS:
        return ()
    fragments: list[Fragment] = []
    done, ellipsis, names = 0, True, False
    for mark in [*marks, None]:
        words = read_claim(claim[done : mark.start() if mark else len(claim)])
        if words.words:
            fragments.append(Fragment(words, ellipsis, names))
            ellipsis = names = False
        if mark is None:
            break
        done = mark.end()
        inside = mark["inside"]
        if inside is None:
            ellipsis = True
            continue
        added = [word.text for word in read_claim(inside).words]
        if any(_tells(word) for word in added):
            return ()
        names = names or any(_is_name(word) for word in added)
    if fragments and names:
        fragments[-1] = replace(fragments[-1], names_behind=True)
    if len(fragments) > 1 and not all(_bears(fragment) for fragment in fragments):
        return ()
    return tuple(fragments)


def climb(
    claim: str, words: Passage, fragments: tuple[Fragment, ...], passage: Passage
) -> Iterator[Occurrence]:
    """Yield where a claim stands in a passage; the rungs below punctuation need the source's text.

    White space and typography are told apart by `refine`.
    """
    found = False
    for place in find_loosely(words, passage):
        found = True
        yield Occurrence((place,), _rung(claim, words, passage, place), passage)
    if found:
        return
    without = _without_brackets(passage)
    for view in (passage, without) if without is not passage else (passage,):
        if view is without and view is not passage:
            for place in find_loosely(words, view):
                found = True
                yield Occurrence((place,), Rung.EDITORIAL, view)
        if not found and fragments:
            for places in _chains(fragments, view):
                found = True
                yield Occurrence(places, Rung.EDITORIAL, view)
        if found:
            return


def refine(rung: Rung, claim: str, source: str) -> Rung:
    """Tell exact, white space and typography apart by the two texts."""
    if rung > Rung.TYPOGRAPHY:
        return rung
    claim, source = claim.strip(EDGES), source.strip(EDGES)
    if claim == source:
        return Rung.EXACT
    if SPACE.sub(" ", claim) == SPACE.sub(" ", source):
        return Rung.WHITE_SPACE
    if normalise(claim).text == normalise(source).text:
        return Rung.TYPOGRAPHY
    # The first letter, which may be of either case, or a mark inside the words.
    return (
        Rung.CASE
        if normalise(claim.casefold()).text == normalise(source.casefold()).text
        else Rung.TYPOGRAPHY
    )


def _rung(claim: str, words: Passage, passage: Passage, place: Place) -> Rung:
    inner = [passage.gaps[place.first + i] for i in range(1, place.count)]
    if "[" in claim or any(gap and "[" in gap for gap in inner):
        return Rung.EDITORIAL
    if joints(passage, place):
        return Rung.JOINT
    if not same_gaps(words, passage, place):
        return Rung.PUNCTUATION
    return Rung.EXACT if same_case(words, passage, place) else Rung.CASE


def _chains(fragments: tuple[Fragment, ...], passage: Passage) -> Iterator[tuple[Place, ...]]:
    """Yield places of all fragments in order, from each place of the first."""
    places = [list(find_loosely(f.words, passage))[:_MOST_PLACES] for f in fragments]
    for first in places[0]:
        if fragments[0].names and _name_at(passage, first.first - 1, first.first):
            continue
        chain = [first]
        for fragment, found in zip(fragments[1:], places[1:], strict=True):
            behind = chain[-1].first + chain[-1].count
            following = next((p for p in found if _follows(fragment, passage, behind, p)), None)
            if following is None:
                break
            chain.append(following)
        end = chain[-1].first + chain[-1].count
        if fragments[-1].names_behind and _name_at(passage, end, end):
            continue
        if len(chain) == len(fragments):
            yield tuple(chain)


def _name_at(passage: Passage, at: int, boundary: int) -> bool:
    """Tell whether a name stands right beside a fragment, in its sentence."""
    if not 0 <= at < len(passage.words):
        return False
    gap = passage.gaps[boundary]
    return not (gap and any(mark in gap for mark in ".!?")) and _is_name(passage.words[at].text)


def _follows(fragment: Fragment, passage: Passage, behind: int, place: Place) -> bool:
    skipped = place.first - behind
    if skipped < 0:
        return False
    if fragment.ellipsis:
        return skipped <= _FARTHEST_ELLIPSIS
    words = [word.text for word in passage.words[behind : place.first]]
    if skipped > _LONGEST_REPLACED or any(_tells(word) for word in words):
        return False
    return not (fragment.names and any(_is_name(word) for word in words))


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.casefold() not in lexicon.PRONOUNS | lexicon.FUNCTION


def _tells(word: str) -> bool:
    """Tell whether a word may not be hidden: a negation or a number."""
    folded = word.casefold()
    if negates(word) or any(c.isdigit() for c in word):
        return True
    if folded in lexicon.UNITS or folded in lexicon.TENS or folded in lexicon.SCALES:
        return folded != "one"
    return False


def _bears(fragment: Fragment) -> bool:
    words = fragment.words.words
    return len(words) > 1 or len(words[0].text) >= _LONG_WORD


def _without_brackets(passage: Passage) -> Passage:
    """Return the passage without the words that an editor put into it in brackets."""
    if not any(gap and "[" in gap for gap in passage.gaps):
        return passage
    words, gaps = [], []
    inside = False
    before = ""
    for word, gap in zip(passage.words, passage.gaps, strict=True):
        if gap is JOINT:
            inside = False
        else:
            opened, closed = gap.rfind("["), gap.rfind("]")
            inside = opened > closed if opened != closed else inside
        if inside:
            before += (gap or "").translate(_BRACKETS)
            continue
        words.append(word)
        gaps.append(gap if gap is JOINT else before + gap.translate(_BRACKETS))
        before = ""
    return Passage(tuple(words), tuple(gaps))

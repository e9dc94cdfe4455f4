"""One claim against one stored quotation."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from typing import TYPE_CHECKING, TypedDict

from quotes.verification.cuts import cut_word, negation_before
from quotes.verification.find import Passage, Place, find, find_loosely, joints, read_passage
from quotes.verification.normalise import normalise

if TYPE_CHECKING:
    from quotes.records import PassageRecord

EDGES = " \t\r\n\"“”‘’'«».,;:!?…—–-"


class Agreement(IntEnum):
    """How far a quotation bears a claim out; the greater the better."""

    NONE = 0
    LOOSE = 1  # the same words, but for case or punctuation
    CUT = 2  # the same words, but without a negation or a part of a number next to them
    FOLDED = 3  # equal after normalisation
    EXACT = 4  # character for character


class Difference(TypedDict):
    """What differs between a claim and the words as they stand."""

    kind: str
    claim: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The agreement, how like the two are (1 for the same words), and what to say of it."""

    agreement: Agreement
    score: float = 0.0
    differences: tuple[Difference, ...] = ()
    note: str = ""


def content_passage(content: PassageRecord) -> Passage:
    """Read the content of a record, whose text is that of its spans joined by one space."""
    parts, offset = [], 0
    for start, end in content["spans"]:
        parts.append((start, content["text"][offset : offset + end - start]))
        offset += end - start + 1
    return read_passage(parts)


def compare(claim: str, words: Passage, content: PassageRecord) -> Comparison:
    """Compare a claim, with its words, to the content of a quotation."""
    passage = content_passage(content)
    best = Comparison(agreement=Agreement.NONE)
    for place in find(words, passage):
        found = _compare_at(claim, passage, place, content)
        best = max(best, found, key=lambda c: c.agreement)
    if best.agreement == Agreement.NONE:
        for place in find_loosely(words, passage):
            return _loose(claim, words, passage, place, content)
    return best


def _compare_at(claim: str, passage: Passage, place: Place, content: PassageRecord) -> Comparison:
    source = _source(passage, place, content)
    if cut := cut_word(passage, place):
        return Comparison(
            agreement=Agreement.CUT,
            score=_likeness(claim, f"{source} {cut}"),
            differences=({"kind": "cut", "claim": "", "source": cut},),
            note=f"the claim leaves out “{cut}” next to its words",
        )
    note = ""
    if denial := negation_before(passage, place):
        note = (
            f"“{denial}” stands before these words in the same sentence: read the whole quotation"
        )
    stripped = claim.strip(EDGES)
    if not joints(passage, place) and stripped == source.strip(EDGES):
        return Comparison(agreement=Agreement.EXACT, score=1.0, note=note)
    kind = "joint" if joints(passage, place) else "typography"
    return Comparison(
        agreement=Agreement.FOLDED,
        score=1.0,
        differences=({"kind": kind, "claim": stripped, "source": source},),
        note=note,
    )


def _loose(
    claim: str, words: Passage, passage: Passage, place: Place, content: PassageRecord
) -> Comparison:
    source = _source(passage, place, content)
    same_case = all(
        one.text == passage.words[place.first + i].text for i, one in enumerate(words.words)
    )
    return Comparison(
        agreement=Agreement.LOOSE,
        score=_likeness(claim, source),
        differences=(
            {
                "kind": "punctuation" if same_case else "capitals",
                "claim": claim.strip(EDGES),
                "source": source,
            },
        ),
        note="the same words stand here with other punctuation or capitals",
    )


def _source(passage: Passage, place: Place, content: PassageRecord) -> str:
    """Return the words as they stand, those of several spans joined by one space."""
    found = passage.span(place.first, place.count)
    parts, offset = [], 0
    for start, end in content["spans"]:
        low, high = max(start, found.start), min(end, found.end)
        if low < high:
            parts.append(content["text"][offset + low - start : offset + high - start])
        offset += end - start + 1
    return " ".join(parts)


def _likeness(one: str, other: str) -> float:
    ratio = SequenceMatcher(None, normalise(one).text, normalise(other).text).ratio()
    # Only the same words score 1.
    return min(round(ratio, 3), 0.999)

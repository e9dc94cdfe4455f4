"""The words of a claim that only say who said it: "the mayor said that …", "…, she added"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.verification.cuts import negates
from quotes.verification.lexicon import AUXILIARIES, MODALS, WEEKDAYS
from quotes.verification.stem import listed, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.verification.find import Passage, Word

# Forms that are seldom anything but a report of speech.
_SAID = frozenset(
    listed(
        "said says say told tells added adds explained explains noted remarked remarks commented "
        "argued argues insisted insists warned warns stressed stresses claimed stated declared "
        "announced replied answered recalled recalls concluded maintained maintains observed "
        "mentioned admitted admits acknowledged acknowledges confirmed confirms emphasised "
        "emphasized testified wrote writes joked quipped complained complains contended contends "
        "asserted asserts reiterated recounted repeated"
    )
)
# Such as open a report only before "that".
SAID_THAT = _SAID | frozenset(
    listed(
        "notes claims states reports reported declares announces observes mentions concludes "
        "adds suggested suggests thought thinks believed believes felt feels held holds replies "
        "predicted predicts promised promises pledged pledges vowed vows"
    )
)
_OPENING = frozenset(listed("he she they it the a an one his her its their according in for"))
_NOT_REPORTED = frozenset(
    listed("i we you my our your who which that if when because and but or what to")
)
_BESIDE = frozenset(listed("has had have also later then once again further on")) | WEEKDAYS
_HEARERS = frozenset(
    listed(
        "reporters journalists parliament us them him me lawmakers councillors councilors "
        "members delegates readers viewers listeners residents police"
    )
)
_OPINIONS = frozenset(listed("view opinion words account judgment judgement eyes"))
_AFTER_SAID = frozenset(listed("of about to for at with nothing so"))
_CUTS = re.compile(r"[,;:.!?–—-]")
_MOST = 7
_MOST_HEARERS = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """A range of a claim, in code points, that only reports; `verbs` are stems of its words.

    `leads` tells that it opens the claim.
    """

    start: int
    end: int
    verbs: frozenset[str]
    leads: bool


def frames(claim: Passage) -> list[Frame]:
    """Return the parts of a claim that only report, in order; none for one that is all report."""
    return [
        Frame(
            start=claim.words[first].start,
            end=claim.words[end - 1].end,
            verbs=_verbs(claim.words[first:end]),
            leads=first == 0,
        )
        for first, end in _ranges(claim)
    ]


def without(text: str, away: Iterable[Frame]) -> str:
    """Return a claim's text without its frames and the punctuation beside them."""
    for frame in sorted(away, key=lambda one: one.start, reverse=True):
        before, after = text[: frame.start].rstrip(" ,–—-"), text[frame.end :].lstrip(" ,:–—-")
        text = f"{before} {after}" if before and after[:1].isalnum() else before + after
    return text


def _ranges(claim: Passage) -> list[tuple[int, int]]:
    words = [word.text for word in claim.words]
    folded = [word.casefold() for word in words]
    starts = [i for i in range(len(words)) if i == 0 or _CUTS.search(claim.gaps[i] or "")]
    found: list[tuple[int, int]] = []
    for start, end in pairwise([*starts, len(words)]):
        if _is_frame(words[start:end], folded[start:end]):
            found.append((start, end))
        elif start == 0 and (led := _lead(words[:end], folded[:end])):
            found.append((0, led))
    return found if sum(end - start for start, end in found) < len(words) else []


def _verbs(words: Iterable[Word]) -> frozenset[str]:
    folded = (word.text.casefold() for word in words)
    return frozenset(stem(word) for word in folded if word in SAID_THAT)


def _is_frame(words: list[str], folded: list[str]) -> bool:
    """Tell whether a part between commas only reports: "she said on Friday", "said the mayor"."""
    if not 1 < len(words) <= _MOST or any(negates(word) for word in folded):
        return False
    if folded[0] == "according" and folded[1] == "to":
        return True
    if folded[0] == "in" and folded[-1] in _OPINIONS and len(words) <= 3:
        return folded[1] in {"his", "her", "their", "its"}
    if folded[0] in _SAID:
        return _is_source(words[1:], folded[1:])
    said = next((i for i, word in enumerate(folded) if word in _SAID), 0)
    behind = folded[said + 1 :]
    return (
        said > 0
        and _is_source(words[:said], folded[:said])
        and all(word in _BESIDE or word in _HEARERS or word == "the" for word in behind)
    )


def _lead(words: list[str], folded: list[str]) -> int:
    """Return how many words lead a report in, as "the mayor told reporters that"."""
    for at in range(1, min(_MOST, len(words) - 1)):
        if folded[at] not in SAID_THAT:
            continue
        if not _is_source(words[:at], folded[:at]):
            return 0
        behind = folded[at + 1 : at + 2 + _MOST_HEARERS]
        if "that" in behind and (behind[0] == "that" or folded[at] in {"told", "tells"}):
            return at + 2 + behind.index("that")
        if folded[at] not in _SAID or behind[0] in _AFTER_SAID:
            return 0
        if folded[at] in {"told", "tells"}:
            return at + 2 if behind[0] in _HEARERS else 0
        return at + 1
    return 0


def _is_source(words: list[str], folded: list[str]) -> bool:
    """Tell whether words may name who speaks, as far as small words show it."""
    plain = [word for word in folded if word not in _BESIDE]
    if not plain or any(word in _NOT_REPORTED or negates(word) for word in plain):
        return False
    if any(word in MODALS or stem(word) in AUXILIARIES for word in plain):
        return False
    return folded[0] in _OPENING or words[0][:1].isupper()

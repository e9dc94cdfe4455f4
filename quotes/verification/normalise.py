"""Typographic folding with a map back, so that two settings of the same words compare equal.

What is folded: white space and line breaks to one space; invisible characters to nothing; Latin
ligatures and full-width letters and digits to plain ones; canonical composition (NFC); curly,
angled and doubled quotation marks to straight ones; dashes to an em dash without spaces, hyphens
and unspaced en dashes to a hyphen; runs of dots to an ellipsis. Letters, digits and all other signs
stay, and so does their case.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable

INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# Not all of NFKC: it would make 102 of 10².
COMPATIBLE = re.compile("[\ufb00-\ufb06０-９Ａ-Ｚａ-ｚ]")
SPACE = re.compile(r"\s+")
DOUBLE_MARK = re.compile("[“”„‟«»″〝〞〟＂]|''|``")
SINGLE_MARK = re.compile("[‘’‚‛‹›′`´＇]")
HYPHEN = re.compile("[‐‑‒−﹣－]")
ELLIPSIS = re.compile(r"(?:\.\s?)*…(?:\s?[.…])*|\.(?:\s?\.){2,}")
DASH = re.compile(
    r"\s*(?:[—―]|[-–](?=\s*[-–—―]))(?:\s*[-–—―])*\s*"  # an em dash, or a run of any
    r"|\s+[-–]\s+|–\s+"
    r"|\s+–(?!\d)"  # " –5" is a number below zero
)
EN_DASH = re.compile("–")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Folded text; its character `i` comes from `source[starts[i]:ends[i]]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source_span(self, start: int, end: int) -> Span:
        """Return the span of the source that the folded characters `[start, end)` come from."""
        return Span(self.starts[start], self.ends[end - 1])


def normalise(text: str) -> Normalised:
    """Fold a text; folding a folded text changes nothing."""
    offsets = range(len(text))
    view = Normalised(text, tuple(offsets), tuple(i + 1 for i in offsets))
    view = _replace(view, INVISIBLE, "")
    view = _plain(view)
    view = _compose(view)
    for pattern, folded in (
        (SPACE, " "),
        (HYPHEN, "-"),
        (SINGLE_MARK, "'"),
        (DOUBLE_MARK, '"'),
        (ELLIPSIS, "…"),
        (DASH, "—"),
        (EN_DASH, "-"),
    ):
        view = _replace(view, pattern, folded)
    return view


def _replace(view: Normalised, pattern: re.Pattern[str], folded: str) -> Normalised:
    return _rewrite(view, [m.span() for m in pattern.finditer(view.text)], lambda _: folded)


def _plain(view: Normalised) -> Normalised:
    """Take ligatures apart, and full-width letters and digits to their plain forms."""
    places = [m.span() for m in COMPATIBLE.finditer(view.text)]
    return _rewrite(view, places, lambda one: unicodedata.normalize("NFKC", one))


def _compose(view: Normalised) -> Normalised:
    """Apply NFC, a cluster of characters that compose at a time."""
    if unicodedata.is_normalized("NFC", view.text):
        return view
    clusters = []
    start = 0
    for end in range(1, len(view.text) + 1):
        if end == len(view.text) or not _composes(view.text[start:end], view.text[end]):
            clusters.append((start, end))
            start = end
    return _rewrite(view, clusters, lambda cluster: unicodedata.normalize("NFC", cluster))


def _composes(cluster: str, following: str) -> bool:
    if unicodedata.combining(following):
        return True
    apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", following)
    return unicodedata.normalize("NFC", cluster + following) != apart


def _rewrite(
    view: Normalised, places: list[tuple[int, int]], rewrite: Callable[[str], str]
) -> Normalised:
    if not places:
        return view
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for start, end in [*places, (len(view.text), len(view.text))]:
        parts.append(view.text[done:start])
        starts += view.starts[done:start]
        ends += view.ends[done:start]
        if start < end:
            replaced = rewrite(view.text[start:end])
            parts.append(replaced)
            # All the characters of a replacement stand for all that was replaced.
            starts += [view.starts[start]] * len(replaced)
            ends += [view.ends[end - 1]] * len(replaced)
        done = end
    return Normalised("".join(parts), tuple(starts), tuple(ends))

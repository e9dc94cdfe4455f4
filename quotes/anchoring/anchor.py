"""Anchoring: where the quotations of a text stand after the text has changed.

The two texts are matched as wholes first, so that what stands around a quotation tells it from
another in the same words. What that leaves is looked for elsewhere: its words, then words like
them. A wrong answer that sounds sure is worse than none, so a few words alone prove nothing, and
two places that are nearly as good are ambiguous. The problem is that of Phelps and Wilensky (2000),
"Robust intra-document locations"; selectors with context are those of the W3C's Web Annotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.anchoring.answers import Anchored, Answer
from quotes.anchoring.likeness import alike, edits
from quotes.anchoring.pair import LEAST_KEPT, MOST_PLACES, Pair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.spans import Spans

CONTENT: Final = "content"
_ATTRIBUTING: Final = ("cue", "source")
# Fewer words than this are told by what stands around them.
_TELLING: Final = 5
_AROUND: Final = 3
# Elsewhere, so like must it be, and so much liker than the next place.
_LIKE: Final = 0.7
_LIKER: Final = 0.15
# So many words may have come between a content and its cue or source, or gone.
_NEAR: Final = 20


def anchor(old: str, new: str, quotations: Sequence[Mapping[str, Spans]]) -> list[Anchored]:
    """Return for each quotation of the old text how it stands in the new one.

    A quotation is its spans by role: content, and where it has them cue and source. Spans are code
    points, half-open.
    """
    pair = Pair.of(old, new)
    first = [_in_order(pair, quotation) for quotation in quotations]
    taken = {place.start for places in first if places for place in places if place}
    return [
        _answer(pair, quotation, places)
        if places is not None
        else _elsewhere(pair, quotation, taken)
        for quotation, places in zip(quotations, first, strict=True)
    ]


Places = list["range | None"]


def _in_order(pair: Pair, quotation: Mapping[str, Spans]) -> Places | None:
    """Return where the parts of a content stand as the texts' common order has it."""
    parts = _parts(pair, quotation[CONTENT])
    words = sum(pair.old.count(part) for part in parts)
    if not parts or sum(pair.kept(part) for part in parts) < LEAST_KEPT * max(1, words):
        return None
    places: Places = [pair.whole(part) or pair.between(part) for part in parts]
    is_whole = all(pair.whole(part) for part in parts)
    # A few words that have changed are not the same words. A few words, words of which some are
    # not there, and words that stand elsewhere too need what stood around them.
    if words < _TELLING and not is_whole:
        return None
    is_plain = words >= _TELLING and is_whole and _stands_once(pair, parts)
    if not is_plain and not _is_held(pair, quotation, parts, places):
        return None
    return places if any(places) else None


def _stands_once(pair: Pair, parts: Sequence[range]) -> bool:
    return len(pair.occurrences(pair.keys(max(parts, key=len)))) == 1


def _is_held(
    pair: Pair, quotation: Mapping[str, Spans], parts: Sequence[range], places: Places
) -> bool:
    """Tell whether what stands around a short content, or attributes it, is still there."""
    for part, place in zip(parts, places, strict=True):
        if place is not None and pair.context(part, place) >= _AROUND:
            return True
    return _is_attributed(pair, quotation, parts, places)


def _is_attributed(
    pair: Pair, quotation: Mapping[str, Spans], parts: Sequence[range], places: Places
) -> bool:
    """Tell whether the cue or the source of a quotation stands beside its content as it did."""
    return any(
        _attributing(pair, role, quotation, parts, places) is not None for role in _ATTRIBUTING
    )


def _answer(pair: Pair, quotation: Mapping[str, Spans], places: Places) -> Anchored:
    parts = _parts(pair, quotation[CONTENT])
    differences = [
        edit
        for part, place in zip(parts, places, strict=True)
        for edit in edits(pair, CONTENT, part, place)
    ]
    spans = {CONTENT: tuple(pair.span(place) for place in places if place)}
    for role in _ATTRIBUTING:
        if not quotation.get(role):
            continue
        there = _attributing(pair, role, quotation, parts, places)
        if there is not None:
            spans[role] = tuple(pair.span(place) for place in there)
        for number, part in enumerate(_parts(pair, quotation[role])):
            now = there[number] if there else _near(pair.between(part), part, parts, places)
            differences += edits(pair, role, part, now)
    if differences:
        answer = Answer.CHANGED
    else:
        same = spans[CONTENT] == tuple(quotation[CONTENT])
        answer = Answer.EXACT if same else Answer.MOVED
    return Anchored(answer=answer, spans=spans, differences=tuple(differences))


def _attributing(
    pair: Pair,
    role: str,
    quotation: Mapping[str, Spans],
    parts: Sequence[range],
    places: Places,
) -> list[range] | None:
    """Return where the cue or source stands beside a content that was found, with all its words."""
    found = []
    for part in _parts(pair, quotation.get(role, ())):
        there = _near(pair.whole(part), part, parts, places) or _beside(pair, part, parts, places)
        if there is None:
            return None
        found.append(there)
    return found or None


def _beside(pair: Pair, part: range, parts: Sequence[range], places: Places) -> range | None:
    """Return where a passage stands that is as far from the content as it was."""
    for content, place in zip(parts, places, strict=True):
        if place is None:
            continue
        for shift in (place.start - content.start, place.stop - content.stop):
            first = part.start + shift
            there = range(first, first + len(part))
            if first >= 0 and pair.new.keys[there.start : there.stop] == pair.keys(part):
                return there
    return None


def _near(
    place: range | None, part: range, contents: Sequence[range], places: Places
) -> range | None:
    """Return the place of a cue or source where it is about as far from the content as before."""
    if place is None:
        return None
    for content, there in zip(contents, places, strict=True):
        if there is None:
            continue
        shift = place.start - part.start
        if min(
            abs(shift - there.start + content.start), abs(shift - there.stop + content.stop)
        ) <= (_NEAR):
            return place
    return None


def _elsewhere(pair: Pair, quotation: Mapping[str, Spans], taken: set[int]) -> Anchored:
    """Look for a content that has left its order: its words anywhere, else words like them."""
    parts = _parts(pair, quotation[CONTENT])
    if not parts:
        return Anchored(answer=Answer.GONE)
    longest = max(parts, key=len)
    words = pair.old.count(longest)
    everywhere = pair.occurrences(pair.keys(longest))
    if len(everywhere) > MOST_PLACES:
        candidates = tuple(sorted(pair.span(there) for there in everywhere))
        return Anchored(answer=Answer.AMBIGUOUS, candidates=candidates)

    def is_free(there: range) -> bool:
        return there.start not in taken and not pair.is_of_others(there, longest)

    found = list(filter(is_free, everywhere))
    if found:
        scored = sorted(((pair.context(longest, there), there) for there in found), key=_by_score)
        best = scored[0][0]
        next_best = scored[1][0] if len(scored) > 1 else -_AROUND
        is_sure = best >= next_best + _AROUND and (words >= _TELLING or best >= _AROUND)
        if is_sure:
            return _answer(pair, quotation, _shifted(pair, parts, longest, scored[0][1]))
        candidates = tuple(sorted(pair.span(there) for there in found))
        return Anchored(answer=Answer.AMBIGUOUS, candidates=candidates)
    likely = [one for one in alike(pair, longest) if is_free(one[1])]
    if words <= _TELLING or not likely or likely[0][0] < _LIKE:
        return Anchored(answer=Answer.GONE)
    close = [there for share, there in likely if share > likely[0][0] - _LIKER]
    if len(close) > 1:
        candidates = tuple(sorted(pair.span(there) for there in close))
        return Anchored(answer=Answer.AMBIGUOUS, candidates=candidates)
    places = _shifted(pair, parts, longest, close[0])
    if not _is_attributed(pair, quotation, parts, places):
        return Anchored(answer=Answer.AMBIGUOUS, candidates=(pair.span(close[0]),))
    return _answer(pair, quotation, places)


def _by_score(one: tuple[int, range]) -> int:
    return -one[0]


def _shifted(pair: Pair, parts: Sequence[range], longest: range, there: range) -> Places:
    """Return the parts of a content of which the longest was found."""
    return [there if part == longest else _beside(pair, part, [longest], [there]) for part in parts]


def _parts(pair: Pair, spans: Spans) -> list[range]:
    return [part for span in spans if (part := pair.old.within(span))]

"""Where words stand that are like those of a passage, and in what the two differ."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from quotes.anchoring.answers import Edit
from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.anchoring.pair import Pair
    from quotes.anchoring.words import Words

_RUN: Final = 3
_BUCKET: Final = 8
_MOST_WINDOWS: Final = 6
_MOST_COMPARED: Final = 4_000_000
_MOST_OF_A_WORD: Final = 2_000


def alike(pair: Pair, among: range) -> list[tuple[float, range]]:
    """Return the places that share most with an old passage, with the share of its words.

    They do not overlap; the likest comes first.
    """
    keys = pair.keys(among)
    found: list[tuple[float, range]] = []
    for first in _windows(pair, keys):
        low = max(0, first - _BUCKET)
        high = min(len(pair.new), first + len(keys) + len(keys) // 3 + 2 * _BUCKET)
        if (high - low) * len(keys) > _MOST_COMPARED:
            continue
        matcher = SequenceMatcher(None, keys, pair.new.keys[low:high], autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size > 1]
        if not blocks:
            continue
        there = range(low + blocks[0].b, low + blocks[-1].b + blocks[-1].size)
        same = sum(
            pair.old.is_word(among.start + block.a + step)
            for block in blocks
            for step in range(block.size)
        )
        found.append((same / max(1, pair.old.count(among)), there))
    found.sort(key=lambda one: -one[0])
    apart: list[tuple[float, range]] = []
    for share, there in found:
        if all(there.stop <= o.start or o.stop <= there.start for _, o in apart):
            apart.append((share, there))
    return apart


def _windows(pair: Pair, keys: list[str]) -> list[int]:
    """Return where passages may begin that share most runs of words with these."""
    votes: Counter[int] = Counter()
    for at in range(len(keys) - _RUN + 1):
        run = keys[at : at + _RUN]
        rarest = min(range(_RUN), key=lambda step: len(pair.index.get(run[step], ())))
        places = pair.index.get(run[rarest], ())
        for place in places[:_MOST_OF_A_WORD]:
            first = place - rarest
            if first >= 0 and pair.new.keys[first : first + _RUN] == run:
                votes[(first - at) // _BUCKET] += 1
    return [max(0, bucket * _BUCKET) for bucket, _ in votes.most_common(_MOST_WINDOWS)]


def edits(pair: Pair, role: str, among: range, there: range | None) -> Iterator[Edit]:
    """Yield in what an old passage and a new one differ, white space aside."""
    if there is None:
        yield _edit(pair, role, "words", among, range(0))
        return
    ours, theirs = pair.keys(among), pair.new.keys[there.start : there.stop]
    if len(ours) * len(theirs) > _MOST_COMPARED:
        if ours != theirs:
            yield _edit(pair, role, "words", among, there)
        return
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        old = range(among.start + a, among.start + b)
        new = range(there.start + c, there.start + d)
        if tag != "equal":
            yield _edit(pair, role, "words", old, new)
            continue
        for at, other in zip(old, new, strict=True):
            was, is_ = _word(pair.old, at), _word(pair.new, other)
            if was != is_:
                kind = "case" if was.casefold() == is_.casefold() else "typography"
                yield _edit(pair, role, kind, range(at, at + 1), range(other, other + 1))


def _word(words: Words, at: int) -> str:
    return words.text[words.starts[at] : words.ends[at]]


def _edit(pair: Pair, role: str, kind: str, old: range, new: range) -> Edit:
    was = Span(pair.old.starts[old.start], pair.old.ends[old.stop - 1]) if old else None
    now = pair.span(new) if new else None
    return Edit(
        role=role,
        kind=kind,
        old=pair.old.text[was.start : was.end] if was else "",
        new=pair.new.text[now.start : now.end] if now else "",
        old_span=was,
        new_span=now,
    )

"""Which words of a text are which of its changed version.

Runs of words that stand once in both are taken for the same and what lies between them is compared
in turn, as in patience diff (Cohen 2010), with runs for its lines; what is left between is aligned
by the longest blocks in common (Ratcliff and Metzener 1988), where it is short enough.
"""

from __future__ import annotations

from bisect import bisect_left
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_RUNS: Final = (12, 6, 3)
_MOST_COMPARED: Final = 250_000

Block = tuple[int, int, int, int]


def matches(
    old: Sequence[str],
    new: Sequence[str],
    *,
    old_lines: Collection[int] = (),
    new_lines: Collection[int] = (),
) -> list[int]:
    """Return for each of the old words the place of the same new one, or -1; the order is kept.

    `old_lines` and `new_lines` are the words that begin a line: where what was cut or put in could
    as well begin a few words sooner, it begins with a line.
    """
    found = [-1] * len(old)
    blocks: list[Block] = [_trim(old, new, (0, len(old), 0, len(new)), found)]
    for size in _RUNS:
        blocks = [gap for block in blocks for gap in _split(old, new, block, size, found)]
    for first, end, other, other_end in blocks:
        if (end - first) * (other_end - other) <= _MOST_COMPARED:
            _compare(old, new, (first, end, other, other_end), found)
    _slide_cut(old, old_lines, found)
    _slide_put_in(new, new_lines, found)
    return found


def _slide_cut(old: Sequence[str], lines: Collection[int], found: list[int]) -> None:
    """Let what was cut between words that follow each other now begin where a line does."""
    end = len(found)
    while end > 1:
        end -= 1
        if found[end] < 0 or found[end - 1] >= 0:
            continue
        first = end - 1
        while first and found[first - 1] < 0:
            first -= 1
        if first and found[first - 1] + 1 == found[end]:
            for shift in range(_sliding(old, first, end, lines)):
                found[end - 1 - shift] = found[first - 1 - shift]
                found[first - 1 - shift] = -1
        end = first


def _slide_put_in(new: Sequence[str], lines: Collection[int], found: list[int]) -> None:
    """Let what was put in between words that followed each other begin where a line does."""
    for at in range(len(found) - 1, 0, -1):
        first, end = found[at - 1] + 1, found[at]
        if not 0 < first < end:
            continue
        size = end - first
        for shift in range(1, _sliding(new, first, end, lines) + 1):
            if at < shift or found[at - shift] != first - shift:
                break
            found[at - shift] += size


def _sliding(words: Sequence[str], first: int, end: int, lines: Collection[int]) -> int:
    """Return by how many words a stretch may begin sooner so that it begins a line, 0 for none."""
    shift = 0
    while first - shift not in lines:
        shift += 1
        if shift > min(first, end - first) or words[first - shift] != words[end - shift]:
            return 0
    return shift


def _trim(old: Sequence[str], new: Sequence[str], block: Block, found: list[int]) -> Block:
    """Match what a block begins and ends with, and return what is between."""
    first, end, other, other_end = block
    while first < end and other < other_end and old[first] == new[other]:
        found[first] = other
        first, other = first + 1, other + 1
    while first < end and other < other_end and old[end - 1] == new[other_end - 1]:
        end, other_end = end - 1, other_end - 1
        found[end] = other_end
    return first, end, other, other_end


def _split(
    old: Sequence[str], new: Sequence[str], block: Block, size: int, found: list[int]
) -> Iterator[Block]:
    """Match the runs of this size that both parts of a block have once; yield what is between."""
    first, end, other, other_end = block
    ours, theirs = _once(old, first, end, size), _once(new, other, other_end, size)
    pairs = _ordered([(at, theirs[run]) for run, at in ours.items() if run in theirs])
    for at, there in pairs:
        if at < first or there < other:
            continue  # inside the run that was matched before
        yield from _some(_trim(old, new, (first, at, other, there), found))
        while at < end and there < other_end and old[at] == new[there]:
            found[at] = there
            at, there = at + 1, there + 1
        first, other = at, there
    yield from _some(_trim(old, new, (first, end, other, other_end), found))


def _some(block: Block) -> Iterator[Block]:
    if block[0] < block[1] and block[2] < block[3]:
        yield block


def _once(words: Sequence[str], first: int, end: int, size: int) -> dict[int, int]:
    """Return the runs of words that stand once, by hash, with their places, in order."""
    places: dict[int, int] = {}
    for at in range(first, end - size + 1):
        run = hash(tuple(words[at : at + size]))
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _ordered(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest series of pairs that rises in both numbers."""
    tails: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for number, (_, there) in enumerate(pairs):
        at = bisect_left(tails, there)
        before.append(chosen[at - 1] if at else -1)
        tails[at : at + 1] = [there]
        chosen[at : at + 1] = [number]
    series = []
    number = chosen[-1] if chosen else -1
    while number >= 0:
        series.append(pairs[number])
        number = before[number]
    return series[::-1]


def _compare(old: Sequence[str], new: Sequence[str], block: Block, found: list[int]) -> None:
    first, end, other, other_end = block
    matcher = SequenceMatcher(None, old[first:end], new[other:other_end], autojunk=False)
    for at, there, size in matcher.get_matching_blocks():
        for step in range(size):
            found[first + at + step] = other + there + step

"""Two versions of a text with what is the same in them, and the places of a passage in the new."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from quotes.anchoring.matching import matches
from quotes.anchoring.words import Words, read
from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

# So much of a passage that is not there whole must be kept, and so much longer may it be now.
LEAST_KEPT: Final = 0.6
# A passage that stands in more places than these is anybody's.
MOST_PLACES: Final = 100
_LONGER: Final = 2
_SPARE: Final = 10
_CONTEXT: Final = 6


@dataclass(frozen=True)
class Pair:
    """The old text, the new one, and for each old word its place in the new, or -1."""

    old: Words
    new: Words
    places: list[int]

    @classmethod
    def of(cls, old: str, new: str) -> Pair:
        """Match two versions of a text."""
        ours, theirs = read(old), read(new)
        places = matches(ours.keys, theirs.keys, old_lines=ours.lines(), new_lines=theirs.lines())
        return cls(ours, theirs, places)

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """The places of each word of the new text."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(self.new.keys):
            found[key].append(at)
        return dict(found)

    @cached_property
    def origins(self) -> dict[int, int]:
        """The old word of each new one that has a place in the old text."""
        return {there: at for at, there in enumerate(self.places) if there >= 0}

    def is_of_others(self, there: range, among: range) -> bool:
        """Tell whether a place holds, as the order tells, old words that are not this passage."""
        origins = [self.origins.get(at) for at in there]
        return all(at is not None and at not in among for at in origins)

    def keys(self, among: range) -> list[str]:
        """Return the words of the old text at these places."""
        return self.old.keys[among.start : among.stop]

    def kept(self, among: range) -> int:
        """Return how many words of an old passage have a place in the new text."""
        return sum(self.places[at] >= 0 and self.old.is_word(at) for at in among)

    def whole(self, among: range) -> range | None:
        """Return where a passage stands with all its words in a row, as the order tells."""
        first = self.places[among.start]
        if first < 0 or any(self.places[at] != first + at - among.start for at in among):
            return None
        return range(first, first + len(among))

    def between(self, among: range) -> range | None:
        """Return where a passage stands that has changed, with its edges as far as they show."""
        found = [self.places[at] for at in among if self.places[at] >= 0]
        before = self.places[among.start - 1] if among.start else -1
        after = self.places[among.stop] if among.stop < len(self.places) else len(self.new)
        first = before + 1 if before >= 0 or not among.start else None
        end = after if after >= 0 else None
        if found:
            first = found[0] if first is None or found[0] < first else first
            end = found[-1] + 1 if end is None or end <= found[-1] else end
        if first is None or end is None or first >= end:
            return None
        if end - first > _LONGER * len(among) + _SPARE:
            if not found:
                return None
            first, end = found[0], found[-1] + 1
        return range(first, end) if end - first <= _LONGER * len(among) + _SPARE else None

    def occurrences(self, keys: Sequence[str]) -> list[range]:
        """Return where these words stand in a row, MOST_PLACES and one more of them at most."""
        known = tuple(keys)
        if known not in self._occurrences:
            self._occurrences[known] = self._looked_up(keys)
        return self._occurrences[known]

    @cached_property
    def _occurrences(self) -> dict[tuple[str, ...], list[range]]:
        """What was looked up: a text may hold one quotation thousands of times."""
        return {}

    def _looked_up(self, keys: Sequence[str]) -> list[range]:
        rarest = min(range(len(keys)), key=lambda at: len(self.index.get(keys[at], ())))
        wanted = list(keys)
        found = []
        for at in self.index.get(keys[rarest], ()):
            first = at - rarest
            if first >= 0 and self.new.keys[first : first + len(wanted)] == wanted:
                found.append(range(first, first + len(wanted)))
                if len(found) > MOST_PLACES:
                    break
        return found

    def context(self, among: range, there: range) -> int:
        """Return how many words right before and after a passage are the same at another place."""
        old, new = self.old.keys, self.new.keys
        same = 0
        for step in range(1, _CONTEXT + 1):
            at, other = among.start - step, there.start - step
            if at < 0 or other < 0 or old[at] != new[other]:
                break
            same += 1
        for step in range(_CONTEXT):
            at, other = among.stop + step, there.stop + step
            if at >= len(old) or other >= len(new) or old[at] != new[other]:
                break
            same += 1
        return same

    def span(self, there: range) -> Span:
        """Return the span of words of the new text."""
        return Span(self.new.starts[there.start], self.new.ends[there.stop - 1])

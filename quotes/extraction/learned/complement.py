"""What the rules know for certain and the network passed over: words in marks, reported reports.

PolNeAR, which taught the network, marks one attribution where one reports another, and no quotation
that goes on without a cue; the rules find both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.extraction.contents import kind_of
from quotes.extraction.learned.places import Places
from quotes.extraction.propose import propose
from quotes.extraction.select import NESTED, nests, select
from quotes.quotation import Kind
from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.extraction.candidates import Candidate
    from quotes.extraction.reading import Reading
    from quotes.extraction.scoring import Weights
    from quotes.spans import Spans

# How likely a candidate of the rules must be, outside marks, where the network saw nothing.
_SURE = 0.7
# Characters between two paragraphs of one statement: line ends, spaces.
_BREAK = 4


class Complement:
    """The rules' candidates for one text, ready to mend and to join what the network found."""

    def __init__(self, reading: Reading, weights: Weights) -> None:
        self._reading = reading
        self._threshold = weights.threshold
        self._scored = [weights.scored(candidate) for candidate in propose(reading)]
        self._whole: Places[Candidate] = Places()
        for one in self._scored:
            sure = one.probability >= weights.threshold
            if sure and _is_whole(one.candidate) and one.candidate.source:
                self._whole.add(one.candidate.cue, one.candidate)

    def widened(self, found: Candidate) -> Candidate:
        """Return a finding with all of a statement of which it has a part.

        "X," she said. "Y." is one statement, and so is one that goes on in the next paragraph, or
        around "according to" its source.
        """
        for candidate in self._whole.meeting(found.cue):
            whole = _over_breaks(candidate.content)
            if _meet(candidate.source, found.source) and all(
                any(s.within(t) for t in whole) for s in found.content
            ):
                return replace(found, content=candidate.content)
        return found

    def beside(self, kept: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
        """Return candidates to add to those kept, with their probabilities.

        One is added where nothing kept shares a word of its content or its cue, if it is in marks
        or the rules are sure of it; and a report that lies whole inside the content of a kept one.
        """
        reported: Places[Candidate] = Places()
        spoken: Places[Candidate] = Places()
        cues: Places[Candidate] = Places()
        for k in kept:
            spoken.add(k.content, k)
            cues.add(k.cue, k)
            if kind_of(self._reading, k.content) is not Kind.DIRECT:
                reported.add(k.content, k)
        added = []
        wanted = [s for s in self._scored if _is_direct(s.candidate) or s.probability >= _SURE]
        for probability, candidate in select(wanted, threshold=self._threshold):
            if not cues.meets(candidate.cue) and (
                not spoken.meets(candidate.content)
                or _is_inside(candidate, reported.meeting(candidate.content))
            ):
                added.append((probability, candidate))
        for _, candidate in added:
            cues.add(candidate.cue, candidate)
        for s in sorted(self._scored, key=lambda s: (-s.alone, s.candidate.cue_at)):
            near = reported.meeting(s.candidate.content) if s.alone >= NESTED else ()
            if any(nests(s.candidate, k) for k in near) and not cues.meets(s.candidate.cue):
                added.append((s.alone, s.candidate))
                cues.add(s.candidate.cue, s.candidate)
        return added


def _over_breaks(spans: Spans) -> list[Span]:
    """Join spans that no more than the end of a paragraph parts."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end <= _BREAK:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _is_direct(candidate: Candidate) -> bool:
    return candidate.pattern.startswith("direct")


def _is_whole(candidate: Candidate) -> bool:
    """Tell whether the construction shows where the statement begins and ends."""
    return candidate.pattern.startswith(("direct", "according"))


def _is_inside(candidate: Candidate, reports: Iterable[Candidate]) -> bool:
    """Tell whether an attribution with a source lies whole inside what one of them reports."""
    return bool(candidate.source) and any(candidate.lies_in(r.content) for r in reports)


def _meet(spans: Spans, others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in spans for other in others)

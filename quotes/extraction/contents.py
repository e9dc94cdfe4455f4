"""Mend the edges of a content: marks come in pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.extraction.syntax import without
from quotes.quotation import Kind
from quotes.spans import Span, Spans, merged, trimmed

if TYPE_CHECKING:
    from quotes.extraction.candidates import Candidate
    from quotes.extraction.reading import Reading

#: Marks and blanks that may stand at the end of what stands in marks.
INNER_MARKS = " \t\r\n\xa0'’›»\""
_ENDS_SENTENCE = tuple(".!?…")
_FEWEST_WORDS = 3


def mended(reading: Reading, candidate: Candidate) -> Candidate:
    """Return the candidate with content that begins and ends where it should."""
    if candidate.pattern.startswith("direct"):
        return candidate
    spans = merged(
        grown
        for span in candidate.content
        if (grown := _with_marks(reading, span, candidate.cue_at))
    )
    content = without(reading.text, spans, (*candidate.cue, *candidate.source)) or spans
    content = _of_own_sentence(reading, content, candidate.cue_at)
    # What stands whole in marks is said, and says nothing itself.
    spoken = [span for span in candidate.source if not _is_marked(reading, span)]
    source = merged(_with_marks(reading, span, candidate.cue_at) for span in spoken)
    return replace(candidate, content=content, source=source)


def _of_own_sentence(reading: Reading, content: Spans, cue_at: int) -> Spans:
    """Leave out whole sentences in marks where another sentence, with the cue, goes on unmarked.

    “It rained.” She had left at noon, she said: the cue tells of the second sentence alone.
    """
    text = reading.text
    for passage in reversed(reading.marked_within(content[0].start, cue_at)):
        end = passage.span.end
        inside = text[passage.inside.start : passage.inside.end].rstrip(INNER_MARKS)
        opens = text[end:cue_at].lstrip()[:1].isupper()
        if end > cue_at or not opens or inside[-1:] not in _ENDS_SENTENCE:
            continue
        behind = (trimmed(text, Span(max(s.start, end), s.end)) for s in content if s.end > end)
        rest = tuple(span for span in behind if span is not None)
        if len(" ".join(text[s.start : s.end] for s in rest).split()) >= _FEWEST_WORDS:
            return rest
    return content


def _is_marked(reading: Reading, span: Span) -> bool:
    passage = reading.marked_at(span.start)
    return passage is not None and passage.span == span


def kind_of(reading: Reading, content: Spans) -> Kind:
    """Return the kind by the marks: all of the content inside them, some of it, or none."""
    marked = [m for span in content for m in reading.marked_within(span.start, span.end)]
    if not marked:
        inside = all(reading.marked_at(span.start) for span in content)
        return Kind.MIXED if inside else Kind.INDIRECT
    for span in content:
        passage = reading.marked_at(span.start)
        if passage is None or reading.marked_at(span.end - 1) is None:
            return Kind.MIXED
        between = span.start
        for passage in reading.marked_within(span.start, span.end):
            if reading.text[between : passage.span.start].strip(" \t\r\n…"):
                return Kind.MIXED
            between = passage.span.end
    return Kind.DIRECT


def _with_marks(reading: Reading, span: Span, cue_at: int) -> Span:
    """Grow a span over a marked passage that it covers in part, unless the cue is inside it."""
    start, end = span.start, span.end
    first = reading.marked_at(start) or reading.marked_at(max(0, start - 1))
    last = reading.marked_at(end - 1) or reading.marked_at(min(end, len(reading.text) - 1))
    if first is not None and not _covers(first.span, cue_at) and first.span.end > start:
        start = min(start, first.span.start)
    if last is not None and not _covers(last.span, cue_at) and last.span.start < end:
        end = max(end, last.span.end)
    return Span(start, end)


def _covers(span: Span, position: int) -> bool:
    return span.start <= position < span.end

"""A possible quotation, before it is known whether it is one."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotes.spans import Span, Spans, hull


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Spans that a rule proposes, with what is needed to judge them.

    `pattern` names the construction (`ccomp`, `according`, `direct-after` …), `lemma` the cue's
    dictionary form; `features` are what the cue lexicon weighs. `cue_at` is the code point of the
    cue's head.
    """

    pattern: str
    lemma: str
    content: Spans
    cue: Spans
    source: Spans = ()
    addressee: Spans = ()
    features: tuple[str, ...] = field(default=(), repr=False)
    cue_at: int = 0

    @property
    def hull(self) -> Span:
        """The smallest span over the content."""
        return hull(self.content)

    def lies_in(self, spans: Spans) -> bool:
        """Tell whether content, source and cue lie inside these spans, each part in one of them."""
        parts = (*self.content, *self.source, *self.cue)
        return all(any(part.within(span) for span in spans) for part in parts)

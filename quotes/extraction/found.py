"""Make a quotation of a candidate that was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extraction.acts import act_of
from quotes.extraction.contents import kind_of
from quotes.quotation import Quotation

if TYPE_CHECKING:
    from quotes.extraction.candidates import Candidate
    from quotes.extraction.reading import Reading


def quotation_of(
    reading: Reading, candidate: Candidate, *, confidence: float, method: str
) -> Quotation:
    """Return a candidate's spans with kind and act; the confidence is rounded to three places."""
    return Quotation(
        kind=kind_of(reading, candidate.content),
        act=act_of(
            reading.doc, cue=candidate.cue, source=candidate.source, content=candidate.content
        ),
        content=candidate.content,
        cue=candidate.cue,
        source=candidate.source,
        addressee=candidate.addressee,
        confidence=round(confidence, 3),
        method=method,
    )

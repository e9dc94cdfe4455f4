"""Everything that the rules propose for one text, before it is weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extraction.clauses import trailing_candidates, verb_candidates
from quotes.extraction.contents import mended
from quotes.extraction.direct import direct_candidates
from quotes.extraction.lexicon import is_verbal
from quotes.extraction.negation import is_nobody, is_unsaid
from quotes.extraction.nominal import (
    according_candidates,
    adjective_candidates,
    noun_candidates,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.extraction.candidates import Candidate
    from quotes.extraction.reading import Reading


def propose(reading: Reading) -> Iterator[Candidate]:
    """Yield the candidates of a text, outside its turns and its furniture, edges mended.

    What nobody said, or has yet to say, is left out.
    """
    for candidate in _raw(reading):
        head = reading.doc[reading.first_token(candidate.cue_at)] if candidate.cue else None
        if head is not None and is_unsaid(head):
            continue
        if candidate.source:
            start = candidate.source[0].start
            if is_nobody(reading.doc[reading.first_token(start)].text):
                continue
        yield mended(reading, candidate)


def _raw(reading: Reading) -> Iterator[Candidate]:
    yield from direct_candidates(reading)
    for token in reading.doc:
        if token.pos_ not in {"VERB", "NOUN", "ADJ"} and token.lower_ != "according":
            continue
        if reading.turn_at(token.idx) or reading.is_furniture_at(token.idx):
            continue
        if token.lower_ == "according":
            yield from according_candidates(reading, token)
        elif is_verbal(token):
            yield from trailing_candidates(reading, token)
            yield from verb_candidates(reading, token)
        elif token.pos_ == "NOUN":
            yield from noun_candidates(reading, token)
        elif token.pos_ == "ADJ":
            yield from adjective_candidates(reading, token)

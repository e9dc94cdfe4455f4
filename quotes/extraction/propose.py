"""Everything that the rules propose for one text, before it is weighed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.extraction.candidates import Candidate
from quotes.extraction.clauses import verb_candidates
from quotes.extraction.contents import mended
from quotes.extraction.direct import direct_candidates
from quotes.extraction.negation import is_no_statement
from quotes.extraction.nominal import (
    according_candidates,
    adjective_candidates,
    noun_candidates,
)

if TYPE_CHECKING:
    from quotes.extraction.reading import Reading


def propose(reading: Reading) -> Iterator[Candidate]:
    """Yield the candidates of a text, outside its turns and its furniture, edges mended."""
    for candidate in _raw(reading):
        if not is_no_statement(candidate):
            yield mended(reading, candidate)


def _raw(reading: Reading) -> Iterator[Candidate]:
    yield from direct_candidates(reading)
    for token in reading.doc:
        if token.pos_ not in {"VERB", "NOUN", "ADJ", "AUX"} and token.lower_ != "according":
            continue
        if reading.turn_at(token.idx) or reading.is_furniture_at(token.idx):
            continue
        if token.lower_ == "according":
            yield from according_candidates(reading, token)
        elif token.pos_ == "VERB":
            yield from verb_candidates(reading, token)
        elif token.pos_ == "NOUN":
            yield from noun_candidates(reading, token)
        elif token.pos_ == "ADJ":
            yield from adjective_candidates(reading, token)

"""Everything that the rules propose for one text, before it is weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extraction.clauses import trailing_candidates, verb_candidates
from quotes.extraction.contents import mended
from quotes.extraction.direct import direct_candidates
from quotes.extraction.lexicon import REPORT, is_verbal, lemma_of
from quotes.extraction.negation import is_nobody, is_unsaid
from quotes.extraction.nominal import (
    according_candidates,
    adjective_candidates,
    noun_candidates,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from quotes.extraction.candidates import Candidate
    from quotes.extraction.reading import Reading


def propose(reading: Reading) -> Iterator[Candidate]:
    """Yield the candidates of a text, outside its turns and its furniture, edges mended.

    What nobody said, or has yet to say, is left out.
    """
    yield from _mended(reading, direct_candidates(reading))
    tokens = (t for t in reading.doc if _may_cue(t) and not reading.turn_at(t.idx))
    yield from _mended(reading, _by_syntax(reading, tokens))


def propose_reported(reading: Reading) -> Iterator[Candidate]:
    """Yield what the speakers of turns say that others said: clauses under a verb of saying."""
    for turn in reading.turns:
        for span in turn.content:
            tokens = (reading.doc[i] for i in reading.tokens_in(span.start, span.end))
            verbs = (t for t in tokens if is_verbal(t) and lemma_of(t) in REPORT)
            for candidate in _mended(reading, _by_syntax(reading, verbs)):
                whole = candidate.lies_in((span,))
                if whole and candidate.source and candidate.pattern in {"ccomp", "ccomp-before"}:
                    yield candidate


def _may_cue(token: Token) -> bool:
    return token.pos_ in {"VERB", "NOUN", "ADJ"} or token.lower_ == "according"


def _by_syntax(reading: Reading, tokens: Iterable[Token]) -> Iterator[Candidate]:
    for token in tokens:
        if reading.is_furniture_at(token.idx):
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


def _mended(reading: Reading, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    for candidate in candidates:
        if candidate.cue and is_unsaid(reading.doc[reading.first_token(candidate.cue_at)]):
            continue
        if candidate.source:
            start = candidate.source[0].start
            if is_nobody(reading.doc[reading.first_token(start)].text):
                continue
        yield mended(reading, candidate)

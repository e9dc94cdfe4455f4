"""Turn what the network found into spans of text, mended where certain knowledge says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quotes.extraction.addressees import addressee_of
from quotes.extraction.candidates import Candidate
from quotes.extraction.contents import kind_of, mended
from quotes.extraction.learned.decoding import CONTENT, SOURCE, runs
from quotes.extraction.learned.relations import head_of
from quotes.extraction.lexicon import TELLING, lemma_of
from quotes.extraction.negation import is_nobody, is_unsaid
from quotes.extraction.syntax import is_passive, phrase_spans, without
from quotes.quotation import Kind
from quotes.spans import Span, merged

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quotes.extraction.learned.features import Tokens
    from quotes.extraction.learned.findings import Finding
    from quotes.extraction.reading import Reading
    from quotes.spans import Spans


_LOOSE = frozenset({",", ";", ":", "—", "–"})
_BEGINNERS = frozenset({"ADP", "SCONJ", "CCONJ", "DET"})
_LEADS = frozenset({"mark", "cc", "det", "prep"})
_WHERE = frozenset({"in", "at", "near", "across", "outside", "inside"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def candidate_of(reading: Reading, tokens: Tokens, finding: Finding) -> Candidate | None:
    """Return a finding's spans in code points.

    None where it has no content, or where the sentence says that the statement was not made or is
    yet to come: what nobody said is no quotation, though PolNeAR marks some.
    """
    cue = Span(int(tokens.start[finding.start]), int(tokens.end[finding.end - 1]))
    content = _edged(reading, _spans(tokens, finding, CONTENT), cue)
    if not content:
        return None
    head = head_of(tokens, finding.start, finding.end)
    token = reading.doc[reading.first_token(int(tokens.start[head]))]
    candidate = Candidate(
        pattern="learned",
        lemma=lemma_of(token),
        content=content,
        cue=(cue,),
        source=_edged(reading, _spans(tokens, finding, SOURCE), cue),
        addressee=addressee_of(token),
        cue_at=token.idx,
    )
    if _is_unsaid(reading, candidate, token):
        return None
    told = _told(token)
    if told:
        rest = without(reading.text, content, told)
        candidate = replace(candidate, content=rest or content, addressee=told)
    if _is_place(reading, candidate.source):
        candidate = replace(candidate, source=())
    return mended(reading, candidate)


def _edged(reading: Reading, spans: Spans, cue: Span) -> Spans:
    """Return spans that end neither with a comma nor with a word that only begins something.

    Such a word ("after", "of", "the") is given what hangs on it, or left out.
    """
    out = []
    for span in spans:
        indices = reading.tokens_in(span.start, span.end)
        last = len(indices) - 1
        while last >= 0 and reading.doc[indices[last]].text in _LOOSE:
            last -= 1
        if last < 0:
            continue
        word = reading.doc[indices[last]]
        edge = word.right_edge
        if word.pos_ in _BEGINNERS and edge != word and not word.idx < cue.start <= edge.idx:
            word = edge
        elif word.pos_ in _BEGINNERS and last and word.dep_ in _LEADS:
            word = reading.doc[indices[last - 1]]
        out.append(Span(span.start, word.idx + len(word)))
    return merged(out)


def _told(cue: Token) -> Spans:
    """Return who "was asked" or "was told" by the source: no part of what was asked."""
    if lemma_of(cue) not in TELLING or not is_passive(cue):
        return ()
    subjects = [child for child in cue.children if child.dep_ == "nsubjpass"]
    return phrase_spans(subjects[0]) if subjects else ()


def _is_place(reading: Reading, source: Spans) -> bool:
    """Tell whether a source is only where something was said: "an adage in Tokyo"."""
    words = [reading.doc[i] for span in source for i in reading.tokens_in(span.start, span.end)]
    heads = [word for word in words if word.head not in words]
    return (
        len(heads) == 1
        and heads[0].dep_ == "pobj"
        and heads[0].head.lower_ in _WHERE
        and heads[0].ent_type_ in _PLACES
    )


def _is_unsaid(reading: Reading, candidate: Candidate, cue: Token) -> bool:
    if candidate.source:
        first = reading.doc[reading.first_token(candidate.source[0].start)]
        if is_nobody(first.text):
            return True
    # Words in marks were said, whatever the parse makes of their cue.
    return is_unsaid(cue) and kind_of(reading, candidate.content) is not Kind.DIRECT


def _spans(tokens: Tokens, finding: Finding, role: int) -> Spans:
    return merged(
        Span(int(tokens.start[first + finding.first]), int(tokens.end[last + finding.first - 1]))
        for first, last in runs(np.equal(finding.roles.roles, role))
    )

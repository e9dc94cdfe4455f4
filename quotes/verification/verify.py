"""Verifying a claim against a database: candidates from its indexes, then word for word."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from quotes.errors import Ambiguous, NotFound
from quotes.links.position import position
from quotes.spans import Span
from quotes.store import queries
from quotes.store.candidates import candidates
from quotes.store.people import bearers
from quotes.verification.find import Passage, find, read_claim, read_passage
from quotes.verification.verdict import ANY, Claimed, Ruling, Standard, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from quotes.records import QuotationRecord, SpeakerRecord
    from quotes.store.values import StoredQuotation, StoredSpeaker

MOST_OTHERS = 100
MOST_PASSAGES = 10


def verify(session: Session, *, speaker: str, claim: str, standard: Standard = ANY) -> Verdict:
    """Return the verdict on a claim; one without a word in it is found nowhere.

    Quotations that are not up to the standard decide nothing.
    """
    claimed = resolve(session, speaker)
    passage = read_claim(claim)
    words = " ".join(word.text for word in passage.words)
    # The speaker's own quotations first and all of them; what others said only where that fails.
    ids = [one["id"] for one in claimed.speakers]
    own = candidates(session, words, speakers=ids) if ids else []
    judged = partial(judge, claim, claimed=claimed, standard=standard)
    verdict = judged(candidates=_records(own))
    if verdict.ruling is Ruling.VERBATIM:
        return verdict
    found = own + candidates(session, words, limit=MOST_OTHERS)
    verdict = judged(candidates=_records(found))
    if verdict.ruling is Ruling.MISATTRIBUTED:
        return verdict
    places = _elsewhere(session, passage, words, found)
    return judged(candidates=_records(found), elsewhere=places)


def resolve(session: Session, name: str) -> Claimed:
    """Return who of the registry answers to a name."""
    try:
        found: Sequence[StoredSpeaker] = [queries.speaker(session, name)]
    except NotFound:
        found = []
    except Ambiguous:
        found = bearers(queries.speakers(session, name))
    return Claimed(name=name, speakers=tuple(_speaker_record(one) for one in found))


def _records(found: Sequence[StoredQuotation]) -> list[QuotationRecord]:
    return [stored.record for stored in found]


def _elsewhere(
    session: Session, claim: Passage, words: str, found: Sequence[StoredQuotation]
) -> list[str]:
    """Name the places where the words stand outside the quotations that were found."""
    said = {(q.version_id, _content(q)) for q in found}
    notes = []
    for hit in queries.search(session, words, limit=MOST_PASSAGES):
        if hit.quotation:
            continue
        text = queries.passage(session, hit.version_id)
        passage = read_passage([(0, text)])
        for place in find(claim, passage):
            span = passage.span(place.first, place.count)
            if not any(version == hit.version_id and span.within(s) for version, s in said):
                notes.append(
                    f"the words stand in {hit.path}:{position(text, span.start)}, "
                    "in no quotation that was found there"
                )
                break
    return notes


def _content(quotation: StoredQuotation) -> Span:
    content = quotation.record["content"]
    return Span(content["start"], content["end"])


def _speaker_record(speaker: StoredSpeaker) -> SpeakerRecord:
    return {"id": speaker.id, "name": speaker.name, "kind": speaker.kind}

"""Verifying a claim against a database: candidates from its indexes, then word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.errors import Ambiguous, NotFound
from quotes.links.position import position
from quotes.spans import Span
from quotes.store import queries
from quotes.store.values import Filter
from quotes.verification.find import find, read_claim, read_passage
from quotes.verification.verdict import Claimed, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from quotes.records import QuotationRecord, SpeakerRecord
    from quotes.store.values import Hit, StoredSpeaker

MOST_HITS = 50


def verify(session: Session, *, speaker: str, claim: str) -> Verdict:
    """Return the verdict on a claim; one without a word in it is found nowhere."""
    claimed = resolve(session, speaker)
    words = " ".join(word.text for word in read_claim(claim).words)
    hits = queries.search(session, words, limit=MOST_HITS)
    candidates = list(_candidates(session, claim, claimed, hits))
    return judge(
        claim, claimed=claimed, candidates=candidates, elsewhere=_elsewhere(session, claim, hits)
    )


def resolve(session: Session, name: str) -> Claimed:
    """Return who of the registry answers to a name."""
    try:
        found: Sequence[StoredSpeaker] = [queries.speaker(session, name)]
    except NotFound:
        found = []
    except Ambiguous:
        found = queries.speakers(session, name)
    return Claimed(name=name, speakers=tuple(_speaker_record(one) for one in found))


def _candidates(
    session: Session, claim: str, claimed: Claimed, hits: Sequence[Hit]
) -> Iterator[QuotationRecord]:
    # The speaker's own quotations come first and without a limit: a search by words alone could
    # be full of other people's.
    words = read_claim(claim).words
    longest = max((word.text for word in words), key=len, default="")
    for speaker in claimed.speakers:
        which = Filter(speaker=speaker["id"], contains=longest)
        for stored in queries.quotations(session, which):
            yield stored.record
    for hit in hits:
        if hit.quotation:
            yield queries.quotation(session, hit.quotation).record


def _elsewhere(session: Session, claim: str, hits: Sequence[Hit]) -> list[str]:
    """Name the places where the words stand outside the quotations that were found."""
    words = read_claim(claim)
    said = [(hit.version_id, Span(hit.start, hit.end)) for hit in hits if hit.quotation]
    notes = []
    for hit in hits:
        if hit.quotation:
            continue
        text = queries.passage(session, hit.version_id)
        passage = read_passage([(0, text)])
        for place in find(words, passage):
            span = passage.span(place.first, place.count)
            if not any(version == hit.version_id and span.within(s) for version, s in said):
                notes.append(
                    f"the words stand in {hit.path}:{position(text, span.start)}, "
                    "in no quotation that was found there"
                )
                break
    return notes


def _speaker_record(speaker: StoredSpeaker) -> SpeakerRecord:
    return {"id": speaker.id, "name": speaker.name, "kind": speaker.kind}

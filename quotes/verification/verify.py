"""Verifying a claim against a database: candidates by words and by meaning, then word for word."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from quotes.links.position import position
from quotes.spans import Span
from quotes.store import queries
from quotes.store.candidates import Candidates, passages
from quotes.store.vectors import has_vectors, nearest
from quotes.verification.find import Passage, find, read_claim, read_passage
from quotes.verification.meaning import StoredMeaning
from quotes.verification.verdict import ANY, Claimed, Ruling, Standard, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from quotes.records import QuotationRecord, SpeakerRecord
    from quotes.store.values import StoredQuotation, StoredSpeaker
    from quotes.verification.meaning import TextEncoder

MOST_OTHERS: Final = 100
MOST_ALIKE: Final = 40
MOST_FORMER: Final = 20
MOST_PASSAGES: Final = 10


def verify(
    session: Session,
    *,
    speaker: str | None,
    claim: str,
    standard: Standard = ANY,
    encoder: TextEncoder | None = None,
) -> Verdict:
    """Return the verdict on a claim; one without a word in it is found nowhere.

    Without a `speaker` nobody in particular is claimed to have said it. Quotations that are not up
    to the standard decide nothing. Without an `encoder` a rewording is found by its words alone.
    """
    claimed = resolve(session, speaker) if speaker else Claimed(name="", speakers=())
    passage = read_claim(claim)
    words = " ".join(word.text for word in passage.words)
    if not words:
        return judge(claim, claimed=claimed, candidates=[], standard=standard)
    judged = partial(judge, claim, claimed=claimed, standard=standard)
    # The speaker's own quotations first and all of them; what others said only where that fails.
    ids = [one["id"] for one in claimed.speakers]
    those = Candidates(session, words)
    own = those.whole(speakers=ids) if ids else []
    verdict = judged(candidates=_records(those.stored(own)))
    if verdict.ruling is Ruling.VERBATIM:
        return verdict
    replaced = _records(those.former(speakers=ids, limit=MOST_FORMER))
    verdict = judged(candidates=replaced, outdated={quote["id"] for quote in replaced})
    if verdict.ruling is Ruling.VERBATIM:
        return verdict
    meaning = StoredMeaning(session, encoder, claim) if encoder is not None else None
    keys = [*own, *those.whole(limit=MOST_OTHERS)]
    if ids:
        keys += those.near(speakers=ids, limit=MOST_ALIKE)
    keys += those.near(limit=MOST_ALIKE)
    if meaning is not None:
        keys += those.current(_alike(session, meaning))
    found = those.stored(keys)
    if meaning is not None:
        meaning.learn((one.record["id"], one.record["content"]["text"]) for one in found)
    return judged(
        candidates=_records(found),
        meaning=meaning,
        elsewhere=lambda: _elsewhere(session, passage, words, found),
    )


def resolve(session: Session, name: str) -> Claimed:
    """Return who of the registry answers to a name, or to its end without an office before it."""
    if found := queries.answering(session, name):
        return Claimed(name=name, speakers=tuple(_speaker_record(one) for one in found))
    words = name.split()
    for first in range(1, len(words) - 1):
        # The rest is somebody's whole name: "de Lange" of "Ada de Lange" is also that of others.
        whole = " ".join(words[first:])
        found = [one for one in queries.answering(session, whole) if one.name == whole]
        if found:
            speakers = tuple(_speaker_record(one) for one in found)
            return Claimed(name=name, speakers=speakers, known_as=whole)
    return Claimed(name=name, speakers=())


def _alike(session: Session, meaning: StoredMeaning) -> list[int]:
    """Return the keys of the quotations that mean most nearly what the claim does."""
    if not has_vectors(session):
        return []
    found = nearest(session, meaning.vector, limit=MOST_ALIKE, what="quotation")
    return [one.quotation_id for one in found if one.quotation_id]


def _records(found: Iterable[StoredQuotation]) -> list[QuotationRecord]:
    return [stored.record for stored in found]


def _elsewhere(
    session: Session, claim: Passage, words: str, found: Sequence[StoredQuotation]
) -> list[str]:
    """Name the places where the words stand outside the quotations that were found."""
    said = {(q.version_id, _content(q)) for q in found}
    notes = []
    for hit in passages(session, words, limit=MOST_PASSAGES):
        passage = read_passage([(hit.start, hit.text)])
        for place in find(claim, passage):
            span = passage.span(place.first, place.count)
            if not any(version == hit.version_id and span.within(s) for version, s in said):
                text = queries.passage(session, hit.version_id)
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

"""Builds records of quotations for the tests, from text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.verification.verdict import Claimed, Verdict, judge

if TYPE_CHECKING:
    from quotes.records import QuotationRecord, SpeakerRecord

MARA: SpeakerRecord = {"id": "s_mara", "name": "Mara Lindqvist", "kind": "person"}
OLAF: SpeakerRecord = {"id": "s_olaf", "name": "Olaf Brandt", "kind": "person"}
CLERKS: SpeakerRecord = {"id": "s_clerks", "name": "two clerks", "kind": "unnamed"}
CLAIMED = Claimed(name="Mara Lindqvist", speakers=(MARA,))
TOLLS = "“We will not raise the tolls on the old bridge.”"


def record(
    *parts: str,
    speaker: SpeakerRecord | None = MARA,
    kind: str = "direct",
    act: str = "speech",
    status: str = "machine",
    start: int = 100,
) -> QuotationRecord:
    """Return the record of a quotation whose spans are these parts, ten characters apart."""
    spans = []
    for part in parts:
        spans.append([start, start + len(part)])
        start += len(part) + 10
    return {
        "id": f"q_{abs(hash((parts, act, speaker and speaker['id'])))}",
        "kind": kind,
        "act": act,
        "document": {
            "id": "d_1",
            "path": "harbour.txt",
            "version": "sha256:0",
            "title": None,
            "published_at": None,
        },
        "content": {
            "text": " ".join(parts),
            "start": spans[0][0],
            "end": spans[-1][1],
            "spans": spans,
        },
        "cue": None,
        "source": None,
        "speaker": speaker,
        "confidence": None,
        "status": status,
        "via": None,
        "method": "test",
    }


def ruling(claim: str, *candidates: QuotationRecord) -> Verdict:
    """Return the verdict on what Mara Lindqvist is claimed to have said."""
    return judge(claim, claimed=CLAIMED, candidates=candidates)

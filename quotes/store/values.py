"""What the store hands out: plain values, detached from any session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from quotes.quotation import Evidence
    from quotes.records import PassageRecord, QuotationRecord, SpeakerRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which quotations a listing shows; a field that is None lets all through.

    `speaker` is a name in any order, with or without title, or a part of one such as a surname;
    what several people say together is each one's. `via` is in the same way who passes it on.
    `source` is the start of a document's id, the end of its path or URI, or a part of its title.
    `since` (inclusive) and `until` (exclusive) compare the time of publication, or where the
    source names none the time it was first ingested. `contains` is a part of the content, typed
    in any case, with straight or curly marks. Below `min_confidence`, from 0 to 1, nothing passes
    but what has no confidence. Without a `status` all passes but what a review has rejected; each
    is one of `machine`, `confirmed`, `corrected` and `rejected`.
    """

    speaker: str | None = None
    via: str | None = None
    kind: str | None = None
    act: tuple[str, ...] = ()
    source: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    contains: str | None = None
    min_confidence: float | None = None
    status: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """The extraction that found a quotation."""

    id: int
    pipeline: str
    version: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReview:
    """One decision of a person on a quotation, by a number of its own.

    `quotation` is the public id that it was given to, `status` how it left that row. `old` and
    `new` hold the id, status, speaker and spans before and after. `inherits` is the number of the
    review of another row that goes on in this one, without a person's doing.
    """

    id: int
    quotation: str
    reviewer: str
    created_at: datetime
    action: str
    status: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    note: str | None
    inherits: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """A document with its current version (the one seen last) and the number of its quotations."""

    id: str
    uri: str
    path: str
    title: str | None
    author: str | None
    publisher: str | None
    url: str | None
    language: str | None
    published_at: datetime | None
    version: str
    version_id: int
    media_type: str
    ingested_at: datetime
    versions: int
    quotations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """One version of a document; `version` is `sha256:` and the hash of its bytes."""

    id: int
    version: str
    text_sha256: str
    media_type: str
    reader: str
    reader_version: str
    encoding: str
    encoding_choice: str
    ingested_at: datetime
    seen_at: datetime
    current: bool
    quotations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredQuotation:
    """A quotation's record with everything that proves it.

    `evidence` leads from the source mention to the speaker's name, in offsets of the version's
    text, and `via_evidence` to that of who passes it on. `current` is False for one that only an
    older version or an older run has.
    """

    record: QuotationRecord
    version_id: int
    uri: str
    url: str | None
    author: str | None
    publisher: str | None
    media_type: str
    ingested_at: datetime
    addressee: PassageRecord | None
    evidence: tuple[Evidence, ...]
    via_evidence: tuple[Evidence, ...]
    attribution_confidence: float | None
    reviews: tuple[StoredReview, ...]
    run: RunInfo
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSpeaker:
    """A speaker of the registry; the counts are of current quotations.

    `members` are those of a group whom the text names; `together` counts, among a member's
    quotations, those that it shares so. `passed_on` counts what others said that this one reports.
    """

    id: str
    name: str
    kind: str
    external_id: str | None
    aliases: tuple[str, ...]
    quotations: int
    documents: int
    together: int = 0
    passed_on: int = 0
    members: tuple[SpeakerRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAlias:
    """A name by which documents call a speaker, and how many do so now."""

    name: str
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMerge:
    """What one document calls a speaker, and why that leads here.

    `reason` is one of `quotes.speakers.registry.Reason`, `because` are the names it hangs on,
    `decision` is that of the person who bound it.
    """

    document: str
    path: str
    title: str | None
    name: str
    aliases: tuple[str, ...]
    reason: str
    because: tuple[str, ...]
    quotations: int
    decision: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecision:
    """A person's word on who is one speaker; `path` where it is about one document alone."""

    id: int
    action: str
    name: str
    path: str | None
    into: str | None
    undoes: int | None
    stands: bool
    reviewer: str
    note: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place that a search found.

    `quotation` is the public id where the words stand in a quotation, else None. `start` and
    `end` are offsets of the version's text; `snippet` is its text around them, and `marks` are the
    offsets in the snippet of the words that were searched for. `score` is how near in meaning it
    is, from -1 to 1, where that was searched for.
    """

    quotation: str | None
    speaker: str | None
    document: str
    path: str
    title: str | None
    version_id: int
    start: int
    end: int
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences of a source's current version; `text` is its text's `[start, end)`."""

    version_id: int
    path: str
    start: int
    end: int
    text: str

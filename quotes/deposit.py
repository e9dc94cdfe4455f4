"""What came of texts, put into the store: new documents together, and the rest one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes.engines.engine import Failed
from quotes.store.embeddings import save_vectors
from quotes.store.models import DocumentVersion
from quotes.store.new_documents import Arrival, Entered, enter_new
from quotes.store.runs import forget_failure
from quotes.store.standing import Standing, absent
from quotes.store.writer import Saved, save, save_failure, save_result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import TypeAlias

    from sqlalchemy.orm import Session

    from quotes.documents.document import Document
    from quotes.engines.engine import Outcome
    from quotes.pipeline import Result
    from quotes.speakers.recognition import KnownPeople
    from quotes.store.speaker_book import SpeakerBook

    #: Texts with what came of them, which are ready together.
    Ready: TypeAlias = Sequence[tuple["Pending", Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A text that waits for the pipeline: a document just read, or a stored version.

    `job` is the number of the job that it belongs to, `sentences` whether it needs their vectors.
    """

    path: str
    text: str
    document: Document | None = None
    version_id: int | None = None
    job: int | None = None
    sentences: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """What is ready together, half stored: `places` says which of it are the new documents."""

    ready: Ready
    run_id: int
    people: KnownPeople
    places: Sequence[int]
    entered: Entered

    @classmethod
    def begin(cls, session: Session, ready: Ready, *, run_id: int, people: KnownPeople) -> Deposit:
        """Store what can be stored beside other writers; see `new_documents.enter_new`."""
        new = absent(session, [one.document for one, _ in ready if one.document is not None])
        arrivals: dict[int, Arrival] = {}
        for place, (one, outcome) in enumerate(ready):
            document = one.document
            if document is None or document.id not in new or isinstance(outcome, Failed):
                continue
            result = _recognised(outcome.result, people, document.published_at)
            arrivals[place] = Arrival(document=document, result=result, vectors=outcome.vectors)
        return cls(
            ready=ready,
            run_id=run_id,
            people=people,
            places=list(arrivals),
            entered=enter_new(session, list(arrivals.values()), run_id),
        )

    def complete(self, session: Session, book: SpeakerBook) -> list[Saved | None]:
        """Store the rest, in the session's turn; returns for each what became of it, if anything.

        Raises Overtaken where another program came first, and what is stored must be asked anew.
        """
        new: Mapping[int, Saved]
        new = dict(zip(self.places, self.entered.complete(session), strict=True))
        return [
            new.get(place) or self._save(session, one, outcome, book)
            for place, (one, outcome) in enumerate(self.ready)
        ]

    def _save(
        self, session: Session, pending: Pending, outcome: Outcome, book: SpeakerBook
    ) -> Saved | None:
        """Store one outcome in the face of what is stored; None where there is nothing to store."""
        run_id = self.run_id
        if pending.version_id is not None:
            forget_failure(session, run_id, pending.version_id)
        if isinstance(outcome, Failed):
            if pending.version_id is not None:
                save_failure(session, pending.version_id, run_id, outcome.reason)
            return None
        if pending.document is not None:
            found = _recognised(outcome.result, self.people, pending.document.published_at)
            saved = save(session, pending.document, found, run_id, book)
        else:
            version = session.get_one(DocumentVersion, pending.version_id)
            found = _recognised(outcome.result, self.people, version.document.published_at)
            count = save_result(session, version, found, run_id, book)
            saved = Saved(standing=None, version_id=version.id, quotations=count)
        known = saved.standing in (Standing.UNCHANGED, Standing.COPY)
        if outcome.vectors is not None and not known:
            save_vectors(session, saved.version_id, run_id, outcome.vectors)
        return saved


def _recognised(result: Result, people: KnownPeople, published: datetime | None) -> Result:
    on = published.date() if published is not None else None
    known = people.recognise(result.text, result.quotations, on=on)
    return replace(result, quotations=known)

"""Which rows a filter lets pass at most, where they are few enough to be listed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, or_, select

from quotes.store.filters import answers_to, source_tiers
from quotes.store.members import is_or_has_member
from quotes.store.models import Attribution, Document, DocumentVersion, Quotation, Speaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from quotes.store.values import Filter

_MOST: Final = 20_000


class Narrowed:
    """The keys that may pass a filter, going by speaker, by who passes on, and by source alone.

    What else is asked may yet keep some from passing. None stands for more than 20,000.
    """

    def __init__(self, session: Session, which: Filter) -> None:
        self._session = session
        self._which = which

    @cached_property
    def quotations(self) -> Sequence[int] | None:
        """The keys of all quotations that may pass."""
        return next((few for few in map(self._few, self._quotations()) if few is not None), None)

    @cached_property
    def versions(self) -> Sequence[int] | None:
        """The keys of all versions that may pass."""
        if self._which.source is None:
            return None
        # A part of a title is asked of every document.
        named = select(Document.id).where(or_(*source_tiers(self._which.source)))
        documents = self._few(named)
        if documents is None:
            return None
        return self._few(
            select(DocumentVersion.id).where(DocumentVersion.document_id.in_(documents))
        )

    def _few(self, query: Select[int]) -> Sequence[int] | None:
        found = self._session.scalars(query.limit(_MOST + 1)).all()
        return found if len(found) <= _MOST else None

    def _quotations(self) -> Iterator[Select[int]]:
        given = select(Attribution.quotation_id)
        if self._which.speaker is not None:
            yield given.where(Attribution.speaker_id.in_(_speakers(self._which.speaker)))
        if self._which.via is not None:
            yield given.where(Attribution.via_id.in_(_speakers(self._which.via)))
        if self.versions is not None:
            yield select(Quotation.id).where(Quotation.version_id.in_(self.versions))


def _speakers(name: str) -> Select[Any]:
    return select(Speaker.id).where(is_or_has_member(answers_to(name)))

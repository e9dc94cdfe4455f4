"""What a search gives back: the statements that fetch it, and their rows made values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from quotes.store.current import current_runs, is_current_version, newest_attribution, of_run
from quotes.store.filters import conditions, has_status
from quotes.store.models import Attribution, Document, DocumentVersion, Quotation, Speaker
from quotes.store.values import Filter, Hit

if TYPE_CHECKING:
    from quotes.spans import Span

Marks = tuple[tuple[int, int], ...]


def is_of_quotations(which: Filter) -> bool:
    """Tell whether a filter asks for what only quotations have."""
    asked = (which.speaker, which.via, which.kind, which.act, which.contains, which.status)
    return any(asked)


def quotations(which: Filter) -> Select[*tuple[Any, ...]]:
    """Return current quotations that pass a filter, with their document and speaker's name."""
    runs = current_runs()
    return (
        select(Quotation, Document, Speaker.name)
        .select_from(Quotation)
        .join(runs, of_run(runs))
        .join(Document, Document.id == runs.c.document_id)
        .outerjoin(Attribution, Attribution.id == newest_attribution())
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .where(has_status(which), *conditions(which))
    )


def versions(which: Filter) -> Select[*tuple[Any, ...]]:
    """Return the keys and texts of current versions whose document passes a filter, with it."""
    # What is asked of quotations says nothing of the passages between them.
    about = Filter(source=which.source, since=which.since, until=which.until)
    return (
        select(DocumentVersion.id, DocumentVersion.text, Document)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(is_current_version(), *conditions(about))
    )


def quotation_hit(
    quotation: Quotation,
    document: Document,
    speaker: str | None,
    *,
    marks: Marks = (),
    score: float | None = None,
) -> Hit:
    """Return a quotation as a hit, its whole text the snippet."""
    return Hit(
        quotation=quotation.public_id,
        speaker=speaker,
        document=document.public_id,
        path=document.path,
        title=document.title,
        version_id=quotation.version_id,
        start=quotation.start,
        end=quotation.end,
        snippet=quotation.text,
        marks=marks,
        score=score,
    )


def passage_hit(
    version_id: int,
    document: Document,
    span: Span,
    snippet: str,
    *,
    marks: Marks = (),
    score: float | None = None,
) -> Hit:
    """Return a place outside quotations as a hit."""
    return Hit(
        quotation=None,
        speaker=None,
        document=document.public_id,
        path=document.path,
        title=document.title,
        version_id=version_id,
        start=span.start,
        end=span.end,
        snippet=snippet,
        marks=marks,
        score=score,
    )

"""Rows of quotations that people made: added, or with spans that they corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from quotes.errors import NotFound, OffsetError
from quotes.quotation import Act, Kind
from quotes.quotation import Quotation as Found
from quotes.records import quotation_id
from quotes.spans import Span, Spans
from quotes.store.assigning import MANUAL
from quotes.store.current import is_newest_run
from quotes.store.models import DocumentVersion, Quotation, QuotationSpan, Role, RunVersion
from quotes.store.quotation_rows import Home, quotation_values, span_values

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OPENING = tuple("“\"‘'«„")
_CLOSING = tuple("”\"’'»“")
_DOUBLE = tuple('“”"«»„')


def found_of(session: Session, row: Quotation) -> Found:
    """Return a stored quotation as extraction has it, without its attribution."""
    held: dict[str, list[Span]] = {str(role): [] for role in Role}
    spans = select(QuotationSpan).where(QuotationSpan.quotation_id == row.id)
    for span in session.scalars(spans.order_by(QuotationSpan.ordinal)):
        held[span.role].append(Span(span.start, span.end))
    return Found(
        kind=Kind(row.kind),
        act=Act(row.act),
        content=tuple(held[Role.CONTENT]),
        cue=tuple(held[Role.CUE]),
        source=tuple(held[Role.SOURCE]),
        addressee=tuple(held[Role.ADDRESSEE]),
        confidence=row.confidence,
        method=row.method,
    )


def spans_record(found: Found) -> dict[str, list[list[int]]]:
    """Return the spans by role as JSON has them."""
    return {role: [[s.start, s.end] for s in spans] for role, spans in found.roles()}


def checked(found: Found, text: str) -> Found:
    """Return the quotation; raises OffsetError unless every span lies in the text and has words."""
    try:
        found.check(text)
    except OffsetError as error:
        raise OffsetError(
            error.message, hint="offsets count characters of the source from 0; see `quotes show`"
        ) from error
    for role, spans in found.roles():
        for span in spans:
            if not text[span.start : span.end].strip():
                raise OffsetError(
                    f"the {role} [{span.start}, {span.end}) is nothing but white space",
                    hint="name the words",
                )
    return found


def run_of(session: Session, version_id: int) -> int:
    """Return the newest run that finished a version; raises NotFound where none has."""
    query = select(RunVersion.run_id).where(RunVersion.version_id == version_id, is_newest_run())
    run_id = session.scalar(query)
    if run_id is None:
        raise NotFound(
            f"no extraction has finished version {version_id}", hint="run `quotes ingest` first"
        )
    return run_id


def row_of(session: Session, version_id: int, run_id: int, public_id: str) -> Quotation | None:
    """Return the row of an id in one run over one version."""
    return session.scalar(
        select(Quotation).where(
            Quotation.version_id == version_id,
            Quotation.run_id == run_id,
            Quotation.public_id == public_id,
        )
    )


def add_row(session: Session, found: Found, version: DocumentVersion, run_id: int) -> Quotation:
    """Add a quotation with its spans, as a person made it, to what a run found in a version."""
    made = replace(found, confidence=None, method=MANUAL)
    home = Home(version_id=version.id, sha256=version.sha256, text=version.text, run_id=run_id)
    row = Quotation(**quotation_values(quotation_id(version.sha256, found), made, home))
    session.add(row)
    session.flush()
    session.add_all(QuotationSpan(**one) for one in span_values(row.id, made, version.text))
    session.flush()
    return row


def kind_of(text: str, content: Spans) -> Kind:
    """Return the kind of words by their quotation marks: around all, around some, or none."""
    pieces = [text[span.start : span.end].strip() for span in content]
    if all(piece[:1] in _OPENING and piece[-1:] in _CLOSING for piece in pieces):
        return Kind.DIRECT
    marked = any(mark in piece for piece in pieces for mark in _DOUBLE)
    return Kind.MIXED if marked else Kind.INDIRECT


def kept(new: Spans | None, old: Spans) -> Spans:
    """Return the new spans, or the old where none are given."""
    return old if new is None else new

"""Search by words: in quotations first, then in the rest of the sources."""

from __future__ import annotations

import re
from collections import Counter, deque
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from quotes.spans import Span
from quotes.store import fulltext
from quotes.store.current import current_runs, is_current_version, newest_attribution, of_run
from quotes.store.filters import is_sure
from quotes.store.folding import fold
from quotes.store.models import Attribution, Document, DocumentVersion, Quotation, Speaker
from quotes.store.values import Hit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_WORD: Final = re.compile(r"[^\W_]+")
_WINDOW: Final = 300
_MARGIN: Final = 60


def search(
    session: Session,
    text: str,
    *,
    limit: int = 20,
    acts: Collection[str] = (),
    min_confidence: float | None = None,
) -> list[Hit]:
    """Return the quotations, then the passages outside them, that hold all the words, best first.

    There are at most `limit` of each. Case and diacritics do not matter, operators are words. A
    quotation less sure than `min_confidence` is taken for none. With `acts` only the quotations of
    these are searched, for a passage has none.
    """
    words = fulltext.words_of(text)
    if not words:
        return []
    wanted: list[ColumnElement[bool]] = [Quotation.act.in_(acts)] if acts else []
    if min_confidence is not None:
        wanted.append(is_sure(min_confidence))
    said = _in_quotations(session, words, limit, wanted)
    return said if acts else said + _in_passages(session, words, limit, said)


def _in_quotations(
    session: Session, words: list[str], limit: int, wanted: Iterable[ColumnElement[bool]]
) -> list[Hit]:
    matching = fulltext.matches(_dialect(session), "fulltext_quotation", words)
    runs = current_runs()
    found = session.execute(
        select(Quotation, Document, Speaker.name)
        .join(matching.rows, matching.id == Quotation.id)
        .join(runs, of_run(runs))
        .join(Document, Document.id == runs.c.document_id)
        .outerjoin(Attribution, Attribution.id == newest_attribution())
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .where(*wanted)
        .order_by(matching.rank, Quotation.id)
        .limit(limit)
    )
    return [
        Hit(
            quotation=quotation.public_id,
            speaker=speaker,
            document=document.public_id,
            path=document.path,
            title=document.title,
            version_id=quotation.version_id,
            start=quotation.start,
            end=quotation.end,
            snippet=quotation.text,
        )
        for quotation, document, speaker in found
    ]


def _in_passages(session: Session, words: list[str], limit: int, said: Iterable[Hit]) -> list[Hit]:
    matching = fulltext.matches(_dialect(session), "fulltext_version", words)
    found = session.execute(
        select(DocumentVersion.id, DocumentVersion.text, Document)
        .join(matching.rows, matching.id == DocumentVersion.id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(is_current_version())
        .order_by(matching.rank, DocumentVersion.id)
        .limit(limit)
        .execution_options(yield_per=1)
    )
    hits = []
    for version_id, text, document in found:
        span = best_window(text, words)
        if _is_said(said, version_id, span):
            continue
        hits.append(
            Hit(
                quotation=None,
                speaker=None,
                document=document.public_id,
                path=document.path,
                title=document.title,
                version_id=version_id,
                start=span.start,
                end=span.end,
                snippet=snippet(text, span),
            )
        )
    return hits


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _is_said(said: Iterable[Hit], version_id: int, span: Span) -> bool:
    return any(
        hit.version_id == version_id and span.within(Span(hit.start, hit.end)) for hit in said
    )


def best_window(text: str, words: Iterable[str]) -> Span:
    """Return the shortest place of at most 300 characters that holds the most of the words."""
    wanted = {token for word in words for token in _WORD.findall(fold(word) or "")}
    best, most = Span(0, 1), 0
    window: deque[tuple[int, str]] = deque()
    held: Counter[str] = Counter()
    for match in _WORD.finditer(text):
        word = fold(match.group()) or ""
        if word not in wanted:
            continue
        window.append((match.start(), word))
        held[word] += 1
        while held[window[0][1]] > 1 or (len(window) > 1 and match.end() - window[0][0] > _WINDOW):
            _, left = window.popleft()
            held[left] -= 1
        found, distinct = Span(window[0][0], match.end()), len(+held)
        if (distinct, -len(found)) > (most, -len(best)):
            best, most = found, distinct
    return best


def snippet(text: str, span: Span) -> str:
    """Return the span with some text around it, cut at white space, dots for what is left out."""
    start, end = max(0, span.start - _MARGIN), min(len(text), span.end + _MARGIN)
    while 0 < start < span.start and not text[start - 1].isspace():
        start += 1
    while span.end < end < len(text) and not text[end].isspace():
        end -= 1
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return before + text[start:end].strip() + after

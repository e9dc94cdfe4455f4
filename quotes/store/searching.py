"""Search by words: in quotations first, then in the rest of the sources."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Any, Final

from quotes.spans import Span
from quotes.store import fulltext, hits
from quotes.store.asking import of_words
from quotes.store.marking import Marker
from quotes.store.models import DocumentVersion, Quotation
from quotes.store.narrowing import Narrowed
from quotes.store.values import Filter
from quotes.store.wording import WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from quotes.store.asking import Query
    from quotes.store.values import Hit

_WINDOW: Final = 300
_MARGIN: Final = 60
_IN_ONE_QUERY: Final = 1_000
# A search for words that more rows have is held to those that may pass the filter.
_MANY: Final = 2_000


def search(
    session: Session,
    asked: str | Query | None,
    *,
    limit: int = 20,
    acts: Collection[str] = (),
    min_confidence: float | None = None,
    which: Filter | None = None,
) -> list[Hit]:
    """Return the quotations, then the passages outside them, that a search finds, best first.

    There are at most `limit` of each. Of a text all the words are searched for and operators are
    words among them; `quotes.store.asking.parse` reads operators. Case and diacritics do not
    matter. A quotation less sure than `min_confidence` is taken for none. With `acts`, or a filter
    by what only a quotation has, passages are left out.
    """
    query = of_words(asked) if isinstance(asked, str) else asked
    if query is None:
        return []
    chosen = which or Filter(act=tuple(acts), min_confidence=min_confidence)
    marker = Marker(query)
    narrowed = Narrowed(session, chosen)
    found = _best(
        session,
        "fulltext_quotation",
        query,
        hits.quotations(chosen),
        Quotation,
        limit,
        lambda: narrowed.quotations,
    )
    said = [
        hits.quotation_hit(quotation, document, speaker, marks=marker.marks(quotation.text))
        for quotation, document, speaker in found
    ]
    if hits.is_of_quotations(chosen):
        return said
    return said + _in_passages(session, query, limit, chosen, narrowed, marker, said)


def _best(
    session: Session,
    index: str,
    query: Query,
    statement: Select[*tuple[Any, ...]],
    table: type[Quotation | DocumentVersion],
    limit: int,
    narrowed: Callable[[], Sequence[int] | None],
) -> Iterator[Any]:
    """Yield the rows of a statement that an index finds, best first, at most so many.

    They are fetched a few at a time: of many that have the words only the first are wanted.
    """
    counts = fulltext.Counts(session.connection(), index)
    # Of very many that have the words, few of which pass the filter, most would be fetched in vain.
    few = narrowed() if counts.estimate(query) > _MANY else None
    ids = fulltext.found(counts, query, limit=fulltext.MOST_RANKED, among=few)
    start, step, given = 0, 2 * limit, 0
    while start < len(ids) and given < limit:
        some = ids[start : start + step]
        place = {id_: at for at, id_ in enumerate(some)}
        found = session.execute(
            statement.where(table.id.in_(some)).add_columns(table.id.label("key"))
        )
        for row in sorted(found, key=lambda row: place[row.key])[: limit - given]:
            given += 1
            yield row[:-1]
        start, step = start + step, min(4 * step, _IN_ONE_QUERY)


def _in_passages(
    session: Session,
    query: Query,
    limit: int,
    which: Filter,
    narrowed: Narrowed,
    marker: Marker,
    said: Sequence[Hit],
) -> list[Hit]:
    found = _best(
        session,
        "fulltext_version",
        query,
        hits.versions(which),
        DocumentVersion,
        limit,
        lambda: narrowed.versions,
    )
    outside = []
    for version_id, text, document in found:
        span = best_window(text, marker)
        if not _is_said(said, version_id, span):
            shown = snippet(text, span)
            marks = marker.marks(shown)
            outside.append(hits.passage_hit(version_id, document, span, shown, marks=marks))
    return outside


def _is_said(said: Iterable[Hit], version_id: int, span: Span) -> bool:
    return any(
        hit.version_id == version_id and span.within(Span(hit.start, hit.end)) for hit in said
    )


def best_window(text: str, marker: Marker) -> Span:
    """Return the shortest place of at most 300 characters that holds the most of the words."""
    best, most = Span(0, 1), 0
    window: deque[tuple[int, str]] = deque()
    held: Counter[str] = Counter()
    for match in WORD.finditer(text):
        word = marker.wanted(match.group())
        if word is None:
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

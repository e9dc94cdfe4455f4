"""The rows of quotations that were found or made, as values: themselves, spans, attributions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.records import quotation_id
from quotes.store.bulk import new_keys, put
from quotes.store.models import Attribution, Quotation, QuotationSpan
from quotes.store.models.base import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from sqlalchemy.orm import Session

    from quotes.quotation import Attribution as FoundAttribution
    from quotes.quotation import Evidence
    from quotes.quotation import Quotation as Found

    #: Returns the key of the speaker that an attribution means, and of its appearance.
    EntryOf: TypeAlias = Callable[[FoundAttribution], tuple[int, int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The version that quotations stand in, by its key, its hash and its text, and their run."""

    version_id: int
    sha256: str
    text: str
    run_id: int


def distinct(home: Home, quotations: Sequence[Found]) -> dict[str, Found]:
    """Return quotations by their public ids: two of the same spans are one, their id says so.

    Raises OffsetError for one that does not fit the text.
    """
    for one in quotations:
        one.check(home.text)
    found = {quotation_id(home.sha256, one): one for one in reversed(quotations)}
    return dict(reversed(found.items()))


def enter(
    session: Session, found: Sequence[tuple[Home, Mapping[str, Found]]]
) -> list[dict[int, Found]]:
    """Add quotations of some versions, with their spans; returns each version's by their keys."""
    keys = iter(new_keys(session, Quotation, sum(len(quotations) for _, quotations in found)))
    entered: list[dict[int, Found]] = []
    rows: list[dict[str, Any]] = []
    spans: list[dict[str, Any]] = []
    for home, quotations in found:
        keyed: dict[int, Found] = {}
        for public_id, one in quotations.items():
            key = next(keys)
            keyed[key] = one
            rows.append({"id": key, **quotation_values(public_id, one, home)})
            spans.extend(span_values(key, one, home.text))
        entered.append(keyed)
    put(session, Quotation, rows)
    put(session, QuotationSpan, spans)
    return entered


def attribute(session: Session, found: Iterable[tuple[Mapping[int, Found], EntryOf]]) -> None:
    """Add whom quotations are given to, by the keys of their rows."""
    at = now()
    rows = [
        {**_attribution_values(key, quotation.attribution, entry), "created_at": at}
        for quotations, entry in found
        for key, quotation in quotations.items()
        if quotation.attribution is not None
    ]
    put(session, Attribution, rows)


def quotation_values(public_id: str, found: Found, home: Home) -> dict[str, Any]:
    """Return the row of a quotation, as this run has it."""
    hull = found.hull
    return {
        "public_id": public_id,
        "run_id": home.run_id,
        "version_id": home.version_id,
        "kind": str(found.kind),
        "act": str(found.act),
        "start": hull.start,
        "end": hull.end,
        "text": found.text(home.text),
        "confidence": found.confidence,
        "method": found.method,
    }


def span_values(row_id: int, found: Found, text: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of its spans, each with its words in the version's text."""
    for role, spans in found.roles():
        for ordinal, span in enumerate(spans):
            yield {
                "quotation_id": row_id,
                "role": role,
                "ordinal": ordinal,
                "start": span.start,
                "end": span.end,
                "text": text[span.start : span.end],
            }


def _attribution_values(row_id: int, given: FoundAttribution, entry: EntryOf) -> dict[str, Any]:
    speaker_id, appearance_id = entry(given)
    via = given.via
    via_id, via_appearance_id = entry(via) if via is not None else (None, None)
    return {
        "quotation_id": row_id,
        "speaker_id": speaker_id,
        "appearance_id": appearance_id,
        "method": given.method,
        "evidence": _steps(given.evidence),
        "confidence": given.confidence,
        "via_id": via_id,
        "via_appearance_id": via_appearance_id,
        "via_evidence": _steps(via.evidence) if via is not None else None,
    }


def _steps(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [
        {"text": one.text, "start": one.start, "end": one.end, "relation": one.relation}
        for one in evidence
    ]

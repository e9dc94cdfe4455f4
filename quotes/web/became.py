"""What became of the quotations of an older version, in what its source says now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.anchoring import anchor
from quotes.anchoring.stored import roles_of
from quotes.links import position
from quotes.links.fragment import with_text_fragment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.anchoring import Edit
    from quotes.links import Position
    from quotes.store.values import StoredQuotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """The answer for one quotation; `address` leads to its `place` now, where there is one."""

    stored: StoredQuotation
    answer: str
    place: Position | None
    address: str
    spans: dict[str, list[list[int]]]
    edits: Sequence[Edit]
    candidates: int


def became(
    old: str, new: str, quotations: Sequence[StoredQuotation], *, address: str
) -> list[Became]:
    """Return what became of the quotations of an old text in the new one, at this address."""
    answers = anchor(old, new, [roles_of(one.record) for one in quotations])
    found = []
    for stored, one in zip(quotations, answers, strict=True):
        content = one.spans.get("content", ())
        found.append(
            Became(
                stored=stored,
                answer=str(one.answer),
                place=position(new, content[0].start) if content else None,
                address=with_text_fragment(address, new, content),
                spans={
                    role: [[span.start, span.end] for span in spans]
                    for role, spans in one.spans.items()
                },
                edits=one.differences,
                candidates=len(one.candidates),
            )
        )
    return found

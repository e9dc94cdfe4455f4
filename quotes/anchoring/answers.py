"""What is said of a quotation that was looked for in a changed text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.spans import Span, Spans


class Answer(StrEnum):
    """How a quotation stands in the changed text."""

    EXACT = "exact"  # the same words at the same offsets
    MOVED = "moved"  # the same words elsewhere; white space may differ
    CHANGED = "changed"  # other words in it, or another cue or source
    AMBIGUOUS = "ambiguous"  # several places, or one that may be another
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What differs, as it was and as it is; either text is empty where nothing stood or stands.

    `role` is that of the span it lies in: content, cue or source. `kind` is `case`, `typography`
    or `words`. The spans are of the old and of the new text.
    """

    role: str
    kind: str
    old: str
    new: str
    old_span: Span | None
    new_span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """The answer for one quotation.

    `spans` are where content, cue and source stand in the new text; a role that was not found again
    is missing, and all are for `ambiguous` and `gone`. `candidates` are the places of the content
    that an ambiguous one may stand at.
    """

    answer: Answer
    spans: Mapping[str, Spans] = field(default_factory=dict)
    differences: tuple[Edit, ...] = ()
    candidates: Spans = ()

"""A whole draft against the database: is every quotation in it as its speaker made it?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotes.quotation import NAMED_KINDS, Kind
from quotes.verification.verdict import ANY, Ruling, Standard, Verdict
from quotes.verification.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from quotes.quotation import Quotation
    from quotes.verification.meaning import TextEncoder

_MARKED: Final = re.compile(r"[“\"«„]([^“”\"«»„]*)[”\"»“]")
# One word in marks is a term, and no wording that could be held against anybody.
_FEWEST: Final = 2
UNNAMED: Final = "the draft names no speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One quotation of a draft with its verdict; `start` is a code point of the draft.

    `speaker` is whom the draft names. `why` says what an editor must know beside the verdict.
    """

    start: int
    kind: Kind
    speaker: str | None
    verdict: Verdict
    passes: bool
    why: str = ""


def check(
    session: Session,
    text: str,
    found: Sequence[Quotation],
    *,
    standard: Standard = ANY,
    encoder: TextEncoder | None = None,
) -> Iterator[Checked]:
    """Yield each quotation of a draft, in order, held against the database.

    Words in quotation marks must stand so; what is reported may be worded otherwise. Words whose
    speaker the draft does not name pass where anybody said them.
    """
    for quotation in found:
        words = " ".join(text[span.start : span.end] for span in quotation.content)
        if not any(character.isalnum() for character in words):
            continue
        name = _name(quotation)
        verdict = verify(session, speaker=name, claim=words, standard=standard, encoder=encoder)
        passes, why = _passes(quotation.kind, name, verdict)
        if passes and verdict.ruling is Ruling.PARAPHRASE:
            changed = [
                part
                for part in _in_marks(words)
                if not _is_verbatim(
                    verify(session, speaker=name, claim=part, standard=standard), name
                )
            ]
            if changed:
                passes, why = False, f"no source has these words so: “{changed[0]}”"
        yield Checked(
            start=quotation.hull.start,
            kind=quotation.kind,
            speaker=name,
            verdict=verdict,
            passes=passes,
            why=why,
        )


def _name(quotation: Quotation) -> str | None:
    given = quotation.attribution
    if given is None:
        return None
    return given.name if given.kind in NAMED_KINDS or given.members else None


def _passes(kind: Kind, name: str | None, verdict: Verdict) -> tuple[bool, str]:
    if name is None:
        said = verdict.ruling is Ruling.MISATTRIBUTED or _is_verbatim(verdict, name)
        return said, UNNAMED
    if verdict.ruling is Ruling.VERBATIM:
        return True, ""
    if verdict.ruling is Ruling.PARAPHRASE and kind is Kind.DIRECT:
        return False, "the words in quotation marks are not the source's"
    return verdict.ruling is Ruling.PARAPHRASE, ""


def _is_verbatim(verdict: Verdict, name: str | None) -> bool:
    wanted = {Ruling.VERBATIM} if name is not None else {Ruling.VERBATIM, Ruling.MISATTRIBUTED}
    return verdict.ruling in wanted


def _in_marks(words: str) -> list[str]:
    parts = [match[1] for match in _MARKED.finditer(words)]
    return [part for part in parts if len(part.split()) >= _FEWEST]

"""What bears on a claim, and what is to be said of it: each compared quotation with its notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.quotation import NAMED_KINDS, Act, Kind
from quotes.verification.agreement import Agreement
from quotes.verification.lexicon import DENIALS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.records import QuotationRecord, SpeakerRecord
    from quotes.verification.compare import Comparison, Difference
    from quotes.verification.ladder import Rung

# Behind this the id of a quotation tells one of the quotations within it.
WITHIN = "#"
REJECTED = "rejected"
CORRECTED = "corrected"
THOUGHT = "the evidence is a reported thought, not a statement"
OUTDATED = "the source has a newer version without this passage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What bears on a claim: a quotation that was compared to it, or only a note.

    `rung`: the step of normalisation that a verbatim claim needed. `span`: the part of the source
    that was compared, in code points of its canonical text.
    """

    quote: QuotationRecord | None = None
    score: float = 0.0
    differences: tuple[Difference, ...] = ()
    note: str = ""
    agreement: Agreement = Agreement.NONE
    rung: Rung | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A quotation with how far it bears the claim out."""

    quote: QuotationRecord
    comparison: Comparison
    outdated: bool = False

    @property
    def agreement(self) -> Agreement:
        """How far it bears the claim out."""
        return self.comparison.agreement

    @property
    def rank(self) -> tuple[bool, bool, bool, float, int, int]:
        """Greatest first: verbatim, no mere thought, quotation marks, likeness, then the rung."""
        verbatim = self.agreement is Agreement.VERBATIM
        quoted = self.quote["kind"] != Kind.INDIRECT
        stated = self.quote["act"] != Act.THOUGHT
        comparison = self.comparison
        rung = -(comparison.rung or 0)
        return verbatim, stated, quoted, comparison.score, rung, comparison.agreement


def is_known(speaker: SpeakerRecord) -> bool:
    """Tell whether a speaker is somebody by name, or a group of which somebody is."""
    return speaker["kind"] in NAMED_KINDS or bool(speaker.get("members"))


def own_match(compared: Compared, *notes: str) -> Match:
    """Return the match of a quotation of the claimed speaker."""
    said = [compared.comparison.note, *notes]
    if via := compared.quote["via"]:
        said.append(f"passed on by {via['name']}")
    if compared.quote["kind"] == Kind.INDIRECT:
        said.append("reported without quotation marks: the words may be the reporter's")
    return match(compared, said)


def others_match(compared: Compared) -> Match:
    """Return the match of a quotation of somebody else, or of nobody known."""
    speaker = compared.quote["speaker"]
    if speaker is None:
        said_by = "the source names no speaker for these words"
    elif is_known(speaker):
        said_by = f"{_told(compared)} by {speaker['name']}"
    else:
        said_by = f"{_told(compared)} by a source that is not named: {speaker['name']}"
    return match(compared, [said_by + _passed_on(compared), compared.comparison.note])


def idle_match(compared: Compared, reason: str) -> Match:
    """Return the match of a quotation that decides nothing."""
    speaker = compared.quote["speaker"]
    said_by = f"{_told(compared)} by {speaker['name']}" if speaker else ""
    return match(compared, [reason, said_by, compared.comparison.note])


def match(compared: Compared, said: Iterable[str]) -> Match:
    """Return a match with all that is to be said of it."""
    quote, comparison = compared.quote, compared.comparison
    notes = [THOUGHT] if quote["act"] == Act.THOUGHT else []
    notes.extend(said)
    if denial := denying_cue(quote):
        notes.append(f"the source says “{denial}” of these words: read the whole quotation")
    if quote["status"] == CORRECTED:
        notes.append("a review has corrected this quotation or its speaker")
    if compared.outdated:
        notes.append(OUTDATED)
    return Match(
        quote={**quote, "id": quote["id"].partition(WITHIN)[0]},
        score=comparison.score,
        differences=comparison.differences,
        note="; ".join(note for note in notes if note),
        agreement=comparison.agreement,
        rung=comparison.rung,
        span=comparison.span,
    )


def denying_cue(quote: QuotationRecord) -> str:
    """Return the word of the cue that denies the content, as "denied", or nothing."""
    words = quote["cue"]["text"].split() if quote["cue"] else []
    return next((word for word in words if word.casefold() in DENIALS), "")


def _passed_on(compared: Compared) -> str:
    """Say who passes the words on, which makes them nobody else's."""
    via = compared.quote["via"]
    return f", and passed on by {via['name']}" if via else ""


def _told(compared: Compared) -> str:
    return "thought" if compared.quote["act"] == Act.THOUGHT else "said"

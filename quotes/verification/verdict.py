"""The verdict on a claim: did this speaker say these words, as far as what is stored can tell?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from quotes.quotation import Act, Kind, SpeakerKind
from quotes.verification.compare import Agreement, Comparison, Difference, compare
from quotes.verification.find import read_claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.records import QuotationRecord, SpeakerRecord

KNOWN = frozenset({SpeakerKind.PERSON, SpeakerKind.ORGANISATION})
REJECTED = "rejected"
THOUGHT = "the evidence is a reported thought, not a statement"
MOST_MATCHES = 20
_NAMED = 5


class Ruling(StrEnum):
    """The five verdicts of the contract; `altered` and `paraphrase` are not given yet."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    PARAPHRASE = "paraphrase"
    MISATTRIBUTED = "misattributed"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """The speaker a claim names, and who answers to the name: nobody, one or several."""

    name: str
    speakers: tuple[SpeakerRecord, ...]

    @property
    def note(self) -> str:
        """What is to be said of the name, or nothing."""
        if not self.speakers:
            return f"no speaker answers to “{self.name}”; see `quotes speakers list`"
        if len(self.speakers) > 1:
            names = ", ".join(f"{s['name']} ({s['id']})" for s in self.speakers[:_NAMED])
            more = f" and {len(self.speakers) - _NAMED} more" if len(self.speakers) > _NAMED else ""
            return f"several speakers answer to “{self.name}”: {names}{more}"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What bears on a claim: a quotation that was compared to it, or only a note."""

    quote: QuotationRecord | None = None
    score: float = 0.0
    differences: tuple[Difference, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The ruling with its evidence, the best match first."""

    ruling: Ruling
    speaker: SpeakerRecord | None
    claim: str
    matches: tuple[Match, ...]

    @property
    def rests_on_thought(self) -> bool:
        """Tell whether nothing but reported thoughts bears the claim out."""
        acts = {match.quote["act"] for match in self.matches if match.quote is not None}
        return self.ruling is Ruling.VERBATIM and acts == {Act.THOUGHT}

    def as_json(self) -> dict[str, Any]:
        """Return the object of the contract."""
        return {
            "verdict": str(self.ruling),
            "speaker": self.speaker,
            "claim": self.claim,
            "matches": [
                {
                    "quote": match.quote,
                    "score": match.score,
                    "differences": list(match.differences),
                    "note": match.note,
                }
                for match in self.matches
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What a quotation must be to decide: at least this sure, and of one of these acts."""

    min_confidence: float | None = None
    acts: tuple[str, ...] = ()

    def doubt(self, quote: QuotationRecord) -> str:
        """Return why a quotation decides nothing, or nothing where it may decide."""
        confidence, least = quote["confidence"], self.min_confidence
        if least is not None and confidence is not None and confidence < least:
            return f"decides nothing: its confidence is {confidence}, below {least}"
        if self.acts and quote["act"] not in self.acts:
            return f"decides nothing: its act is {quote['act']}, not {' or '.join(self.acts)}"
        return ""


ANY = Standard()


@dataclass(frozen=True, slots=True)
class Compared:
    """A quotation with how far it bears the claim out."""

    quote: QuotationRecord
    comparison: Comparison

    @property
    def rank(self) -> tuple[int, bool, bool, float]:
        """Greatest first: agreement, no mere thought, quotation marks, then likeness."""
        quoted = self.quote["kind"] != Kind.INDIRECT
        stated = self.quote["act"] != Act.THOUGHT
        return self.comparison.agreement, stated, quoted, self.comparison.score


def judge(
    claim: str,
    *,
    claimed: Claimed,
    candidates: Iterable[QuotationRecord],
    elsewhere: Sequence[str] = (),
    standard: Standard = ANY,
) -> Verdict:
    """Rule on a claim from the quotations that may hold it.

    `elsewhere` names the places where the words stand outside any quotation. A quotation that is
    not up to the standard is shown and decides nothing.
    """
    own_ids = {speaker["id"] for speaker in claimed.speakers}
    own, known, other, doubtful = [], [], [], []
    for compared in _compare_all(claim, candidates):
        speaker = compared.quote["speaker"]
        if standard.doubt(compared.quote):
            doubtful.append(compared)
        elif speaker and not own_ids.isdisjoint(_all_ids(speaker)):
            own.append(compared)
        elif speaker and _is_known(speaker):
            known.append(compared)
        else:
            other.append(compared)
    said, said_by_others = _full(own), _full(known)
    speaker = claimed.speakers[0] if len(claimed.speakers) == 1 else None
    notes = [Match(note=claimed.note)] if claimed.note else []
    if said:
        ruling, speaker = Ruling.VERBATIM, said[0].quote["speaker"]
        matches = [_own_match(c) for c in said]
    elif said_by_others:
        ruling = Ruling.MISATTRIBUTED
        matches = [_others_match(c) for c in said_by_others] + [_own_match(c) for c in own]
    else:
        ruling = Ruling.NOT_FOUND
        near = [*(_own_match(c) for c in own), *(_others_match(c) for c in [*other, *known])]
        unsure = [_doubtful_match(c, standard) for c in doubtful]
        matches = near + unsure + [Match(note=place) for place in elsewhere]
    return Verdict(
        ruling=ruling,
        speaker=speaker,
        claim=claim,
        matches=(*matches[:MOST_MATCHES], *notes),
    )


def _all_ids(speaker: SpeakerRecord) -> set[str]:
    """Return the ids of a speaker and of those who speak together under its name."""
    return {speaker["id"], *(member["id"] for member in speaker.get("members", ()))}


def _is_known(speaker: SpeakerRecord) -> bool:
    return speaker["kind"] in KNOWN or bool(speaker.get("members"))


def _compare_all(claim: str, candidates: Iterable[QuotationRecord]) -> list[Compared]:
    words = read_claim(claim)
    seen: dict[str, Compared] = {}
    for quote in candidates:
        # What a person has rejected is no evidence.
        if quote["id"] in seen or quote["status"] == REJECTED:
            continue
        comparison = compare(claim, words, quote["content"])
        if comparison.agreement > Agreement.NONE:
            seen[quote["id"]] = Compared(quote, comparison)
    return sorted(seen.values(), key=lambda c: c.rank, reverse=True)


def _full(compared: Iterable[Compared]) -> list[Compared]:
    return [c for c in compared if c.comparison.agreement >= Agreement.FOLDED]


def _own_match(compared: Compared) -> Match:
    notes = [compared.comparison.note]
    if via := compared.quote["via"]:
        notes.append(f"passed on by {via['name']}")
    if compared.quote["kind"] == Kind.INDIRECT:
        notes.append("reported without quotation marks: the words may be the reporter's")
    return _match(compared, notes)


def _others_match(compared: Compared) -> Match:
    speaker = compared.quote["speaker"]
    if speaker is None:
        said_by = "the source names no speaker for these words"
    elif _is_known(speaker):
        said_by = f"{_told(compared)} by {speaker['name']}"
    else:
        said_by = f"{_told(compared)} by a source that is not named: {speaker['name']}"
    return _match(compared, [said_by + _passed_on(compared), compared.comparison.note])


def _passed_on(compared: Compared) -> str:
    """Say who passes the words on, which makes them nobody else's."""
    via = compared.quote["via"]
    return f", and passed on by {via['name']}" if via else ""


def _doubtful_match(compared: Compared, standard: Standard) -> Match:
    speaker = compared.quote["speaker"]
    said_by = f"{_told(compared)} by {speaker['name']}" if speaker else ""
    return _match(compared, [standard.doubt(compared.quote), said_by, compared.comparison.note])


def _told(compared: Compared) -> str:
    return "thought" if compared.quote["act"] == Act.THOUGHT else "said"


def _match(compared: Compared, said: Iterable[str]) -> Match:
    notes = [THOUGHT] if compared.quote["act"] == Act.THOUGHT else []
    notes.extend(said)
    return Match(
        quote=compared.quote,
        score=compared.comparison.score,
        differences=compared.comparison.differences,
        note="; ".join(note for note in notes if note),
    )

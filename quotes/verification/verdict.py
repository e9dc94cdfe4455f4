"""The verdict on a claim: did this speaker say these words, as far as what is stored can tell?

Every candidate is compared to the claim (`quotes.verification.compare`); what the claimed speaker
said is weighed first. The first rule that holds decides:

1. verbatim: a quotation of the speaker holds the words.
2. misattributed: a quotation of somebody else who is named holds the words, and what the speaker
   said is no close paraphrase of them.
3. altered or paraphrase: a quotation of the speaker agrees so; of several the likest decides.
4. misattributed: somebody else who is named said it in other words, with half of its words or
   closely, or nearly in its words, with none changed that overturns it (a negation, a number, …).
   A claim of a single word is not misattributed: that others used a word proves nothing.
5. not_found: anything else. What comes near is shown: an altered statement of somebody else, words
   of unnamed sources, words that stand in no quotation.

A speaker has said what a group says that he or she is a member of. Who only passes words on has
not said them. A quotation that a review has rejected, or that is not up to the standard that is
asked for, is shown and decides nothing. A denied content ("denied that …") supports no paraphrase.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from quotes.quotation import Act
from quotes.verification.agreement import Agreement
from quotes.verification.compare import read_once
from quotes.verification.comparing import compare_all, is_own
from quotes.verification.differences import BEARING
from quotes.verification.evidence import (
    REJECTED,
    THOUGHT,
    Compared,
    Match,
    idle_match,
    is_known,
    others_match,
    own_match,
)
from quotes.verification.find import read_claim
from quotes.verification.nested import quoted_within

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from quotes.records import QuotationRecord, SpeakerRecord
    from quotes.verification.meaning import Meaning

MOST_MATCHES = 20
MOST_VARIANTS = 3
_NAMED = 5
# A paraphrase of what somebody else said decides where it has so much of its words, and so many.
_SHARED = 0.5
_FEWEST_SHARED = 3
_MOST_SLIGHT = 2
# What another is so likely to have said in other words, and so much likelier than the speaker.
_TOLD = 0.8
_MUCH = 0.2


class Ruling(StrEnum):
    """The five verdicts of the contract."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    PARAPHRASE = "paraphrase"
    MISATTRIBUTED = "misattributed"
    NOT_FOUND = "not_found"


_RULINGS = {Agreement.ALTERED: Ruling.ALTERED, Agreement.PARAPHRASE: Ruling.PARAPHRASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """The speaker a claim names, and who answers to the name: nobody, one or several.

    `known_as` is the end of the name where only that is known: of "Referee Ada Moss" "Ada Moss".
    """

    name: str
    speakers: tuple[SpeakerRecord, ...]
    known_as: str = ""

    @property
    def note(self) -> str:
        """What is to be said of the name, or nothing."""
        if self.name and not self.speakers:
            return f"no speaker answers to “{self.name}”; see `quotes speakers list`"
        if len(self.speakers) > 1:
            names = ", ".join(f"{s['name']} ({s['id']})" for s in self.speakers[:_NAMED])
            more = f" and {len(self.speakers) - _NAMED} more" if len(self.speakers) > _NAMED else ""
            return f"several speakers answer to “{self.known_as or self.name}”: {names}{more}"
        if self.known_as:
            return f"no speaker answers to “{self.name}”, but one to “{self.known_as}”"
        return ""


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
        acts = {
            match.quote["act"]
            for match in self.matches
            if match.quote is not None and match.agreement is Agreement.VERBATIM
        }
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
        if quote["status"] == REJECTED:
            return "decides nothing: a review has rejected this quotation"
        if least is not None and confidence is not None and confidence < least:
            return f"decides nothing: its confidence is {confidence}, below {least}"
        if self.acts and quote["act"] not in self.acts:
            return f"decides nothing: its act is {quote['act']}, not {' or '.join(self.acts)}"
        return ""


ANY = Standard()


def judge(
    claim: str,
    *,
    claimed: Claimed,
    candidates: Iterable[QuotationRecord],
    elsewhere: Callable[[], Sequence[str]] = tuple,
    standard: Standard = ANY,
    meaning: Meaning | None = None,
    outdated: Collection[str] = (),
) -> Verdict:
    """Rule on a claim from the quotations that may hold it.

    `elsewhere`, which is called where nothing is found, names the places where the words stand
    outside any quotation; `outdated` holds the ids of quotations whose source has a newer version
    without them.
    """
    own_ids = {speaker["id"] for speaker in claimed.speakers}
    stored = list(candidates)
    quotes = stored + [one for who in claimed.speakers for one in quoted_within(stored, who)]
    own, known, other, idle = [], [], [], []
    compared_all = compare_all(
        claim,
        quotes,
        own_ids=own_ids,
        names=[claimed.name, *(one["name"] for one in claimed.speakers)],
        meaning=meaning,
        outdated=outdated,
    )
    for compared in compared_all:
        speaker = compared.quote["speaker"]
        if standard.doubt(compared.quote):
            idle.append(compared)
        elif is_own(compared, own_ids):
            own.append(compared)
        elif speaker and is_known(speaker):
            known.append(compared)
        else:
            other.append(compared)
    ruling = _rule(own, known, tells=read_once(claim).tells)
    speaker = claimed.speakers[0] if len(claimed.speakers) == 1 else None
    near = [*(others_match(c) for c in [*known, *other])]
    unsure = [idle_match(c, standard.doubt(c.quote)) for c in idle]
    if ruling in (Ruling.VERBATIM, Ruling.ALTERED, Ruling.PARAPHRASE):
        speaker = own[0].quote["speaker"]
        matches = _own_matches(own) + [m for m in near if m.agreement is Agreement.VERBATIM]
        matches += [m for m in unsure if m.agreement is Agreement.VERBATIM]
    elif ruling is Ruling.MISATTRIBUTED:
        deciding = [c for c in known if _decides(c)]
        matches = [others_match(c) for c in deciding] + [own_match(c) for c in own] + unsure
    else:
        places = [Match(note=place) for place in elsewhere()]
        matches = [own_match(c) for c in own] + near + unsure + places
    notes = [Match(note=claimed.note)] if claimed.note else []
    if ruling is Ruling.VERBATIM and _is_slight(claim, own):
        notes.append(Match(note="so few and so common words prove little: give more of the claim"))
    return Verdict(
        ruling=ruling,
        speaker=speaker,
        claim=claim,
        matches=(*matches[:MOST_MATCHES], *notes),
    )


def _is_slight(claim: str, own: Sequence[Compared]) -> bool:
    """Tell whether a claim is a word or two that everybody says, out of longer quotations."""
    read = read_once(claim)
    words = len(read.words.words)
    if words > _MOST_SLIGHT or any(one.kind in BEARING for one in read.tokens(frozenset())):
        return False
    return all(len(read_claim(one.quote["content"]["text"]).words) > words for one in own)


def _rule(own: Sequence[Compared], known: Sequence[Compared], *, tells: bool) -> Ruling:
    """Apply the rules to what the speaker and others who are named have said, best first.

    Against a claim of a single word, which `tells` nothing, it proves nothing that others said it.
    """
    best = own[0].agreement if own else Agreement.NONE
    if best is Agreement.VERBATIM:
        return Ruling.VERBATIM
    said_by_others = known[0].agreement if known else Agreement.NONE
    reworded = best is Agreement.PARAPHRASE and own[0].comparison.close
    if tells and best is Agreement.PARAPHRASE and not reworded and _others_told(own, known):
        return Ruling.MISATTRIBUTED
    if tells and said_by_others is Agreement.VERBATIM and not reworded:
        return Ruling.MISATTRIBUTED
    if best is not Agreement.NONE:
        return _RULINGS[best]
    if tells and any(_decides(compared) for compared in known):
        return Ruling.MISATTRIBUTED
    return Ruling.NOT_FOUND


def _others_told(own: Sequence[Compared], known: Sequence[Compared]) -> bool:
    """Tell whether somebody else is much likelier than the speaker to have said it."""
    ours = max(compared.comparison.told for compared in own)
    return any(
        _decides(compared) and compared.comparison.told >= max(_TOLD, ours + _MUCH)
        for compared in known
    )


def _decides(compared: Compared) -> bool:
    """Tell whether a quotation of somebody else makes a claim misattributed."""
    comparison, reading = compared.comparison, compared.comparison.reading
    match compared.agreement:
        case Agreement.VERBATIM:
            return True
        case Agreement.PARAPHRASE if reading is not None:
            shares = reading.kept >= _SHARED and reading.bearing >= _FEWEST_SHARED
            return comparison.close or shares or comparison.told >= _TOLD
        case Agreement.ALTERED:
            return comparison.close
    return False


def _own_matches(own: Sequence[Compared]) -> list[Match]:
    """Return the speaker's matches: the verbatim ones, and a few that word it differently."""
    verbatim = [c for c in own if c.agreement is Agreement.VERBATIM]
    if not verbatim:
        return [own_match(c) for c in own]
    documents = {c.quote["document"]["id"] for c in verbatim}
    variants = [
        c
        for c in own
        if c.agreement is not Agreement.VERBATIM
        and c.comparison.close
        and c.quote["document"]["id"] not in documents
    ][:MOST_VARIANTS]
    disagree = "another source words it differently" if variants else ""
    return [
        *(own_match(c, disagree if c is verbatim[0] else "") for c in verbatim),
        *(own_match(c, "words it differently") for c in variants),
    ]


__all__ = ["ANY", "THOUGHT", "Claimed", "Match", "Ruling", "Standard", "Verdict", "judge"]

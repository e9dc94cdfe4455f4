"""Every candidate held against a claim: word for word, word by word, and in meaning."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.verification.agreement import Agreement
from quotes.verification.changes import Kind
from quotes.verification.compare import (
    WORTH_ALIGNING,
    Claim,
    Comparison,
    Difference,
    compare,
    overlap,
    read_once,
)
from quotes.verification.evidence import REJECTED, Compared, denying_cue
from quotes.verification.runs import joined, runs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from quotes.records import QuotationRecord, SpeakerRecord
    from quotes.verification.meaning import Meaning

MOST_WEIGHED = 8
MOST_WEIGHED_OTHERS = 3
MOST_ALIGNED = 24
# What is this near in meaning is compared however few words it shares.
WORTH_WEIGHING = 0.25
WORTH_WEIGHING_OTHERS = 0.45
LONGEST_WEIGHED = 800
_NAME_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def _all_ids(speaker: SpeakerRecord) -> set[str]:
    """Return the ids of a speaker and of those who speak together under its name."""
    return {speaker["id"], *(member["id"] for member in speaker.get("members", ()))}


def compare_all(
    text: str,
    candidates: Iterable[QuotationRecord],
    *,
    own_ids: Collection[str],
    names: Sequence[str],
    meaning: Meaning | None,
    outdated: Collection[str],
) -> list[Compared]:
    """Return the candidates that agree with a claim in any way, best first.

    `own_ids` and `names` are those of the claimed speaker; `outdated` as in `judge`.
    """
    claim = read_once(text)
    found = []
    for quote in {quote["id"]: quote for quote in candidates}.values():
        comparison = compare(claim, quote["content"], reworded=False)
        found.append(Compared(quote, comparison, quote["id"] in outdated))
    found = _read_on(claim, found)
    own = [c for c in found if is_own(c, own_ids)]
    others = [c for c in found if not is_own(c, own_ids)]
    own = _align(claim, own, names, meaning, WORTH_WEIGHING)
    others = _align(claim, others, [], meaning, WORTH_WEIGHING_OTHERS)
    if meaning is not None:
        own, others = _weigh(own, others, meaning)
    found = [_with_denial(claim, compared) for compared in own + others]
    agreeing = [c for c in found if c.agreement is not Agreement.NONE]
    return sorted(agreeing, key=lambda c: c.rank, reverse=True)


def _with_denial(claim: Claim, compared: Compared) -> Compared:
    """Read a quotation that its source reports as denied: "denied that she had seen it".

    A claim that denies the content as well is a paraphrase, and one that affirms it has left the
    denial out.
    """
    comparison, reading = compared.comparison, compared.comparison.reading
    denial, cue = denying_cue(compared.quote), compared.quote["cue"]
    if reading is None or not denial or cue is None:
        return compared
    agreement, differences = compared.agreement, comparison.differences
    if reading.stance.flipped or claim.doubts:
        only = all(c.kind is Kind.NEGATION for c in reading.changes if c.hard)
        if agreement is Agreement.ALTERED and only and not reading.soft:
            agreement = Agreement.PARAPHRASE
    elif agreement is Agreement.PARAPHRASE:
        agreement = Agreement.ALTERED
        left_out: Difference = {
            "kind": str(Kind.NEGATION),
            "claim": "",
            "source": denial,
            "claim_span": None,
            "source_span": [cue["start"], cue["end"]],
        }
        differences = (left_out, *differences)
    changed = replace(comparison, agreement=agreement, differences=differences)
    return replace(compared, comparison=changed)


def is_own(compared: Compared, own_ids: Collection[str]) -> bool:
    """Tell whether a quotation is of one of these speakers, alone or among others."""
    speaker = compared.quote["speaker"]
    return speaker is not None and not _all_ids(speaker).isdisjoint(own_ids)


def _align(
    claim: Claim,
    found: list[Compared],
    names: Sequence[str],
    meaning: Meaning | None,
    least: float,
) -> list[Compared]:
    """Compare word by word what holds the claim nowhere.

    Those are aligned that share most of its words, and with vectors those that are at least so near
    in meaning whatever they share.
    """
    verbatim = [c for c in found if c.agreement is not Agreement.NONE]
    open_ones = [c for c in found if c.agreement is Agreement.NONE]
    near = _closeness(open_ones, meaning)
    rest = []
    for compared, closeness in zip(open_ones, near, strict=True):
        speaker = compared.quote["speaker"]
        words = _name_words(names or ([speaker["name"]] if speaker else []))
        shared = overlap(claim, compared.quote["content"], speaker=words)
        if shared >= WORTH_ALIGNING or (claim.aligns and closeness >= least):
            rest.append((max(shared, closeness), words, compared))
    rest.sort(key=lambda one: one[0], reverse=True)
    return verbatim + [
        replace(c, comparison=compare(claim, c.quote["content"], speaker=words, least_shared=0.0))
        for _, words, c in rest[:MOST_ALIGNED]
    ]


def _closeness(found: Sequence[Compared], meaning: Meaning | None) -> list[float]:
    if meaning is None:
        return [0.0] * len(found)
    return meaning.closeness([c.quote["content"]["text"] for c in found])


def _read_on(claim: Claim, found: list[Compared]) -> list[Compared]:
    """Find a claim that runs on from one quotation to the speaker's next, where no one holds it."""
    verbatim = {_whose(c.quote) for c in found if c.agreement is Agreement.VERBATIM}
    again: dict[str, Comparison] = {}
    open_ones = [c.quote for c in found if _whose(c.quote) not in verbatim]
    for run in runs(quote for quote in open_ones if quote["status"] != REJECTED):
        comparison = compare(claim, joined(run), reworded=False)
        if comparison.agreement is not Agreement.VERBATIM or comparison.span is None:
            continue
        low, high = comparison.span
        held = [q for q in run if q["content"]["start"] < high and low < q["content"]["end"]]
        others = ", ".join(quote["id"] for quote in held[1:])
        note = f"the words run on into the next quotation ({others})"
        again[held[0]["id"]] = replace(
            comparison, note="; ".join(n for n in (comparison.note, note) if n)
        )
    return [
        replace(c, comparison=again[c.quote["id"]]) if c.quote["id"] in again else c for c in found
    ]


def _whose(quote: QuotationRecord) -> str:
    return quote["speaker"]["id"] if quote["speaker"] else ""


def _weigh(
    own: list[Compared], others: list[Compared], meaning: Meaning
) -> tuple[list[Compared], list[Compared]]:
    """Let likeness in meaning decide where words left it open, for the nearest few.

    Of what others said only that matters which may be the statement in other words.
    """
    chosen = _nearest([c for c in others if c.comparison.open], meaning)[:MOST_WEIGHED_OTHERS]
    mine = _nearest([c for c in own if c.comparison.open], meaning)
    chosen = mine[: MOST_WEIGHED - len(chosen)] + chosen
    texts = [_weighed_text(c) for c in chosen]
    found = dict(zip((c.quote["id"] for c in chosen), meaning.likeness(texts), strict=True))

    def weighed(compared: Compared) -> Compared:
        likeness = found.get(compared.quote["id"])
        if likeness is None:
            return compared
        return replace(compared, comparison=compared.comparison.with_likeness(likeness))

    return [weighed(c) for c in own], [weighed(c) for c in others]


def _nearest(found: list[Compared], meaning: Meaning) -> list[Compared]:
    """Return what comes nearest in meaning or in words first."""
    closeness = _closeness(found, meaning)
    order = sorted(
        range(len(found)),
        key=lambda at: max(closeness[at], found[at].comparison.score),
        reverse=True,
    )
    return [found[at] for at in order]


def _weighed_text(compared: Compared) -> str:
    """Return a content, or of a long one the sentences that the claim was aligned with."""
    text = compared.quote["content"]["text"]
    return text if len(text) <= LONGEST_WEIGHED else compared.comparison.sentences


def _name_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for name in names for word in _NAME_WORD.findall(name))

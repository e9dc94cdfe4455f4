"""A verdict made fit to be shown: what it says in a sentence, and claim against source in pieces.

The terminal and the page mark the pieces each in its own way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.records import PassageRecord
    from quotes.verification.verdict import Match, Verdict

TEXT_LENGTH: Final = 600
MOST_SHOWN: Final = 5
_MARGIN: Final = 200
# What is so much less like the claim than the best is left out.
_WORTH_SHOWING: Final = 0.6
_SPACE: Final = re.compile(r"\s+")
SENTENCES: Final = {
    "verbatim": "{speaker} said this, word for word.",
    "altered": "{speaker} said it otherwise: {differences}.",
    "paraphrase": "{speaker} said this in other words.",
    "misattributed": "{others} said this, and nothing shows that {speaker} did.",
    "not_found": "Nothing stored shows that {speaker} said this.",
}
THOUGHT: Final = "{speaker} is reported to think this, word for word."
# What is said of each class of difference that matters, the gravest first.
GRAVE: Final = {
    "negation": "a negation",
    "number": "a number",
    "date": "a date",
    "name": "a name",
    "antonym": "the opposite",
    "quantifier": "another quantity",
    "modal": "another modal verb",
    "changed": "another word",
    "inserted": "a word put in",
    "dropped": "a word left out",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text on one line, and whether it is what differs."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Aligned:
    """A claim and its source in pieces; of a verbatim one the source alone, in which it stands.

    `step` names the normalisation that a verbatim claim needed, where it needed any.
    """

    source: tuple[Piece, ...]
    claim: tuple[Piece, ...] | None = None
    step: str | None = None


def ruling_words(ruling: str) -> str:
    """Return the verdict as it is shown."""
    return str(ruling).replace("_", " ")


def sentence(verdict: Verdict, name: str | None) -> str:
    """Return what the verdict says, in one sentence."""
    speaker = verdict.speaker["name"] if verdict.speaker else name or "anybody"
    text = THOUGHT if verdict.rests_on_thought else SENTENCES[str(verdict.ruling)]
    return text.format(speaker=speaker, differences=grave(verdict), others=_others(verdict))


def grave(verdict: Verdict) -> str:
    """Name the classes of difference that matter in the first match."""
    found = {one["kind"] for match in verdict.matches[:1] for one in match.differences}
    return ", ".join(told for kind, told in GRAVE.items() if kind in found) or "another word"


def _others(verdict: Verdict) -> str:
    names: list[str] = []
    for match in verdict.matches:
        speaker = match.quote["speaker"] if match.quote else None
        if speaker and speaker["name"] not in names:
            names.append(speaker["name"])
    return names[0] if names else "Somebody else"


def worth_showing(verdict: Verdict) -> tuple[list[Match], int]:
    """Return the matches with a quotation that are shown, and how many are left out."""
    best = max((match.score for match in verdict.matches), default=0.0)
    quoted = [match for match in verdict.matches if match.quote is not None]
    shown = [match for match in quoted if match.score >= best * _WORTH_SHOWING][:MOST_SHOWN]
    return shown, len(quoted) - len(shown)


def aligned(claim: str, content: PassageRecord, match: Match) -> Aligned:
    """Return the claim and the source with what differs; the source alone if nothing does."""
    if match.rung is not None:
        step = match.rung.label if match.differences else None
        held = [match.span] if match.span is not None else []
        return Aligned(_source(content, held, match.span), step=step)
    source = [tuple(d["source_span"]) for d in match.differences if d["source_span"]]
    ours = [tuple(d["claim_span"]) for d in match.differences if d["claim_span"]]
    return Aligned(_source(content, source, match.span), _claim(claim, ours))


def _claim(claim: str, spans: Sequence[Any]) -> tuple[Piece, ...]:
    """Return the claim on one line, cut before a word where it is long."""
    kept = claim
    if len(claim) > TEXT_LENGTH:
        kept = claim[:TEXT_LENGTH].rpartition(" ")[0] or claim[:TEXT_LENGTH]
    pieces = _pieces([(0, kept.rstrip())], spans)
    return (*pieces, Piece("…")) if len(kept) < len(claim) else tuple(pieces)


def _source(
    content: PassageRecord, spans: Sequence[Any], around: tuple[int, int] | None
) -> tuple[Piece, ...]:
    """Return the content on one line; a long one as far as it is near the words compared."""
    low, high = content["start"], content["end"]
    if around is not None and high - low > TEXT_LENGTH:
        low, high = max(low, around[0] - _MARGIN), min(high, around[1] + _MARGIN)
    parts, offset = [], 0
    for start, end in content["spans"]:
        text = content["text"][offset : offset + end - start]
        offset += end - start + 1
        first, last = max(start, low), min(end, high)
        if first < last:
            parts.append((first, text[first - start : last - start]))
    before = [Piece("…")] if low > content["start"] else []
    after = [Piece("…")] if high < content["end"] else []
    return (*before, *_pieces(parts, spans), *after)


def _pieces(parts: Iterable[tuple[int, str]], spans: Sequence[Any]) -> list[Piece]:
    """Return the parts of a text, each at its offset, with these spans of it told apart."""
    pieces: list[Piece] = []
    for offset, text in parts:
        if pieces:
            pieces.append(Piece(" "))
        at = 0
        for start, end in sorted(spans):
            low, high = max(start - offset, at), min(end - offset, len(text))
            if low < high:
                pieces += [Piece(_flat(text[at:low])), Piece(_flat(text[low:high]), differs=True)]
                at = high
        pieces.append(Piece(_flat(text[at:])))
    return [piece for piece in pieces if piece.text]


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text)

"""How far an alignment bears a claim out: guards first, then rules, and trees where they are surer.

The trees (`quotes.verification.weighing`) saw more rewordings than any list of rules can hold; the
guards are there because no likeness makes up for a negation or another number.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from quotes.verification.differences import NEAR_WORDING
from quotes.verification.weighing import weigh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.verification.changes import Reading
    from quotes.verification.likeness import Likeness


class Agreement(IntEnum):
    """How far a quotation bears a claim out; the greater the better."""

    NONE = 0
    ALTERED = 1  # the same statement but for something that matters
    PARAPHRASE = 2  # the same statement in other words
    VERBATIM = 3  # the same words


# A paraphrase keeps such a share of the claim's bearing words, and so many of them.
KEPT = ((1.0, 2), (0.6, 3), (0.5, 4))
# An altered statement has so many of them in place, counting what stands for another of its kind.
PLACED = 0.66
_FEWEST = 2
_MOST_SOFT = 3
LEAST_KEPT = 0.4
WHOLE = 0.5
# Words picked from here and there are no statement: so many may lie between, to each that is kept.
MOST_SKIPPED = 2
_CLASS = {
    "none": Agreement.NONE,
    "paraphrase": Agreement.PARAPHRASE,
    "altered": Agreement.ALTERED,
}
# How sure the trees must be to overrule what the rules say.
SURE = {
    Agreement.NONE: {"none": 0.0, "paraphrase": 0.6, "altered": 0.8},
    Agreement.PARAPHRASE: {"none": 0.8, "paraphrase": 0.0, "altered": 0.8},
    Agreement.ALTERED: {"none": 0.85, "paraphrase": 0.65, "altered": 0.0},
}
# The same where likeness in meaning was weighed, which tells much more.
SURE_ALTERED = 0.6
SURE_ALTERED_SOFTLY = 0.88
SURE_OTHERWISE = {"none": 0.6, "paraphrase": 0.45}
LEAST_TOLD = 0.57
# A claim with another number is altered, unless it is so likely about something else.
MOST_ELSE = 0.4


def is_guarded(reading: Reading) -> bool:
    """Tell whether the claim is near the source's wording but for something that matters.

    Then it is altered, however close in meaning: a negation, a number, a name, an opposite, or a
    content word put in, left out or exchanged where nothing else is reworded.
    """
    near = reading.same >= NEAR_WORDING
    edited = reading.reworded == 0 or (reading.reworded == 1 == reading.soft)
    return near and (bool(reading.hard) or (edited and 0 < reading.soft <= _MOST_SOFT))


def agreement_of(reading: Reading, *, claim: str, passage: str) -> Agreement:
    """Decide from what an alignment has left: by rules, unless the trees are surer.

    Near the source's own wording the guards alone decide.
    """
    ruled = by_rules(reading)
    if is_guarded(reading) or reading.bearing < _FEWEST:
        return ruled
    chances = weigh(reading, claim=claim, passage=passage)
    likeliest = max(chances, key=lambda name: chances[name])
    return _CLASS[likeliest] if chances[likeliest] >= SURE[ruled][likeliest] else ruled


def agreement_in_meaning(
    reading: Reading, *, claim: str, passage: str, likeness: Likeness
) -> tuple[Agreement, float]:
    """Decide as `agreement_of` does, by trees that saw the likeness in meaning as well.

    Without a change that overturns a statement in any wording a claim is altered only where the
    trees are quite sure. Returned with it is the chance that it is a paraphrase.
    """
    ruled = by_rules(reading)
    chances = weigh(reading, claim=claim, passage=passage, likeness=likeness)
    if is_guarded(reading):
        return ruled, chances["paraphrase"]
    return _by_meaning(ruled, reading, chances), chances["paraphrase"]


def _by_meaning(ruled: Agreement, reading: Reading, chances: Mapping[str, float]) -> Agreement:
    """Decide by the trees that saw the likeness in meaning, and by the rules where these waver."""
    if chances["altered"] >= (SURE_ALTERED if reading.hard else SURE_ALTERED_SOFTLY):
        return Agreement.ALTERED
    if reading.firm:
        return Agreement.ALTERED if chances["none"] < MOST_ELSE else Agreement.NONE
    if ruled is not Agreement.NONE:
        likeliest = max(("none", "paraphrase"), key=lambda name: chances[name])
        sure = SURE_OTHERWISE[likeliest]
        return _CLASS[likeliest] if chances[likeliest] >= sure else ruled
    told = chances["paraphrase"] / (chances["paraphrase"] + chances["none"])
    return Agreement.PARAPHRASE if told >= LEAST_TOLD else Agreement.NONE


def by_rules(reading: Reading) -> Agreement:
    """Decide by rules alone.

    A hard change makes the claim altered where enough of it is in place, and rules a paraphrase
    out. Other changes that matter make it altered where the rest is in the source's own wording;
    elsewhere they are part of the rewording.
    """
    near = reading.same >= NEAR_WORDING
    whole = near or (reading.kept == 1 and reading.same >= WHOLE)
    if reading.bearing < _FEWEST and not (whole and reading.bearing):
        return Agreement.NONE
    if reading.skipped > MOST_SKIPPED * reading.bearing:
        return Agreement.NONE
    if reading.hard:
        held = near or (reading.placed >= PLACED and (whole or reading.bearing > _FEWEST))
        return Agreement.ALTERED if held and reading.kept >= LEAST_KEPT else Agreement.NONE
    edited = reading.reworded == 0 or (reading.reworded == 1 == reading.soft)
    if near and edited and 0 < reading.soft <= _MOST_SOFT:
        return Agreement.ALTERED
    fewest = _FEWEST + 1 if near else 0
    if any(
        reading.kept >= share and max(reading.bearing, fewest) >= words for share, words in KEPT
    ):
        return Agreement.PARAPHRASE
    return Agreement.NONE

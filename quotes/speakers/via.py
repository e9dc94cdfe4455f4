"""Who passes a statement on: the mention that says so, or the speaker of the report around it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotes.quotation import ANSWER, Act, Kind
from quotes.spans import Span, hull
from quotes.speakers.floor import can_be_he_or_she
from quotes.speakers.nouns import FEMININE_PRONOUNS, MASCULINE_PRONOUNS
from quotes.speakers.pronouns import antecedent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.quotation import Quotation
    from quotes.speakers.evidence import Target
    from quotes.speakers.resolution import Resolution


_THIRD: Final = FEMININE_PRONOUNS | MASCULINE_PRONOUNS


def speaker_of(resolution: Resolution, quotation: Quotation) -> Target | None:
    """Return the speaker that a quotation's source leads to, with who passes the words on."""
    if not quotation.source:
        return resolution.answers_speaker if quotation.method == ANSWER else None
    target = resolution.speaker(hull(quotation.source))
    if target is None or not quotation.via:
        return target
    return _by_way_of(target, resolution.speaker(hull(quotation.via)))


def report(
    resolution: Resolution, quotations: Sequence[Quotation], targets: list[Target | None]
) -> None:
    """Let what one says that another said come by way of the first.

    "Roe said that Marsh had told her X": X is Marsh's, by way of Roe; what Roe only believes that
    he said, nobody passes on. "He" in words that somebody speaks is another.
    """
    order = sorted(range(len(quotations)), key=lambda i: _width(quotations[i]))
    around: list[int] = []
    for i in order:
        inner, target = quotations[i], targets[i]
        while around and quotations[around[-1]].hull.end <= inner.hull.start:
            around.pop()
        outer = next((j for j in reversed(around) if _lies_in(inner, quotations[j])), None)
        if outer is not None and (speaker := targets[outer]) is not None:
            if quotations[outer].kind is Kind.DIRECT and target is not None:
                target = _another(resolution, inner, target, speaker)
            told = quotations[outer].act is not Act.THOUGHT
            if told and target is not None and target.via is None:
                target = _by_way_of(target, speaker)
            targets[i] = target
        around.append(i)


def _another(
    resolution: Resolution, quotation: Quotation, target: Target, speaker: Target
) -> Target | None:
    """Return somebody else for a "he" that was led to the one who says it."""
    source = hull(quotation.source) if quotation.source else None
    if source is None or (target.name, target.kind) != (speaker.name, speaker.kind):
        return target
    if resolution.layout.text[source.start : source.end].lower() not in _THIRD:
        return target
    index, _ = resolution.layout.tokens_within(source.start, source.end)
    found = antecedent(
        resolution.layout,
        list(resolution.coreference.before(index))[::-1],
        index,
        barred=speaker.entity,
        fits=can_be_he_or_she,
    )
    if found is None or found.entity is speaker.entity:
        return None
    return resolution.taken_up(found, ((source.start, source.end, "source"),))


def _width(quotation: Quotation) -> tuple[int, int]:
    return quotation.hull.start, -quotation.hull.end


def _lies_in(inner: Quotation, outer: Quotation) -> bool:
    """Tell whether content, cue and source of one all lie in one span of the other's content."""
    parts: tuple[Span, ...] = (*inner.content, *inner.cue, *inner.source)
    has_words = bool(inner.cue or inner.source)
    return has_words and any(all(part.within(span) for part in parts) for span in outer.content)


def _by_way_of(target: Target, other: Target | None) -> Target:
    """Return the target with the one who passes it on, unless that is the speaker himself."""
    if other is None or (other.name, other.kind) == (target.name, target.kind):
        return target
    start, end, _ = other.steps[0]
    steps = ((start, end, "via"), *other.steps[1:])
    return replace(target, via=replace(other, steps=steps, via=None))

"""The default resolver: source mentions to speakers by rules over names, titles and syntax."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotes.quotation import Kind
from quotes.spans import hull
from quotes.speakers.chained import ChainEvidence
from quotes.speakers.nouns import FIRST_PRONOUNS
from quotes.speakers.people import People
from quotes.speakers.resolution import Resolution
from quotes.speakers.via import report, speaker_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from quotes.quotation import Quotation
    from quotes.speakers.chained import ChainSource
    from quotes.speakers.coreference import Chooser
    from quotes.speakers.evidence import Target
    from quotes.speakers.people import PersonMention

_BETWEEN: Final = 80


class RuleResolver:
    """Resolves by rules; needs no model beyond the parse and the lists of given names.

    With a `ranker`, that chooses what "he" and "she" mean, and nothing else changes. Chains of
    `coref` decide before either.
    """

    version = "6"
    _rules = "rules"

    def __init__(self, *, ranker: Chooser | None = None, coref: ChainSource | None = None) -> None:
        self._ranker = ranker
        self._coref = coref

    @property
    def name(self) -> str:
        """The name of the rules and of what decides before them."""
        return self._rules if self._coref is None else f"{self._rules}+{self._coref.name}-coref"

    @property
    def models(self) -> Mapping[str, str]:
        return {} if self._coref is None else self._coref.models

    def resolve(self, doc: Doc, quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
        """Return the quotations in their order, each with the speaker its source leads to."""
        _, targets = self._read(doc, quotations)
        text = doc.text
        return tuple(
            replace(quotation, attribution=target.attribution(text) if target else None)
            for quotation, target in zip(quotations, targets, strict=True)
        )

    def people(self, doc: Doc, quotations: Sequence[Quotation]) -> list[tuple[PersonMention, ...]]:
        """Return every chain of mentions of a person, or of a group of people, in a text.

        The quotations are those that were found in it: "I" inside them is who speaks them.
        """
        resolution, targets = self._read(doc, quotations)
        return People(resolution, quotations, targets).chains()

    def _read(
        self, doc: Doc, quotations: Sequence[Quotation]
    ) -> tuple[Resolution, list[Target | None]]:
        evidence = None
        if self._coref is not None:
            evidence = ChainEvidence(self._coref.name, self._coref.chains(doc))
        resolution = Resolution(doc, quotations, ranker=self._ranker, evidence=evidence)
        text = resolution.layout.text
        targets: list[Target | None] = [
            speaker_of(resolution, quotation) for quotation in quotations
        ]
        order = sorted(range(len(quotations)), key=lambda i: _place(quotations[i]))
        _speak_for_themselves(text, quotations, targets, order)
        _continue_speakers(resolution, quotations, targets, order)
        report(resolution, quotations, targets)
        return resolution, targets


def _place(quotation: Quotation) -> tuple[int, int]:
    return quotation.hull.start, -quotation.hull.end


def _speak_for_themselves(
    text: str, quotations: Sequence[Quotation], targets: list[Target | None], order: Sequence[int]
) -> None:
    """Give "I" and "we" inside a quotation's words to the one who speaks them."""
    first_person = {
        i
        for i, quotation in enumerate(quotations)
        if quotation.source and text[slice(*_ends(quotation))].lower().strip() in FIRST_PRONOUNS
    }
    waiting = sorted(first_person, key=lambda i: hull(quotations[i].source).start)
    spoken = [i for i in order if quotations[i].kind is not Kind.INDIRECT]
    stack: list[int] = []
    at = 0
    for i in waiting:
        source = hull(quotations[i].source)
        while at < len(spoken) and quotations[spoken[at]].hull.start <= source.start:
            stack.append(spoken[at])
            at += 1
        while stack and quotations[stack[-1]].hull.end <= source.start:
            stack.pop()
        around = [
            j
            for j in stack[-8:]
            if j != i
            and targets[j] is not None
            and any(source.within(span) for span in quotations[j].content)
        ]
        if around and (outer := targets[around[-1]]) is not None:
            chain = ((source.start, source.end, "source"),)
            start, end, _ = outer.steps[0]
            rest = replace(outer, steps=((start, end, "pronoun"), *outer.steps[1:]))
            targets[i] = rest.after(chain, "coreference")


def _ends(quotation: Quotation) -> tuple[int, int]:
    whole = hull(quotation.source)
    return whole.start, whole.end


def _continue_speakers(
    resolution: Resolution,
    quotations: Sequence[Quotation],
    targets: list[Target | None],
    order: Sequence[int],
) -> None:
    """Let a sourceless quotation go on with the speaker of the one before it in its paragraph."""
    before: int | None = None
    for i in order:
        quotation = quotations[i]
        if quotation.source or quotation.kind is not Kind.DIRECT:
            if targets[i] is not None:
                before = i
            continue
        target = targets[before] if before is not None else None
        if before is None or target is None:
            continue
        if not quotation.cue and _goes_on(resolution, quotations[before], quotation):
            start, end, _ = target.steps[0]
            steps = ((start, end, "speaker-continues"), *target.steps[1:])
            targets[i] = replace(target, steps=steps, method="speaker-continues")
            before = i


def _goes_on(resolution: Resolution, before: Quotation, quotation: Quotation) -> bool:
    """Tell whether nothing between two quotations of a paragraph brings in another speaker."""
    layout = resolution.layout
    start, end = before.hull.end, quotation.hull.start
    if start > end:
        return False
    last, _ = layout.tokens_within(before.hull.end - 1, before.hull.end)
    first, _ = layout.tokens_within(end, end + 1)
    if first >= len(layout.doc) or layout.paragraph[last] != layout.paragraph[first]:
        return False
    known = [*before.source, *before.cue]
    rest = [
        layout.doc[index]
        for index in range(*layout.tokens_within(start, end))
        if not any(s.start <= layout.offsets[index] < s.end for s in known)
    ]
    if len(rest) > _BETWEEN:
        return False
    return not any(token.pos_ in {"PROPN", "PRON"} or "subj" in token.dep_ for token in rest)

"""Labels of transcripts: "WALLACE:", "YT:", "MODERATOR:"."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.evidence import Target, named
from quotes.speakers.names import display_name, fold, parse_name
from quotes.speakers.nouns import ROLE_LABELS, WRITINGS
from quotes.speakers.sources import plain

if TYPE_CHECKING:
    from quotes.spans import Span
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Step
    from quotes.speakers.mentions import Mention

_BEHIND_NAME: Final = frozenset({",", "with", "from", "of", "at", "(", "."})
_QUESTION: Final = frozenset({"q", "question"})
_ANSWER: Final = frozenset({"a", "answer"})
_BYLINE: Final = re.compile(
    r"(?:^|\n)\W*(?:by|interview(?:ed)? by|photos? by|text by)\s[^\n]*$", re.IGNORECASE
)
_MET: Final = re.compile(
    r"\b(?i:interview(?:ed)?|spoke|speaks|talk(?:s|ed)?|sat down|conversation|q&a|asked|met)\b"
    r"[^.,\nA-Z]*$"
)


class Labels:
    """Leads labels to speakers; a label met once must be a name in the text."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        self._text = entities.layout.text
        self._starting = {mention.first: mention for mention in entities.mentions}
        self._recurring: dict[str, bool] = {}
        self._met: tuple[Entity, Mention] | None = None
        self._looked = False

    def resolve(self, source: Span) -> Target | None:
        """Return the speaker that a label stands for; None where the text does not tell."""
        label = plain(self._text[source.start : source.end])
        step = (source.start, source.end, "source")
        words = set(fold(label.partition("(")[0]).split())
        if words <= _QUESTION:
            return self._introduced(source)
        if words <= _ANSWER:
            return self._interviewee(step)
        if set(fold(label).split()) <= ROLE_LABELS:
            shown = label.capitalize() if label.isupper() and len(label) > 1 else label
            return Target(name=shown, kind=SpeakerKind.UNNAMED, method="label", steps=(step,))
        return self._named(label, source, step)

    def _named(self, label: str, source: Span, step: Step) -> Target | None:
        name = display_name(label)
        if not fold(name):
            return None
        entity = _only(self._entities.find(name))
        if entity is not None:
            exact = parse_name(name).is_full and any(
                mention.start >= source.start and mention.end <= source.end
                for mention in entity.mentions
            )
            short = any(fold(short.short) == fold(name) for short in entity.shorts)
            method = "name" if exact else "abbreviation" if short else "label"
            return named(self._entities, entity, (step,), method)
        if fold(name) in WRITINGS or not self._recurs(label):
            return None
        if len(label) > 3 and label.isupper():
            name = " ".join(word.capitalize() for word in name.split())
        return Target(name=name, kind=SpeakerKind.PERSON, method="label", steps=(step,))

    def _recurs(self, label: str) -> bool:
        """Tell whether another line of the text begins with the label."""
        if label not in self._recurring:
            pattern = re.compile(rf"^\W*{re.escape(label)}\W{{0,3}}:", re.MULTILINE)
            lines = islice(pattern.finditer(self._text), 2)
            self._recurring[label] = label.isupper() or len(list(lines)) > 1
        return self._recurring[label]

    def _introduced(self, source: Span) -> Target | None:
        """Return whoever begins a question with a name and no verb: "Ann Roe, Noon Radio. Why…"."""
        layout = self._entities.layout
        _, index = layout.tokens_within(source.start, source.end)
        while index < len(layout.doc) and not layout.doc[index].text[:1].isalnum():
            index += 1
        mention = self._starting.get(index)
        entity = self._entities.of.get(mention) if mention is not None else None
        if mention is None or entity is None or entity.kind is not SpeakerKind.PERSON:
            return None
        if layout.word(mention.last) not in _BEHIND_NAME:
            return None
        for token in layout.doc[mention.last : mention.last + 12]:
            if token.pos_ in {"VERB", "AUX", "PRON"} or token.text in {"?", "!"}:
                return None
            if token.text in {".", ":", ";"}:
                steps = ((source.start, source.end, "source"), (mention.start, mention.end, "name"))
                return named(self._entities, entity, steps, "label")
        return None

    def interviewee(self) -> Entity | None:
        """Return the one person whom the text around an interview's turns names or introduces."""
        if not self._looked:
            self._met = self._find_interviewee()
            self._looked = True
        return self._met[0] if self._met is not None else None

    def _interviewee(self, step: Step) -> Target | None:
        """Lead an answer to the interviewee."""
        if self.interviewee() is None or self._met is None:
            return None
        entity, first = self._met
        steps = (step, (first.start, first.end, "interviewee"))
        return named(self._entities, entity, steps, "label")

    def _find_interviewee(self) -> tuple[Entity, Mention] | None:
        around: dict[Entity, list[Mention]] = {}
        met: dict[Entity, Mention] = {}
        for mention in self._entities.mentions:
            entity = self._entities.of.get(mention)
            if entity is None or entity.kind is not SpeakerKind.PERSON or entity.is_open:
                continue
            first = mention.title[0] if mention.title else mention.first
            start = self._entities.layout.offsets[first]
            before = self._text[max(0, start - 60) : start]
            if self._entities.layout.reported[mention.first] or _BYLINE.search(before):
                continue
            around.setdefault(entity, []).append(mention)
            if _MET.search(before):
                met.setdefault(entity, mention)
        if len(met) == 1:
            return next(iter(met.items()))
        if len(around) != 1:
            return None
        ((entity, mentions),) = around.items()
        return entity, mentions[0]


def is_question_or_answer(text: str, source: Span) -> bool:
    """Tell whether a label says only that somebody asks or answers."""
    label = text[source.start : source.end].partition("(")[0]
    return set(fold(label).split()) <= _QUESTION | _ANSWER


def _only(found: list[Entity]) -> Entity | None:
    """Return the one entity, or the one that the text names far more often."""
    people = [entity for entity in found if entity.kind is SpeakerKind.PERSON] or found
    ranked = sorted(people, key=lambda entity: -len(entity.mentions))
    if not ranked:
        return None
    if len(ranked) == 1 or len(ranked[0].mentions) >= 3 * len(ranked[1].mentions):
        return ranked[0]
    return None

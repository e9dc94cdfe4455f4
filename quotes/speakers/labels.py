"""Labels of transcripts: "WALLACE:", "YT:", "MODERATOR:"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.evidence import Target, joined, named
from quotes.speakers.names import display_name, fold, in_lower_case, name_key, parse_name
from quotes.speakers.nouns import WRITINGS
from quotes.speakers.sources import plain, says_role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.spans import Span
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Step
    from quotes.speakers.mention import Mention

_BEHIND_NAME: Final = frozenset({",", "with", "from", "of", "at", "(", "."})
_QUESTION: Final = frozenset({"q", "question"})
_ANSWER: Final = frozenset({"a", "answer"})
_FIRST_TURN: Final = re.compile(r"^\W{0,3}(?:Q|QUESTION|Question)\W{0,2}[.:]", re.MULTILINE)
_BEFORE_COLON: Final = re.compile(r"^(?:[^\w\n]|[\d_])*([^\n:]{1,120}):", re.MULTILINE)
_ALPHABETIC: Final = re.compile(r"\b[^\W\d_]{2,}\b")
# How far before a name what makes it a byline may stand.
_BYLINE_REACH: Final = 60
_BYLINE: Final = re.compile(
    r"(?:(?:^|\n)\W*(?:by|interview(?:ed)? by|photos? by|text by)\s|"
    r"(?:^|[\n.|·–—])[^\w\n]*(?:interview|text|words|photos?|images?|pictures?):\s)[^\n]*$",
    re.IGNORECASE,
)
_MET: Final = re.compile(
    r"\b(?i:interview(?:ed)?|spoke|speaks|talk(?:s|ed)?|sat down|conversation|q&a|asked|met)\b"
    r"[^.,\nA-Z]*$"
)
_MET_THEM: Final = re.compile(
    r"\b(?:interviewed|spoke (?:to|with)|talked (?:to|with)|sat down with|met|visited)"
    r" (?:him|her|them)\b"
)


class Labels:
    """Leads labels to speakers; a label met once must be a name in the text."""

    def __init__(self, entities: Entities, labels: Iterable[Span]) -> None:
        self._entities = entities
        self._text = entities.layout.text
        self._starting = {mention.first: mention for mention in entities.mentions}
        self._full: defaultdict[str, dict[str, Span]] = defaultdict(dict)
        for label in labels:
            name = display_name(plain(self._text[label.start : label.end]))
            if parse_name(name).is_full:
                self._full[parse_name(name).parts[-1].text].setdefault(name_key(name), label)
        self._lines: Counter[str] | None = None
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
        if says_role(label):
            shown = _ALPHABETIC.sub(_lower, label) if label.isupper() else label
            return Target(name=shown, kind=SpeakerKind.UNNAMED, method="label", steps=(step,))
        return self._named(label, source, step)

    def _named(self, label: str, source: Span, step: Step) -> Target | None:
        name = display_name(label)
        if not fold(name):
            return None
        entity = _only(self._entities.find(name))
        fuller = self._fuller(name)
        # The tagger may have seen only the surname among the capitals.
        if entity is not None and fuller is not None and _is_bare(entity):
            entity = None
        if entity is not None:
            exact = parse_name(name).is_full and any(
                mention.start >= source.start and mention.end <= source.end
                for mention in entity.mentions
            )
            short = any(fold(short.short) == fold(name) for short in entity.shorts)
            method = "name" if exact else "abbreviation" if short else "label"
            return named(self._entities, entity, (step,), method)
        if fold(name) in WRITINGS or not (fuller or self._recurs(label)):
            return None
        if fuller is not None:
            name = display_name(plain(self._text[fuller.start : fuller.end]))
            step_to = (fuller.start, fuller.end, "surname")
            steps = joined((step, step_to))
        else:
            steps = (step,)
        name = in_lower_case(name)
        return Target(name=name, kind=SpeakerKind.PERSON, method="label", steps=steps)

    def _fuller(self, name: str) -> Span | None:
        """Return the one label that gives a bare surname's full name, if there is one."""
        parts = parse_name(name).parts
        fuller = self._full.get(parts[-1].text, {}) if len(parts) == 1 else {}
        return next(iter(fuller.values())) if len(fuller) == 1 else None

    def _recurs(self, label: str) -> bool:
        """Tell whether another line of the text begins with the label."""
        if self._lines is None:
            found = (match.group(1) for match in _BEFORE_COLON.finditer(self._text))
            self._lines = Counter(fold(words) for words in found)
        return label.isupper() or self._lines[fold(label)] > 1

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
            reported = self._entities.layout.reported[mention.first]
            if reported or is_in_byline(self._text, start):
                continue
            around.setdefault(entity, []).append(mention)
            if _MET.search(before):
                met.setdefault(entity, mention)
        if len(met) == 1:
            return next(iter(met.items()))
        if len(around) == 1:
            ((entity, mentions),) = around.items()
            return entity, mentions[0]
        return self._taken_up(around) or self._presented(around)

    def _taken_up(self, around: dict[Entity, list[Mention]]) -> tuple[Entity, Mention] | None:
        """Return the only one named before "Ada Marsh met him in his kitchen"."""
        met = _MET_THEM.search(self._text)
        if met is None:
            return None
        start = max(self._text.rfind(mark, 0, met.start()) for mark in ".!?\n") + 1
        before = [(entity, m[0]) for entity, m in around.items() if m[0].start < start]
        return before[0] if len(before) == 1 else None

    def _presented(self, around: dict[Entity, list[Mention]]) -> tuple[Entity, Mention] | None:
        """Return the first person whom the words before the turns name, if the headline does too.

        Without a headline with a name: whoever they name twice as often as anybody else.
        """
        turn = _FIRST_TURN.search(self._text)
        before = {
            entity: [m for m in mentions if turn is None or m.start < turn.start()]
            for entity, mentions in around.items()
        }
        before = {entity: mentions for entity, mentions in before.items() if mentions}
        titled = [e for e, mentions in before.items() if any(m.headline for m in mentions)]
        if len(titled) == 1:
            return titled[0], before[titled[0]][0]
        ranked = sorted(before.items(), key=lambda item: -len(item[1]))
        if not ranked or titled:
            return None
        if len(ranked) > 1 and len(ranked[0][1]) < 2 * len(ranked[1][1]):
            return None
        return ranked[0][0], ranked[0][1][0]


def is_in_byline(text: str, start: int) -> bool:
    """Tell whether a name at a code point says who wrote the text, or asked the questions."""
    return _BYLINE.search(text[max(0, start - _BYLINE_REACH) : start]) is not None


def is_question_or_answer(text: str, source: Span) -> bool:
    """Tell whether a label says only that somebody asks or answers."""
    label = text[source.start : source.end].partition("(")[0]
    return set(fold(label).split()) <= _QUESTION | _ANSWER


def _lower(match: re.Match[str]) -> str:
    word = match.group()
    return word.capitalize() if match.start() == 0 else word.lower()


def _is_bare(entity: Entity) -> bool:
    """Tell whether all that the text has of a person's name is the surname."""
    person = entity.kind is SpeakerKind.PERSON and not entity.is_open
    return person and not any(parse_name(mention.name).is_full for mention in entity.mentions)


def _only(found: list[Entity]) -> Entity | None:
    """Return the one entity, or the one that the text names far more often."""
    people = [entity for entity in found if entity.kind is SpeakerKind.PERSON] or found
    ranked = sorted(people, key=lambda entity: -len(entity.mentions))
    if not ranked:
        return None
    if len(ranked) == 1 or len(ranked[0].mentions) >= 3 * len(ranked[1].mentions):
        return ranked[0]
    return None

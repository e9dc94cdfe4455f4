"""Whom an interview without labels is with, by its introduction and by how the talk goes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.evidence import named
from quotes.speakers.labels import is_in_byline
from quotes.speakers.names import parse_name
from quotes.speakers.titles import TITLE_WORDS

if TYPE_CHECKING:
    from quotes.speakers.coreference import Coreference
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Target
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

# What speaks for a person; the one with the most is interviewed, if anybody has enough.
_NAMED: Final = 1.0
_PRONOUN: Final = 0.5
_OFTEN: Final = 4
_HEADLINE: Final = 3.0
_FIRST: Final = 1.0
_OPENING_SUBJECT: Final = 2.0
_MET: Final = 6.0
# Whom a pronoun means there is told by the same guess that is to be made here.
_MET_BY_PRONOUN: Final = 1.0
_ADDRESSED: Final = 6.0
# Who is spoken of in the talk does not answer.
_SPOKEN_OF: Final = -4.0
# How far before a name the words that lead to it may begin, in code points.
_REACH: Final = 60
_ENOUGH: Final = 3.0
_AHEAD: Final = 1.5

_VERBS: Final = (
    r"\b(?i:interview(?:ed|s)?|(?:spoke|speaks|speak|talk(?:s|ed)?|sat down|sits down|"
    r"conversation|interview|q&a|meeting) (?:to|with)|caught up with)"
)
_MEETING: Final = re.compile(
    rf"(?:(?<![Hh]e )(?<![Tt]hey ){_VERBS}"
    r"|\b(?:[Ww]e|I|[A-Z][\w’'\-]+) (?:met|meets?|visit(?:s|ed)|asked)"
    r"|\bwas interviewed by)\b[^.,\nA-Z]*$"
)
_MEETING_THEM: Final = re.compile(
    r"\b(?:[Ww]e|I|[A-Z][\w’'\-]+) (?:met|meets?|visit(?:s|ed)|interview(?:s|ed)?|"
    r"(?:spoke|speaks?|talk(?:s|ed)?|sat down|sits down) (?:to|with))"
    r"(?: [a-z]+){0,3}? (?P<them>him|her|his)\b"
)
_ASKS: Final = re.compile(
    r"\W*(?:(?:met|meets|visited|visits|interviews|interviewed|spoke (?:to|with)|"
    r"sat down with|caught up with)\b)"
)
_SENTENCE_END: Final = frozenset(".!?…:")
_CLOSING: Final = " \t\r\n”\"’'»*_)]"
_COMMAS: Final = frozenset({",", "?", "!", ".", "—", "–"})


class Introduction:
    """Weighs the people whom a text names before the first question of its talk."""

    def __init__(self, layout: Layout, entities: Entities, coreference: Coreference) -> None:
        self._layout = layout
        self._entities = entities
        self._coreference = coreference
        # The paragraph that asks first, and the token behind the last answer.
        self._asked = layout.paragraph[layout.answers[0][0]] - 1 if layout.answers else -1
        self._end = layout.answers[-1][1] if layout.answers else 0
        self._taken_up = Counter(
            reference.entity
            for index, reference in coreference.pronouns.items()
            if reference is not None
            and layout.paragraph[index] < self._asked
            and not layout.reported[index]
        )
        self._score: dict[Entity, float] = {}
        self._shown: dict[Entity, Mention] = {}

    def interviewee(self) -> Target | None:
        """Return whoever answers; None where nobody is surely the one."""
        if not self._layout.answers:
            return None
        named_before = self._named_before()
        for entity, mentions in named_before.items():
            self._shown[entity] = mentions[0]
            self._score[entity] = self._named(entity, mentions) + self._in_talk(entity)
        self._open(named_before)
        self._met(named_before)
        ranked = sorted(self._shown, key=lambda entity: -self._score[entity])
        if not ranked:
            return None
        best = self._score[ranked[0]]
        ahead = best - self._score[ranked[1]] if len(ranked) > 1 else best
        if ahead < _AHEAD or best < (_ENOUGH if len(ranked) > 1 else _NAMED):
            return None
        place = self._shown[ranked[0]]
        step = (place.start, place.end, "interviewee")
        return named(self._entities, ranked[0], (step,), "interviewee")

    def _named_before(self) -> dict[Entity, list[Mention]]:
        """Return who is named before the first question, not by anybody quoted, and does not ask.

        The names stand in their order.
        """
        found: dict[Entity, list[Mention]] = {}
        asking: set[Entity] = set()
        for mention in sorted(self._entities.mentions, key=lambda one: one.first):
            entity = self._entities.of.get(mention)
            if mention.paragraph >= self._asked or entity is None:
                continue
            if not _is_one(entity):
                continue
            text = self._layout.text
            if is_in_byline(text, self._start(mention)) or _ASKS.match(text, mention.end):
                asking.add(entity)
            elif not self._layout.reported[mention.first] or self._heads(mention):
                found.setdefault(entity, []).append(mention)
        return {entity: mentions for entity, mentions in found.items() if entity not in asking}

    def _start(self, mention: Mention) -> int:
        return self._layout.offsets[mention.title[0] if mention.title else mention.first]

    def _heads(self, mention: Mention) -> bool:
        """Tell whether a name stands in a headline: a line at the top that is no sentence."""
        if mention.headline or mention.paragraph in self._layout.headlines:
            return True
        if mention.paragraph > 1:
            return False
        last, index = "", mention.last
        doc, paragraph = self._layout.doc, self._layout.paragraph
        while index < len(doc) and paragraph[index] == mention.paragraph:
            last = doc[index].text.strip(_CLOSING) or last
            index += 1
        return last[-1:] not in _SENTENCE_END

    def _named(self, entity: Entity, mentions: list[Mention]) -> float:
        """Weigh how often the narrator names somebody; a headline may name a place besides."""
        headed = any(self._heads(mention) for mention in mentions)
        borne_out = any(not self._heads(mention) for mention in entity.mentions)
        often = min(_NAMED * len(mentions) + _PRONOUN * self._taken_up[entity], _OFTEN)
        return often + _HEADLINE * (headed and borne_out)

    def _open(self, named_before: dict[Entity, list[Mention]]) -> None:
        """Weigh who is named first in the first sentence that names anybody, and is its subject."""
        told = [
            (mention, entity)
            for entity, mentions in named_before.items()
            for mention in mentions
            if not self._heads(mention)
        ]
        told.sort(key=lambda item: item[0].first)
        for _, entity in told[:1]:
            self._score[entity] += _FIRST
        opening = {e for m, e in told if m.subject and m.sentence == told[0][0].sentence}
        for entity in opening:
            self._score[entity] += _OPENING_SUBJECT

    def _met(self, named_before: dict[Entity, list[Mention]]) -> None:
        """Weigh who the text says was met: "We met her in her office", "spoke to Ada Marsh"."""
        layout = self._layout
        for entity, mentions in named_before.items():
            for mention in mentions:
                start = self._start(mention)
                if _MEETING.search(layout.text[max(0, start - _REACH) : start]):
                    self._score[entity] += _MET
                    self._shown[entity] = mention
                    break
        for match in _MEETING_THEM.finditer(layout.text, 0, layout.offsets[layout.answers[0][0]]):
            index, _ = layout.tokens_within(*match.span("them"))
            reference = self._coreference.pronouns.get(index)
            if reference is not None and reference.entity in self._score:
                self._score[reference.entity] += _MET_BY_PRONOUN

    def _in_talk(self, entity: Entity) -> float:
        """Weigh whether the questions address somebody by name; who is spoken of does not speak."""
        talked = [m for m in entity.mentions if m.paragraph >= self._asked and m.first < self._end]
        if any(map(self._is_addressed, talked)):
            return _ADDRESSED
        # By the given name people tell how others address them.
        surname = self._entities.name_of(entity).key.split()[-1]
        return _SPOKEN_OF if any(surname in m.key.split() for m in talked) else 0.0

    def _is_addressed(self, mention: Mention) -> bool:
        """Tell whether a question says a name to somebody: "Ms Marsh, why …?"."""
        layout = self._layout
        if layout.talk_before(mention.first) is not None:
            return False
        before, after = layout.before(mention.first), layout.word(mention.last)
        while layout.word(before).strip(".") in TITLE_WORDS:
            before = layout.before(before)
        opens = before < 0 or layout.paragraph[before] != mention.paragraph
        led = opens or layout.word(before) in _COMMAS
        return led and after in _COMMAS and after != "."


def _is_one(entity: Entity) -> bool:
    """Tell whether an entity is a person by a full name or a title, not likelier a place."""
    if entity.kind is not SpeakerKind.PERSON or entity.is_open:
        return False
    others = sum(m.body + m.place + m.nation for m in entity.mentions)
    full = any(m.title or parse_name(m.name).is_full for m in entity.mentions)
    return full and (entity.is_surely_person or not others)

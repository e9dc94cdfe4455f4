"""People and bodies who speak together: "Sens. Ada Marsh (D-Maine) and Khizr Roe"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.evidence import Target, joined, named
from quotes.speakers.nouns import PARTISANS
from quotes.speakers.sources import plain
from quotes.speakers.titles import TITLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.speakers.entities import Entities
    from quotes.speakers.evidence import Step
    from quotes.speakers.layout import Layout
    from quotes.speakers.mentions import Mention
    from quotes.speakers.pronouns import Reference

# The words that join, and what they make of those joined.
_JOINING: Final = {
    **dict.fromkeys(("and", "&", "plus", "as well as"), "and"),
    "or": "or",
    "nor": "nor",
}
# What may stand between two people: commas, "both", the party and state of a politician.
_BETWEEN: Final = frozenset({",", "-", ".", "both", "either", "neither", "the", "jointly"})
_PARTY: Final = re.compile(r"[RDI]\W|[RDI]$")
_LONGEST_ASIDE: Final = 8
_LONGEST_DESCRIPTION: Final = 12
_LONGEST_LIST: Final = 40
_IN_FRONT: Final = frozenset({"", "and", "&", ",", "as", "both", "plus", "the", "with", "’s", "'s"})


@dataclass(frozen=True, slots=True)
class Joined:
    """Those named side by side and the word between: "and", "or" or "nor"."""

    mentions: tuple[Mention, ...]
    by: str


class Together:
    """Finds people and bodies named side by side and joined by "and"."""

    def __init__(
        self, layout: Layout, entities: Entities, pronouns: Mapping[int, Reference | None]
    ) -> None:
        self._layout = layout
        self._entities = entities
        self._pronouns = pronouns

    def read(self, first: int, last: int, *, bodies: bool = True) -> Joined | None:
        """Return those whom the words `[first, last)` join; None where they join nobody."""
        found: list[Mention] = []
        by = ""
        index = first
        while index < last:
            mention = self._entities.at_token(index)
            if mention is not None and self._speaks(mention, bodies) and mention.last <= last:
                if not found and self._is_modifier(mention, last):
                    return None
                found.append(mention)
                index = mention.last
            elif not found and (one := self._taken_up(index)) is not None:
                found.append(one)
                index += 1
            elif found and (word := self._joining(index)):
                # A later "and" joins what follows it to those before.
                after = self._next(index + len(word.split()), last, bodies)
                by = _JOINING[word] if after is not None else ""
                if after is None:
                    break
                index = after
            elif (after := self._past(index, last, found)) is not None:
                index = after
            else:
                break
        if not by or len(found) < 2 or self._is_modifier(found[-1], last):
            return None
        return Joined(tuple(found), by)

    def groups(self) -> dict[int, list[Mention]]:
        """Return all people named side by side in the text, by their first word."""
        found: dict[int, list[Mention]] = {}
        after = 0
        for mention in self._entities.mentions:
            if mention.first >= after and self._speaks(mention, bodies=False):
                limit = min(mention.first + _LONGEST_LIST, len(self._layout.doc))
                end = self._layout.sentence_end(mention.first)
                people = self.read(mention.first, min(limit, end), bodies=False)
                if people is not None and people.by == "and":
                    found[mention.first] = list(people.mentions)
                    after = people.mentions[-1].last
        return found

    def _speaks(self, mention: Mention, bodies: bool) -> bool:
        entity = self._entities.of.get(mention)
        if entity is None:
            return False
        body = entity.kind is SpeakerKind.ORGANISATION
        party = self._layout.word(mention.last - 1) in PARTISANS or _PARTY.match(mention.text)
        own = body and not entity.is_nation and not party
        return entity.kind is SpeakerKind.PERSON or (bodies and own)

    def _taken_up(self, index: int) -> Mention | None:
        """Return the name for "he" in "he and Khizr Roe"."""
        reference = self._pronouns.get(index)
        if reference is None or self._layout.doc[index].tag_ != "PRP":
            return None
        entity = reference.entity
        return self._entities.last_before(entity, index) if entity.mentions else None

    def _joining(self, index: int) -> str:
        word = self._layout.word(index)
        if word == "as":
            word = " ".join(self._layout.word(i) for i in range(index, index + 3))
        return word if word in _JOINING else ""

    def _next(self, index: int, last: int, bodies: bool) -> int | None:
        """Return where the next is named, behind titles or what describes him; None if nowhere."""
        start = index
        while index < last and self._layout.word(index).strip(".") in TITLE_WORDS | {"", "the"}:
            index += 1
        mention = self._entities.at_token(index) if index < last else None
        if mention is not None and self._speaks(mention, bodies):
            return index
        return self._behind_description(start, last)

    def _behind_description(self, index: int, last: int) -> int | None:
        """Return where the person of "her lawyer, Khizr Roe" or "lawyer Khizr Roe" is named."""
        for place in range(index + 1, min(index + _LONGEST_DESCRIPTION, last)):
            mention = self._entities.at_token(place)
            if mention is None or not self._speaks(mention, bodies=False):
                continue
            told = self._entities.descriptors.get(mention, ())
            if any(index <= found.token < mention.first for found in told):
                return mention.first
            if self._layout.word(mention.last) not in {"’s", "'s", "’", "'"}:
                return None
        return None

    def _past(self, index: int, last: int, found: Sequence[Mention]) -> int | None:
        """Return the token behind one that may stand between people; None where it may not."""
        word = self._layout.word(index)
        if word in PARTISANS and not found:
            return index + 1
        if word == "(":
            ahead = range(index + 1, min(index + _LONGEST_ASIDE, last))
            return next((i + 1 for i in ahead if self._layout.word(i) == ")"), None)
        if word == "," and found and (after := self._past_description(index, last, found[-1])):
            return after
        text = self._layout.doc[index].text
        before = self._layout.word(index - 1)
        if word in _BETWEEN or word.strip(".") in TITLE_WORDS or _PARTY.match(text):
            return index + 1
        # The state behind the party, and white space.
        known = before in {"-", "–"} or self._layout.doc[index].is_space
        is_age = text.isdecimal() and before == ","
        return index + 1 if known or is_age else None

    def _past_description(self, comma: int, last: int, mention: Mention) -> int | None:
        """Return the token behind ", the mayor of Norwell," where that describes a person."""
        told = self._entities.descriptors.get(mention, ())
        within = range(comma + 1, min(comma + _LONGEST_DESCRIPTION, last))
        for found in told:
            if found.token in within:
                ends = (i for i in within if i > found.token and self._layout.word(i) == ",")
                return next((i + 1 for i in ends), None)
        return None

    def _is_modifier(self, mention: Mention, last: int) -> bool:
        """Tell whether a name only says whose aides speak: "the Marsh and Roe aides"."""
        index = mention.last
        if index < last and self._layout.doc[index].tag_ == "POS":
            index += 1
        return index < last and self._layout.doc[index].pos_ == "NOUN"

    def target(self, people: Sequence[Mention], steps: tuple[Step, ...]) -> Target:
        """Return those people as one speaker, each by the fullest form of the name."""
        return self.joined(Joined(tuple(people), "and"), steps)

    def taken_up(self, people: Sequence[Mention], steps: tuple[Step, ...]) -> Target:
        """Return those people for "they" or "the two", over the words that join them if any do."""
        first, last = people[0], people[-1]
        beside = self.read(first.first, last.last)
        if beside is not None and beside.mentions == tuple(people):
            steps = (*steps, (first.start, last.end, "pronoun"))
        return replace(self.target(people, steps), method="coreference")

    def joined(self, those: Joined, steps: tuple[Step, ...]) -> Target:
        """Return those joined as one speaker; of "Marsh or Roe" the text does not tell who spoke.

        Its members are those who speak together, so none where one of them alone speaks.
        """
        names = [self._name(mention) for mention in those.mentions]
        places = tuple((mention.start, mention.end, "name") for mention in those.mentions)
        return Target(
            name=f"{', '.join(names[:-1])} {those.by} {names[-1]}",
            kind=SpeakerKind.GROUP,
            method="name",
            steps=joined((*steps, *places)),
            members=self.members(those.mentions) if those.by == "and" else (),
        )

    def members(self, mentions: Iterable[Mention]) -> tuple[Target, ...]:
        """Return whom the mentions name, each once, those left out whom the text does not tell."""
        found: dict[str, Target] = {}
        for mention in mentions:
            place = ((mention.start, mention.end, "name"),)
            target = named(self._entities, self._entities.of[mention], place, "name")
            if target is not None:
                found.setdefault(target.name, target)
        return tuple(found.values())

    def named_among(self, first: int, last: int) -> tuple[Target, ...]:
        """Return those of "Ada Marsh and other officials" whom the words name."""
        return self.members(self._heads(first, last))

    def _heads(self, first: int, last: int) -> list[Mention]:
        """Return the names that are members of a list, not owners or places of one."""
        found: list[Mention] = []
        index = first
        while index < last:
            mention = self._entities.at_token(index)
            if mention is None:
                index += 1
                continue
            start = mention.title[0] if mention.title else mention.first
            in_front = self._layout.word(start - 1) if start > first else ""
            behind = self._layout.token(mention.last)
            owner = behind is not None and behind.tag_ == "POS"
            bound = owner or self._is_modifier(mention, last)
            if self._speaks(mention, bodies=True) and in_front in _IN_FRONT and not bound:
                found.append(mention)
            elif bound and in_front in {"and", "&"}:
                # "Marsh and Roe aides" are aides of both.
                found = found[:-1]
            index = mention.last
        return found

    def _name(self, mention: Mention) -> str:
        entity = self._entities.of[mention]
        best = mention if entity.is_open else self._entities.name_of(entity)
        return plain(self._entities.shown(best))

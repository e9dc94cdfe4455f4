"""People and bodies who speak together: "Sens. Ada Marsh (D-Maine) and Khizr Roe"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.evidence import Target, joined, named
from quotes.speakers.joining import (
    JOINING,
    is_plural_of_people,
    is_possessive,
    joining,
    past_office,
)
from quotes.speakers.nouns import PARTISANS
from quotes.speakers.sources import plain
from quotes.speakers.titles import TITLE_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quotes.speakers.entities import Entities
    from quotes.speakers.evidence import Step
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention
    from quotes.speakers.pronouns import Reference

_AFFILIATING: Final = frozenset({"at", "of", "from"})
# What is in the name of a body of the state, which is no firm.
_OF_STATE: Final = words(
    """
    administration agency army assembly bureau city commission committee congress council county
    court courts department government house kingdom kremlin ministry nations office parliament
    party pentagon police republic senate states treasury white
    """
)
# What may stand between two people: commas, "both", the party and state of a politician.
_BETWEEN: Final = frozenset({",", "-", ".", "both", "either", "neither", "the", "jointly"})
_PARTY: Final = re.compile(r"[RDI]\W|[RDI]$")
_LONGEST_ASIDE: Final = 8
_LONGEST_DESCRIPTION: Final = 12
_DESCRIBING: Final = frozenset({"ADJ", "DET", "NOUN", "NUM", "PROPN"})
_LONGEST_LIST: Final = 40
_OWNING: Final = frozenset({"'s", "’s", "'", "’"})
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
        # "Norland" in "Norland Gov. Ada Marsh" is a part of the title.
        self._titles = {
            index for m in entities.mentions if m.title is not None for index in range(*m.title)
        }

    def read(self, first: int, last: int, *, bodies: bool = True) -> Joined | None:
        """Return those whom the words `[first, last)` join; None where they join nobody."""
        found: list[Mention] = []
        by = ""
        index = self._behind_plural(first, last)
        while index < last:
            mention = self._entities.at_token(index)
            if mention is not None and (after := self._owned(mention, last)) is not None:
                index = after
            elif mention is not None and self._speaks(mention, bodies) and mention.last <= last:
                if not found and self._is_modifier(mention, last):
                    return None
                found.append(mention)
                index = mention.last
            elif not found and (one := self._taken_up(index)) is not None:
                found.append(one)
                index += 1
            elif found and (word := joining(self._layout, index)):
                # A later "and" joins what follows it to those before.
                after = self._next(index + len(word.split()), last, bodies)
                by = JOINING[word] if after is not None else ""
                if after is None:
                    break
                index = after
            elif (after := self._past(index, last, found)) is not None:
                index = after
            else:
                break
        bare = self._is_bare_pair(found, first, last) or self._heads_text(first, last, found)
        if not by and index == last and bare:
            by = "and"
        if not by or len(found) < 2 or self._is_modifier(found[-1], last):
            return None
        return Joined(tuple(found), by)

    def _heads_text(self, first: int, last: int, found: Sequence[Mention]) -> bool:
        """Tell whether the words are a headline's "Marsh, Roe", with nothing but people in them."""
        people = all(self._entities.of[m].kind is SpeakerKind.PERSON for m in found)
        long = sum(m.last - (m.title[0] if m.title else m.first) for m in found)
        commas = sum(self._layout.word(i) == "," for i in range(first, last))
        whole = long + commas == last - first and commas == len(found) - 1
        return people and whole and self._layout.paragraph[first] == 0

    def groups(self, *, firms: bool = False) -> dict[int, list[Mention]]:
        """Return all people named side by side in the text, or all firms, by the first word."""
        found: dict[int, list[Mention]] = {}
        after = 0
        for mention in self._entities.mentions:
            if mention.first >= after and self._is_one(mention, firms):
                limit = min(mention.first + _LONGEST_LIST, len(self._layout.doc))
                end = self._layout.sentence_end(mention.first)
                people = self.read(mention.first, min(limit, end), bodies=firms)
                alike = people is not None and all(self._is_one(m, firms) for m in people.mentions)
                begun = firms and self._goes_before(mention)
                if people is not None and alike and people.by == "and" and not begun:
                    found[mention.first] = list(people.mentions)
                    after = people.mentions[-1].last
        return found

    def _goes_before(self, mention: Mention) -> bool:
        """Tell whether another name stands before this one in its list."""
        comma = self._layout.word(mention.first - 1) == ","
        return comma and self._entities.at_token(mention.first - 2) is not None

    def _is_one(self, mention: Mention, firm: bool) -> bool:
        """Tell whether a name is a person's, or may be a firm's: "Google", but not "Congress"."""
        entity = self._entities.of.get(mention)
        if not firm or entity is None:
            return self._speaks(mention, bodies=False)
        name = self._entities.name_of(entity)
        person = entity.kind is SpeakerKind.PERSON and (" " in name.key or mention.title)
        state = not _OF_STATE.isdisjoint(name.key.split()) or entity.is_place
        return self._speaks(mention, bodies=True) and not person and not state

    def _speaks(self, mention: Mention, bodies: bool) -> bool:
        entity = self._entities.of.get(mention)
        if entity is None or mention.first in self._titles:
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

    def _next(self, index: int, last: int, bodies: bool) -> int | None:
        """Return where the next is named, behind titles or what describes him; None if nowhere."""
        start = index
        while index < last and self._is_title(index):
            index += 1
        mention = self._entities.at_token(index) if index < last else None
        if mention is not None and (after := self._owned(mention, last)) is not None:
            return after
        held = mention is not None and self._is_modifier(mention, last)
        body = mention is not None and self._speaks(mention, bodies) and not held
        if mention is not None and self._speaks(mention, bodies=False) and not held:
            return index
        # "Norland mayor Khizr Roe" is no place.
        described = self._behind_description(start, last)
        return index if described is None and body else described

    def _is_title(self, index: int) -> bool:
        word = self._layout.word(index).strip(".")
        return index in self._titles or word in TITLE_WORDS | {"", "the"}

    def _behind_plural(self, first: int, last: int) -> int:
        """Return the first name's place in "party candidates Ada Marsh and Khizr Roe"."""
        for index in range(first, min(first + _LONGEST_ASIDE, last)):
            mention = self._entities.at_token(index)
            if mention is not None and self._speaks(mention, bodies=False):
                plural = index > first and self._layout.doc[index - 1].tag_ == "NNS"
                return index if plural else first
            if self._layout.doc[index].pos_ not in {"ADJ", "NOUN", "PROPN", "DET", "NUM"}:
                break
        return first

    def _is_bare_pair(self, found: Sequence[Mention], first: int, last: int) -> bool:
        """Tell whether the words are "Marsh, Roe" and no more, as headlines put two people."""
        if len(found) != 2 or (found[0].first, found[1].last) != (first, last):
            return False
        beside = found[1].first == found[0].last + 1 and self._layout.word(found[0].last) == ","
        return beside and all(self._speaks(mention, bodies=False) for mention in found)

    def _behind_description(self, index: int, last: int) -> int | None:
        """Return where the person of "her lawyer, Khizr Roe" or "lawyer Khizr Roe" is named."""
        for _, mention in self._people_behind(index, last):
            told = self._entities.descriptors.get(mention, ())
            if any(index <= found.token < mention.first for found in told):
                return mention.first
            if self._layout.word(mention.last) not in {"’s", "'s", "’", "'"}:
                return None
        return None

    def _people_behind(self, index: int, last: int) -> Iterator[tuple[int, Mention]]:
        """Yield each token of a person's name behind one, as far as a description may go."""
        for place in range(index + 1, min(index + _LONGEST_DESCRIPTION, last)):
            mention = self._entities.at_token(place)
            if mention is not None and self._speaks(mention, bodies=False):
                yield place, mention

    def _owned(self, mention: Mention, last: int) -> int | None:
        """Return where the person of "Noonday's Khizr Roe" is named; None where it is no such."""
        index = mention.last + 1
        entity = self._entities.of.get(mention)
        if index >= last or entity is None or entity.kind is SpeakerKind.PERSON:
            return None
        other = self._entities.at_token(index)
        if other is None or not is_possessive(self._layout, index - 1):
            return None
        return index if self._speaks(other, bodies=False) else None

    def _led_up_to(self, first: int, last: int) -> int | None:
        """Return the first name behind "former mayor" or "the senators", if nothing else is."""
        for place, mention in self._people_behind(first, last):
            told = self._entities.descriptors.get(mention, ())
            start = self._layout.offsets[first]
            if any(found.relation == "title" and found.start <= start for found in told):
                return mention.first
            plain = all(token.pos_ in _DESCRIBING for token in self._layout.doc[first:place])
            of_people = is_plural_of_people(self._layout, mention.first - 1)
            return mention.first if plain and of_people else None
        return None

    def _past(self, index: int, last: int, found: Sequence[Mention]) -> int | None:
        """Return the token behind one that may stand between people; None where it may not."""
        word, before = self._layout.word(index), self._layout.word(index - 1)
        if word in PARTISANS and not found:
            return index + 1
        if word == "(":
            ahead = range(index + 1, min(index + _LONGEST_ASIDE, last))
            return next((i + 1 for i in ahead if self._layout.word(i) == ")"), None)
        if word == "of" and self._layout.word(index - 1) in TITLE_WORDS and not found:
            return past_office(self._layout, index + 1, last)
        if index in self._titles:
            return index + 1
        if word == "," and found and (after := self._past_description(index, last, found[-1])):
            return after
        if word == "," and found and self._entities.at_token(index + 1) is None:
            described = self._behind_description(index + 1, last)
            if described is not None and self._goes_on(index + 1, described, last):
                return described
        ends = index + 1 == last or joining(self._layout, index + 1)
        if ends and is_possessive(self._layout, index):
            return index + 1
        if word in _AFFILIATING and found:
            return self._past_affiliation(index, last)
        text = self._layout.doc[index].text
        if word in _BETWEEN or word.strip(".") in TITLE_WORDS or _PARTY.match(text):
            return index + 1
        # The state behind the party, and white space.
        known = before in {"-", "–"} or self._layout.doc[index].is_space
        is_age = text.isdecimal() and before == ","
        if known or is_age:
            return index + 1
        return self._led_up_to(index, last) if not found else None

    def _goes_on(self, start: int, index: int, last: int) -> bool:
        """Tell whether one name stands at a token behind its description, and more follow it."""
        mention = self._entities.at_token(index)
        behind = mention.last if mention is not None else last
        if any(self._parts(place) for place in range(start, index)):
            return False
        return behind < last and self._parts(behind)

    def _parts(self, index: int) -> bool:
        return self._layout.word(index) == "," or bool(joining(self._layout, index))

    def _past_affiliation(self, index: int, last: int) -> int | None:
        """Return the token behind "of Norwell University" where a list of people goes on there."""
        after = index + 1
        while after < last and (
            self._layout.doc[after].pos_ == "PROPN" or self._layout.word(after) in {"the", "of"}
        ):
            after += 1
        following = after + 1 if self._layout.word(after) == "," else after
        following += len(joining(self._layout, following).split())
        if after == index + 1 or following == after or following >= last:
            return None
        return after if self._next(following, last, bodies=False) is not None else None

    def _past_description(self, comma: int, last: int, mention: Mention) -> int | None:
        """Return the token behind ", the mayor of Norwell," where that describes a person."""
        told = self._entities.descriptors.get(mention, ())
        within = range(comma + 1, min(comma + _LONGEST_DESCRIPTION, last))
        if self._layout.word(comma + 1) == "who":
            closed = next((i for i in within if self._layout.word(i) == ","), None)
            return closed + 1 if closed is not None and joining(self._layout, closed + 1) else None
        for found in told:
            if found.token in within:
                # "Marsh, two other senators," describes those who follow.
                between = range(comma + 1, found.token + 2)
                if any(is_plural_of_people(self._layout, place) for place in between):
                    return None
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

"""People and bodies who speak together: "Sens. Ada Marsh (D-Maine) and Khizr Roe"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.evidence import Target, joined
from quotes.speakers.sources import plain
from quotes.speakers.titles import TITLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.speakers.entities import Entities
    from quotes.speakers.evidence import Step
    from quotes.speakers.layout import Layout
    from quotes.speakers.mentions import Mention

_JOINING: Final = frozenset({"and", "&", "or", "plus"})
# What may stand between two people: commas, "both", the party and state of a politician.
_BETWEEN: Final = frozenset({",", "-", ".", "both", "the", "jointly"})
_PARTY: Final = re.compile(r"[RDI]\W|[RDI]$")
_LONGEST_ASIDE: Final = 8
_LONGEST_LIST: Final = 40


class Together:
    """Finds people named side by side and joined by "and"."""

    def __init__(self, layout: Layout, entities: Entities) -> None:
        self._layout = layout
        self._entities = entities

    def people(self, first: int, last: int) -> list[Mention]:
        """Return the people whom the words `[first, last)` join; none where they join nobody."""
        found: list[Mention] = []
        is_joined = False
        index = first
        while index < last:
            mention = self._entities.at_token(index)
            if mention is not None and self._is_person(mention) and mention.last <= last:
                found.append(mention)
                index = mention.last
            elif self._layout.word(index) in _JOINING and found:
                # A later "and" joins what follows it to those before.
                is_joined = self._comes_next(index + 1, last)
                if not is_joined:
                    break
                index += 1
            elif (after := self._past(index, last)) is not None:
                index = after
            else:
                break
        return found if is_joined and len(found) > 1 else []

    def groups(self) -> dict[int, list[Mention]]:
        """Return all people named side by side in the text, by their first word."""
        found: dict[int, list[Mention]] = {}
        after = 0
        for mention in self._entities.mentions:
            if mention.first >= after and self._is_person(mention):
                limit = min(mention.first + _LONGEST_LIST, len(self._layout.doc))
                end = self._layout.sentence_end(mention.first)
                people = self.people(mention.first, min(limit, end))
                if people:
                    found[mention.first] = people
                    after = people[-1].last
        return found

    def _is_person(self, mention: Mention) -> bool:
        entity = self._entities.of.get(mention)
        return entity is not None and entity.kind is SpeakerKind.PERSON

    def _comes_next(self, index: int, last: int) -> bool:
        """Tell whether a person is named next, behind no more than titles."""
        while index < last and self._layout.word(index) in TITLE_WORDS | {"."}:
            index += 1
        mention = self._entities.at_token(index) if index < last else None
        return mention is not None and self._is_person(mention)

    def _past(self, index: int, last: int) -> int | None:
        """Return the token behind one that may stand between people; None where it may not."""
        word = self._layout.word(index)
        if word == "(":
            ahead = range(index + 1, min(index + _LONGEST_ASIDE, last))
            return next((i + 1 for i in ahead if self._layout.word(i) == ")"), None)
        text = self._layout.doc[index].text
        before = self._layout.word(index - 1)
        if word in _BETWEEN or word.strip(".") in TITLE_WORDS or _PARTY.match(text):
            return index + 1
        # The state behind the party, and white space.
        known = before in {"-", "–"} or self._layout.doc[index].is_space
        return index + 1 if known else None

    def target(self, people: Sequence[Mention], steps: tuple[Step, ...]) -> Target:
        """Return those people as one speaker, each by the fullest form of the name."""
        names = [self._name(mention) for mention in people]
        places = tuple((mention.start, mention.end, "name") for mention in people)
        return Target(
            name=", ".join(names[:-1]) + " and " + names[-1],
            kind=SpeakerKind.GROUP,
            method="name",
            steps=joined((*steps, *places)),
        )

    def _name(self, mention: Mention) -> str:
        entity = self._entities.of[mention]
        best = mention if entity.is_open else self._entities.name_of(entity)
        return plain(self._entities.shown(best))

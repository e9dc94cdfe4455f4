"""Bearers of one surname: which of them a bare surname means, by title, order and nearness."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotes.speakers.names import fold
from quotes.speakers.nouns import FEMININE, MASCULINE
from quotes.speakers.titles import COURTESY_FEMININE, COURTESY_MASCULINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.speakers.descriptors import Descriptor
    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout
    from quotes.speakers.mentions import Mention

_GOES_ON: Final = 2
_GIVEN: Final = 2
_OTHER: Final = {"feminine": "masculine", "masculine": "feminine"}


class Titles:
    """What the titles and descriptions around names tell."""

    def __init__(self, layout: Layout, descriptors: Mapping[Mention, Sequence[Descriptor]]) -> None:
        self.layout = layout
        self._descriptors = descriptors

    def courtesy(self, mention: Mention) -> str:
        """Return `feminine` for "Ms." before the name, `masculine` for "Mr.", else nothing."""
        if mention.title is None:
            return ""
        titles = {fold(self.layout.doc[index].text) for index in range(*mention.title)}
        if titles & COURTESY_FEMININE:
            return "feminine"
        return "masculine" if titles & COURTESY_MASCULINE else ""

    def courtesy_of(self, mentions: Iterable[Mention]) -> str:
        """Return what the titles and gendered descriptions of several mentions tell."""
        votes: Counter[str] = Counter()
        for mention in mentions:
            votes[self.courtesy(mention)] += 1
            for found in self._descriptors[mention]:
                votes["feminine"] += found.head in FEMININE
                votes["masculine"] += found.head in MASCULINE
        if votes["feminine"] == votes["masculine"]:
            return ""
        return "feminine" if votes["feminine"] > votes["masculine"] else "masculine"

    def roles(self, mentions: Iterable[Mention]) -> set[str]:
        """Return the nouns in the titles before names."""
        return {
            found.head
            for mention in mentions
            for found in self._descriptors[mention]
            if found.relation == "title"
        }


@dataclass(slots=True, eq=False)
class _Bearer:
    entity: Entity
    full: list[Mention]
    firsts: list[int]
    courtesy: str
    roles: set[str]
    given: int
    is_sure: bool
    settled: int = 0

    def last_before(self, first: int) -> Mention | None:
        """Return the last full mention before a token."""
        place = bisect_left(self.firsts, first)
        return self.full[place - 1] if place else None


class Bearers:
    """The people whom a text gives one surname; takes its bare mentions in order."""

    def __init__(
        self, entities: Iterable[Entity], titles: Titles, genders: Mapping[Entity, str]
    ) -> None:
        self._titles = titles
        self._all = []
        self._last: tuple[Mention, _Bearer] | None = None
        for entity in entities:
            full = sorted(entity.mentions, key=lambda mention: mention.first)
            firsts = [mention.first for mention in full]
            told = titles.courtesy_of(full)
            courtesy = told or genders.get(entity, "")
            given = sum(" " not in mention.key for mention in full)
            roles = titles.roles(full)
            self._all.append(_Bearer(entity, full, firsts, courtesy, roles, given, bool(told)))

    def choose(self, mention: Mention) -> Entity | None:
        """Return the bearer that a bare surname means; None where the text leaves it open."""
        fitting = self._fitting(mention)
        before = [bearer for bearer in fitting if bearer.last_before(mention.first)]
        if not before and mention.headline:
            before = fitting
        if not before:
            before = fitting if len(fitting) == 1 else []
        chosen = before[0] if len(before) == 1 else self._nearest(mention, before)
        if chosen is None:
            return None
        courtesy = self._titles.courtesy(mention)
        if courtesy and not chosen.is_sure and len(before) == 1:
            # "Mr. Marsh" before anybody else of that name is introduced tells more than pronouns.
            chosen.courtesy, chosen.is_sure = courtesy, True
        chosen.settled += 1
        self._last = (mention, chosen)
        return chosen.entity

    def of_gender(self, gender: str) -> Entity | None:
        """Return the one bearer of this gender; None where another's is not known to differ."""
        if not gender or any(not bearer.courtesy for bearer in self._all):
            return None
        fitting = [bearer.entity for bearer in self._all if bearer.courtesy == gender]
        return fitting[0] if len(fitting) == 1 else None

    def _fitting(self, mention: Mention) -> list[_Bearer]:
        """Return the bearers whom the title before the surname fits."""
        courtesy = self._titles.courtesy(mention)
        if courtesy:
            sure = [b for b in self._all if b.is_sure and b.courtesy == courtesy]
            if len(sure) == 1:
                return sure
            others = [b for b in self._all if b.courtesy != _OTHER[courtesy]]
            return [b for b in others if b.courtesy == courtesy] or others
        roles = self._titles.roles([mention])
        return [b for b in self._all if roles & b.roles] or self._by_surname()

    def _by_surname(self) -> list[_Bearer]:
        """Return the bearers whom the text does not rather call by the given name alone."""
        often = max(bearer.given for bearer in self._all)
        rarely = [bearer for bearer in self._all if 2 * bearer.given <= often]
        return rarely if often >= _GIVEN and rarely else self._all

    def _nearest(self, mention: Mention, bearers: Sequence[_Bearer]) -> _Bearer | None:
        """Return the bearer named just before, or else the one whom most bare surnames mean."""
        if not bearers:
            return None
        near = [
            bearer
            for bearer in bearers
            if (last := bearer.last_before(mention.first)) is not None
            and self._titles.layout.apart(last.sentence, mention.sentence) <= 1
            and last.subject
        ]
        if near:
            return near[0] if len(near) == 1 else None
        first, second, *_ = sorted(bearers, key=lambda bearer: -bearer.settled)
        if first.settled - second.settled >= 2:
            return first
        if self._last and self._goes_on(mention, bearers):
            return self._last[1]
        return self._first_named()

    def _first_named(self) -> _Bearer | None:
        """Return the bearer whom the text brings in first: whom it is about.

        None where two come in by one sentence.
        """
        first, second, *_ = sorted(self._all, key=lambda bearer: bearer.firsts[0])
        return first if first.full[0].sentence < second.full[0].sentence else None

    def _goes_on(self, mention: Mention, bearers: Sequence[_Bearer]) -> bool:
        """Tell whether the last bare surname is near and nobody was named in full since."""
        last, chosen = self._last or (mention, None)
        if chosen not in bearers or mention.paragraph - last.paragraph > _GOES_ON:
            return False
        full = (bearer.last_before(mention.first) for bearer in bearers)
        return all(other is None or other.first < last.first for other in full)

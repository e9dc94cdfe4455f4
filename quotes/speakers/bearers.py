"""Bearers of one surname: which of them a bare surname means, by title, order and nearness."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotes.speakers.given import leaning_of
from quotes.speakers.names import fold, parse_name
from quotes.speakers.nouns import FEMININE, MASCULINE
from quotes.speakers.titles import COURTESY_FEMININE, COURTESY_MASCULINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.speakers.descriptors import Descriptor
    from quotes.speakers.entity import Entity
    from quotes.speakers.groups import Group
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

# A bare surname goes on meaning whom it meant in so many paragraphs.
_GOES_ON: Final = 2
# So often a text must call somebody by the given name alone for the surname to mean another.
_GIVEN: Final = 4
# How far a given name must lean to tell between bearers under one title.
_LEANS: Final = 0.3
_AGED: Final = {"elder": "elder", "older": "elder", "senior": "elder"} | dict.fromkeys(
    ("younger", "junior"), "younger"
)
_AGES: Final = {"sr": "elder", "jr": "younger", "ii": "younger", "iii": "younger"}
_OTHER: Final = {"feminine": "masculine", "masculine": "feminine"}


def take_named_just_now(group: Group, bearer: Entity) -> list[Mention]:
    """Take from a place's mentions those that are the surname of someone just named in full.

    "Washington said" in the sentence after "Denise Washington said" is hers, unless something is
    said to be in it.
    """
    full = sorted(bearer.mentions, key=lambda mention: mention.first)
    firsts = [mention.first for mention in full]
    found: dict[Mention, None] = {}
    for mention in group.mentions:
        place = bisect_left(firsts, mention.first)
        last = full[place - 1] if place else None
        if last is None or mention.located or not (mention.subject and last.subject):
            continue
        if last.paragraph == mention.paragraph and mention.sentence - last.sentence <= 1:
            found[mention] = None
    group.mentions = [mention for mention in group.mentions if mention not in found]
    return list(found)


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

    def age(self, mention: Mention) -> str:
        """Return `elder` or `younger` where the word before the name says so."""
        return _AGED.get(self.layout.word(self.layout.before(mention.first)), "")

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
    leans: str
    settled: int = 0

    @property
    def age(self) -> str:
        """Whether the name tells that this is the elder or the younger, by "Sr." or "Jr."."""
        return _AGES.get(parse_name(self.full[0].name).suffix, "")


class Bearers:
    """The people whom a text gives one surname; takes its bare mentions in order."""

    def __init__(
        self, entities: Iterable[Entity], titles: Titles, genders: Mapping[Entity, str]
    ) -> None:
        self._titles = titles
        self._all = []
        for entity in entities:
            full = sorted(entity.mentions, key=lambda mention: mention.first)
            firsts = [mention.first for mention in full]
            told = titles.courtesy_of(full)
            told_by = [one for one in full if not (one.quoted or one.headline)]
            given = sum(" " not in mention.key for mention in told_by)
            roles = titles.roles(full)
            lean = leaning_of(mention.name for mention in full)
            leans = "feminine" if lean > _LEANS else "masculine" if lean < -_LEANS else ""
            # Pronouns near by may be another's, where the given name speaks against them.
            taken = genders.get(entity, "")
            courtesy = told or ("" if leans and leans != taken else taken)
            self._all.append(
                _Bearer(entity, full, firsts, courtesy, roles, given, bool(told), leans)
            )
        self._fitting: dict[tuple[str, frozenset[str]], Rivals] = {}
        self._last: tuple[Mention, _Bearer] | None = None

    def choose(self, mention: Mention) -> Entity | None:
        """Return the bearer that a bare surname means; None where the text leaves it open."""
        age = self._titles.age(mention)
        if age:
            aged = [bearer for bearer in self._all if bearer.age == age]
            chosen = aged[0] if len(aged) == 1 else None
        else:
            chosen = self._among_rivals(mention)
        if chosen is None:
            return None
        for rivals in self._fitting.values():
            rivals.settle(chosen)
        chosen.settled += 1
        self._last = (mention, chosen)
        return chosen.entity

    def of_gender(self, gender: str) -> Entity | None:
        """Return the one bearer of this gender; None where another's is not known to differ."""
        if not gender or any(not bearer.courtesy for bearer in self._all):
            return None
        fitting = [bearer.entity for bearer in self._all if bearer.courtesy == gender]
        return fitting[0] if len(fitting) == 1 else None

    def _among_rivals(self, mention: Mention) -> _Bearer | None:
        rivals = self._rivals(mention)
        chosen = rivals.choose(mention, self._last)
        courtesy = self._titles.courtesy(mention)
        if chosen is not None and courtesy and not chosen.is_sure and rivals.is_alone(mention):
            # "Mr. Marsh" before anybody else of that name is introduced tells more than pronouns.
            chosen.courtesy, chosen.is_sure = courtesy, True
            self._fitting.clear()
        return chosen

    def _rivals(self, mention: Mention) -> Rivals:
        """Return the bearers whom the title before the surname fits."""
        courtesy = self._titles.courtesy(mention)
        roles = frozenset() if courtesy else frozenset(self._titles.roles([mention]))
        key = (courtesy, roles)
        if key not in self._fitting:
            if courtesy:
                found = _by_surname(self._of_courtesy(courtesy))
            else:
                found = [b for b in self._all if roles & b.roles] or _by_surname(self._all)
            self._fitting[key] = Rivals(self._titles.layout, found)
        return self._fitting[key]

    def _of_courtesy(self, courtesy: str) -> list[_Bearer]:
        others = [b for b in self._all if b.courtesy != _OTHER[courtesy]]
        # The title says that one of them is meant; their given names may say which.
        told = [b for b in others if (b.courtesy or b.leans) == courtesy]
        return told or _unlike(others, courtesy)


def _unlike(bearers: list[_Bearer], courtesy: str) -> list[_Bearer]:
    """Return the bearers whose given name does not lean the other way, or all."""
    return [b for b in bearers if b.leans != _OTHER[courtesy]] or bearers


def _by_surname(bearers: list[_Bearer]) -> list[_Bearer]:
    """Return the bearers whom the text does not rather call by the given name alone."""
    often = max((bearer.given for bearer in bearers), default=0)
    rarely = [bearer for bearer in bearers if 2 * bearer.given <= often]
    return rarely if often >= _GIVEN and rarely else bearers


class Rivals:
    """Bearers between whom a surname leaves the choice; never looks through all of them."""

    def __init__(self, layout: Layout, bearers: Sequence[_Bearer]) -> None:
        self._layout = layout
        self._bearers = sorted(bearers, key=lambda bearer: bearer.firsts[0])
        self._known = frozenset(bearers)
        self._begins = [bearer.firsts[0] for bearer in self._bearers]
        self._full = sorted(
            ((mention, bearer) for bearer in bearers for mention in bearer.full),
            key=lambda item: item[0].first,
        )
        self._firsts = [mention.first for mention, _ in self._full]
        # By how many bare surnames each has been given.
        self._settled: dict[int, dict[_Bearer, None]] = {}
        for bearer in bearers:
            self._settled.setdefault(bearer.settled, {})[bearer] = None

    def settle(self, bearer: _Bearer) -> None:
        """Count one more surname for a bearer, before the bearer itself does."""
        same = self._settled.get(bearer.settled, {})
        if bearer in same:
            del same[bearer]
            if not same:
                del self._settled[bearer.settled]
            self._settled.setdefault(bearer.settled + 1, {})[bearer] = None

    def is_alone(self, mention: Mention) -> bool:
        """Tell whether one bearer only has been named before a mention."""
        return bisect_left(self._begins, mention.first) == 1

    def choose(
        self, mention: Mention, last: tuple[Mention, _Bearer] | None = None
    ) -> _Bearer | None:
        """Return the only one named before, or the one named just before, or else most often.

        Or else whom the `last` bare surname meant, if near; or whom the text brings in first.
        """
        count = bisect_left(self._begins, mention.first)
        # A headline, or a lead, says "Marsh" before the text names her in full.
        count = count or len(self._bearers)
        if not count:
            return None
        if count == 1:
            return self._bearers[0]
        near = self._just_before(mention)
        if near:
            return near[0] if len(near) == 1 else None
        commonest = self._commonest(mention, everyone=count == len(self._bearers))
        if commonest is not None:
            return commonest
        if len(self._bearers) - len(self._settled.get(0, ())) > 1:
            # The text calls two of them so.
            return None
        if last is not None and self._goes_on(mention, *last):
            return last[1]
        return self._first_named()

    def _just_before(self, mention: Mention) -> list[_Bearer]:
        """Return the bearers last named as a subject in this sentence or the one before."""
        seen: dict[_Bearer, bool] = {}
        for step in range(bisect_left(self._firsts, mention.first) - 1, -1, -1):
            full, bearer = self._full[step]
            if self._layout.apart(full.sentence, mention.sentence) > 1:
                break
            seen.setdefault(bearer, full.subject)
        return [bearer for bearer, subject in seen.items() if subject]

    def _commonest(self, mention: Mention, *, everyone: bool) -> _Bearer | None:
        """Return the one whom most bare surnames mean, by two or more."""
        best: list[tuple[int, _Bearer]] = []
        for times in sorted(self._settled, reverse=True):
            for bearer in self._settled[times]:
                if everyone or bearer.firsts[0] < mention.first:
                    best.append((times, bearer))
                if len(best) == 2:
                    (most, first), (second, _) = best
                    return first if most - second >= 2 else None
        return None

    def _goes_on(self, mention: Mention, last: Mention, chosen: _Bearer) -> bool:
        """Tell whether the last bare surname is near and nobody was named in full since."""
        if chosen not in self._known or mention.paragraph - last.paragraph > _GOES_ON:
            return False
        step = bisect_left(self._firsts, mention.first) - 1
        return step < 0 or self._firsts[step] < last.first

    def _first_named(self) -> _Bearer | None:
        """Return the bearer whom the text brings in first: whom it is about.

        None where two come in by one sentence.
        """
        first, second, *_ = self._bearers
        return first if first.full[0].sentence < second.full[0].sentence else None

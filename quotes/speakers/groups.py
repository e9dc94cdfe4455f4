"""All mentions of one spelling, and what they say together of whom or what it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from quotes.speakers.gender import takes_pronoun
from quotes.speakers.kinds import kinds_behind
from quotes.speakers.mention import PARTNERSHIP
from quotes.speakers.names import PersonName, fold, parse_name
from quotes.speakers.nouns import NAME_BODIES
from quotes.speakers.titles import COURTESY, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.speakers.descriptors import Descriptor
    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

# Last words that name another body when they stand alone ("the House" is not the White House).
_OWN_NAMES: Final = words("house senate states nations congress city university state union hill")
# Second words that an organisation's name may go without ("Kyodo" for "Kyodo News").
_ADDITIONS: Final = words("news inc corp co ltd llc plc group agency company press television tv")
# One in so many mentions must tell where something is.
_LOCATED_IN: Final = 5
_SURNAME: Final = 1.5
# So many mentions must agree that a name is no person's.
_OFTEN: Final = 3
_CALLED_BODY: Final = 2.0


@dataclass(slots=True)
class Group:
    """All mentions of one spelling, with the votes of all."""

    name: PersonName
    mentions: list[Mention] = field(default_factory=list)
    person: float = 0.0
    body: float = 0.0
    place: float = 0.0
    nation: float = 0.0

    @property
    def words(self) -> list[str]:
        """The words of the name, folded."""
        return self.mentions[0].key.split()

    @property
    def is_person(self) -> bool:
        """Whether the votes are for a person."""
        return 0 < self.person >= max(self.body, self.place) and len(self.name.parts) <= 5

    @property
    def is_surely_place(self) -> bool:
        """Whether much is said to be in it, and little speaks for anything else."""
        located = sum(mention.located for mention in self.mentions)
        often = located * _LOCATED_IN >= len(self.mentions)
        return located > 0 and often and self.place > max(2 * self.person, self.body)

    @property
    def is_never_person(self) -> bool:
        """Whether nothing in many mentions speaks for a person ("Noonday Air")."""
        told = self.body + self.place >= _OFTEN and len(self.mentions) >= _OFTEN
        return told and not self.person

    @property
    def can_go_by_last(self) -> bool:
        """Whether "the Times" may be this body."""
        return len(self.words) > 1 and self.words[-1] not in _OWN_NAMES

    @property
    def can_go_by_first(self) -> bool:
        """Whether the first word may be this body: "Kyodo", but not "Senate" for a committee."""
        if len(self.words) != 2 or self.words[-1] in _ADDITIONS:
            return len(self.words) == 2
        return not set(self.words) & NAME_BODIES and not (self.place or self.nation)


def is_own(group: Group, longer: Entity) -> bool:
    """Tell whether a name said often is one by itself, and no short form of a name said once."""
    words = longer.mentions[0].key.split()
    if len(longer.mentions) > 1 or len(group.mentions) < _OFTEN or group.words[0] in NAME_BODIES:
        return False
    if set(words[1:]) <= _ADDITIONS or PARTNERSHIP.search(longer.mentions[0].text):
        return False
    return not any(mention.after_the for mention in group.mentions)


def by_spelling(
    layout: Layout, mentions: Sequence[Mention], descriptors: Mapping[Mention, Sequence[Descriptor]]
) -> dict[str, Group]:
    """Return the mentions by their folded text, with the votes of their surroundings."""
    groups: dict[str, Group] = {}
    human = takes_pronoun(layout, mentions)
    for mention in mentions:
        group = groups.setdefault(mention.key, Group(parse_name(mention.name)))
        group.mentions.append(mention)
        group.person += mention.person + sum(
            2.0 if found.relation == "title" else 1.4 for found in descriptors[mention]
        )
        is_full = group.name.is_full and not mention.nation
        is_full = is_full and group.words[-1] not in NAME_BODIES
        group.person += (1.2 if is_full else 0.8) * (mention in human)
        group.body += mention.body + mention.nation
        group.body += _CALLED_BODY * any(True for _ in kinds_behind(layout, mention.last))
        group.nation += mention.nation
        group.place += mention.place
    _count_surnames(layout, groups)
    return groups


def _count_surnames(layout: Layout, groups: Mapping[str, Group]) -> None:
    """Let a name whose last or first word stands alone elsewhere be a person's rather.

    What is taken for a place ("South Norland") must say something by its last word.
    """
    alone = {
        key: group
        for key, group in groups.items()
        if not group.name.is_full and not group.nation and not group.is_never_person
    }
    for group in groups.values():
        if not group.name.is_full or group.body >= 4 * len(group.mentions) or group.nation:
            continue
        if {"of", "for"} & set(group.words):
            continue
        first, last = group.name.parts[0].text, group.name.parts[-1].text
        if not group.place:
            group.person += _SURNAME * (first in alone or last in alone)
        elif last in alone and not group.is_surely_place:
            called = alone[last].mentions
            spoken = any(layout.spoken[m.first] or _is_courteous(layout, m) for m in called)
            group.person += _SURNAME * len(group.mentions) * spoken


def _is_courteous(layout: Layout, mention: Mention) -> bool:
    """Tell whether "Mr" or "Dr" stands right before a name."""
    return mention.title is not None and fold(layout.word(mention.first - 1)) in COURTESY

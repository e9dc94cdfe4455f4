"""People whom a text names in full, found by the parts of their names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.entity import Entity
from quotes.speakers.given import is_given
from quotes.speakers.mention import trim
from quotes.speakers.names import (
    begins_with,
    ends_with,
    is_compatible,
    name_key,
    parse_name,
)
from quotes.speakers.namesakes import Namesakes
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.speakers.groups import Group
    from quotes.speakers.layout import Layout


# What stands before a name for those around its bearer ("Team Marsh").
_NOBODY: Final = words("team camp inside pro anti never")


class FullNames:
    """The people named in full; `people` have the mentions of every form of their full name."""

    def __init__(self, layout: Layout, groups: Iterable[Group]) -> None:
        self._layout = layout
        self.people: list[Entity] = []
        self._by_end: defaultdict[str, list[Entity]] = defaultdict(list)
        self._namesakes = Namesakes()
        self._by_middle: defaultdict[str, list[Entity]] = defaultdict(list)
        self._surnames: set[str] = set()
        self._small: set[str] = set()
        self._gather(groups)

    @property
    def are_shared(self) -> bool:
        """Whether any part of a name at its beginning or end is that of two people."""
        return any(len(bearers) > 1 for bearers in self._by_end.values())

    def ending(self, part: str) -> Sequence[Entity]:
        """Return the people whose name begins or ends with this folded part."""
        return self._by_end.get(part, ())

    def has_surname(self, group: Group) -> bool:
        """Tell whether a lone name is the last part of somebody's full name."""
        return bool(group.name.parts) and group.name.parts[-1].text in self._surnames

    def compatible(self, name: str) -> list[Entity]:
        """Return the people whose name a full name can be another form of."""
        near = self.ending(parse_name(name).parts[-1].text)
        return [e for e in near if is_compatible(e.mentions[0].name, name)]

    def bearing(self, name: str) -> list[Entity]:
        """Return the people whose full name ends with this surname, or else begins with it.

        Or else holds it: of two surnames ("Ada Marsh Febo") the first is the one used alone.
        """
        parts = parse_name(name).parts
        if len(parts) != 1:
            return []
        near = self.ending(parts[0].text)
        if not near:
            return list(self._by_middle.get(parts[0].text, ()))
        suffix = parse_name(name).suffix
        if suffix:
            near = [e for e in near if parse_name(e.mentions[0].name).suffix == suffix]
        texts = [(entity, entity.mentions[0].name) for entity in near]
        return [entity for entity, text in texts if ends_with(text, name)] or [
            entity for entity, text in texts if begins_with(text, name)
        ]

    def by_both_surnames(self, group: Group) -> Entity | None:
        """Return the one person of whom "Marsh Febo" is the surname: "Ada Marsh Febo"."""
        parts = [part.text for part in group.name.parts]
        if len(parts) != 2 or any(mention.title for mention in group.mentions):
            return None
        near = {
            entity: None
            for entity in self._by_end.get(parts[1], ())
            for name in [parse_name(entity.mentions[0].name)]
            if len(name.parts) > 2 and [part.text for part in name.parts[-2:]] == parts
        }
        return next(iter(near)) if len(near) == 1 else None

    def misspelt(self, group: Group) -> list[Entity]:
        """Return the one person whose surname this is with a slip of the pen, named before."""
        key = group.mentions[0].key
        near = {
            entity: None
            for name in self._namesakes.misspelt(key)
            for entity in self._by_end[name]
            if ends_with(entity.mentions[0].name, name)
        }
        known = [e for e in near if min(m.first for m in e.mentions) < group.mentions[0].first]
        fits = len(near) == 1 and group.person >= max(group.body, group.place)
        return known if fits else []

    def _gather(self, groups: Iterable[Group]) -> None:
        by_key: dict[str, Entity] = {}
        people = (group for group in groups if group.name.is_full and group.is_person)
        for group in sorted(people, key=lambda g: (len(g.name.parts) > 2, self._is_doubtful(g))):
            key = name_key(group.mentions[0].name)
            entity = by_key.get(key) or self._ending(group, by_key) or self._fitting(group)
            entity = entity or self._opening(group)
            if entity is None and self._only_holds(group):
                continue
            if entity is None:
                entity = Entity(SpeakerKind.PERSON)
                self.people.append(entity)
                self._namesakes.add(entity, group.name)
                self._surnames.add(group.name.parts[-1].text)
                for end in {group.name.parts[0].text, group.name.parts[-1].text}:
                    self._by_end[end].append(entity)
                for middle in group.name.parts[1:-1]:
                    self._by_middle[middle.text].append(entity)
            by_key[key] = entity
            entity.mentions.extend(group.mentions)

    def _only_holds(self, group: Group) -> bool:
        """Tell whether words hold another's surname and name nobody ("Marsh Shuttle")."""
        first, last = group.name.parts[0].text, group.name.parts[-1].text
        if first in _NOBODY:
            return True
        held = self._by_end.get(last) if len(group.name.parts) > 2 else None
        if not held and first not in self._surnames:
            return False
        return not any(mention.person >= 1 for mention in group.mentions)

    def _fitting(self, group: Group) -> Entity | None:
        """Return the one entity that this full name can be another form of."""
        near = self._namesakes.alike(group.name)
        text = group.mentions[0].name
        fitting = [e for e in near if all(is_compatible(m.name, text) for m in e.mentions[:3])]
        return fitting[0] if len(fitting) == 1 else None

    def _ending(self, group: Group, by_key: dict[str, Entity]) -> Entity | None:
        """Return the person whose full name ends this one ("Vermonter Ada Marsh")."""
        parts = [word.strip(",") for word in group.name.shown.split()]
        entity = by_key.get(name_key(" ".join(parts[-2:]))) if len(parts) > 2 else None
        if entity is not None:
            for mention in group.mentions:
                # What follows a title is a given name: "Chair Ada Febo Marsh".
                if mention.title is None and not is_given(mention.text.split()[0]):
                    trim(self._layout, mention)
        return entity

    def _is_doubtful(self, group: Group) -> bool:
        """Tell whether a sentence's first word may be capital for that alone ("Absent Marsh")."""
        first = self._layout.doc[group.mentions[0].first]
        if len(group.mentions) > 1 or len(group.name.parts) != 2 or not first.is_sent_start:
            return False
        return first.ent_type_ != "PERSON" or first.lower_ in self._small_words()

    def _small_words(self) -> set[str]:
        """Return the words that the text writes small and that name nothing."""
        if not self._small:
            parts = {"ADJ", "ADV", "ADP", "SCONJ"}
            self._small = {t.text for t in self._layout.doc if t.is_lower and t.pos_ in parts}
        return self._small

    def _opening(self, group: Group) -> Entity | None:
        """Return the one bearer of the surname behind a sentence's capital."""
        bearers = self._by_end.get(group.name.parts[-1].text, [])
        if len(bearers) != 1 or not self._is_doubtful(group):
            return None
        trim(self._layout, group.mentions[0])
        return bearers[0]

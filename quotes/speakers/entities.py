"""Entities: the names of one document, put together by whom or what they name."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from quotes.quotation import SpeakerKind
from quotes.speakers.bearers import Bearers, Titles, take_named_just_now
from quotes.speakers.descriptors import describe
from quotes.speakers.entity import Entity
from quotes.speakers.fullnames import FullNames
from quotes.speakers.gender import gather_gender, takes_pronoun, unanimous
from quotes.speakers.groups import Group, by_spelling, is_own
from quotes.speakers.mention import make_mention
from quotes.speakers.names import (
    fold,
    in_lower_case,
    organisation_key,
    parse_name,
)
from quotes.speakers.nouns import FEMININE, MASCULINE, is_person_noun
from quotes.speakers.parties import party_of
from quotes.speakers.registry import fuller_name
from quotes.speakers.surnames import is_formal, split_bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.speakers.abbreviations import Abbreviation
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention


class Entities:
    """The entities of one document, found by mention."""

    def __init__(
        self, layout: Layout, mentions: list[Mention], abbreviations: Sequence[Abbreviation]
    ) -> None:
        self.layout = layout
        self.mentions = mentions
        self.of: dict[Mention, Entity] = {}
        self._names: dict[Entity, Mention] = {}
        self._sorted: dict[Entity, list[Mention]] = {}
        self._aliases: dict[Entity, tuple[str, ...]] = {}
        self._by_token = {
            index: mention for mention in mentions for index in range(mention.first, mention.last)
        }
        self._at = {(mention.start, mention.end): mention for mention in mentions}
        self.descriptors = {mention: describe(layout, mention) for mention in mentions}
        self._parties = {
            mention: party for mention in mentions if (party := party_of(layout, mention))
        }
        self._titles = Titles(layout, self.descriptors)
        self.all: list[Entity] = []
        groups = by_spelling(layout, mentions, self.descriptors)
        self._full = FullNames(layout, groups.values())
        self.all.extend(self._full.people)
        for entity in self._full.people:
            for mention in entity.mentions:
                self._note_place(entity, mention)
        self._genders = self._first_genders()
        self._gather_surnames(groups)
        self._gather_bodies(groups)
        self._introduce(abbreviations)
        for mention in mentions:
            self._note(mention)
        self._by_key: defaultdict[str, dict[Entity, None]] = defaultdict(dict)
        for entity in self.all:
            keys = {mention.key for mention in entity.mentions}
            for key in keys | {fold(short.short) for short in entity.shorts}:
                self._by_key[key][entity] = None
        self._bodies_by_noun: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in self.all:
            parts = self.name_of(entity).key.split()
            if entity.kind is SpeakerKind.ORGANISATION and len(parts) > 1:
                head = parts[parts.index("of") - 1] if "of" in parts[1:] else parts[-1]
                self._bodies_by_noun[head].append(entity)

    def name_of(self, entity: Entity) -> Mention:
        """Return the mention that gives an entity's name most fully, the commoner form first.

        Only for entities with a name: those that words alone describe have no mentions.
        """
        if entity not in self._names:
            self._names[entity] = self._fullest(entity)
        return self._names[entity]

    def _fullest(self, entity: Entity) -> Mention:
        shown = Counter(_shown(entity, mention) for mention in entity.mentions)
        if entity.kind is not SpeakerKind.PERSON:
            best = max(shown, key=lambda name: (len(fold(name).split()), shown[name]))
            return next(m for m in entity.mentions if _shown(entity, m) == best)
        best = ""
        for name, _ in shown.most_common():
            best = fuller_name(best, name) if best else name
        return next(m for m in entity.mentions if _shown(entity, m) == best)

    def at(self, start: int, end: int) -> Mention | None:
        """Return the mention with these offsets."""
        return self._at.get((start, end))

    def last_before(self, entity: Entity, index: int) -> Mention:
        """Return an entity's last mention before a token, or else its first."""
        if entity not in self._sorted:
            self._sorted[entity] = sorted(entity.mentions, key=lambda mention: mention.first)
        mentions = self._sorted[entity]
        place = bisect_left(mentions, index, key=lambda mention: mention.first)
        return mentions[max(place - 1, 0)]

    def named_at(self, index: int) -> Entity | None:
        """Return the entity that a token's name names."""
        mention = self._by_token.get(index)
        return self.of.get(mention) if mention is not None else None

    def at_token(self, index: int) -> Mention | None:
        """Return the mention that covers a token."""
        return self._by_token.get(index)

    def shown(self, mention: Mention) -> str:
        """Return a mention's name without titles."""
        return _shown(self.of[mention], mention)

    def aliases_of(self, entity: Entity) -> tuple[str, ...]:
        """Return the other names that the document uses, in the order they stand."""
        if entity not in self._aliases:
            self._aliases[entity] = self._others(entity)
        return self._aliases[entity]

    def _others(self, entity: Entity) -> tuple[str, ...]:
        name = self.shown(self.name_of(entity))
        others = dict.fromkeys(_shown(entity, mention) for mention in entity.mentions)
        others |= dict.fromkeys(short.short for short in entity.shorts)
        if entity.kind is SpeakerKind.ORGANISATION:
            others |= dict.fromkeys(filter(None, map(self._owned, entity.mentions)))
        return tuple(other for other in others if other != name)

    def _owned(self, mention: Mention) -> str:
        """Return "Norland's Trade Ministry" where a place stands before the name, else nothing."""
        sign = self.layout.before(mention.first)
        place = self._by_token.get(self.layout.before(sign))
        owner = self.of.get(place) if place is not None else None
        if place is None or owner is None or not (owner.is_place or owner.is_nation):
            return ""
        if self.layout.doc[sign].tag_ != "POS":
            return ""
        return self.layout.text[place.start : mention.end]

    def bearing(self, name: str) -> list[Entity]:
        """Return the people who bear this surname, as `FullNames.bearing` does."""
        return self._full.bearing(name)

    def find(self, name: str) -> list[Entity]:
        """Return the entities that a name alone can mean, such as a transcript's label."""
        if exact := self._by_key.get(fold(name)):
            return list(exact)
        return self._full.compatible(name) if parse_name(name).is_full else self.bearing(name)

    def bodies_called(self, noun: str) -> list[Entity]:
        """Return the organisations whose name ends with this noun ("the department")."""
        return self._bodies_by_noun.get(noun, [])

    def add(self, kind: SpeakerKind, mentions: Iterable[Mention]) -> Entity:
        """Add an entity with these mentions."""
        entity = Entity(kind)
        self.all.append(entity)
        for mention in mentions:
            self._join(entity, mention)
        return entity

    def _join(self, entity: Entity, mention: Mention) -> None:
        entity.mentions.append(mention)
        self._note_place(entity, mention)

    def _note_place(self, entity: Entity, mention: Mention) -> None:
        self.of[mention] = entity
        self._at[mention.start, mention.end] = mention

    def _first_genders(self) -> dict[Entity, str]:
        """Return what pronouns tell of those who share a surname, before it is shared out."""
        if not self._full.are_shared:
            return {}
        gather_gender(self.layout, self)
        genders = {entity: entity.gender for entity in self._full.people}
        for entity in self._full.people:
            entity.feminine = entity.masculine = 0.0
            entity.near_feminine = entity.near_masculine = 0.0
        return genders

    def _gather_surnames(self, groups: dict[str, Group]) -> None:
        borne = (g for g in groups.values() if not g.name.is_full and g.name.parts)
        bare = [m for g in borne if self._full.ending(g.name.parts[-1].text) for m in g.mentions]
        self._formal = is_formal(self._titles, bare)
        # Given names first: whom a text calls by those, it hardly calls by the surname.
        for group in sorted(groups.values(), key=self._full.has_surname):
            if group.mentions[0] in self.of:
                continue
            if group.name.is_full:
                if (bearer := self._full.by_both_surnames(group)) is not None:
                    for mention in group.mentions:
                        self._join(bearer, mention)
                continue
            bearers = self.bearing(group.mentions[0].name) or self._full.misspelt(group)
            if bearers and not group.is_surely_place:
                self._share_out(group, bearers)
            elif len(bearers) == 1:
                for mention in take_named_just_now(group, bearers[0]):
                    self._join(bearers[0], mention)
            elif group.is_person:
                self.add(SpeakerKind.PERSON, group.mentions)

    def _share_out(self, group: Group, bearers: list[Entity]) -> None:
        """Give each bare surname to one of those who bear it, or to none where it is open."""
        if len(bearers) == 1:
            self._share_with_one(group, bearers[0])
            return
        opened: dict[str, Entity] = {}
        choice = Bearers(bearers, self._titles, self._genders)
        taken = self._taken_by_pronouns
        usual = unanimous([taken[mention] for mention in group.mentions if mention in taken])
        named = min(mention.first for bearer in bearers for mention in bearer.mentions)
        for mention in sorted(group.mentions, key=lambda m: m.headline or m.first < named):
            chosen = choice.choose(mention) or choice.of_gender(taken.get(mention, usual))
            if chosen is None:
                # Somebody, so that a pronoun near by is not given to anybody else.
                title = self._titles.courtesy(mention)
                chosen = opened.setdefault(title, Entity(SpeakerKind.PERSON, is_open=True))
            self._join(chosen, mention)

    @cached_property
    def _taken_by_pronouns(self) -> dict[Mention, str]:
        return takes_pronoun(self.layout, self.mentions)

    def _share_with_one(self, group: Group, bearer: Entity) -> None:
        """Give the bare surnames to the only bearer, but for those that mean somebody else."""
        split = split_bare(
            self.layout, self._titles, group.mentions, bearer.mentions, formal=self._formal
        )
        for mention in split.own:
            self._join(bearer, mention)
        if split.rival:
            self.add(SpeakerKind.PERSON, split.rival)
        if split.body:
            self.add(SpeakerKind.ORGANISATION, split.body)

    def _gather_bodies(self, groups: dict[str, Group]) -> None:
        """Put organisations and places together; "the Times" goes with the one "Noon Times"."""
        by_key: dict[str, Entity] = {}
        by_last: defaultdict[str, list[Entity]] = defaultdict(list)
        by_first: defaultdict[str, list[Entity]] = defaultdict(list)
        left = [g for g in groups.values() if not g.is_person or g.name.is_full]
        left = [group for group in left if group.mentions[0] not in self.of]
        for group in sorted(left, key=lambda g: -len(g.words)):
            bears = len(group.words) == 1 and self.bearing(group.mentions[0].name)
            if bears and not group.is_surely_place:
                continue
            key = organisation_key(group.mentions[0].name)
            entity = by_key.get(key)
            longer = by_last.get(key, [])
            if len(group.words) == 1 and not group.place and not group.nation:
                longer = [e for e in longer or by_first.get(key, []) if not is_own(group, e)]
                entity = entity or (longer[0] if len(longer) == 1 else None)
            if entity is None:
                entity = self.add(SpeakerKind.ORGANISATION, ())
                entity.is_place = group.place > group.body
                entity.is_nation = group.nation > max(group.body - group.nation, group.place)
                if group.can_go_by_last:
                    by_last[group.words[-1]].append(entity)
                if group.can_go_by_first:
                    by_first[group.words[0]].append(entity)
            by_key[key] = entity
            for mention in group.mentions:
                self._join(entity, mention)

    def _introduce(self, abbreviations: Sequence[Abbreviation]) -> None:
        """Tie each introduced abbreviation, and its later mentions, to its long form."""
        ends = {mention.end: mention for mention in self.mentions}
        by_key: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            by_key[mention.key].append(mention)
        for found in abbreviations:
            long = ends.get(found.long_end)
            entity = self.of.get(long) if long is not None else None
            # A part of the long form taken for a person ("the Norland People's Party (NPP)").
            if entity is not None and entity.kind is SpeakerKind.PERSON:
                entity = entity if long is None or found.long_start >= long.start else None
            if long is None or entity is None:
                long = make_mention(self.layout, found.long_start, found.long_end)
                entity = self.add(SpeakerKind.ORGANISATION, (long,))
            elif found.long_start < long.start:
                self._widen(long, found.long_start)
            if entity.kind is not SpeakerKind.PERSON and is_person_noun(long.key.split()[-1]):
                entity.kind = SpeakerKind.UNNAMED
            entity.shorts.append(found)
            for mention in by_key.get(fold(found.short), ()):
                if (old := self.of.get(mention)) is not entity:
                    if old is not None:
                        old.mentions.remove(mention)
                    self._join(entity, mention)
        self.all = [entity for entity in self.all if entity.mentions]

    def _widen(self, mention: Mention, start: int) -> None:
        """Let a mention begin where its long form does."""
        first, _ = self.layout.tokens_within(start, mention.end)
        if self.layout.offsets[first] == start:
            mention.first, mention.start = first, start
            mention.text = self.layout.text[start : mention.end]
            mention.key = fold(mention.text)

    def _note(self, mention: Mention) -> None:
        """Add a mention's descriptors and titles to what is known of its entity."""
        entity = self.of.get(mention)
        if entity is None:
            return
        courtesy = self._titles.courtesy(mention)
        entity.feminine += 3 * (courtesy == "feminine")
        entity.masculine += 3 * (courtesy == "masculine")
        if entity.kind is not SpeakerKind.PERSON:
            return
        if mention in self._parties:
            entity.descriptors.append(self._parties[mention])
        for found in self.descriptors[mention]:
            entity.descriptors.append(found)
            entity.feminine += 2 * (found.head in FEMININE)
            entity.masculine += 2 * (found.head in MASCULINE)


def _shown(entity: Entity, mention: Mention) -> str:
    if entity.kind is SpeakerKind.PERSON:
        return in_lower_case(parse_name(mention.name).shown)
    return mention.text.strip()

"""The speakers of documents that are new, led to those of the database many documents at a time.

Where names lead follows from all namings in no order, so that it is settled once for all of them;
what `quotes.store.speaker_book` does for a document with a history comes to the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from quotes.quotation import NAMED_KINDS, SpeakerKind
from quotes.records import speaker_id
from quotes.speakers.names import parse_name
from quotes.speakers.registry import NodeKey, Reason
from quotes.store.assigning import follow
from quotes.store.bulk import new_keys, put
from quotes.store.calling import alias_key, steady
from quotes.store.calling import name as call
from quotes.store.leading import BY_NAME_ALONE, Place, hold, merge_values, own_speaker, settle
from quotes.store.members import Member, among, member_values
from quotes.store.models import Appearance, Speaker, SpeakerAlias, SpeakerMember, SpeakerMerge
from quotes.store.models.base import now
from quotes.store.named import naming_of, namings_of
from quotes.store.namings import rows_of, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from quotes.quotation import Attribution
    from quotes.store.models import Naming

#: The key of a speaker, and that of the document's name which led to it.
Entry: TypeAlias = tuple[int, int | None]
_Called: TypeAlias = tuple[SpeakerKind, str, tuple[str, ...]]


@dataclass(slots=True, kw_only=True)
class NewChapter:
    """One new document, by its key and its public id, with everybody whom it names or means."""

    id: int
    public_id: str
    attributions: Sequence[Attribution]
    _named: dict[NodeKey, Entry] = field(default_factory=dict)
    _own: dict[str, int] = field(default_factory=dict)
    _known: dict[_Called, Entry] = field(default_factory=dict)

    def entry(self, attribution: Attribution) -> Entry:
        """Return the key of the speaker that an attribution means, and of its appearance."""
        called = (attribution.kind, attribution.name, attribution.aliases)
        known = self._known.get(called)
        if known is None:
            if attribution.kind in NAMED_KINDS:
                known = self._named[attribution.kind, naming_of(attribution).key]
            else:
                known = self._own[self.own_id(attribution)], None
            self._known[called] = known
        return known

    def own_id(self, attribution: Attribution) -> str:
        """Return the public id of a group or an unnamed source, which is this document's own."""
        return speaker_id(attribution.name, attribution.kind, within=self.public_id)

    def own(self) -> dict[str, list[Attribution]]:
        """Return the groups and unnamed sources by their public ids: "Some" and "some" are one."""
        found: defaultdict[str, list[Attribution]] = defaultdict(list)
        for one in self.attributions:
            if one.kind not in NAMED_KINDS:
                found[self.own_id(one)].append(one)
        return found

    def take(self, named: dict[NodeKey, Entry], own: dict[str, int]) -> None:
        """Take in whom the names mean."""
        self._named, self._own = named, own


def lead(session: Session, chapters: Sequence[NewChapter]) -> None:
    """Enter how new documents name their speakers, and lead every name to its speaker.

    The documents' rows must be there. Their chapters answer `entry` from now on.
    """
    namings = {
        (place, key): found
        for place, chapter in enumerate(chapters)
        for key, found in namings_of(
            [one for one in chapter.attributions if one.kind in NAMED_KINDS]
        ).items()
    }
    rows = rows_of(session, namings)
    known = _count(session, list(rows.values()))
    named: list[dict[NodeKey, Naming]] = [{} for _ in chapters]
    for (place, key), row in rows.items():
        named[place][key] = row
    places = [
        _places(session, chapter, by_key) for chapter, by_key in zip(chapters, named, strict=True)
    ]
    entries = _appear(session, chapters, named, places)
    own = _add_own(session, chapters)
    for chapter, entered, ids in zip(chapters, entries, own, strict=True):
        chapter.take(entered, ids)
    _add_members(session, chapters)
    touched = {one.speaker.id: one.speaker for by_key in places for one in by_key.values()}
    unsure = {
        found[key].speaker.id
        for found, by_key in zip(places, named, strict=True)
        for key, row in by_key.items()
        if row.id not in known or row.speaker_id != found[key].speaker.id
    }
    # To count who calls somebody what takes the longer the more documents do.
    unsure |= touched.keys() - unsure - steady(session, list(touched.values()))
    call(session, [one for id_, one in touched.items() if id_ in unsure])
    follow(session, list(touched))


def _count(session: Session, rows: Sequence[Naming]) -> set[int]:
    """Let each row count for one document more, and settle where new names lead.

    Returns the keys of those that an earlier document has led to whom they lead now.
    """
    every = {row.id: row for row in rows}
    before = {id_: row.documents for id_, row in every.items()}
    changed: dict[int, Naming] = {}
    for row in rows:
        row.documents += 1
        if row.documents == 1 or row.reason in (None, Reason.UPGRADE):
            changed[row.id] = row
    session.flush()
    if changed:
        settle(session, [value_of(row) for row in changed.values()])
    hold(session, every.values())
    return {
        id_
        for id_, row in every.items()
        if before[id_] and id_ not in changed and row.reason not in BY_NAME_ALONE
    }


def _places(
    session: Session, chapter: NewChapter, named: dict[NodeKey, Naming]
) -> dict[NodeKey, Place]:
    """Return whose each name is: a surname is not led to a full name beside which it stands."""
    found = {key: _place(session, chapter, row) for key, row in named.items()}
    full = {one.speaker.id for key, one in found.items() if parse_name(named[key].name).is_full}
    for key, one in found.items():
        if one.reason in BY_NAME_ALONE and one.speaker.id in full:
            own = _own(session, chapter, named[key])
            found[key] = Place(own, str(Reason.RIVAL), [one.speaker.name])
    return found


def _place(session: Session, chapter: NewChapter, row: Naming) -> Place:
    reason = row.reason or str(Reason.SAME)
    if row.speaker_id is None:
        return Place(_own(session, chapter, row), reason, row.because)
    return Place(session.get_one(Speaker, row.speaker_id), reason, row.because)


def _own(session: Session, chapter: NewChapter, row: Naming) -> Speaker:
    return own_speaker(session, row.name, SpeakerKind(row.kind), chapter)


def _appear(
    session: Session,
    chapters: Sequence[NewChapter],
    named: Sequence[dict[NodeKey, Naming]],
    places: Sequence[dict[NodeKey, Place]],
) -> list[dict[NodeKey, Entry]]:
    """Add the rows that say whom each document names, and why that is who it is."""
    keys = iter(new_keys(session, Appearance, sum(map(len, named))))
    at = now()
    entries: list[dict[NodeKey, Entry]] = []
    appearances: list[dict[str, Any]] = []
    merges: list[dict[str, Any]] = []
    for chapter, rows, found in zip(chapters, named, places, strict=True):
        entered: dict[NodeKey, Entry] = {}
        for key, row in rows.items():
            id_, place = next(keys), found[key]
            entered[key] = (place.speaker.id, id_)
            appearances.append(
                {
                    "id": id_,
                    "document_id": chapter.id,
                    "kind": row.kind,
                    "key": key[1],
                    "naming_id": row.id,
                    "speaker_id": place.speaker.id,
                    "current": True,
                }
            )
            merges.append({**merge_values(id_, place), "created_at": at})
        entries.append(entered)
    put(session, Appearance, appearances)
    put(session, SpeakerMerge, merges)
    return entries


def _add_own(session: Session, chapters: Sequence[NewChapter]) -> list[dict[str, int]]:
    """Add the speakers that each document has to itself; returns their keys by public id."""
    own = [chapter.own() for chapter in chapters]
    keys = iter(new_keys(session, Speaker, sum(map(len, own))))
    at = now()
    found: list[dict[str, int]] = []
    speakers: list[dict[str, Any]] = []
    aliases: list[dict[str, Any]] = []
    for chapter, by_id in zip(chapters, own, strict=True):
        ids: dict[str, int] = {}
        for public_id, some in by_id.items():
            id_ = ids[public_id] = next(keys)
            name, kind = some[0].name, some[0].kind
            speakers.append(
                {
                    "id": id_,
                    "public_id": public_id,
                    "name": name,
                    "kind": str(kind),
                    "document_id": chapter.id,
                    "created_at": at,
                }
            )
            called = dict.fromkeys(alias for one in some for alias in (one.name, *one.aliases))
            aliases += [
                {"speaker_id": id_, "alias": alias, "key": alias_key(kind, alias)}
                for alias in called
            ]
        found.append(ids)
    put(session, Speaker, speakers)
    put(session, SpeakerAlias, aliases)
    return found


def _add_members(session: Session, chapters: Sequence[NewChapter]) -> None:
    """Add who speaks together, in the order in which the text names them."""
    groups: dict[int, list[Member]] = {}
    for chapter in chapters:
        for one in chapter.attributions:
            if one.members:
                members = [Member(*chapter.entry(member)) for member in one.members]
                groups[chapter.entry(one)[0]] = members
    rows = [
        member_values(group, place, member)
        for group, members in groups.items()
        for place, member in enumerate(among(group, members))
    ]
    put(session, SpeakerMember, rows)

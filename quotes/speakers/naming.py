"""How documents name somebody: the keys by which namings meet, and which of them agree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from quotes.quotation import SpeakerKind
from quotes.speakers.handles import Handle, handles, stem
from quotes.speakers.names import (
    PersonName,
    begins_with,
    ends_with,
    fold,
    is_compatible,
    name_key,
    organisation_key,
    parse_name,
)

_MOST_CAPITALS: Final = 10


@dataclass(frozen=True, kw_only=True)
class Naming:
    """One way in which documents name a person or an organisation.

    `name` is the fullest name of the document, `aliases` are its others. `listed` where the name
    is that of a file of known people.
    """

    kind: SpeakerKind
    name: str
    aliases: tuple[str, ...] = ()
    listed: bool = False

    @cached_property
    def key(self) -> str:
        """What all namings by one name share; initials and an organisation's owner are kept."""
        if self.kind is SpeakerKind.PERSON:
            return person_key(self.name)
        return organisation_key(self.shown)

    @cached_property
    def shown(self) -> str:
        """The name, with its owner where the document tells one ("Norland’s Trade Ministry")."""
        if self.kind is SpeakerKind.PERSON:
            return self.name
        own = organisation_key(self.name)
        owned = {a for a in self.aliases if _owns(organisation_key(a), own)}
        return min(owned) if len({organisation_key(a) for a in owned}) == 1 else self.name

    @cached_property
    def called(self) -> tuple[str, ...]:
        """The aliases that hold elsewhere, in whatever document.

        Of organisations the abbreviations; of people the full names of which this one has all
        words, or the other way round ("Crooked Ada Marsh").
        """
        if self.kind is not SpeakerKind.PERSON:
            return tuple(alias for alias in self.aliases if _is_capitals(alias))
        own = set(self.key.split())
        full = [alias for alias in self.aliases if parse_name(alias).is_full]
        keys = {alias: set(person_key(alias).split()) for alias in full}
        return tuple(one for one, key in keys.items() if own <= key or key <= own)

    @cached_property
    def handles(self) -> frozenset[Handle]:
        """By what other names find this one."""
        return handles(self)


def person_key(name: str) -> str:
    """Return what all spellings of one name share, in either order, initials kept."""
    initials = middle_initials(name)
    return f"{name_key(name)} {initials}" if initials else name_key(name)


def middle_initials(name: str) -> str:
    """Return the initials beside two full names ("w" of "Ada W. Marsh")."""
    parts = parse_name(name).parts
    full = sum(not part.initial for part in parts)
    return "".join(part.text for part in parts if part.initial) if full > 1 else ""


def _owns(longer: str, key: str) -> bool:
    return longer.endswith(" " + key)


def _is_capitals(name: str) -> bool:
    """Tell whether the name is an abbreviation such as CDP."""
    return " " not in name and sum(c.isupper() for c in name) > 1 and len(name) <= _MOST_CAPITALS


@dataclass(frozen=True, kw_only=True)
class Node:
    """All namings by one name, put together."""

    kind: SpeakerKind
    key: str
    namings: tuple[Naming, ...]

    @property
    def is_person(self) -> bool:
        return self.kind is SpeakerKind.PERSON

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The spellings of the name, in their order."""
        return tuple(sorted({naming.shown for naming in self.namings}))

    @cached_property
    def is_full(self) -> bool:
        """Whether it is more than a surname or a nickname."""
        return not self.is_person or parse_name(self.names[0]).is_full

    @cached_property
    def handles(self) -> frozenset[Handle]:
        """By what other names find it."""
        return frozenset().union(*(naming.handles for naming in self.namings))

    @cached_property
    def bare(self) -> frozenset[str]:
        """An organisation's keys without its owner, where a document tells the owner."""
        return frozenset(organisation_key(naming.name) for naming in self.namings) - {self.key}

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The names that a list of known people has for it."""
        return tuple(sorted({naming.name for naming in self.namings if naming.listed}))

    @cached_property
    def stands_alone(self) -> bool:
        """Whether two documents with this name mean one speaker, though longer names disagree."""
        if not self.is_person:
            return not any(_is_capitals(name) for name in self.names)
        return sum(not part.initial for part in parse_name(self.names[0]).parts) > 1

    @cached_property
    def lone(self) -> tuple[str, ...]:
        """The single names that documents call a person by."""
        aliases = {alias for naming in self.namings for alias in naming.aliases}
        return tuple(sorted(alias for alias in aliases if not parse_name(alias).is_full))

    @cached_property
    def called(self) -> frozenset[str]:
        """The keys of other names by which documents call it, in a way that holds elsewhere."""
        names = {name for naming in self.namings for name in naming.called}
        return frozenset(map(person_key if self.is_person else organisation_key, names))

    @property
    def tells(self) -> tuple[int, int]:
        """How much the name tells, without regard to how it is written."""
        return tells(self.names[0], self.kind)


def agree(first: Node, second: Node) -> bool:
    """Tell whether two names can be those of one speaker."""
    called = second.key in first.called or first.key in second.called
    return called or fit(first, second)


def fit(first: Node, second: Node) -> bool:
    """Tell whether one name can be a form of the other, whatever documents say."""
    if not first.is_person:
        return _same_body(first, second)
    return any(_same_person(a, b) for a in first.names for b in second.names)


def _same_person(first: str, second: str) -> bool:
    a, b = middle_initials(first), middle_initials(second)
    if a and b and a != b and _has_initials_only(first) and _has_initials_only(second):
        # George W. is not George H. W., though one has the other's initial.
        return False
    if name_key(first) == name_key(second):
        return True
    # Only the second name is turned around, so that each has to be.
    return is_compatible(first, second) or is_compatible(second, first)


def _has_initials_only(name: str) -> bool:
    return all(part.initial for part in parse_name(name).parts[1:-1])


def _same_body(first: Node, second: Node) -> bool:
    """Tell whether one goes without the other's owner or last words."""
    if first.key in second.bare or second.key in first.bare:
        return True
    short, long = sorted((first.key, second.key), key=len)
    return long.startswith(short + " ") and stem(long) == stem(short)


def bears(node: Node, alone: str) -> str:
    """Tell how a lone name is that of a person's name: `surname`, `nickname`, or not at all.

    The last part is the surname, unless the texts use only the first one alone ("Ishiba" for
    "Ishiba Shigeru").
    """
    lone = parse_name(alone)
    if lone.suffix and lone.suffix != parse_name(node.names[0]).suffix:
        return ""
    if any(_is_surname(name, lone, node.lone) for name in node.names):
        return "surname"
    key = name_key(alone)
    if any(name_key(other) == key and not _is_end(node, other) for other in node.lone):
        return "nickname"
    return ""


def _is_end(node: Node, alone: str) -> bool:
    return any(ends_with(name, alone) or begins_with(name, alone) for name in node.names)


def _is_surname(full: str, alone: PersonName, used: tuple[str, ...]) -> bool:
    if any(ends_with(full, name) for name in used):
        return ends_with(full, alone.shown)
    if any(begins_with(full, name) for name in used):
        return begins_with(full, alone.shown)
    return ends_with(full, alone.shown)


def fuller_name(first: str, second: str) -> str:
    """Return the form that tells more of one name; the first where they are even."""
    return max(first, second, key=fullness)


def fullness(name: str) -> tuple[int, int, bool, int]:
    """Return how much a person's name tells: words, parts, case, suffix."""
    parsed = parse_name(name)
    whole = [part for part in parsed.parts if not part.initial]
    return (len(whole), len(parsed.parts), not name.isupper(), len(parsed.suffix))


def tells(name: str, kind: SpeakerKind) -> tuple[int, int]:
    """Return how much a name tells, without regard to how it is written."""
    if kind is SpeakerKind.PERSON:
        return fullness(name)[:2]
    return (len(organisation_key(name).split()), len(fold(name)))

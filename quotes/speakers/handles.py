"""Handles: what names find each other by, so that few are compared but those that can be one's.

A word alone will not do. In a large collection thousands are called John, and thousands Smith.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from quotes.quotation import SpeakerKind
from quotes.speakers.names import (
    begins_with,
    ends_with,
    name_key,
    organisation_key,
    parse_name,
    readings,
)
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.speakers.names import Part
    from quotes.speakers.naming import Naming


class Grip(StrEnum):
    """What a handle holds a name by."""

    #: Of a full name: its surname and a given name, or all its words.
    NAME = "name"
    #: Of a full name: its surname, with the first letter of a given name that is written out.
    LETTER = "letter"
    #: The same of one that is not.
    INITIAL = "initial"
    #: Of a full name: a single name that may mean it.
    BORNE = "borne"
    #: Of a single name: itself.
    LONE = "lone"
    #: Of an organisation: each of its names.
    BODY = "body"


class Handle(NamedTuple):
    """A part of a name, and what it is to it."""

    grip: Grip
    text: str


# By which handles the names are found that can be forms of one with a handle of this grip.
_BESIDE: Final = {
    Grip.NAME: (Grip.NAME,),
    Grip.LETTER: (Grip.INITIAL,),
    Grip.INITIAL: (Grip.INITIAL, Grip.LETTER),
    Grip.BODY: (Grip.BODY,),
}
# Last words that an organisation's name may go without ("Kyodo" for "Kyodo News").
_ADDITIONS: Final = words("news inc corp co ltd llc plc group agency company press television tv")


def handles(naming: Naming) -> frozenset[Handle]:
    """Return the handles by which other names find one."""
    if naming.kind is not SpeakerKind.PERSON:
        keys = {organisation_key(name) for name in (naming.name, naming.shown, *naming.aliases)}
        return frozenset(Handle(Grip.BODY, text) for key in keys for text in (key, stem(key)))
    if not parse_name(naming.name).is_full:
        return frozenset({Handle(Grip.LONE, _forms(naming.name)[-1])})
    found: set[Handle] = set()
    for name in (naming.name, *naming.called):
        found.add(Handle(Grip.NAME, name_key(name)))
        for order in readings(parse_name(name).parts):
            found.update(_of_order(order))
    return frozenset(found | {Handle(Grip.BORNE, text) for text in _borne(naming)})


def beside(own: Iterable[Handle]) -> frozenset[Handle]:
    """Return the handles of the full names that can be forms of the one that has these."""
    return frozenset(Handle(grip, text) for held, text in own for grip in _BESIDE.get(held, ()))


def alone(own: Iterable[Handle]) -> frozenset[Handle]:
    """Return the handles of the single names that may mean the one that has these."""
    return frozenset(Handle(Grip.LONE, text) for grip, text in own if grip is Grip.BORNE)


def bearing(own: Iterable[Handle]) -> frozenset[Handle]:
    """Return the handles of the full names that a single name with these may mean."""
    return frozenset(Handle(Grip.BORNE, text) for grip, text in own if grip is Grip.LONE)


def stem(key: str) -> str:
    """Return an organisation's key without the words that it may go without."""
    parts = key.split()
    while len(parts) > 1 and parts[-1] in _ADDITIONS:
        parts.pop()
    return " ".join(parts)


def _forms(name: str) -> list[str]:
    """Return the forms of a single name: without its particle, and with it where it has one."""
    parts = parse_name(name).parts
    return _forms_of(parts[-1]) if parts else [name_key(name)]


def _forms_of(part: Part) -> list[str]:
    return [part.text, f"{part.text} {part.particles}"] if part.particles else [part.text]


def _borne(naming: Naming) -> set[str]:
    """Return the single names that may mean a full one: its last, and those that are used alone.

    Where the last is used alone, it is the surname, and no given name is one.
    """
    used = [alias for alias in naming.aliases if not parse_name(alias).is_full]
    if any(ends_with(naming.name, alias) for alias in used):
        used = [alias for alias in used if not begins_with(naming.name, alias)]
    first, *_, last = parse_name(naming.name).parts
    # With a particle it may be the surname, as other documents may show ("Van Roe Ada").
    forms = [*_forms_of(last), *_forms_of(first)[1:]]
    return {*forms, *(form for alias in used for form in _forms(alias))}


def _of_order(order: tuple[Part, ...]) -> Iterator[Handle]:
    """Yield the handles of one reading: the surname with what another's first name can be."""
    *given, surname = order
    # Who has an initial first may be known by a later name ("J. Edgar Hoover").
    for part in given if given[0].initial else given[:1]:
        if part.initial:
            yield Handle(Grip.INITIAL, f"{surname.text} {part.text[:1]}")
        else:
            yield Handle(Grip.NAME, " ".join(sorted((part.text, surname.text))))
            yield Handle(Grip.LETTER, f"{surname.text} {part.text[:1]}")

"""Speakers of one document recognised as people of a list, by name or by office."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotes.quotation import NAMED_KINDS, Attribution, SpeakerKind
from quotes.speakers.names import ends_with, fold, is_compatible, name_key, parse_name
from quotes.speakers.titles import COURTESY_FEMININE, COURTESY_MASCULINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from quotes.quotation import Quotation
    from quotes.speakers.known import KnownPerson, Office

_NOT_NOW: Final = re.compile(r"\b(?:former|ex|late|then|next|future|acting|deputy|vice)\b", re.I)


class KnownPeople:
    """A list of people, as documents are compared with it."""

    def __init__(self, people: Iterable[KnownPerson] = ()) -> None:
        self.people = tuple(people)
        self._by_key: defaultdict[str, list[KnownPerson]] = defaultdict(list)
        self._by_word: defaultdict[str, dict[int, KnownPerson]] = defaultdict(dict)
        self._offices: defaultdict[str, list[tuple[KnownPerson, Office]]] = defaultdict(list)
        for number, person in enumerate(self.people):
            for key in dict.fromkeys(map(name_key, person.names)):
                self._by_key[key].append(person)
            for name in person.names:
                for part in parse_name(name).parts:
                    self._by_word[part.text][number] = person
            for office in person.offices:
                for form in _forms(office):
                    self._offices[form].append((person, office))

    def recognise(
        self, text: str, quotations: Sequence[Quotation], *, on: date | None
    ) -> tuple[Quotation, ...]:
        """Return the quotations of a text of this day, given to people of the list where it fits.

        A lone surname only where one of the list, and nobody else in the text, bears it; an office
        only where the day is known and the text names no other holder.
        """
        if not self.people:
            return tuple(quotations)
        given = [q.attribution for q in quotations if q.attribution is not None]
        found: dict[Attribution, Attribution] = {}
        for one in dict.fromkeys(given):
            person, method = self._person(one, given), "known-people"
            if person is None and one.kind is SpeakerKind.UNNAMED and on is not None:
                person, method = self._holder(one, text, on), "known-office"
            if person is not None:
                found[one] = _given(one, person, method)
        return tuple(
            replace(q, attribution=found.get(q.attribution, q.attribution))
            if q.attribution is not None
            else q
            for q in quotations
        )

    def _person(self, one: Attribution, given: Sequence[Attribution]) -> KnownPerson | None:
        """Return the one of the list whom a name means."""
        if one.kind not in NAMED_KINDS:
            return None
        name = parse_name(one.name)
        exact = self._by_key.get(name_key(one.name), [])
        if one.kind is SpeakerKind.ORGANISATION:
            return exact[0] if len(exact) == 1 and name.is_full else None
        near = {n: p for part in name.parts for n, p in self._by_word.get(part.text, {}).items()}
        if name.is_full:
            fitting = exact or [person for person in near.values() if _fits(person, one.name)]
            return fitting[0] if len(fitting) == 1 else None
        bearers = exact or [
            p for p in near.values() if any(ends_with(n, one.name) for n in p.names)
        ]
        if len(bearers) > 1:
            bearers = [person for person in bearers if _is_titled(person, one)]
        if len(bearers) != 1 or any(_is_rival(other, one, bearers[0]) for other in given):
            return None
        return bearers[0]

    def _holder(self, one: Attribution, text: str, on: date) -> KnownPerson | None:
        """Return the only one of the list who held the office on this day."""
        if any(_NOT_NOW.search(step.text) for step in one.evidence):
            return None
        held = [(p, o) for p, o in self._offices.get(fold(one.name), []) if o.is_held(on)]
        people = {id(person): person for person, _ in held}
        if len(people) != 1:
            return None
        (person,) = people.values()
        return None if _names_another(text, person, held[0][1]) else person


def _forms(office: Office) -> set[str]:
    """Return the words that can stand for an office ("the prime minister of Japan")."""
    title = fold(office.title)
    if office.of is None:
        return {title}
    of = fold(office.of)
    return {title, f"{of} {title}", f"{of}s {title}", f"{title} of {of}", f"{title} of the {of}"}


def _fits(person: KnownPerson, name: str) -> bool:
    return any(parse_name(n).is_full and is_compatible(n, name) for n in person.names)


def _is_rival(other: Attribution, one: Attribution, person: KnownPerson) -> bool:
    """Tell whether the text gives words to somebody else who bears the lone name."""
    full = other.kind is SpeakerKind.PERSON and parse_name(other.name).is_full
    return full and ends_with(other.name, one.name) and not _fits(person, other.name)


def _is_titled(person: KnownPerson, one: Attribution) -> bool:
    """Tell whether a mention has the person's office, or "Mrs.", right before the name."""
    for step in one.evidence:
        before = fold(step.text).removesuffix(fold(one.name)).strip()
        if before in {fold(office.title) for office in person.offices}:
            return True
        if person.gender == "feminine" and before in COURTESY_FEMININE:
            return True
        if person.gender == "masculine" and before in COURTESY_MASCULINE:
            return True
    return False


def _names_another(text: str, person: KnownPerson, office: Office) -> bool:
    """Tell whether the text has the office before a name that is not the person's."""
    own = {word for name in person.names for word in fold(name).split()}
    pattern = re.compile(rf"(?i:\b{re.escape(office.title)})\s+([A-Z][\w’'-]+)")
    return any(fold(match[1]) not in own for match in pattern.finditer(text))


def _given(one: Attribution, person: KnownPerson, method: str) -> Attribution:
    """Return the attribution under the listed name; what the document says stays an alias."""
    names = (one.name, *one.aliases) if method == "known-people" else ()
    return replace(
        one,
        name=person.name,
        kind=SpeakerKind.PERSON,
        method=method,
        aliases=tuple(dict.fromkeys(name for name in names if name != person.name)),
        listed=True,
        external_id=person.id,
    )

"""An index of full names: which of them a name may be another form or a misspelling of."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quotes.speakers.names import is_misspelt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.speakers.entity import Entity
    from quotes.speakers.names import Part, PersonName


class Namesakes:
    """Full names by their ends and one part more, so that no name is compared with all."""

    def __init__(self) -> None:
        self._alike: defaultdict[tuple[str, str, str], dict[Entity, None]] = defaultdict(dict)
        self._ends: defaultdict[tuple[str, int], dict[str, None]] = defaultdict(dict)

    def add(self, entity: Entity, name: PersonName) -> None:
        """Note a person by one full form of the name."""
        for end in {name.parts[0].text, name.parts[-1].text}:
            self._ends[end[:1], len(end)][end] = None
            for part in name.parts:
                for kind, text in _keys(part):
                    self._alike[end, kind, text][entity] = None

    def alike(self, name: PersonName) -> list[Entity]:
        """Return the people whose name ends or begins as this one ends, and who share more.

        Two full names of one person agree in two parts, where an initial agrees with any part
        that begins with it.
        """
        found: dict[Entity, None] = {}
        for part in name.parts[:-1]:
            for kind, text in _sought(part):
                found |= self._alike.get((name.parts[-1].text, kind, text), {})
        return list(found)

    def misspelt(self, surname: str) -> Iterator[str]:
        """Yield the first and last names that differ from this one by a slip of the pen."""
        for length in range(len(surname) - 1, len(surname) + 2):
            for end in self._ends.get((surname[:1], length), ()):
                if is_misspelt(surname, end):
                    yield end


def _keys(part: Part) -> Iterator[tuple[str, str]]:
    yield "letter", part.text[:1]
    yield ("initial", part.text[:1]) if part.initial else ("name", part.text)


def _sought(part: Part) -> Iterator[tuple[str, str]]:
    if part.initial:
        yield "letter", part.text[:1]
    else:
        yield "name", part.text
        yield "initial", part.text[:1]

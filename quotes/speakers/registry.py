"""Speakers across documents: which known one an attribution means, if it is beyond doubt."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.quotation import SpeakerKind
from quotes.speakers.names import (
    begins_with,
    ends_with,
    is_compatible,
    name_key,
    organisation_key,
    parse_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.quotation import Attribution


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSpeaker:
    """A speaker met before, under this name and others."""

    id: str
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


class Registry:
    """Known speakers, indexed by the words of their names."""

    def __init__(self, known: Iterable[KnownSpeaker] = ()) -> None:
        self._by_id: dict[str, KnownSpeaker] = {}
        self._by_word: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for speaker in known:
            self.add(speaker)

    def add(self, speaker: KnownSpeaker) -> None:
        """Take in a speaker, or its new state."""
        if speaker.kind not in (SpeakerKind.PERSON, SpeakerKind.ORGANISATION):
            return
        self._by_id[speaker.id] = speaker
        for name in speaker.names:
            for word in _index_words(name, speaker.kind):
                self._by_word[word][speaker.id] = None

    def match(self, attribution: Attribution) -> KnownSpeaker | None:
        """Return the one known speaker that this attribution means; None where in doubt."""
        if attribution.kind is SpeakerKind.PERSON:
            near = self._near(attribution, (attribution.name,))
            if parse_name(attribution.name).is_full:
                return _match_full(attribution, near)
            return _match_surname(attribution.name, near)
        if attribution.kind is SpeakerKind.ORGANISATION:
            names = (attribution.name, *attribution.aliases)
            return _match_organisation(attribution, self._near(attribution, names))
        return None

    def _near(self, attribution: Attribution, names: Sequence[str]) -> list[KnownSpeaker]:
        found: dict[str, None] = {}
        for name in names:
            for word in _index_words(name, attribution.kind):
                found |= self._by_word.get(word, {})
        speakers = (self._by_id[id_] for id_ in found)
        return [speaker for speaker in speakers if speaker.kind is attribution.kind]


def match(attribution: Attribution, known: Sequence[KnownSpeaker]) -> KnownSpeaker | None:
    """Return the one known speaker that this attribution means; None where in doubt."""
    return Registry(known).match(attribution)


def fuller_name(first: str, second: str) -> str:
    """Return the form that tells more of one name; the first where they are even."""
    return max(first, second, key=_fullness)


def _fullness(name: str) -> tuple[int, int, bool, int]:
    parsed = parse_name(name)
    words = [part for part in parsed.parts if not part.initial]
    return (len(words), len(parsed.parts), not name.isupper(), len(parsed.suffix))


def _index_words(name: str, kind: SpeakerKind) -> set[str]:
    if kind is SpeakerKind.ORGANISATION:
        return {organisation_key(name)}
    parts = parse_name(name).parts
    return {part.text for part in parts if not part.initial} | {name_key(name)}


def _only(speakers: Sequence[KnownSpeaker]) -> KnownSpeaker | None:
    return speakers[0] if len(speakers) == 1 else None


def _full_names(speaker: KnownSpeaker) -> list[str]:
    return [name for name in speaker.names if parse_name(name).is_full]


def _match_full(attribution: Attribution, near: Sequence[KnownSpeaker]) -> KnownSpeaker | None:
    name = attribution.name
    key = name_key(name)
    # One full name is one speaker: nothing here could tell two bearers of it apart, and to make
    # a new one for each document would split the first one over and over.
    same = [known for known in near if name_key(known.name) == key]
    if same:
        return same[0]
    called = [known for known in near if key in map(name_key, known.aliases)]
    if called:
        return _only(called)
    fitting = [known for known in near if _all_fit(name, known)]
    if fitting:
        return _only(fitting)
    surnames = {s for s in (name, *attribution.aliases) if not parse_name(s).is_full}
    bare = [
        known
        for known in near
        if not _full_names(known) and _is_surname(name, known.name, surnames)
    ]
    rivals = [k for k in near if _full_names(k) and any(_bears(k, b.name) for b in bare)]
    return _only(bare) if not rivals else None


def _all_fit(name: str, known: KnownSpeaker) -> bool:
    full = _full_names(known)
    return bool(full) and all(is_compatible(name, other) for other in full)


def _match_surname(name: str, near: Sequence[KnownSpeaker]) -> KnownSpeaker | None:
    key = name_key(name)
    same = [k for k in near if not _full_names(k) and key in map(name_key, k.names)]
    if same:
        return same[0]
    return _only([known for known in near if _bears(known, name)])


def _bears(known: KnownSpeaker, surname: str) -> bool:
    """Tell whether the lone name is the surname of a known full name, or a given nickname."""
    full = _full_names(known)
    alone = [alias for alias in known.names if not parse_name(alias).is_full]
    if any(_is_surname(name, surname, alone) for name in full):
        return True
    key = name_key(surname)
    nicknames = [a for a in alone if not any(_is_end(name, a) for name in full)]
    return any(name_key(nickname) == key for nickname in nicknames)


def _is_end(full: str, alone: str) -> bool:
    return ends_with(full, alone) or begins_with(full, alone)


def _is_surname(full: str, alone: str, used: Iterable[str]) -> bool:
    """Tell whether a lone name is the full name's surname.

    The last part is, unless the text used only the first one alone ("Ishiba" for "Ishiba Shigeru").
    """
    used = list(used)
    if any(ends_with(full, name) for name in used):
        return ends_with(full, alone)
    if any(begins_with(full, name) for name in used):
        return begins_with(full, alone)
    return ends_with(full, alone)


def _match_organisation(
    attribution: Attribution, near: Sequence[KnownSpeaker]
) -> KnownSpeaker | None:
    key = organisation_key(attribution.name)
    aliases = set(map(organisation_key, attribution.aliases))
    same = [known for known in near if organisation_key(known.name) == key]
    if same:
        return same[0]
    for fits in (
        [known for known in near if key in map(organisation_key, known.aliases)],
        [known for known in near if organisation_key(known.name) in aliases],
    ):
        if fits:
            return _only(fits)
    return None

"""Descriptions that vary a name: "the retired surgeon", "the Utah Republican", "his son"."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.accused import DEFENDANTS, accused
from quotes.speakers.descriptors import Descriptor
from quotes.speakers.names import fold, parse_name
from quotes.speakers.nouns import FEMININE, KIN, MASCULINE
from quotes.speakers.titles import TITLE_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.speakers.coreference import Coreference
    from quotes.speakers.entity import Entity
    from quotes.speakers.floor import Floor
    from quotes.speakers.nominals import Nominal

_SPOKE_WITHIN: Final = 6
_GOING_ON: Final = words(
    "went goes continued continues added adds concluded concludes resumed resumes"
)
_TELLING: Final = words("former ex retired veteran longtime onetime")
_GENDER: Final = {
    **dict.fromkeys(FEMININE, "feminine"),
    **dict.fromkeys(MASCULINE, "masculine"),
}
# Offices whose holder a text may name by surname alone, without a word on who it is.
_KNOWN_BY_SURNAME: Final = words("president chancellor pope king queen premier")
# What a text calls those of whom readers know that they are it.
_PUBLIC: Final = words(
    "candidate nominee frontrunner front-runner contender hopeful republican democrat conservative "
    "liberal businessman businesswoman billionaire mogul magnate tycoon celebrity legend icon idol "
    "politician incumbent challenger statesman newcomer outsider socialist independent"
)
# Of whom a text speaks without ever naming them, however it says which of them it means.
_ANYONE: Final = words(
    "aide attendee attorney customer employee expert guest insider lawyer member officer official "
    "operative organizer participant person resident respondent source spokesman spokesperson "
    "spokeswoman staffer student supporter voter witness worker"
)
_SURE: Final = 0.6

Found = tuple["Entity", Descriptor]


class Variation:
    """Finds whom a description means where the text has called nobody so."""

    def __init__(self, coreference: Coreference, floor: Floor, cues: Mapping[int, str]) -> None:
        self._coreference = coreference
        self._layout = coreference.layout
        self._entities = coreference.entities
        self._nominals = coreference.nominals
        self._floor = floor
        self._cues = cues

    def resolve(self, nominal: Nominal) -> Found | None:
        """Return the person meant, and where the text named them last; None where it is open."""
        return (
            self._goes_on(nominal)
            or self._well_known(nominal)
            or self._relative(nominal)
            or self._tried(nominal)
            or self._varied(nominal)
            or self._likeliest(nominal)
        )

    def _goes_on(self, nominal: Nominal) -> Found | None:
        """Let "the lecturer went on" be whoever spoke last, where nobody else is so described."""
        cue = self._cues.get(nominal.token, "").split()
        if not cue or cue[0] not in _GOING_ON or nominal.owner is not None:
            return None
        entity = self._floor.speaker(nominal.token, within=_SPOKE_WITHIN, quoted=True)
        if entity is None or not entity.mentions or self._nominals.knows(nominal.head):
            return None
        return entity, self._by_name(entity, nominal, "speaker-continues")

    def _well_known(self, nominal: Nominal) -> Found | None:
        """Let "the president" be the one person near by whom the text need not introduce."""
        if nominal.head not in _KNOWN_BY_SURNAME or nominal.modifiers or nominal.owner is not None:
            return None
        if self._nominals.knows(nominal.head):
            return None
        near: dict[Entity, None] = {}
        for reference in self._coreference.before(nominal.token):
            if self._layout.paragraph[reference.index] != self._layout.paragraph[nominal.token]:
                break
            entity = reference.entity
            if entity.kind is SpeakerKind.PERSON:
                near.setdefault(entity)
        if len(near) != 1:
            return None
        (entity,) = near
        if entity.descriptors or any(parse_name(m.name).is_full for m in entity.mentions):
            return None
        return entity, self._by_name(entity, nominal, "description")

    def _relative(self, nominal: Nominal) -> Found | None:
        """Let "Marsh's son" be the one other bearer of the surname of that gender."""
        if nominal.owner is None or nominal.head not in KIN:
            return None
        owner = self._coreference.owner(nominal.owner)
        if owner is None or owner.kind is not SpeakerKind.PERSON or not owner.mentions:
            return None
        surname = self._entities.name_of(owner).key.split()[-1]
        gender = _GENDER.get(nominal.head, "")
        fitting = [
            entity
            for entity in self._entities.bearing(surname)
            if entity is not owner and entity.gender in {"", gender} and not entity.is_open
        ]
        if len(fitting) != 1:
            return None
        return fitting[0], self._by_name(fitting[0], nominal, "kin")

    def _tried(self, nominal: Nominal) -> Found | None:
        """Let "the defendant" be the one person of whom the text says that they are on trial."""
        if nominal.head not in DEFENDANTS or nominal.modifiers or nominal.owner is not None:
            return None
        # Named in passing ("the defendant's van"), they are seldom whom "he" means next.
        if nominal.token not in self._coreference.sources or self._nominals.knows(nominal.head):
            return None
        tried: dict[Entity, None] = {}
        for index in self._accused:
            reference = self._coreference.pronouns.get(index)
            entity = reference.entity if reference else self._entities.named_at(index)
            if entity is not None and entity.kind is SpeakerKind.PERSON and not entity.is_open:
                tried.setdefault(entity)
        if len(tried) != 1:
            return None
        (entity,) = tried
        return entity, self._by_name(entity, nominal, "description")

    @cached_property
    def _accused(self) -> tuple[int, ...]:
        return tuple(accused(self._layout))

    def _varied(self, nominal: Nominal) -> Found | None:
        """Let "the retired surgeon" be the last speaker, where the text has called nobody so.

        Such a description tells something new of somebody known; a bare "the surgeon" is more
        often somebody new.
        """
        entity = self._floor.speaker(nominal.token, within=2)
        if not self._tells(nominal, _TELLING) or entity is None or not entity.mentions:
            return None
        if not self._floor.is_alone or self._nominals.knows(nominal.head):
            return None
        gender = _GENDER.get(nominal.head, "")
        if gender and entity.gender not in {"", gender}:
            return None
        return entity, self._by_name(entity, nominal, "description")

    def _tells(self, nominal: Nominal, telling: frozenset[str]) -> bool:
        """Tell whether a source's description says who it is by a name, or by such a word."""
        if nominal.token not in self._coreference.sources or nominal.owner is not None:
            return False
        if self._layout.word(nominal.first) != "the":
            return False
        if nominal.head in _ANYONE:
            return False
        # A capital is a name's that the tagger missed, but for "the Utah Republican".
        text = self._layout.doc[nominal.token].text
        if text[:1].isupper() and not {fold(text), nominal.head} & (TITLE_WORDS | _PUBLIC):
            return False
        return bool(nominal.proper or (nominal.modifiers | {nominal.head}) & telling)

    def _likeliest(self, nominal: Nominal) -> Found | None:
        """Let the ranker of pronouns choose among those whom the description does not belie."""
        if not self._tells(nominal, _TELLING | _PUBLIC):
            return None
        gender = _GENDER.get(nominal.head, "")
        entity = self._coreference.likeliest(
            nominal.token,
            _SURE,
            lambda one: (
                bool(one.mentions)
                and one.kind is SpeakerKind.PERSON
                and (not gender or one.gender in {"", gender})
                and not self._nominals.belies(nominal, one)
            ),
        )
        if entity is None:
            return None
        return entity, self._by_name(entity, nominal, "description")

    def _by_name(self, entity: Entity, nominal: Nominal, relation: str) -> Descriptor:
        """Return a descriptor that stands at the name last used."""
        mention = self._entities.last_before(entity, nominal.token)
        place = (mention.first, mention.start, mention.end)
        return Descriptor(nominal.head, frozenset(), *place, relation)

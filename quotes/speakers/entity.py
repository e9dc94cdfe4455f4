"""One entity of a document: what is known of whom or what some mentions name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from quotes.speakers.abbreviations import Abbreviation
    from quotes.speakers.descriptors import Descriptor
    from quotes.speakers.mention import Mention


@dataclass(slots=True, eq=False)
class Entity:
    """Whom or what some mentions name; `feminine` and `masculine` are votes, not a verdict.

    `phrase` is head, first and end token of the words for somebody or something without a name.
    `near_feminine` and `near_masculine` count the pronouns that may or may not mean it.
    """

    kind: SpeakerKind
    mentions: list[Mention] = field(default_factory=list)
    descriptors: list[Descriptor] = field(default_factory=list)
    shorts: list[Abbreviation] = field(default_factory=list)
    feminine: float = 0.0
    masculine: float = 0.0
    near_feminine: float = 0.0
    near_masculine: float = 0.0
    is_place: bool = False
    is_nation: bool = False
    is_open: bool = False
    is_thing: bool = False
    phrase: tuple[int, int, int] | None = None

    @property
    def gender(self) -> str:
        """`feminine` or `masculine` where the document's evidence leans clearly, else nothing."""
        if self.feminine >= 1 and self.feminine > 2 * self.masculine:
            return "feminine"
        if self.masculine >= 1 and self.masculine > 2 * self.feminine:
            return "masculine"
        return ""

    @property
    def is_surely_person(self) -> bool:
        """Whether more speaks for a person than for a body or a place of the name.

        A quotation's speaker is taken for a person on less.
        """
        if self.kind is not SpeakerKind.PERSON:
            return False
        told = self.feminine + self.masculine + len(self.descriptors)
        others = sum(m.body + m.place + m.nation for m in self.mentions)
        return sum(m.person for m in self.mentions) + told > others

    @property
    def lean(self) -> float:
        """How far the pronouns around lean: 1 towards "she", -1 towards "he"."""
        both = self.near_feminine + self.near_masculine
        return (self.near_feminine - self.near_masculine) / (both + 1)

"""Whose statement speaks, and whose spokesman: "a statement from Marsh", "a spokesman for her"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import BODIES, FEMININE_PRONOUNS, MASCULINE_PRONOUNS
from quotes.speakers.pronouns import antecedent
from quotes.speakers.sources import plain
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from quotes.speakers.coreference import Coreference
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.evidence import Step
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention
    from quotes.speakers.pronouns import Reference

# Writings that say what those say who put them out; reports, polls and papers speak for themselves.
_STATEMENTS: Final = words(
    "announcement communique communiqué email e-mail letter message post release speech statement "
    "testimony tweet"
)
# Writings whose author speaks through them, where the text says whose they are.
_PERSONAL: Final = words(
    "column editorial email essay letter memo memoir message note post speech statement testimony "
    "tweet"
)
_PUBLIC: Final = words("announcement communique communiqué release statement tweet")
_ISSUED: Final = words(
    "attributed emailed issued made posted published put read released sent signed written"
)
_STOPS: Final = frozenset({",", ";", ":", "(", "that", "which", "who", "on", "in", "after", "to"})
_SINGULAR: Final = FEMININE_PRONOUNS | MASCULINE_PRONOUNS


class Owners:
    """Reads in one document whose writings and whose people speak."""

    def __init__(self, layout: Layout, entities: Entities, coreference: Coreference) -> None:
        self._layout = layout
        self._entities = entities
        self._coreference = coreference

    def author(self, head: int, first: int) -> Reference | None:
        """Return whoever wrote "his letter" or "Marsh's memo"."""
        if lemma_of(self._layout.doc[head]) not in _PERSONAL:
            return None
        for index in range(head - 1, max(first, head - 4) - 1, -1):
            token = self._layout.doc[index]
            if token.tag_ == "PRP$" and token.lower_ in _SINGULAR:
                return self._coreference.pronouns.get(index)
            if token.tag_ == "POS":
                owner = self._coreference.reference_at(index - 1)
                person = owner is not None and owner.entity.kind is SpeakerKind.PERSON
                return owner if person else None
        return None

    def of_statement(self, head: int, first: int, last: int) -> tuple[int, int] | None:
        """Return the words for those whose statement the words `[first, last)` mean."""
        lemma = lemma_of(self._layout.doc[head])
        if lemma not in _STATEMENTS:
            return None
        return (
            self._behind(head, last)
            or self._possessor(head, first)
            or (self._compound(head, first) if lemma in _PUBLIC else None)
        )

    def _behind(self, head: int, last: int) -> tuple[int, int] | None:
        """Read "a statement from the ministry" and "a letter signed by Ada Marsh"."""
        index = head + 1
        if self._layout.word(index) in _ISSUED:
            index += 1
            if self._layout.word(index) in {"out", "to", "on"}:
                index += 1
        if index >= last or self._layout.word(index) not in {"by", "from"}:
            return None
        end = index + 1
        while end < last and self._layout.word(end) not in _STOPS:
            end += 1
        return (index + 1, end) if end > index + 1 else None

    def _possessor(self, head: int, first: int) -> tuple[int, int] | None:
        """Read "the ministry's written statement"."""
        for index in range(head - 1, max(first, head - 4) - 1, -1):
            if self._layout.doc[index].tag_ == "POS":
                return (first, index) if index > first else None
        return None

    def _compound(self, head: int, first: int) -> tuple[int, int] | None:
        """Read "a White House statement"."""
        mention = self._entities.at_token(head - 1)
        if mention is None and lemma_of(self._layout.doc[head - 1]) in BODIES:
            return (first, head) if head > first else None
        if mention is None or mention.last != head or mention.first < first:
            return None
        entity = self._entities.of.get(mention)
        if entity is None or entity.is_place or entity.is_nation:
            return None
        return mention.first, mention.last

    def tied(self, begin: int, end: int) -> tuple[str, tuple[Step, ...]] | None:
        """Return the words `[begin, end)` with full names for "her" and "Marsh", and their places.

        None where they tie nobody to a person whom the text names.
        """
        parts: list[str] = []
        steps: list[Step] = []
        index = begin
        while index < end:
            token = self._layout.doc[index]
            mention = self._entities.at_token(index)
            whole, behind = token.text, index + 1
            best = None
            if mention is not None and mention.first <= index < mention.last <= end:
                behind = mention.last
                whole = self._layout.text[token.idx : self._layout.end(behind - 1)]
                best = self._best(self._entities.of.get(mention))
                # "Marsh-backed" is one word.
                bound = self._layout.word(behind) == "-"
                if best is not None and (bound or self._shown(best) in plain(whole)):
                    best = None
            elif token.lower_ in _SINGULAR and token.tag_ in {"PRP", "PRP$"} and end - begin > 1:
                best = self._best(self._taken_up(index))
            if best is not None:
                parts = self._without_title(parts, mention)
                steps.append((best.start, best.end, "possessor"))
                whole = self._shown(best) + ("’s" if token.tag_ == "PRP$" else "")
            parts.append(whole + self._layout.doc[behind - 1].whitespace_)
            index = behind
        return (plain("".join(parts)), tuple(steps)) if steps else None

    def _taken_up(self, index: int) -> Entity | None:
        """Return whom a pronoun of a phrase takes up: nobody is a spokesman for himself."""
        # In somebody's words "his" is hard to tell, and never the speaker's own.
        if self._layout.quoted[index]:
            return None
        reference = self._coreference.pronouns.get(index)
        entity = reference.entity if reference is not None else None
        if entity is None or entity.phrase is None or index not in range(*entity.phrase[1:]):
            return entity
        history = list(self._coreference.before(index))[::-1]
        found = antecedent(
            self._layout, history, index, barred=entity, fits=lambda one: bool(one.mentions)
        )
        return found.entity if found is not None else None

    def _best(self, entity: Entity | None) -> Mention | None:
        if entity is None or entity.kind is not SpeakerKind.PERSON:
            return None
        return self._entities.name_of(entity) if entity.mentions and not entity.is_open else None

    def _shown(self, mention: Mention) -> str:
        return plain(self._entities.shown(mention))

    def _without_title(self, parts: list[str], mention: Mention | None) -> list[str]:
        """Drop "Mr." before a name that is given in full."""
        if mention is None or mention.title is None:
            return parts
        kept = len(parts) - (mention.first - mention.title[0])
        return parts[: max(kept, 0)]

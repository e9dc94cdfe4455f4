"""The token that a source mention turns on: its name where it has one, else its noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import BODIES, WRITINGS, is_person_noun
from quotes.speakers.plurals import is_plural
from quotes.speakers.sources import head_of

if TYPE_CHECKING:
    from quotes.spans import Span
    from quotes.speakers.entities import Entities
    from quotes.speakers.layout import Layout

_BEHIND_NAME: Final = frozenset({",", "(", "—", "–", "--", "[", "who"})
_OWNING: Final = frozenset({"'s", "’s", "'", "’"})
_TITLE: Final = 9
_TITLES: Final = frozenset({"NOUN", "PROPN", "ADJ"})


class Heads:
    """Finds heads with the names of the document at hand."""

    def __init__(self, layout: Layout, entities: Entities) -> None:
        self.layout = layout
        self.entities = entities

    def of(self, source: Span) -> int | None:
        first, last = self.layout.tokens_within(source.start, source.end)
        titled = self._doubly_titled(first, last)
        if titled is not None:
            return titled
        leading = self._leading_name(first, last)
        if leading is not None and self._is_office(leading):
            leading = self._trailing_name(first, last) or leading
        if leading is not None:
            return leading
        apposed = self._apposed_name(first, last)
        if apposed is not None:
            return apposed
        trailing = self._trailing_name(first, last)
        if trailing is not None:
            return trailing
        plain_end = self._plain_end(first, last)
        if plain_end is not None:
            return plain_end
        return head_of(self.layout, first, last)

    def _doubly_titled(self, first: int, last: int) -> int | None:
        """Return the last word of the name in "lobbyist and party strategist Ann Roe"."""
        joint = next((i for i in range(first + 1, last) if self.layout.word(i) == "and"), None)
        if joint is None or not is_person_noun(lemma_of(self.layout.doc[joint - 1])):
            return None
        ahead = range(joint + 1, min(joint + _TITLE, last))
        mention = next((m for i in ahead if (m := self.entities.at_token(i)) is not None), None)
        entity = self.entities.of.get(mention) if mention is not None else None
        if mention is None or entity is None or entity.kind is not SpeakerKind.PERSON:
            return None
        between = self.layout.doc[joint + 1 : mention.first]
        before = self.layout.doc[first:joint]
        named = any(
            (one := self.entities.named_at(token.i)) is not None
            and one.kind is SpeakerKind.PERSON
            and self.layout.doc[token.i + 1].pos_ != "NOUN"
            for token in before
        )
        titles = len(between) > 0 and all(token.pos_ in _TITLES for token in between)
        plural = is_plural(self.layout, joint - 1)
        return mention.last - 1 if titles and not named and not plural else None

    def _is_office(self, index: int) -> bool:
        """Tell whether a name is that of an office ("Norwell Supervisor of Schools Ann Roe")."""
        entity = self.entities.named_at(index)
        body = entity is not None and entity.kind is SpeakerKind.ORGANISATION
        return body and is_person_noun(lemma_of(self.layout.doc[index]))

    def _trailing_name(self, first: int, last: int) -> int | None:
        """Return the last word of the name that ends a source such as "chief of police Ann Roe"."""
        while last > first and not self.layout.doc[last - 1].text[-1:].isalnum():
            last -= 1
        mention = self.entities.at_token(last - 1)
        if mention is None or mention.last != last or mention.first <= first:
            return None
        entity = self.entities.of.get(mention)
        if entity is None or entity.kind is not SpeakerKind.PERSON:
            return None
        head = head_of(self.layout, first, last)
        if head is not None and head < mention.first and is_plural(self.layout, head):
            return None
        start = mention.title[0] if mention.title else mention.first
        before = self.layout.doc[max(start - 1, first)]
        if start <= first or (before.pos_ in {"NOUN", "PROPN"} and before.tag_ != "NNS"):
            return last - 1
        return None

    def _plain_end(self, first: int, last: int) -> int | None:
        """Return the last word of a short phrase of nothing but nouns and what precedes them."""
        words = self.layout.doc[first:last]
        if not 2 <= len(words) <= 6 or any(
            token.pos_ in {"ADP", "PUNCT", "SCONJ", "CCONJ", "AUX", "PRON", "SPACE", "ADV", "PART"}
            for token in words
        ):
            return None
        middle = words[:-1]
        if any(token.pos_ == "VERB" and not token.text[:1].isupper() for token in middle):
            return None
        return last - 1 if words[-1].is_alpha else None

    def _leading_name(self, first: int, last: int) -> int | None:
        """Return the last word of the name that the source begins with, unless it modifies."""
        while first < last and not self.layout.doc[first].is_alpha:
            first += 1
        if self.layout.word(first) in {"the", "mr.", "ms.", "mrs.", "dr."}:
            first += 1
        mention = self.entities.at_token(first)
        if mention is None:
            following = range(first, min(first + 6, last))
            mention = next(
                (m for i in following if (m := self.entities.at_token(i)) and m.title), None
            )
            if mention is None or mention.title is None or mention.title[0] > first:
                return None
        after = self.layout.token(mention.last)
        if after is None or mention.last >= last:
            return mention.last - 1 if mention.last <= last else None
        if after.text in _OWNING:
            # "Noonday News’ Ann Roe"
            owned = self.entities.at_token(mention.last + 1)
            entity = self.entities.of.get(owned) if owned is not None else None
            if owned is not None and entity is not None and owned.last <= last:
                return owned.last - 1 if entity.kind is SpeakerKind.PERSON else None
        if after.ent_type_ in {"DATE", "TIME"}:
            return mention.last - 1
        if after.text in {",", "(", "of", "who", "--", "—", "–", "["} or after.pos_ in {
            "VERB",
            "AUX",
        }:
            return mention.last - 1
        return None

    def _apposed_name(self, first: int, last: int) -> int | None:
        """Return the last word of the name behind the comma in "its secretary, Ann Roe"."""
        doc = self.layout.doc
        comma = next((i for i in range(first + 1, last) if doc[i].text == ","), None)
        if comma is None:
            return None
        ahead = range(comma + 1, min(comma + 5, last))
        mention = next((m for i in ahead if (m := self.entities.at_token(i))), None)
        if mention is None or mention.last > last:
            return None
        entity = self.entities.of.get(mention)
        start = mention.title[0] if mention.title else mention.first
        if entity is None or entity.kind is not SpeakerKind.PERSON or start != comma + 1:
            return None
        head = head_of(self.layout, first, comma)
        if head is None or doc[head].pos_ != "NOUN" or is_plural(self.layout, head):
            return None
        if lemma_of(doc[head]) in BODIES | WRITINGS:
            return None
        after = self.layout.token(mention.last)
        closed = mention.last == last or (
            after is not None and (after.text in _BEHIND_NAME or after.pos_ == "ADP")
        )
        return mention.last - 1 if closed else None

"""The token that a source mention turns on: its name where it has one, else its noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.nouns import BODIES, NAME_BODIES, WRITINGS, is_person_noun
from quotes.speakers.plurals import is_plural
from quotes.speakers.sources import head_of
from quotes.speakers.titles import QUALIFIERS

if TYPE_CHECKING:
    from quotes.spans import Span
    from quotes.speakers.entities import Entities
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

_BEHIND_NAME: Final = frozenset({",", "(", "—", "–", "--", "[", "who"})
_OWNING: Final = frozenset({"'s", "’s", "'", "’"})
_LEADING: Final = frozenset({"by", "from"})
_TITLE: Final = 9
# What stands between a description and the name that it describes.
_APPOSING: Final = frozenset({",", "--", "—", "–"})
_NAMED_AFTER: Final = 8
_TITLES: Final = frozenset({"NOUN", "PROPN", "ADJ"})


class Heads:
    """Finds heads with the names of the document at hand."""

    def __init__(self, layout: Layout, entities: Entities) -> None:
        self.layout = layout
        self.entities = entities

    def of(self, source: Span) -> int | None:
        first, last = self.layout.tokens_within(source.start, source.end)
        while first < last - 1 and self.layout.word(first) in _LEADING:
            first += 1
        titled = self._doubly_titled(first, last)
        if titled is not None:
            return titled
        leading = self._leading_name(first, last)
        if leading is not None and self._is_office(leading):
            apposed = self._apposed_name(first, last)
            leading = apposed or self._trailing_name(first, last) or leading
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
        mention = self._first_person(ahead)
        if mention is None:
            return None
        between = self.layout.doc[joint + 1 : mention.first]
        before = self.layout.doc[first:joint]
        named = any(
            (one := self.entities.named_at(token.i)) is not None
            and one.kind is SpeakerKind.PERSON
            and self.layout.doc[token.i + 1].pos_ != "NOUN"
            and not is_person_noun(lemma_of(self.layout.doc[token.i + 1]))
            for token in before
        )
        titles = len(between) > 0 and all(token.pos_ in _TITLES for token in between)
        plural = is_plural(self.layout, joint - 1)
        return mention.last - 1 if titles and not named and not plural else None

    def _first_person(self, ahead: range) -> Mention | None:
        """Return the first person named, behind "New York City" of the mayor's title."""
        for index in ahead:
            mention = self.entities.at_token(index)
            entity = self.entities.of.get(mention) if mention is not None else None
            if mention is not None and entity is not None and entity.kind is SpeakerKind.PERSON:
                return mention
        return None

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
        before = self.layout.doc[max(self.layout.before(start), first)]
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
                whole = owned.last == last and is_two_names(owned)
                return owned.last - 1 if entity.kind is SpeakerKind.PERSON or whole else None
        if after.text == "(" and (titled := self._behind_place(mention, last)) is not None:
            return titled
        if after.ent_type_ in {"DATE", "TIME"}:
            return mention.last - 1
        if after.text in {",", "(", "of", "who", "--", "—", "–", "["} or after.pos_ in {
            "VERB",
            "AUX",
        }:
            return mention.last - 1
        return None

    def _behind_place(self, mention: Mention, last: int) -> int | None:
        """Return the last word of the name in "Orde County (Ohio) Sheriff Ann Roe"."""
        ahead = range(mention.last, min(mention.last + _NAMED_AFTER, last))
        close = next((i for i in ahead if self.layout.word(i) == ")"), None)
        named = self._first_person(range(close + 1, ahead.stop)) if close is not None else None
        if close is None or named is None or named.title is None or named.last > last:
            return None
        return named.last - 1 if named.title[0] == close + 1 else None

    def _apposed_name(self, first: int, last: int) -> int | None:
        """Return the last word of the name behind the comma in "its secretary, Ann Roe"."""
        doc = self.layout.doc
        one = self.layout.word(first) == "one" and self.layout.word(first + 1) == "of"
        marks = [i for i in range(first + 1, last) if doc[i].text in _APPOSING]
        for comma in marks[: 2 if one else 1]:
            mention = self._first_person(range(comma + 1, min(comma + _NAMED_AFTER, last)))
            if mention is None or mention.last > last:
                continue
            if not self._is_apposed(comma, mention) or not self._is_one(first, comma, one):
                continue
            after = self.layout.token(mention.last)
            closed = mention.last == last or (
                after is not None and (after.text in _BEHIND_NAME or after.pos_ == "ADP")
            )
            if closed:
                return mention.last - 1
        return None

    def _is_apposed(self, comma: int, mention: Mention) -> bool:
        """Tell whether only "former" or "his cousin" stands between the comma and the name."""
        start = mention.title[0] if mention.title else mention.first
        between = self.layout.doc[comma + 1 : start]
        if not len(between) or all(token.lower_ in QUALIFIERS | {"the"} for token in between):
            return True
        kin = len(between) == 2 and between[0].tag_ == "PRP$"
        return kin and is_person_noun(lemma_of(between[-1]))

    def _is_one(self, first: int, comma: int, one: bool) -> bool:
        """Tell whether the words before the comma describe one person."""
        if one:
            return True
        head = head_of(self.layout, first, comma)
        if head is None or is_plural(self.layout, head):
            return False
        lemma = lemma_of(self.layout.doc[head])
        if self.layout.doc[head].pos_ == "PROPN":
            return is_person_noun(lemma)
        return self.layout.doc[head].pos_ == "NOUN" and lemma not in BODIES | WRITINGS


def is_two_names(mention: Mention) -> bool:
    """Tell whether a name can be a person's, though the tagger sees a body: "Ann Roe"."""
    parts = mention.key.split()
    return len(parts) == 2 and parts[-1] not in NAME_BODIES and mention.text.istitle()

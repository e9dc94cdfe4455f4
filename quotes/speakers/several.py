"""People whom a text names together elsewhere: "the senators", "both candidates", "the Marshes"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.speakers.descriptors import lemma_of
from quotes.speakers.families import Families
from quotes.speakers.listed import Listed
from quotes.speakers.nouns import NUMBERS, are_people
from quotes.speakers.pairs import Pairs
from quotes.speakers.relatives import people_of_whom

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from quotes.speakers.coreference import Coreference
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention
    from quotes.speakers.together import Together

_DEFINITE: Final = frozenset({"the", "these", "those", "both", "all", "each", "neither"})
_PARTISAN: Final = frozenset({"democratic", "republican", "gop", "presidential", "party"})
_EITHER: Final = frozenset({"each", "neither"})
_EXAMPLES: Final = frozenset({"including", "like"})
_BARE: Final = (["both"], ["the", "two"])
_NEAR: Final = 6
_FIRMS: Final = frozenset(
    {"agency", "bank", "carrier", "company", "firm", "giant", "group", "network", "newspaper"}
    | {"organization", "organisation", "outlet", "paper", "publisher", "union"}
)
_LISTED: Final = 3
_OF: Final = frozenset({"of", "them", "whom"})


class Several:
    """Leads a source that means several people to those whom the text names.

    `joined` are the people named side by side, by the first word, and those whom a source was led
    to, by the token that it turns on.
    """

    def __init__(self, layout: Layout, coreference: Coreference, together: Together) -> None:
        self._layout = layout
        self.joined = together.groups()
        self._named_firms = together.groups(firms=True)
        self.pairs = Pairs(layout, coreference, self.joined)
        self._families = Families(layout, coreference.entities)
        self._listed = Listed(layout, coreference.entities, self.joined)

    def people(self, head: int, first: int, last: int, groups: Collection[str]) -> list[Mention]:
        """Return those whom a source means by its own words or those before it; none if unsure.

        `groups` are the nouns by which the text has brought in people without a name.
        """
        found = list(self._told(head, first, last) or self._families.bearers(head))
        found = found or self._taken_up(head, first, last, groups)
        if found:
            self.joined[head] = found
        return found

    def _taken_up(self, head: int, first: int, last: int, groups: Collection[str]) -> list[Mention]:
        # "The two officials" are those brought in as officials, where the text did.
        if lemma_of(self._layout.doc[head]) in groups:
            return []
        number = self._number(head, first, last)
        if number is None:
            found = self._firms(head, first, last) or self.pairs.counted(head, first, last)
            told = [self._layout.word(index) for index in range(first, last)]
            return found or (self.pairs.prominent(head) if told in _BARE else [])
        found = list(self._listed.called(head, number))
        found = found or self.pairs.counted(head, first, last)
        return found or (self.pairs.prominent(head) if number == 2 else [])

    def antecedents(self, noun: int) -> Sequence[Mention]:
        """Return whom a plural noun means that "they" takes up, where a list tells."""
        return self._listed.told_by(noun)

    def behind(self, relative: int, noun: int) -> Sequence[Mention]:
        """Return those whom "who" in "A and B, women who" or "A and B, who are" stands for."""
        if told := self._listed.told_by(noun):
            return told
        layout = self._layout
        verbs = (t for t in layout.doc[relative + 1 : relative + 5] if t.pos_ in {"VERB", "AUX"})
        verb = next(verbs, None)
        if verb is None or not (verb.tag_ == "VBP" or verb.lower_ == "were"):
            return ()
        end = relative - (layout.word(relative - 1) == ",")
        return next((p for p in self.joined.values() if p[-1].last == end), ())

    def examples(self, head: int, last: int) -> int | None:
        """Return where those are named whom "others, including A and B" names; None if nobody."""
        for index in range(head + 1, min(head + _NEAR, last)):
            word = self._layout.word(index)
            if word in _EXAMPLES or (word == "as" and self._layout.word(index - 1) == "such"):
                return index + 1
            if self._layout.doc[index].pos_ in {"VERB", "AUX"}:
                break
        return None

    def _told(self, head: int, first: int, last: int) -> Sequence[Mention]:
        """Return the people of "both of whom" and of "three economists -- A, B and C --"."""
        listed = people_of_whom(self._layout, self.joined, first, last)
        return listed or self._listed.told_by(head)

    def _firms(self, head: int, first: int, last: int) -> list[Mention]:
        """Return the bodies listed just before "the companies" or "neither company"."""
        layout = self._layout
        told = [layout.word(index) for index in range(first, last)]
        plain = all(word in _DEFINITE | NUMBERS.keys() for word in told[:-1])
        if (
            not plain
            or len(told) < 2
            or not self._is_many(head)
            or lemma_of(layout.doc[head]) not in _FIRMS
        ):
            return []
        number = next((NUMBERS[word] for word in told if word in NUMBERS), 0)
        for place in sorted((p for p in self._named_firms if p < head), reverse=True):
            if layout.apart(layout.sentence[place], layout.sentence[head]) > _LISTED:
                break
            if number in {0, len(self._named_firms[place])}:
                return self._named_firms[place]
        return []

    def _is_many(self, head: int) -> bool:
        word = self._layout.word(head)
        either = self._layout.word(head - 1) in _EITHER
        return self._layout.doc[head].tag_ in {"NNS", "NNPS"} or either or word in NUMBERS

    def _number(self, head: int, first: int, last: int) -> int | None:
        """Return how many a definite plural for people counts, 0 if any; None if it is no such."""
        if not self._is_many(head):
            return None
        told = [self._layout.word(index) for index in range(first, last)]
        if not told or told[0] not in _DEFINITE or not are_people(lemma_of(self._layout.doc[head])):
            return None
        rest = [w for w in told[:-1] if w not in _DEFINITE | _OF | _PARTISAN and w not in NUMBERS]
        if rest or last - 1 != head:
            return None
        return next((NUMBERS[word] for word in told if word in NUMBERS), 0)

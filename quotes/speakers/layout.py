"""Where each token of a document stands: its sentence, its paragraph, inside or outside quotes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from quotes.nlp.paragraphs import paragraphs
from quotes.quotation import ANSWER, Kind
from quotes.speakers.sources import is_label, says_role
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from quotes.quotation import Quotation

_ENDS = frozenset(".!?…:;,\"”’')]")
_LISTS = words("speakers participants panelists panellists guests attendees present hosts")
_BEHIND_NAME = re.compile(r"[,(\[]")
# What makes a word a further item, a second name or a part of another.
_LINKS = frozenset({"conj", "appos", "flat"})
_SMALL = words("a an and as at but by for from in into is of on or over the to with")


class Layout:
    """Sentence, paragraph and quotation of every token, by its index.

    `quoted` marks what lies in quotation marks, `reported` the content of any quotation, `spoken`
    its source, `labels` the name in a transcript's label. `answers` has the range of tokens of each
    answer of an interview without labels, in their order.
    """

    def __init__(self, doc: Doc, quotations: Sequence[Quotation]) -> None:
        self.doc = doc
        self.text = doc.text
        self.offsets = [token.idx for token in doc]
        self.sentence: list[int] = []
        self.sentence_starts: list[int] = []
        self.paragraph: list[int] = []
        self._number()
        self.labels = bytearray(len(doc))
        self.quoted = bytearray(len(doc))
        self.reported = bytearray(len(doc))
        self.spoken = bytearray(len(doc))
        self.answers: list[tuple[int, int]] = sorted(
            self.tokens_within(quotation.hull.start, quotation.hull.end)
            for quotation in quotations
            if quotation.method == ANSWER
        )
        for quotation in quotations:
            for span in quotation.source:
                self._mark(self.spoken, span.start, span.end)
                if quotation.kind is Kind.DIRECT and is_label(self.text, span):
                    name = _BEHIND_NAME.split(self.text[span.start : span.end], maxsplit=1)[0]
                    if not says_role(name):
                        self._mark(self.labels, span.start, span.start + len(name))
            for span in quotation.content:
                self._mark(self.reported, span.start, span.end)
                if quotation.kind is Kind.DIRECT:
                    self._mark(self.quoted, span.start, span.end)
        self.headlines = self._headlines()
        self._narrated = self._count_narrated()
        self._leading: dict[int, int] = {}

    def _number(self) -> None:
        sentence = paragraph = -1
        starts = [span.start for span in paragraphs(self.text)]
        for token in self.doc:
            place = bisect_right(starts, token.idx)
            fresh = place - 1 > paragraph or sentence < 0
            if (token.is_sent_start and not token.is_space) or fresh:
                sentence += 1
                self.sentence_starts.append(token.i)
            paragraph = max(paragraph, place - 1, 0)
            self.sentence.append(sentence)
            self.paragraph.append(paragraph)

    def _count_narrated(self) -> list[int]:
        """Count the sentences up to each one, those that lie whole in quotation marks left out."""
        narrated = bytearray(len(self.sentence_starts))
        for token in self.doc:
            if token.is_alpha and not self.quoted[token.i]:
                narrated[self.sentence[token.i]] = 1
        return list(accumulate(narrated))

    def apart(self, earlier: int, later: int) -> int:
        """Return how many sentences two are apart, by number, quoted ones between left out."""
        between = self._narrated[later] - self._narrated[earlier]
        return max(between, min(1, later - earlier))

    def in_talk(self, index: int) -> bool:
        """Tell whether a token stands among the questions and answers without labels."""
        if not self.answers or index >= self.answers[-1][1]:
            return False
        return index >= (self.talk_before(self.answers[0][0]) or 0)

    def talk_before(self, index: int) -> int | None:
        """Return where the talk begins that an answer at a token takes up; None outside answers.

        That is the question before the last answer: nobody answers the article's introduction.
        """
        place = bisect_right(self.answers, index, key=lambda answer: answer[0]) - 1
        if place < 0 or index >= self.answers[place][1]:
            return None
        last, _ = self.answers[max(place - 1, 0)]
        asked = self.before(last)
        while asked > 0 and self.paragraph[asked - 1] == self.paragraph[asked]:
            asked -= 1
        return max(asked, 0)

    def _mark(self, marks: bytearray, start: int, end: int) -> None:
        for index in range(*self.tokens_within(start, end)):
            marks[index] = 1

    def tokens_within(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of the tokens that overlap `[start, end)`."""
        first = max(bisect_right(self.offsets, start) - 1, 0)
        last = bisect_left(self.offsets, end)
        while first < last and self._end_of(first) <= start:
            first += 1
        return first, max(last, first)

    def _end_of(self, index: int) -> int:
        token = self.doc[index]
        return int(token.idx + len(token))

    def end(self, index: int) -> int:
        """Return the offset behind the token."""
        return self._end_of(index)

    def sentence_end(self, index: int) -> int:
        """Return the token behind the sentence of a token."""
        number = self.sentence[index] + 1
        starts = self.sentence_starts
        return starts[number] if number < len(starts) else len(self.doc)

    def word(self, index: int) -> str:
        """Return the token in lower case, or nothing where there is no such token."""
        return self.doc[index].lower_ if 0 <= index < len(self.doc) else ""

    def before(self, index: int) -> int:
        """Return the place of the last token before this one that is no white space, or -1."""
        index -= 1
        while index >= 0 and self.doc[index].is_space:
            index -= 1
        return index

    def token(self, index: int) -> Token | None:
        """Return the token, or None past either end."""
        return self.doc[index] if 0 <= index < len(self.doc) else None

    def leading(self, token: Token) -> Token:
        """Return the word that a list or an apposition begins with, or the same outside one."""
        passed = []
        while token.i not in self._leading and token.dep_ in _LINKS and token.head != token:
            passed.append(token.i)
            token = token.head
        first = self._leading.get(token.i, token.i)
        # Each place is passed once, however long the list.
        self._leading.update(dict.fromkeys(passed, first))
        return self.doc[first]

    def _headlines(self) -> frozenset[int]:
        """Find the paragraphs set as headlines: capitals throughout, no full stop."""
        lines: dict[int, list[str]] = {}
        for token in self.doc:
            if not token.is_space:
                lines.setdefault(self.paragraph[token.i], []).append(token.text)
        return frozenset(number for number, line in lines.items() if _is_headline(line))


def _is_headline(line: list[str]) -> bool:
    if not 4 <= len(line) <= 30 or _lists_people(line):
        return False
    weighty = [word for word in line if word[0].isalpha() and word.lower() not in _SMALL]
    capital = sum(word[0].isupper() for word in weighty)
    if line[-1] in _ENDS:
        return len(weighty) >= 5 and capital == len(weighty)
    return len(weighty) >= 4 and capital >= 0.8 * len(weighty)


def _lists_people(line: list[str]) -> bool:
    """Tell whether the line introduces those who speak: "Speakers: Ada Marsh, mayor; …"."""
    return line[1] == ":" and line[0].lower() in _LISTS

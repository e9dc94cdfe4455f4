"""Find the answers of interviews printed without labels: a question, then "I" to the next one.

Newspapers print them as paragraphs of their own, some with the questions set apart by asterisks or
underscores. A text with labelled turns, an essay that asks its reader, a page of frequent questions
and a letter are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

# So many times a question must be followed by its answer, at least.
_LEAST = 3
# Paragraphs, from the first question to the last answer, for each answer; of them neither.
_PARAGRAPHS_EACH = 5.0
_NEITHER = 0.3
# Shares of the answers that say "I" or "we", that say "I", and of the questions that say "you".
_FIRST_PERSON = 0.5
_SINGULAR = 0.35
_ADDRESSED = 1 / 3
# Words of the longest question that nothing sets apart, and of the longest remark.
_QUESTION = 80
_REMARK = 40
# Words from which on a paragraph between answers goes on with one without saying "I".
_LONG = 30
_SHORT = 25

_EMPHASIS = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<inside>.+\S)(?P=mark)", re.DOTALL)
_DASH = re.compile(r"[—–\-]+[ \t\xa0]*(?=\S)")
_I = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Mm]ine|[Mm]yself)\b")
_ONLY_ME = re.compile(r"\b(?:[Mm]e|[Uu]s)\b")
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Oo]urs|us|[Oo]urselves)\b")
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_HE_SHE = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w’'\-]+\s+(?:[a-z]{2,3}\s+)?[A-Z][\w’'\-]+")
_SAYS = re.compile(
    r"\b(?:says?|said|adds?|added|asks?|asked|replie[ds]|reply|laughs?|laughed|recalls?|recalled|"
    r"tells?|told|explains?|explained|answers?|answered)\b"
)
_ASKED = re.compile(r"\b(?:I (?:ask|asked)|(?:tells|told|asks|asked) me)\b")
_OPENS_ON_THEM = re.compile(r"\W*(?:He|She|Mr|Mrs|Ms|Dr)\b")
_DIRECTION = ("(", "[", "“(", '"(')
_CLOSING = " \t\"”’'»)]*_"


class _Part(Enum):
    QUESTION = "question"
    ANSWER = "answer"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer by the spans of its paragraphs."""

    content: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.content[0].start

    @property
    def end(self) -> int:
        return self.content[-1].end


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """A paragraph without what sets it apart, and its words outside marks, if it has any.

    `others_say_i`: somebody says "I" inside the marks.
    """

    span: Span
    outside: str
    words: int
    apart: bool
    asks: bool
    barred: bool
    all_marked: bool
    others_say_i: bool

    @property
    def first(self) -> bool:
        return self.singular or bool(_WE.search(self.outside))

    @property
    def singular(self) -> bool:
        return bool(_I.search(self.outside))

    @property
    def second(self) -> bool:
        return bool(_YOU.search(self.outside))

    @property
    def tells_of_them(self) -> bool:
        """Whether it begins with "he" or "she" and nobody says "I" or "my": "She shows me one."."""
        speaks = self._speaks(_ONLY_ME.sub("", self.outside))
        return not speaks and bool(_OPENS_ON_THEM.match(self.outside))

    @staticmethod
    def _speaks(words: str) -> bool:
        return bool(_I.search(words) or _WE.search(words))

    @property
    def narrates(self) -> bool:
        """Whether somebody else tells of the one who answers: “No,” she says."""
        if self.barred:
            return True
        rest = self.outside
        if self.others_say_i:
            rest = _ONLY_ME.sub("", _ASKED.sub("", rest))
        if self._speaks(rest):
            return False
        opens = bool(_OPENS_ON_THEM.match(self.outside))
        told = bool(_SAYS.search(self.outside))
        marked = len(self.outside) < self.span.end - self.span.start
        return told and (opens or (marked and not self.all_marked))

    def is_said(self) -> bool:
        """Tell whether it can only be said by somebody who answers."""
        told = self.narrates or self.asks or _HE_SHE.search(self.outside)
        return self.singular and not told

    def may_ask(self) -> bool:
        """Tell whether it can be a question that nothing sets apart."""
        if self.barred or not self.asks or self.words > _QUESTION or self.all_marked:
            return False
        return self.second or not self.singular

    def may_remark(self) -> bool:
        """Tell whether it can be a question without its mark: "You never went back.\""""
        if self.barred or self.asks or self.words > _REMARK:
            return False
        return self.second and not self.first and len(self.outside) == len(self.span)


def answers(
    text: str, paragraphs: Sequence[Span], marked: Sequence[Span], furniture: frozenset[int]
) -> list[Answer]:
    """Return the answers in order; none where the text is not surely an interview.

    `marked` are the passages in quotation marks, `furniture` the starts of paragraphs that are no
    prose.
    """
    if text.count("?") < _LEAST - 1 or len(paragraphs) < 2 * _LEAST + 1:
        return []
    read = _read(text, paragraphs, marked, furniture)
    apart = _set_apart(read)
    parts = _divide_apart(read) if apart else _divide(read)
    if not _is_interview(read, parts, apart=apart):
        return []
    found: list[Answer] = []
    before = _Part.NEITHER
    for paragraph, part in zip(read, parts, strict=True):
        if part is _Part.ANSWER and before is _Part.ANSWER:
            found[-1] = Answer(content=(*found[-1].content, paragraph.span))
        elif part is _Part.ANSWER:
            found.append(Answer(content=(paragraph.span,)))
        before = part
    return found


def _read(
    text: str, paragraphs: Sequence[Span], marked: Sequence[Span], furniture: frozenset[int]
) -> list[_Paragraph]:
    read = []
    at = 0
    for paragraph in paragraphs:
        while at < len(marked) and marked[at].end <= paragraph.start:
            at += 1
        within = at
        inside = []
        while within < len(marked) and marked[within].start < paragraph.end:
            inside.append(marked[within])
            within += 1
        inner = _set_off(text, paragraph)
        apart, span = inner is not None, inner or paragraph
        dash = _DASH.match(text, span.start, span.end)
        span = Span(dash.end(), span.end) if dash is not None else span
        outside = _without(text, span, inside)
        all_marked = bool(inside) and not outside.strip(" \t.,;:…—–-")
        read.append(
            _Paragraph(
                span=span,
                outside=text[span.start : span.end] if all_marked else outside,
                words=len(text[span.start : span.end].split()),
                apart=apart,
                asks=text[span.start : span.end].rstrip(_CLOSING).endswith("?"),
                barred=(paragraph.start in furniture and not apart and not _is_spoken(outside))
                or text.startswith(_DIRECTION, span.start),
                all_marked=all_marked,
                others_say_i=any(_I.search(text, one.start, one.end) for one in inside),
            )
        )
    return read


def _is_spoken(words: str) -> bool:
    """Tell whether what stands over a credit is no caption: "I never did."."""
    return bool(_I.search(words)) and words.rstrip(_CLOSING).endswith((".", "!", "…"))


def _set_off(text: str, paragraph: Span) -> Span | None:
    """Return what stands between the asterisks or underscores that enclose a whole paragraph."""
    emphasis = _EMPHASIS.fullmatch(text, paragraph.start, paragraph.end)
    if emphasis is None or emphasis.group("mark") in emphasis.group("inside"):
        return None
    return Span(*emphasis.span("inside"))


def _without(text: str, span: Span, marked: Sequence[Span]) -> str:
    """Return the words of a span that stand outside marks."""
    parts = []
    at = span.start
    for passage in marked:
        parts.append(text[at : max(at, passage.start)])
        at = max(at, passage.end)
    parts.append(text[min(at, span.end) : span.end])
    return "".join(parts)


def _set_apart(read: Sequence[_Paragraph]) -> bool:
    """Tell whether it is the questions that asterisks or underscores set apart."""
    apart = [number for number, paragraph in enumerate(read) if paragraph.apart]
    asking = sum(read[number].asks or read[number].second for number in apart)
    followed = sum(number + 1 < len(read) and not read[number + 1].apart for number in apart)
    return len(apart) >= _LEAST and min(asking, followed) >= 0.6 * len(apart)


def _divide_apart(read: Sequence[_Paragraph]) -> list[_Part]:
    """Tell questions from answers by what sets the questions apart."""
    asking = [p.apart and (p.asks or p.second) for p in read]
    first = asking.index(True)
    last = len(asking) - 1 - asking[::-1].index(True)
    parts = []
    before = _Part.NEITHER
    for number, paragraph in enumerate(read):
        if number < first:
            before = _Part.NEITHER
        elif paragraph.apart:
            before = _Part.QUESTION
        else:
            before = _answer(paragraph, before, closing=number > last)
        parts.append(before)
    return parts


def _divide(read: Sequence[_Paragraph]) -> list[_Part]:
    """Tell questions from answers by their words alone."""
    asking = [paragraph.may_ask() for paragraph in read]
    last = max((number for number, asks in enumerate(asking) if asks), default=-1)
    parts: list[_Part] = []
    before = _Part.NEITHER
    started = False
    for number, paragraph in enumerate(read):
        following = read[number + 1] if number + 1 < len(read) else None
        asks_next = following is not None and asking[number + 1]
        if asking[number] and (before is not _Part.QUESTION or not asks_next):
            before = _Part.QUESTION
            started = True
        elif (
            before is _Part.ANSWER
            and paragraph.may_remark()
            and following is not None
            and (asks_next or following.first)
        ):
            before = _Part.QUESTION
        elif started:
            before = _answer(paragraph, before, closing=number > last)
        parts.append(before)
    _remark_first(read, parts)
    return parts


def _remark_first(read: Sequence[_Paragraph], parts: list[_Part]) -> None:
    """Let the talk begin with a remark and its answer: "You look tired.", "I am not."."""
    first = parts.index(_Part.QUESTION) if _Part.QUESTION in parts else 0
    number = first - 1
    while number > 0 and first - number <= _LEAST and read[number].is_said():
        number -= 1
    if 0 < number < first - 1 and read[number].may_remark():
        parts[number] = _Part.QUESTION
        parts[number + 1 : first] = [_Part.ANSWER] * (first - number - 1)


def _answer(paragraph: _Paragraph, before: _Part, *, closing: bool) -> _Part:
    """Tell whether a paragraph answers or goes on with an answer, by the part before it.

    A stage direction lets a question wait for its answer; behind the last answer the article may
    tell something itself.
    """
    if paragraph.narrates:
        waits = before is _Part.QUESTION and paragraph.words <= _SHORT
        return _Part.QUESTION if waits else _Part.NEITHER
    if before is _Part.QUESTION:
        return _Part.ANSWER
    if paragraph.asks and not paragraph.first:
        return _Part.NEITHER
    if closing:
        goes_on = before is _Part.ANSWER and paragraph.singular
        return _Part.ANSWER if goes_on and not _HE_SHE.search(paragraph.outside) else _Part.NEITHER
    if paragraph.first and not paragraph.tells_of_them:
        short = paragraph.asks and paragraph.words <= _SHORT
        return _Part.NEITHER if short else _Part.ANSWER
    long = before is _Part.ANSWER and paragraph.words >= _LONG
    return _Part.ANSWER if long and not paragraph.tells_of_them else _Part.NEITHER


def _is_interview(read: Sequence[_Paragraph], parts: Sequence[_Part], *, apart: bool) -> bool:
    """Tell whether questions and answers take turns, in the persons that people talk in."""
    replies = [
        number
        for number, (one, other) in enumerate(pairwise(parts), start=1)
        if one is _Part.QUESTION and other is _Part.ANSWER
    ]
    if len(replies) < _LEAST:
        return False
    first = parts.index(_Part.QUESTION)
    last = len(parts) - 1 - parts[::-1].index(_Part.ANSWER)
    region = parts[first : last + 1]
    if len(region) > _PARAGRAPHS_EACH * len(replies):
        return False
    if region.count(_Part.NEITHER) > _NEITHER * len(region):
        return False
    said = [_whole(read, parts, number) for number in replies]
    asked = [p for p, part in zip(read, parts, strict=True) if part is _Part.QUESTION]
    if not apart and sum(p.asks for p in asked) < _LEAST - 1:
        return False
    addressed = sum(p.second for p in asked)
    return (
        sum(any(p.first for p in one) for one in said) >= _FIRST_PERSON * len(said)
        and sum(any(p.singular for p in one) for one in said) >= _SINGULAR * len(said)
        and addressed >= max(2, _ADDRESSED * len(asked))
        and _introduces(read[:first])
    )


def _whole(read: Sequence[_Paragraph], parts: Sequence[_Part], number: int) -> list[_Paragraph]:
    end = number
    while end < len(parts) and parts[end] is _Part.ANSWER:
        end += 1
    return list(read[number:end])


def _introduces(before: Sequence[_Paragraph]) -> bool:
    """Tell whether somebody else than the one who says "I" in the answers tells of them first."""
    prose = [paragraph.outside for paragraph in before if not paragraph.barred]
    own = sum(len(_I.findall(words)) for words in prose)
    others = sum(len(_HE_SHE.findall(words)) for words in prose)
    named = any(_NAME.search(paragraph.outside) for paragraph in before)
    return (named or others > 0) and own <= others

"""Pair quotation marks, paragraph by paragraph, and follow quotations that run over several.

The rules are those of English typesetting (The Chicago Manual of Style, 13.32 and 13.37): a
quotation of several paragraphs reopens in each and closes in the last; marks inside marks
alternate. A mark that never closes ends with its paragraph and is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from quotes.quotation import Notice
from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DOUBLE_OPEN = "“«„〝「『"
_DOUBLE_CLOSE = "”»〞」』"
_STRAIGHT = '"＂'
_SINGLE = "'‘’‚‹›＇"
_MARK = re.compile(rf"''|``|[{_DOUBLE_OPEN}{_DOUBLE_CLOSE}{_STRAIGHT}{_SINGLE}]")
_OPENERS_BEFORE = frozenset("([{<—–-/|=…‘'“\"«„:;,*_>")
_CLOSERS_AFTER = frozenset(")]}>.,;:!?—–-/|…’'”\"»*_<")
_ELISION = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|n|bout|round|cept|ere)\b", re.IGNORECASE)


class _Side(Enum):
    OPEN = "open"
    CLOSE = "close"
    EITHER = "either"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    side: _Side
    single: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Text in quotation marks; `span` includes the marks it has.

    `continues` tells that the one before in the list runs on into this one, over a paragraph's
    end. `closed` is False where the closing mark is missing, either because the next paragraph
    reopens or because it was forgotten. `inner` are the quotations inside, alternating marks.
    """

    span: Span
    inside: Span
    closed: bool = True
    continues: bool = False
    single: bool = False
    inner: tuple[Marked, ...] = ()


def marked_passages(text: str, paragraphs: Sequence[Span]) -> tuple[list[Marked], list[Notice]]:
    """Return the outermost marked passages in order, and a notice for each unclosed mark."""
    found: list[Marked] = []
    notices: list[Notice] = []
    open_before: Marked | None = None
    for paragraph in paragraphs:
        scan = _Paragraph(text, paragraph)
        passages = scan.passages()
        if open_before is not None:
            first = passages[0] if passages else None
            if first is not None and first.span.start == paragraph.start and not first.single:
                passages[0] = Marked(
                    span=first.span,
                    inside=first.inside,
                    closed=first.closed,
                    continues=True,
                    inner=first.inner,
                )
            else:
                notices.append(_unclosed(open_before))
        notices.extend(_unclosed(p) for p in passages[:-1] if not p.closed)
        last = passages[-1] if passages else None
        open_before = last if last is not None and not last.closed else None
        found.extend(passages)
    if open_before is not None:
        notices.append(_unclosed(open_before))
    return found, notices


def _unclosed(passage: Marked) -> Notice:
    return Notice(
        message="a quotation mark opens here and never closes; read to the paragraph's end",
        start=passage.span.start,
    )


class _Paragraph:
    """The marks of one paragraph, paired in one pass."""

    def __init__(self, text: str, paragraph: Span) -> None:
        self._text = text
        self._paragraph = paragraph
        self._marks = list(self._read_marks())
        self._single_ends = self._pair_singles()

    def passages(self) -> list[Marked]:
        """Pair the marks; of passages inside each other the outer one is returned.

        Single marks enclose double ones in British typesetting; a stray apostrophe must not, so
        only a pair that closes behind punctuation does.
        """
        doubles = self._pair_doubles([m for m in self._marks if not m.single])
        singles = [self._marked(start, end) for start, end in self._single_ends]
        enclosing = [p for p in singles if self._closes_sentence(p) and not _inside(p, doubles)]
        outer = [p for p in doubles if not _inside(p, enclosing)]
        merged = [*outer, *(p for p in singles if not _inside(p, outer) and _apart(p, outer))]
        return sorted(merged, key=lambda p: p.span.start)

    def _closes_sentence(self, passage: Marked) -> bool:
        return self._text[passage.inside.end - 1] in ".,?!—…"

    def _read_marks(self) -> Iterator[_Mark]:
        for match in _MARK.finditer(self._text, self._paragraph.start, self._paragraph.end):
            start, end = match.span()
            char = match.group()
            side = self._side(start, end)
            if len(char) == 1 and char in _SINGLE:
                if char in "‘‹‚" and side is not _Side.CLOSE:
                    side = _Side.OPEN if side is not _Side.NEITHER else side
                elif char in "’›" and side is _Side.EITHER:
                    side = _Side.CLOSE
                if side is not _Side.NEITHER and not self._is_apostrophe(char, start, end, side):
                    yield _Mark(start, end, side, True)
                continue
            if self._stands_alone(start, end) and char not in "«»":
                side = _Side.EITHER
            elif (char in _DOUBLE_OPEN or char == "``") and side is not _Side.CLOSE:
                side = _Side.OPEN
            elif char in _DOUBLE_CLOSE and (side is not _Side.OPEN or self._after_space(start)):
                side = _Side.CLOSE
            if char in _STRAIGHT and self._is_inch(start):
                continue
            yield _Mark(start, end, side, False)

    def _side(self, start: int, end: int) -> _Side:
        """Tell from the characters around a mark whether it may open, close, or both."""
        before = self._text[start - 1] if start > self._paragraph.start else " "
        after = self._text[end] if end < self._paragraph.end else " "
        may_open = (before.isspace() or before in _OPENERS_BEFORE) and not after.isspace()
        may_close = not before.isspace() and (after.isspace() or after in _CLOSERS_AFTER)
        if may_open and may_close:
            # `("A")`: a bracket before opens; `A —"` closes: what follows decides.
            if after.isalnum():
                return _Side.OPEN
            return _Side.CLOSE if after.isspace() else _Side.EITHER
        if may_open:
            return _Side.OPEN
        if may_close:
            return _Side.CLOSE
        return _Side.NEITHER if before.isalnum() and after.isalnum() else _Side.EITHER

    def _after_space(self, start: int) -> bool:
        """Tell whether a closing guillemet stands after a space, as French typography has it."""
        return self._text[start] == "»" and self._text[start - 1].isspace()

    def _stands_alone(self, start: int, end: int) -> bool:
        """Tell whether white space, or the paragraph's edge, is on both sides."""
        at_start = start == self._paragraph.start or self._text[start - 1].isspace()
        return at_start and (end == self._paragraph.end or self._text[end].isspace())

    def _is_apostrophe(self, char: str, start: int, end: int, side: _Side) -> bool:
        before = self._text[start - 1] if start > self._paragraph.start else " "
        after = self._text[end] if end < self._paragraph.end else " "
        if before.isalnum() and after.isalnum():
            return True
        if side is _Side.OPEN and char in "'’＇":
            return bool(_ELISION.match(self._text, end, self._paragraph.end))
        return False

    def _is_inch(self, start: int) -> bool:
        before = self._text[max(self._paragraph.start, start - 3) : start]
        return bool(re.search(r"['’′]\d\d?$|^\D?\d['’′]\d$", before))

    def _pair_singles(self) -> list[tuple[_Mark, _Mark]]:
        """Pair single marks; a closing one after `s` may be a possessive, so a better one wins."""
        pairs: list[tuple[_Mark, _Mark]] = []
        opened: _Mark | None = None
        weak: _Mark | None = None
        for mark in self._marks:
            if not mark.single:
                continue
            if mark.side is _Side.OPEN:
                if opened is not None and weak is not None:
                    pairs.append((opened, weak))
                opened, weak = mark, None
            elif opened is not None:
                if self._text[mark.start - 1] == "s" and self._text[mark.end : mark.end + 1] == " ":
                    weak = weak or mark
                else:
                    pairs.append((opened, mark))
                    opened, weak = None, None
        if opened is not None and weak is not None:
            pairs.append((opened, weak))
        return pairs

    def _pair_doubles(self, marks: Sequence[_Mark]) -> list[Marked]:
        nests = self._nests(marks)
        out: list[Marked] = []
        opened: _Mark | None = None
        depth = 0
        for mark in marks:
            opens = mark.side is _Side.OPEN or (mark.side is _Side.EITHER and opened is None)
            if opened is None:
                if opens:
                    opened, depth = mark, 0
            elif opens and nests:
                depth += 1
            elif opens:
                # A second opening mark where none closed: the first one was left open.
                out.append(self._marked(opened, None, before=mark.start))
                opened = mark
            elif depth:
                depth -= 1
            else:
                out.append(self._marked(opened, mark))
                opened = None
        if opened is not None:
            out.append(self._marked(opened, None))
        return [passage for passage in out if passage.inside is not passage.span]

    def _nests(self, marks: Sequence[_Mark]) -> bool:
        """Tell whether double marks stand inside double marks and every one of them closes."""
        depth = 0
        for mark in marks:
            if mark.side is _Side.OPEN:
                depth += 1
            elif mark.side is _Side.CLOSE:
                depth -= 1
            else:
                return False
            if depth < 0:
                return False
        return depth == 0

    def _marked(self, opened: _Mark, closed: _Mark | None, *, before: int | None = None) -> Marked:
        if closed is not None:
            end, inside_end = closed.end, closed.start
        else:
            end = self._paragraph.end if before is None else before
            while end > opened.end and self._text[end - 1].isspace():
                end -= 1
            inside_end = end
        span = Span(opened.start, end)
        # An empty pair has no inside; such passages are dropped by the caller.
        inside = Span(opened.end, inside_end) if opened.end < inside_end else span
        inner: tuple[Marked, ...] = ()
        if not opened.single:
            first = bisect_left(self._single_ends, span.start, key=lambda pair: pair[0].start)
            last = bisect_left(self._single_ends, span.end, key=lambda pair: pair[0].start)
            inner = tuple(
                self._marked(start, stop)
                for start, stop in self._single_ends[first:last]
                if stop.end < span.end
            )
        return Marked(
            span=span,
            inside=inside,
            closed=closed is not None,
            single=opened.single,
            inner=inner,
        )


def _inside(passage: Marked, others: Sequence[Marked]) -> bool:
    """Tell whether a passage lies inside one of others, which are in order and apart."""
    before = bisect_right(others, passage.span.start, key=lambda p: p.span.start)
    other = others[before - 1] if before else None
    return other is not None and other is not passage and passage.span.within(other.span)


def _apart(passage: Marked, others: Sequence[Marked]) -> bool:
    """Tell whether a passage shares nothing with others, which are in order and apart."""
    after = bisect_right(others, passage.span.start, key=lambda p: p.span.start)
    near = others[max(0, after - 1) : after + 1]
    return not any(passage.span.overlaps(p.span) for p in near)

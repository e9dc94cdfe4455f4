"""Where paragraphs begin and end in a plain text, hard-wrapped lines joined."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.spans import Span, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

# TOKYO — Officials …; LIMA, Peru (AP) -- "The …; KYOTO, Japan, Nov. 7 (Kyodo) - The …
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'\-]+(?:[ ,/]+[A-Z][A-Z.’'\-]+){0,3}"
    r"(?:, [A-Z][\w.’ ]{1,20}){0,2}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?(?: ?\([A-Z][\w/ .]{1,20}\))?"
    r"|[A-Z][\w.’ ]{2,25}(?:, [A-Z][\w.’ ]{1,20})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r" ?\([A-Z][\w/ .]{1,20}\))"
    r"\s*(?:—|–|--|-)\s+(?=[\"“«‘'']?[A-Z])"
)

# A turn of a transcript begins its line: "MARSH: …", "Q. …", "[00:01:02] Ada Marsh: …".
_TURN = re.compile(
    r"(?:>> ?)?(?:[(\[]?\d{1,2}:\d{2}(?::\d{2})?[)\]]? ?(?:[A-Z][\w.’' -]{0,40}:|$)|"
    # Each word is taken once and for all; else a line of capitals would never be done.
    r"(?:[A-Z][A-Z.’'\-]*+[ ]?){1,5}(?:\([^()]{1,30}\))?:)(?=\s|$)"
)

# Wire copy and mail are wrapped at 65 to 80 columns; nobody wraps prose at more than 100.
_WIDEST_WRAP = 100
_ENDED = re.compile(r"[.!?…][\"”’')]?$")
_FEW = 4
_NARROWEST_WRAP = 40


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the white space at its edges; `columns` counts what indents it."""

    span: Span
    columns: int

    @property
    def indent(self) -> int:
        return self.columns - len(self.span)


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs in order, white space at their edges left out.

    Blank lines always divide. A single line end divides unless the block is hard-wrapped: unless,
    that is, the next line's first word would not have fitted on the line before it. In a wrapped
    block an indented line starts a paragraph, and so does a turn's label. Lines that nearly all
    end with a sentence are not wrapped, however even they are.
    """
    blocks = list(_blocks(text))
    width = _wrap_width(blocks)
    out: list[Span] = []
    for block in blocks:
        parts = _indented_parts(text, block)
        if width and _is_wrapped(text, parts, width):
            out.extend(Span(part[0].span.start, part[-1].span.end) for part in parts)
        else:
            out.extend(line.span for line in block)
    return out


def sentence_openings(text: str, paragraphs: Sequence[Span]) -> list[int]:
    """Return where sentences must start: where paragraphs do, and after a dateline."""
    openings: list[int] = []
    for paragraph in paragraphs:
        openings.append(paragraph.start)
        dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
        if dateline is not None:
            openings.append(dateline.end())
    return openings


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Yield runs of consecutive lines that hold more than white space."""
    block: list[_Line] = []
    previous_end = 0
    for match in _LINE.finditer(text):
        line = trimmed(text, Span(match.start(), match.end()))
        if line is None:
            continue
        gap = text[previous_end : line.start]
        if block and len(_BREAK.findall(gap)) != 1:
            yield block
            block = []
        block.append(_Line(line, line.end - match.start()))
        previous_end = line.end
    if block:
        yield block


def _indented_parts(text: str, block: Sequence[_Line]) -> list[list[_Line]]:
    """Divide a block before each line that is indented more than its least indented one.

    And before each turn of a transcript.
    """
    margin = min(line.indent for line in block)
    parts: list[list[_Line]] = []
    for line in block:
        turn = _TURN.match(text, line.span.start, line.span.end)
        if not parts or line.indent > margin or turn is not None:
            parts.append([])
        parts[-1].append(line)
    return parts


def _wrap_width(blocks: Sequence[Sequence[_Line]]) -> int:
    """Return the column at which this text is wrapped, or 0 where it is not."""
    lengths = sorted(line.columns for block in blocks for line in block)
    if len(lengths) < 4:
        return 0
    width = lengths[int(0.97 * (len(lengths) - 1))]
    return width if _NARROWEST_WRAP <= width <= _WIDEST_WRAP else 0


def _is_wrapped(text: str, parts: Sequence[Sequence[_Line]], width: int) -> bool:
    pairs = [pair for part in parts for pair in itertools.pairwise(part)]
    full = 0
    for line, following in pairs:
        word = text[following.span.start : following.span.end].split(maxsplit=1)[0]
        full += line.columns + 1 + len(word) > width - 2
    ended = sum(bool(_ENDED.search(text, one.span.end - 2, one.span.end)) for one, _ in pairs)
    is_listing = len(pairs) >= _FEW and ended >= 0.9 * len(pairs)
    return bool(pairs) and full >= 0.8 * len(pairs) and not is_listing

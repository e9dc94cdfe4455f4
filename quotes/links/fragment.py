"""URL text fragments (WICG, https://wicg.github.io/scroll-to-text-fragment/) for spans of a text.

A browser searches the page without regard to case and white space, takes the first match, and finds
a single term only inside one block, for which a line stands here. So a passage that is long or runs
over lines is named by its first and last words, and one that stands more than once by what is
around it. `find` does what a browser does; a directive is taken when `find` leads to the passage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from quotes.links.position import LINE_END
from quotes.spans import Span, Spans, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = re.compile(r"\S+")
LONGEST_TERM = 160
EDGE_WORDS = 4
CONTEXT_WORDS = (0, 1, 2, 3, 5, 8, 13, 21)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """`text=[prefix-,]start[,end][,-suffix]`."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        terms = [_encoded(self.prefix) + "-"] if self.prefix else []
        terms += [_encoded(term) for term in (self.start, self.end) if term]
        terms += ["-" + _encoded(self.suffix)] if self.suffix else []
        return "text=" + ",".join(terms)


def with_text_fragment(url: str, text: str, spans: Spans) -> str:
    """Return the URL that makes a browser scroll to the spans and mark them."""
    page = _Page(text)
    directives = [str(d) for span in spans if (d := page.directive(span)) is not None]
    if not directives:
        return url
    return f"{url}{'' if urlsplit(url).fragment else '#'}:~:{'&'.join(directives)}"


class _Page:
    """A text as a browser searches it: lower case, each run of white space one space."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = _fold(text)

    def directive(self, span: Span) -> Directive | None:
        """Return the shortest directive that leads to the span, None for one of white space."""
        passage = trimmed(self.text, span)
        if passage is None:
            return None
        start = len(_fold(self.text[: passage.start] + "|")) - 1
        end = start + len(_fold(self.text[passage.start : passage.end]))
        candidates = list(self._candidates(passage))
        for candidate in candidates:
            if find(self.folded, candidate) == (start, end):
                return candidate
        return candidates[-1]

    def _candidates(self, passage: Span) -> Iterator[Directive]:
        in_one_block = not LINE_END.search(self.text, passage.start, passage.end)
        for context in CONTEXT_WORDS:
            if in_one_block and len(passage) <= LONGEST_TERM:
                start, end = self.text[passage.start : passage.end], ""
            else:
                start, end = self._edges(passage, EDGE_WORDS + context)
            prefix, suffix = self._before(passage, context), self._after(passage, context)
            yield Directive(start=start, end=end, prefix=prefix)
            yield Directive(start=start, end=end, prefix=prefix, suffix=suffix)

    def _edges(self, passage: Span, count: int) -> tuple[str, str]:
        """Return the first words of the first line and the last words of the last."""
        lines = [line for line in LINE_END.split(self.text[passage.start : passage.end]) if line]
        first, last = WORD.findall(lines[0]), WORD.findall(lines[-1])
        if len(lines) == 1:
            count = max(1, min(count, len(first) // 2))
        return " ".join(first[:count]), " ".join(last[-count:])

    def _before(self, passage: Span, count: int) -> str:
        """Return the last words before the passage that stand in one line."""
        lines = LINE_END.split(self.text[: passage.start].rstrip())
        return " ".join(WORD.findall(lines[-1])[-count:]) if count else ""

    def _after(self, passage: Span, count: int) -> str:
        """Return the first words after the passage that stand in one line."""
        lines = LINE_END.split(self.text[passage.end :].lstrip())
        return " ".join(WORD.findall(lines[0])[:count])


def find(page: str, directive: Directive) -> tuple[int, int] | None:
    """Return the first place in a folded page that the directive leads to."""
    first, prefix = _fold(directive.start), _fold(directive.prefix)
    last, suffix = _fold(directive.end), _fold(directive.suffix)
    at = page.find(first)
    while at >= 0:
        end = at + len(first)
        if page[:at].rstrip().endswith(prefix):
            if last:
                end = _find_end(page, last, suffix, end)
                return (at, end) if end >= 0 else None
            if page[end:].lstrip().startswith(suffix):
                return at, end
        at = page.find(first, at + 1)
    return None


def _find_end(page: str, last: str, suffix: str, start: int) -> int:
    at = page.find(last, start)
    while at >= 0 and not page[at + len(last) :].lstrip().startswith(suffix):
        at = page.find(last, at + 1)
    return at + len(last) if at >= 0 else -1


def _fold(text: str) -> str:
    # Character by character, so that a folded length can serve as an offset.
    lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return re.sub(r"\s+", " ", lowered)


def _encoded(term: str) -> str:
    # The hyphen is the syntax of prefix and suffix, and `quote` leaves it.
    plain = re.sub(r"\s+", " ", term)
    return quote(plain, safe="", errors="replace").replace("-", "%2D")

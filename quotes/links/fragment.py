"""URL text fragments (WICG, https://wicg.github.io/scroll-to-text-fragment/) for spans of a text.

A browser searches the page without regard to case and white space, takes the first match, and finds
a single term only inside one block, for which a line stands here. So a passage that is long or runs
over lines is named by its first and last words, and one that stands more than once by what is
around it. `find` does what a browser does; a directive is taken when `find` leads to the passage.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from quotes.links.position import LINE_END
from quotes.spans import Span, Spans, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = re.compile(r"\S+")
LONGEST_TERM = 160
EDGE_WORDS = 4
FIRST_WITHOUT_SPACES = "\u2e80"
# About how many characters a word and its space have, generously.
_LIKELY = 16
# A passage whose words stand in more places than these is named with as much around it as may be.
_MOST_PLACES = 1_000
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
    page = _page(text)
    directives = [str(d) for span in spans if (d := page.directive(span)) is not None]
    if not directives:
        return url
    return f"{url}{'' if urlsplit(url).fragment else '#'}:~:{'&'.join(directives)}"


@lru_cache(maxsize=4)
def _page(text: str) -> _Page:
    """Return the page; kept, for a long text has many quotations to find."""
    return _Page(text)


class _Page:
    """A text as a browser searches it: lower case, each run of white space one space."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = _fold(text)
        # How long the folded text is before each offset.
        gaps = [match.span() for match in re.finditer(r"\s\s+", text)]
        self._gap_ends = [end for _, end in gaps]
        self._saved = list(accumulate((end - start - 1 for start, end in gaps), initial=0))

    def directive(self, span: Span) -> Directive | None:
        """Return the shortest directive that leads to the span, None for one of white space."""
        inside = trimmed(self.text, span)
        if inside is None:
            return None
        passage = _whole_words(self.text, inside)
        start, end = self._place(passage.start), self._place(passage.end)
        candidate = None
        for candidate in self._candidates(passage):
            if find(self.folded, candidate) == (start, end):
                break
        return candidate

    def _place(self, offset: int) -> int:
        """Return the offset in the folded text of one at the edge of a word."""
        return offset - self._saved[bisect_right(self._gap_ends, offset)]

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
        if not count:
            return ""
        text, end = self.text, passage.start
        while end and text[end - 1].isspace():
            end -= 1
        # A look at as much as that many words may take: the text before may be a whole book.
        size = _LIKELY * count
        while True:
            begin = max(0, end - size)
            *above, line = LINE_END.split(text[begin:end])
            words = WORD.findall(line)
            # Of more words than are wanted the first, which may be cut, is none of them.
            if above or not begin or len(words) > count:
                return " ".join(words[-count:])
            size *= 2

    def _after(self, passage: Span, count: int) -> str:
        """Return the first words after the passage that stand in one line."""
        if not count:
            return ""
        found: list[str] = []
        at = None
        for word in islice(WORD.finditer(self.text, passage.end), count):
            if at is not None and LINE_END.search(self.text, at, word.start()):
                break
            found.append(word[0])
            at = word.end()
        return " ".join(found)


def _whole_words(text: str, span: Span) -> Span:
    """Return the span with the rest of the words that it cuts, which a browser does not find."""
    start, end = span.start, span.end
    while start > 0 and _is_letter(text[start - 1]) and _is_letter(text[start]):
        start -= 1
    while end < len(text) and _is_letter(text[end - 1]) and _is_letter(text[end]):
        end += 1
    return Span(start, end)


def _is_letter(character: str) -> bool:
    # Scripts without spaces have their words found by a dictionary.
    return character.isalnum() and character < FIRST_WITHOUT_SPACES


def find(page: str, directive: Directive) -> tuple[int, int] | None:
    """Return the first place in a folded page that the directive leads to."""
    first, prefix = _fold(directive.start), _fold(directive.prefix)
    last, suffix = _fold(directive.end), _fold(directive.suffix)
    at = page.find(first)
    for _ in range(_MOST_PLACES):
        if at < 0:
            break
        end = at + len(first)
        # One space at most, for the page is folded.
        before = at - (at > 0 and page[at - 1].isspace())
        if page.endswith(prefix, 0, before):
            if last:
                end = _find_end(page, last, suffix, end)
                return (at, end) if end >= 0 else None
            if _goes_on(page, end, suffix):
                return at, end
        at = page.find(first, at + 1)
    return None


def _find_end(page: str, last: str, suffix: str, start: int) -> int:
    at = page.find(last, start)
    for _ in range(_MOST_PLACES):
        if at < 0 or _goes_on(page, at + len(last), suffix):
            return at + len(last) if at >= 0 else -1
        at = page.find(last, at + 1)
    return -1


def _goes_on(page: str, end: int, suffix: str) -> bool:
    """Tell whether a folded page goes on so, after a space or without."""
    return page.startswith(suffix, end + page[end : end + 1].isspace())


def _fold(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text) or "Σ" in text:
        # Character by character, so that a folded length can serve as an offset; and a sigma is
        # made another letter where it ends a word.
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return _with_single_spaces(lowered)


def _with_single_spaces(text: str) -> str:
    """Return the text with each run of white space as one space; a pattern takes thrice as long."""
    flat = " ".join(text.split())
    if not flat:
        return text and " "
    return f"{' ' * text[0].isspace()}{flat}{' ' * text[-1].isspace()}"


def _encoded(term: str) -> str:
    # The hyphen is the syntax of prefix and suffix, and `quote` leaves it.
    return quote(_with_single_spaces(term), safe="", errors="replace").replace("-", "%2D")

"""Tell an article's furniture from its prose: headings, bylines, captions, credits, boilerplate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.spans import Span

_SENTENCE_END = re.compile(r"[.!?…:;,—–\-][\"”’'»)\]]*$|[.!?…][\"”’'»)\]]+$")
_LEADING_MARKS = re.compile(r"[\"“«„][^\"”»]*[.!?…,][\"”»]")
_BYLINE = re.compile(
    r"(?:(?:(?i:written|reporting|text|story|photographs?|edited|posted) )?"
    r"(?:[Bb]y|BY)|From)\s+[A-Z][\w.’'\-]+"
    r"(?:,?\s+(?:[A-Z][\w.’'\-]*|and|de|van|von|bin|al|the|of|in|for)){0,12}"
    r"(?:\s*[|·—–-].{0,60})?[.]?$"
)
_CREDIT = re.compile(
    r"(?:(?:photo|image|picture|file photo|photograph|video|illustration|graphic)?\s*"
    r"(?:credits?|courtesy(?: of)?|source)\s*[:/|]|(?:photo|image|picture|file photo)\s*[:/|]|"
    r"[(\[](?:photo|image|file|ap photo|reuters|getty|afp|kyodo)\b)|"
    r".{0,80}/\s?(?:getty(?: images)?|reuters|afp|ap|epa|pool|bloomberg|kyodo(?: news)?|jiji|"
    r"xinhua|anadolu|shutterstock|zuma|sipa|upi)\b[^.]{0,60}$",
    re.IGNORECASE,
)
_CREDIT_AT_END = re.compile(
    r"[(\[](?:(?:file )?(?:photo|image|picture)s?|credit|ap|afp|reuters|getty|kyodo|courtesy)\b"
    r"[^()\[\]]*[)\]]$",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"(?:read (?:more|also|next|the full)|also read|see also|related(?: articles?| stories|:|$)|"
    r"comments?$|leave a (?:comment|reply)|\d+ comments?\b|please let us know|post a comment|"
    r"sign up (?:for|to|here)|subscribe\b|follow (?:us|me|\S+(?: \S+){0,3} on)\b|"
    r"click here|share this|share on|advertisement|sponsored|"
    r"skip to|copyright\b|©|\(c\)\s?\d{4}|all rights reserved|terms of (?:use|service)|"
    r"privacy policy|cookie (?:policy|settings)|get the latest|"
    r"join (?:the|our) (?:conversation|newsletter)|"
    r"download our|support (?:us|our journalism)|donate (?:now|today|here)|"
    r"recent features|most (?:read|popular)|"
    r"trending(?: now|$)|tags?:|topics?:|filed under|"
    r"media contacts?\b|for immediate release|###|\*\*\*|"
    r"this (?:story|article) (?:has been|was) (?:updated|corrected|originally)|"
    r"the views expressed|contact the (?:author|reporter|writer)|"
    r"(?:reporting|editing|writing) by\b|additional reporting)",
    re.IGNORECASE,
)
_HEADING_WORDS = 22


def furniture_starts(text: str, paragraphs: Sequence[Span]) -> frozenset[int]:
    """Return the start offsets of the paragraphs that are no prose."""
    out: set[int] = set()
    if len(paragraphs) < 2:
        return frozenset()  # a heading heads something
    credited = [_is_credit(text[p.start : p.end]) for p in paragraphs]
    for index, paragraph in enumerate(paragraphs):
        words = text[paragraph.start : paragraph.end]
        if (
            credited[index]
            or _is_credited_caption(words)
            or _is_boilerplate(words)
            or _is_heading(words)
            or (index + 1 < len(paragraphs) and credited[index + 1] and _may_caption(words))
        ):
            out.add(paragraph.start)
    return frozenset(out)


def _is_credit(words: str) -> bool:
    return len(words) < 200 and bool(_CREDIT.match(words))


def _is_credited_caption(words: str) -> bool:
    return len(words) < 400 and bool(_CREDIT_AT_END.search(words))


def _is_boilerplate(words: str) -> bool:
    return len(words) < 240 and bool(_BOILERPLATE.match(words) or _BYLINE.match(words))


def _is_heading(words: str) -> bool:
    """A short line that does not end as a sentence does, or a question set as a heading."""
    if len(words) > 180 or len(words.split()) > _HEADING_WORDS or _looks_quoted(words):
        return False
    spoken = _LEADING_MARKS.match(words)
    if spoken is not None and not _is_title_case(words[spoken.end() :]):
        # “We wait,” she said; “We wait.” — Ann Ito: speech, with or without a full stop.
        return False
    if not _SENTENCE_END.search(words):
        return True
    return words.endswith("?") and len(words.split()) > 2 and _is_title_case(words)


def _looks_quoted(words: str) -> bool:
    """A line that is one marked passage may be a turn or a pull quote; it is no heading."""
    return words[0] in "\"“«„‘'" and words[-1] in "\"”»“’'"


def _is_title_case(words: str) -> bool:
    long_words = [w for w in re.findall(r"[A-Za-z][\w’'\-]*", words) if len(w) > 3]
    return bool(long_words) and sum(w[0].isupper() for w in long_words) >= 0.8 * len(long_words)


def _may_caption(words: str) -> bool:
    """A caption stands above its credit and is a sentence or two."""
    return len(words) < 300 and not _looks_quoted(words) and words.count(". ") <= 2

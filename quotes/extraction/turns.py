"""Find the turns of interviews and transcripts: "YT: …", "Q: …", "Dr. Yuki Tanaka (YT): …"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.spans import Span, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

# A label: up to six words that start with a capital, or all capitals, perhaps an abbreviation
# or a role in parentheses, and a colon before white space.
_WORD = r"[A-Z\u00C0-\u00DE\u0141\u0160\u017D][\w.&’'\-]*"
_LABEL = re.compile(
    rf"(?P<mark>[\"“«]?)(?P<label>{_WORD}(?:[ \u00a0](?:{_WORD}|of|the|van|von|de|al|bin)){{0,5}}"
    rf"(?:,[ ][^:\n]{{2,60}})?(?:[ ]?\((?P<short>[^():\n]{{1,40}})\))?)[ \u00a0]?:(?=\s)"
)
# What stands before a colon at a paragraph's start without being a speaker; the whole label counts.
_NOT_LABELS = re.compile(
    r"(?:credits?|tags?|topics?|sources?|related|see also|updated?|correction|editor.?s? note|note|"
    r"subscribe|follow|share|contact|email|phone|tel|fax|website|url|date|published|posted|by|"
    r"copyright|caption|file|location|time|when|where|who|what|why|how|background|summary|"
    r"key points?|highlights|more|breaking|exclusive|watch|listen|opinion|analysis|live|facts?|"
    r"claim|verdict|rating|example|warning|contents|also|p\.?s|media contacts?|about|subject|from|"
    r"to|cc|re|speakers|participants|present|"
    r"panel(?:l?ists)?|guests|transcript|for immediate release|www|https?|"
    r"(?:photos?|image|picture|video|audio|read|reporting|editing|writing|additional)(?: .*)?)",
    re.IGNORECASE,
)
_QUESTION_ANSWER = frozenset({"Q", "A", "QUESTION", "ANSWER", "Question", "Answer", "Q.", "A."})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn: its label, the colon after it, and the spans of what was said.

    `end` is where the turn's last span ends.
    """

    label: Span
    colon: Span
    content: tuple[Span, ...]

    @property
    def end(self) -> int:
        return self.content[-1].end


def turns(text: str, paragraphs: Sequence[Span]) -> list[Turn]:
    """Return the turns in order; a text with fewer than two labelled turns has none.

    Paragraphs without a label belong to the turn before them as long as another turn follows
    and they are not set in parentheses (stage directions).
    """
    labelled = [_label(text, paragraph) for paragraph in paragraphs]
    trusted = _trusted(text, labelled)
    out: list[Turn] = []
    pending: list[Span] = []
    for paragraph, match in zip(paragraphs, labelled, strict=True):
        if match is None or _key(match) not in trusted:
            if out and _may_continue(text, paragraph):
                pending.append(paragraph)
            continue
        if out and pending and len(pending) <= 8:
            last = out[-1]
            out[-1] = Turn(label=last.label, colon=last.colon, content=(*last.content, *pending))
        pending = []
        said = (
            trimmed(text, Span(match.end(), paragraph.end)) if match.end() < paragraph.end else None
        )
        if said is not None:
            out.append(
                Turn(
                    label=Span(*match.span("label")),
                    colon=Span(match.end() - 1, match.end()),
                    content=(said,),
                )
            )
    return out


def _label(text: str, paragraph: Span) -> re.Match[str] | None:
    match = _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + 160))
    if match is None or _NOT_LABELS.fullmatch(match.group("label")):
        return None
    return match


def _key(match: re.Match[str]) -> str:
    return str(match.group("short") or match.group("label")).strip()


def _trusted(text: str, labelled: Sequence[re.Match[str] | None]) -> frozenset[str]:
    """Return the labels that belong to a conversation: there are several turns, and they recur."""
    matches = [m for m in labelled if m is not None]
    counts = Counter(_key(m) for m in matches)
    strong = {k for k in counts if k in _QUESTION_ANSWER or (k.isupper() and len(k) > 1)}
    recurring = {k for k, n in counts.items() if n >= 2}
    introduced = {_key(m) for m in matches if m.group("short")}
    speakers = strong | recurring
    if sum(counts[k] for k in speakers) < 2:
        return frozenset()
    if len(speakers) == 1 and sum(counts.values()) == counts[next(iter(speakers))] < 3:
        return frozenset()
    return frozenset(speakers | introduced | (set(counts) if len(recurring) >= 2 else set()))


def _may_continue(text: str, paragraph: Span) -> bool:
    return text[paragraph.start] not in "([" and not text[paragraph.start :].startswith(
        ('"(', "“(")
    )

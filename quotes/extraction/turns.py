"""Find the turns of interviews and transcripts: "YT: …", "Q: …", "Dr. Yuki Tanaka (YT): …"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.extraction.labels import Label, label_at
from quotes.spans import Span, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

# No more paragraphs than these go on with a turn.
_MOST_PARAGRAPHS = 8
# What people say to each other; a list of places or a summary by name has little of it.
_SPEECH = re.compile(
    r"\b(?:I|I['’]\w+|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|[Mm]e|[Uu]s|WE|YOU|MY|OUR|YOUR)\b|\?|"
    r"^\W*(?:[Yy]es|[Nn]o|[Ww]ell|[Tt]hank|[Rr]ight|[Oo]kay|OK|[Hh]ello|"
    r"[Gg]ood (?:morning|afternoon|evening)|[“\"‘])"
)
_SENTENCE_END = re.compile(r"[.!?…—–\-][\"”’'»)\]*_]*$|\)$")
# How far into a turn to look for speech.
_LOOK = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn: its label, the colon after it, and the spans of what was said.

    `end` is where the turn's last span ends.
    """

    label: Span
    colon: Span
    content: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.label.start

    @property
    def end(self) -> int:
        return self.content[-1].end


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A labelled paragraph by its number, and how what follows reads."""

    number: int
    label: Label
    speaks: bool
    ends: bool
    alone: bool


def turns(text: str, paragraphs: Sequence[Span]) -> list[Turn]:
    """Return the turns in order; a text with fewer than two labelled turns has none.

    Paragraphs without a label belong to the turn before them as long as another turn follows
    and they are not set in parentheses (stage directions). What stands below a label on a line
    of its own is always its turn's.
    """
    labels = [label_at(text, paragraph) for paragraph in paragraphs]
    lines = [_line(text, paragraphs, number, label) for number, label in enumerate(labels) if label]
    families = _trusted(lines)
    trusted = {line.number for line in lines if line.label.family in families}
    out: list[Turn] = []
    opened: Label | None = None
    pending: list[Span] = []
    for number, paragraph in enumerate(paragraphs):
        label = labels[number]
        if label is None or number not in trusted:
            if opened is not None and _may_continue(text, paragraph):
                out.append(_turn(opened, paragraph))
                opened = None
            elif out and _may_continue(text, paragraph):
                pending.append(paragraph)
            continue
        if out and pending and len(pending) <= _MOST_PARAGRAPHS:
            last = out[-1]
            out[-1] = Turn(label=last.label, colon=last.colon, content=(*last.content, *pending))
        pending = []
        said = _said(text, paragraph, label)
        opened = label if said is None else None
        if said is not None:
            out.append(_turn(label, said))
    return out


def _turn(label: Label, said: Span) -> Turn:
    return Turn(label=label.span, colon=label.colon, content=(said,))


def _said(text: str, paragraph: Span, label: Label) -> Span | None:
    if label.end >= paragraph.end:
        return None
    return trimmed(text, Span(label.end, paragraph.end))


def _line(text: str, paragraphs: Sequence[Span], number: int, label: Label) -> _Line:
    said = _said(text, paragraphs[number], label)
    alone = said is None
    if said is None and number + 1 < len(paragraphs):
        said = paragraphs[number + 1]
    if said is None:
        return _Line(number=number, label=label, speaks=False, ends=False, alone=alone)
    return _Line(
        number=number,
        label=label,
        speaks=bool(_SPEECH.search(text[said.start : min(said.end, said.start + _LOOK)])),
        ends=bool(_SENTENCE_END.search(text, max(said.start, said.end - 8), said.end)),
        alone=alone,
    )


def _trusted(lines: Sequence[_Line]) -> frozenset[str]:
    """Return the labels, by family, that belong to a conversation.

    They recur, or have a form that only speakers' labels have, or stand before most paragraphs
    of a text in which people say "I" and "you".
    """
    ended = _shares(lines)
    counts = Counter(line.label.family for line in lines)
    certain = {line.label.family for line in lines if line.label.certain}
    certain = {family for family in certain if ended[family] >= 0.5}
    recurring = {f for f, n in counts.items() if n >= 2 and ended[f] >= 0.5}
    capital = {line.label.family for line in lines if line.label.capital} - certain - recurring
    plain = set(counts) - certain - recurring - capital
    known = certain | recurring
    single = [line for line in lines if line.label.family in capital]
    speakers = set(known)
    if known or _is_conversation(single, lines, least=2, speech=0.2):
        speakers |= capital
    if sum(counts[f] for f in speakers) >= 2 and len(recurring | certain) >= 2:
        speakers |= plain
    elif not known and not capital:
        single = [line for line in lines if line.label.family in plain]
        speakers |= plain if _is_conversation(single, lines, least=4, speech=0.4) else set()
    introduced = {line.label.family for line in lines if line.label.introduces}
    if sum(counts[f] for f in speakers) < 2:
        return frozenset()
    if len(speakers) == 1 and len(lines) == counts[next(iter(speakers))] < 3:
        return frozenset()
    return frozenset(speakers | introduced)


def _shares(lines: Sequence[_Line]) -> dict[str, float]:
    """Return which share of each label's lines reads as a sentence to its end."""
    counts, ended = Counter[str](), Counter[str]()
    for line in lines:
        counts[line.label.family] += 1
        ended[line.label.family] += line.ends
    return {family: ended[family] / n for family, n in counts.items()}


def _is_conversation(
    single: Sequence[_Line], lines: Sequence[_Line], *, least: int, speech: float
) -> bool:
    """Tell whether labels that stand once each divide a conversation among many.

    They stand before most paragraphs from the first to the last of them, or are all in capitals
    and several; people speak in so large a share of them, or, in capitals and ten or more of
    them, in whole sentences.
    """
    if len(single) < least:
        return False
    reach = lines[-1].number - lines[0].number + 1 + lines[-1].alone
    dense = sum(1 + line.alone for line in lines) >= 0.6 * reach
    spoken = sum(line.speaks for line in single) >= speech * len(single)
    sentences = sum(line.ends for line in single) >= 0.8 * len(single)
    if least > 2:
        return dense and spoken and sentences
    if not dense:
        several = len(single) > 2 and not any(line.alone for line in lines)
        return several and sum(line.speaks for line in single) >= 0.5 * len(single)
    return spoken or (sentences and len(single) >= 10)


def _may_continue(text: str, paragraph: Span) -> bool:
    return not text.startswith(("(", "[", '"(', "“("), paragraph.start)

"""Words of the claimed speaker that stand in quotation marks within what somebody else said.

“The minister, Olaf Brandt, told us that ‘the ferry is a bridge’”, says an interviewer: the inner
words are told as Brandt's. Only where the sentence names him right before a verb of saying.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from quotes.quotation import Kind
from quotes.verification.evidence import WITHIN
from quotes.verification.frames import SAID_THAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.records import QuotationRecord, SpeakerRecord

_DOUBLE: Final = r"[“\"](?P<words>[^“”\"]{2,})[”\"]"
_SINGLE: Final = r"‘(?P<words>[^‘“”]{2,}?)’(?!\w)"
_MARKED: Final = re.compile(r"[“\"]")
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")
_SENTENCE: Final = re.compile(r"[.!?]\s")
_TITLES: Final = frozenset({"Mr", "Mrs", "Ms", "Dr"})
_FARTHEST: Final = 3


def quoted_within(
    quotes: Iterable[QuotationRecord], speaker: SpeakerRecord
) -> Iterator[QuotationRecord]:
    """Yield a record for each stretch that a quotation of another gives as this speaker's words.

    It is a direct quotation of the speaker, passed on by who said the rest.
    """
    names = {word for word in _WORD.findall(speaker["name"]) if word[:1].isupper()} - _TITLES
    for quote in quotes:
        content, outer = quote["content"], quote["speaker"]
        if len(content["spans"]) != 1 or (outer and outer["id"] == speaker["id"]):
            continue
        text = content["text"]
        if not any(name in text for name in names):
            continue
        direct = quote["kind"] == Kind.DIRECT and _MARKED.match(text)
        for number, found in enumerate(re.finditer(_SINGLE if direct else _DOUBLE, text)):
            if not _tells(text[: found.start()], names):
                continue
            start = content["start"] + found.start()
            end = start + len(found[0])
            yield {
                **quote,
                "id": f"{quote['id']}{WITHIN}{number}",
                "kind": Kind.DIRECT,
                "content": {"text": found[0], "start": start, "end": end, "spans": [[start, end]]},
                "speaker": speaker,
                "via": outer,
                "cue": None,
                "source": None,
            }


def _tells(before: str, names: set[str]) -> bool:
    """Tell whether the last name before some words is one of these, and says them."""
    sentence = _SENTENCE.split(before)[-1]
    words = _WORD.findall(sentence)
    at = max((i for i, word in enumerate(words) if word in names), default=-1)
    said = next((i for i in range(at + 1, len(words)) if words[i] in SAID_THAT), None)
    return at >= 0 and said is not None and said - at <= _FARTHEST

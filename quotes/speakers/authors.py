"""Who "I" is outside quotation marks: the writer, by a signature, a note at the end or a byline.

A column may be headed by its writer's name ("Ada Marsh: The Tolls Must Go").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from quotes.speakers.entities import Entities
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

# How far a byline may stand from the beginning, and a note on the author from the end.
_TOP: Final = 1500
_BOTTOM: Final = 1500
_NOTE: Final = re.compile(r"\s(?:is|was|writes|teaches|serves|has|,)\b|,\s")


class Authors:
    """The writers of one text: of an article, or of the letters in a page of letters."""

    def __init__(self, layout: Layout, entities: Entities) -> None:
        text = layout.text
        self._signed: list[Mention] = []
        self._note: Mention | None = None
        self._byline: Mention | None = None
        for mention in entities.mentions:
            entity = entities.of.get(mention)
            if entity is None or entity.kind is not SpeakerKind.PERSON or entity.is_open:
                continue
            if len(mention.key.split()) < 2:
                continue
            line = text.rfind("\n", 0, mention.start) + 1
            end = text.find("\n", mention.end)
            start = layout.offsets[mention.title[0]] if mention.title else mention.start
            before = text[line:start].strip(" \t-—–*_")
            after = text[mention.end : end if end >= 0 else len(text)]
            headed = not text[:start].strip() and after.startswith(":")
            if headed or (before.casefold() == "by" and mention.start < _TOP):
                self._byline = self._byline or mention
            elif not before and not after.strip(" \t.,*_"):
                self._signed.append(mention)
            elif not before and mention.start > len(text) - _BOTTOM and _NOTE.match(after):
                self._note = mention

    def of(self, start: int) -> Mention | None:
        """Return the name of whoever wrote the words at a code point; None where none is given."""
        place = bisect_left(self._signed, start, key=lambda mention: mention.start)
        if place < len(self._signed):
            return self._signed[place]
        return self._note or self._byline

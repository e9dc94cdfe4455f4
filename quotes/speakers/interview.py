"""Who "I" and "you" are outside quotation marks: by the questions and answers of an interview."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from quotes.quotation import ANSWER
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from collections.abc import Hashable

    from quotes.speakers.entity import Entity
    from quotes.speakers.resolution import Resolution

I_FORMS: Final = words("i me my mine myself")
WE_FORMS: Final = words("we us our ours ourselves")
YOU_FORMS: Final = words("you your yours yourself")


class Interview:
    """Tells questions from answers by the paragraphs of a text that is an interview.

    A key stands for somebody: the one person interviewed, where the text tells who it is, or else
    a word for the part.
    """

    def __init__(self, resolution: Resolution) -> None:
        layout = resolution.layout
        self._layout = layout
        ends: dict[int, str] = {}
        for token in layout.doc:
            if not token.is_space:
                ends[layout.paragraph[token.i]] = token.text
        self._questions = {number for number, end in ends.items() if end.endswith("?")}
        self._is_interview = len(self._questions) > 1
        if self._is_interview:
            self._questions |= self._remarks()
        self._answering: Hashable = "narrator"
        # The answers themselves are quotations, so "I" outside of them is who asks.
        self._asks_outside = bool(layout.answers)
        if self._asks_outside:
            self._is_interview = True
            self._questions |= {layout.paragraph[first] - 1 for first, _ in layout.answers}
            speaker = resolution.answers_speaker
            self._answering = (speaker and speaker.entity) or ANSWER
        elif self._is_interview:
            self._answering = self._interviewee(resolution) or "narrator"

    def _remarks(self) -> set[int]:
        """Return the paragraphs that only say "you", each before one that says "I"."""
        says: dict[int, set[str]] = defaultdict(set)
        for token in self._layout.doc:
            kinds = ((I_FORMS, "I"), (YOU_FORMS, "you"))
            says[self._layout.paragraph[token.i]] |= {k for w, k in kinds if token.lower_ in w}
        return {
            number
            for number, said in says.items()
            if said == {"you"} and says.get(number + 1) == {"I"}
        }

    def _interviewee(self, resolution: Resolution) -> Entity | None:
        """Return whom the text names most before the first question, or says it spoke to."""
        start = min(self._questions)
        counted = {
            entity: sum(mention.paragraph < start for mention in entity.mentions)
            for entity in resolution.entities.all
            if entity.is_surely_person
        }
        most = max(counted.values(), default=0)
        best = [entity for entity, count in counted.items() if count == most]
        return best[0] if most and len(best) == 1 else resolution.interviewee()

    def speaker(self, index: int) -> Hashable:
        """Return a key for whoever "I" at a token is."""
        asks = self._is_interview and self._layout.paragraph[index] in self._questions
        return "interviewer" if asks or self._asks_outside else self._answering

    def addressee(self, index: int) -> Hashable:
        """Return a key for whoever "you" at a token is: in an answer, anybody."""
        asks = self._is_interview and self._layout.paragraph[index] in self._questions
        return self._answering if asks else "anybody"

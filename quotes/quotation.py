"""The values that travel from extraction to speakers to the store: quotations and attributions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from quotes.errors import OffsetError
from quotes.spans import Span, Spans, check_spans, hull, text_of


class Kind(StrEnum):
    """How the words are given."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Act(StrEnum):
    """What is presented, after Semino and Short (2004)."""

    SPEECH = "speech"
    WRITING = "writing"
    THOUGHT = "thought"


class SpeakerKind(StrEnum):
    """What a speaker is; `group` and `unnamed` are never merged across documents."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    UNNAMED = "unnamed"


# By what an answer was found that no label, cue or source goes with: the questions around it.
ANSWER: Final = "rule:answer"

# Who is somebody by name, and the same in every document.
NAMED_KINDS: Final = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One step of the chain from a source mention to its speaker.

    `relation` says how this mention follows from the one before it: `source` (the first), `name`,
    `surname`, `title`, `pronoun`, `abbreviation`, `apposition`, `speaker-continues`, and so on.
    """

    text: str
    start: int
    end: int
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The speaker that a quotation is given to, and why.

    `name` is the fullest form in the document; `aliases` are the other names the document uses for
    the same entity (never pronouns); `evidence` leads from the source mention to the name.
    `members` are the people and bodies of a group that the text names; `via` is who passes the
    statement on, where the text says so ("Kyodo, citing an official, reported"). With
    `listed` the name is that of a list of known people, whose identifier is `external_id`.
    """

    name: str
    kind: SpeakerKind
    method: str
    confidence: float | None = None
    aliases: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    members: tuple[Attribution, ...] = ()
    via: Attribution | None = None
    listed: bool = False
    external_id: str | None = None

    def steps(self) -> tuple[Evidence, ...]:
        """Return all evidence, that for who passes the statement on with it."""
        return self.evidence + (self.via.steps() if self.via else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One attribution of words or of a reported statement, in offsets of its text.

    `content` has one span or more; `cue`, `source` and `addressee` may have none. `confidence` is
    a calibrated probability, or None. `method` names the rule or the model that found it. `via`
    is the mention of who passes on what the source said; it becomes a part of the attribution.
    """

    kind: Kind
    content: Spans
    act: Act = Act.SPEECH
    cue: Spans = ()
    source: Spans = ()
    addressee: Spans = ()
    via: Spans = ()
    confidence: float | None = None
    method: str = ""
    attribution: Attribution | None = None

    @property
    def hull(self) -> Span:
        """The smallest span that covers the content."""
        return hull(self.content)

    def is_sure(self, minimum: float | None) -> bool:
        """Tell whether it is at least this sure; one without a confidence always is."""
        return minimum is None or self.confidence is None or self.confidence >= minimum

    def roles(self) -> tuple[tuple[str, Spans], ...]:
        """Return the four roles with their spans, in the order they are stored."""
        return (
            ("content", self.content),
            ("cue", self.cue),
            ("source", self.source),
            ("addressee", self.addressee),
        )

    def text(self, document_text: str) -> str:
        """Return the content's text, its spans joined by one space."""
        return text_of(document_text, self.content)

    def check(self, document_text: str) -> None:
        """Raise OffsetError unless every span lies in the text, in order and apart.

        The evidence of its attribution must stand where it says.
        """
        hull(self.content)
        for spans in (*(spans for _, spans in self.roles()), self.via):
            check_spans(len(document_text), spans)
        for step in self.attribution.steps() if self.attribution else ():
            if step.start < 0 or document_text[step.start : step.end] != step.text:
                raise OffsetError(
                    f"the evidence {step.text!r} does not stand at [{step.start}, {step.end})"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something odd in a text that a reader should know of, such as a mark that never closes."""

    message: str
    start: int

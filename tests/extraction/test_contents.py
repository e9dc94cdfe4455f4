"""The edges of contents, and the kind that the marks give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from quotes.extraction.candidates import Candidate
from quotes.extraction.contents import kind_of, mended
from quotes.extraction.reading import Reading
from quotes.quotation import Kind
from quotes.spans import Span, Spans, trimmed

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def tokenizer() -> Language:
    """Edges and kinds are read from the marks, so words without a parse will do."""
    return spacy.blank("en")


def places(text: str, *words: str) -> Spans:
    """Return where the words stand, in order."""
    return tuple(Span(text.index(part), text.index(part) + len(part)) for part in words)


def candidate(text: str, *words: str, cue: str, source: str = "") -> Candidate:
    (said,) = places(text, cue)
    return Candidate(
        pattern="ccomp",
        lemma=cue,
        content=places(text, *words),
        cue=(said,),
        source=places(text, source) if source else (),
        cue_at=said.start,
    )


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“The ferry sails,” she said.", ["“The ferry sails,”"], Kind.DIRECT),
        ("“A ferry,” she said. “A raft.”", ["“A ferry,”", "“A raft.”"], Kind.DIRECT),
        ("“A ferry.” … “A raft,” she said.", ["“A ferry.” … “A raft,”"], Kind.DIRECT),
        ("She said it was “a raft.”", ["it was “a raft.”"], Kind.MIXED),
        ("“A raft” was what she called it.", ["“A raft” was what"], Kind.MIXED),
        ("She said “a raft” or “a tub.”", ["“a raft” or “a tub.”"], Kind.MIXED),
        ("“A ferry,” she said, and that it sails.", ["“A ferry,”", "that it sails"], Kind.MIXED),
        ("She said the ferry sails.", ["the ferry sails"], Kind.INDIRECT),
        ("“A raft” sank. She said it sails.", ["it sails"], Kind.INDIRECT),
        ("‘The ferry sails,’ she said.", ["‘The ferry sails,’"], Kind.DIRECT),
        ("«The ferry sails,» she said.", ["«The ferry sails,»"], Kind.DIRECT),
        ("She said the dockers' ferry sails.", ["the dockers' ferry sails"], Kind.INDIRECT),
    ],
)
def test_the_kind_is_told_by_the_marks(
    tokenizer: Language, text: str, content: list[str], kind: Kind
) -> None:
    assert kind_of(Reading(tokenizer(text)), places(text, *content)) is kind


def test_a_content_that_cuts_a_passage_grows_over_its_marks(tokenizer: Language) -> None:
    text = "She said it was “a raft with a bell.”"
    whole = mended(Reading(tokenizer(text)), candidate(text, "it was “a raft", cue="said"))
    assert whole.content == places(text, "it was “a raft with a bell.”")


def test_cue_and_source_are_cut_out_of_the_content(tokenizer: Language) -> None:
    text = "The ferry, she said, sails on Friday."
    whole = mended(
        Reading(tokenizer(text)),
        candidate(text, "The ferry, she said, sails on Friday", cue="said", source="she"),
    )
    others = (*whole.cue, *whole.source)
    assert not any(span.overlaps(other) for span in whole.content for other in others)
    assert whole.content[0].start == 0
    assert text[: whole.content[-1].end].endswith("Friday")


def test_no_part_of_a_cut_content_has_white_space_at_its_edges(tokenizer: Language) -> None:
    text = "The ferry, she said, sails on Friday."
    whole = mended(
        Reading(tokenizer(text)),
        candidate(text, "The ferry, she said, sails on Friday", cue="said", source="she"),
    )
    assert all(trimmed(text, span) == span for span in whole.content)


@pytest.mark.parametrize(
    ("text", "content", "left"),
    [
        (
            "“It rained.” She had left at noon, she said.",
            "“It rained.” She had left at noon",
            "She had left at noon",
        ),
        (
            "“It rained,” and she had left at noon, she said.",
            "“It rained,” and she had left at noon",
            "“It rained,” and she had left at noon",
        ),
        ("“It rained.” Well, she said.", "“It rained.” Well", "“It rained.” Well"),
        (
            "She said: “It rained.” The boats had left.",
            "“It rained.” The boats had left",
            "“It rained.” The boats had left",
        ),
    ],
)
def test_a_cue_tells_of_its_own_sentence(
    tokenizer: Language, text: str, content: str, left: str
) -> None:
    found = mended(Reading(tokenizer(text)), candidate(text, content, cue="said")).content
    assert [text[span.start : span.end] for span in found] == [left]

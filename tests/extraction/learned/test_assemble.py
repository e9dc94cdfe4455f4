"""From a finding's tokens to spans of text, on real parses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from quotes.extraction.learned.assemble import candidate_of
from quotes.extraction.learned.decoding import CONTENT, SOURCE, Roles
from quotes.extraction.learned.features import Vocabulary, read_tokens
from quotes.extraction.learned.findings import Finding
from quotes.extraction.reading import Reading
from quotes.spans import text_of

if TYPE_CHECKING:
    from quotes.extraction.candidates import Candidate
    from quotes.nlp.parser import Parser

pytestmark = pytest.mark.model

PLAIN = "Mara Lindqvist, the harbour master, told reporters that the tolls will double."
SPLIT = "“The bridge,” said Mara Lindqvist on Friday, “opens in May.”"


def assembled(
    parser: Parser,
    text: str,
    *,
    cue: str,
    content: tuple[str, ...] = (),
    source: tuple[str, ...] = (),
    first: int = 0,
) -> Candidate | None:
    """Return what becomes of a finding whose spans are these words; its roles begin at `first`."""
    reading = Reading(parser.parse(text))
    tokens = read_tokens(reading, Vocabulary({}, {}))
    roles = np.zeros(len(tokens), np.int64)

    def mark(words: str) -> tuple[int, int]:
        assert text.count(words) == 1
        start = text.index(words)
        low, high = np.searchsorted(tokens.start, (start, start + len(words)))
        return int(low), int(high)

    for role, parts in ((CONTENT, content), (SOURCE, source)):
        for words in parts:
            low, high = mark(words)
            roles[low:high] = role
    start, end = mark(cue)
    chances = np.ones((len(tokens), 3), np.float32)
    read = Roles(roles[first:], chances[first:], 0.0)
    return candidate_of(reading, tokens, Finding(start, end, 0.9, first, read))


def words(text: str, candidate: Candidate) -> tuple[list[str], str, str, str]:
    """Return content, cue, source and addressee in words."""
    return (
        [text[span.start : span.end] for span in candidate.content],
        text_of(text, candidate.cue),
        text_of(text, candidate.source),
        text_of(text, candidate.addressee),
    )


def test_tokens_become_code_points(parser: Parser) -> None:
    found = assembled(
        parser,
        PLAIN,
        cue="told",
        content=("that the tolls will double",),
        source=("Mara Lindqvist, the harbour master",),
    )
    assert found is not None
    assert words(PLAIN, found) == (
        ["that the tolls will double"],
        "told",
        "Mara Lindqvist, the harbour master",
        "reporters",
    )
    assert (found.lemma, found.cue_at) == ("tell", PLAIN.index("told"))


def test_roles_are_counted_from_the_finding_s_first_token(parser: Parser) -> None:
    found = assembled(parser, PLAIN, cue="told", content=("the tolls will double",), first=5)
    assert found is not None
    assert words(PLAIN, found)[0] == ["the tolls will double"]


def test_a_content_in_two_parts_stays_so_with_its_marks(parser: Parser) -> None:
    found = assembled(
        parser,
        SPLIT,
        cue="said",
        content=("The bridge", "opens in May"),
        source=("Mara Lindqvist",),
    )
    assert found is not None
    assert words(SPLIT, found) == (
        ["“The bridge,”", "“opens in May.”"],
        "said",
        "Mara Lindqvist",
        "",
    )


def test_without_content_there_is_no_candidate(parser: Parser) -> None:
    assert assembled(parser, PLAIN, cue="told", source=("Mara Lindqvist",)) is None


def test_without_source_there_is_one(parser: Parser) -> None:
    found = assembled(parser, PLAIN, cue="told", content=("that the tolls will double",))
    assert found is not None
    assert found.source == ()


def test_the_lemma_is_that_of_the_cue_s_head(parser: Parser) -> None:
    text = "The clerk has repeatedly denied that the ferry sank."
    found = assembled(parser, text, cue="has repeatedly denied", content=("that the ferry sank",))
    assert found is not None
    assert found.lemma == "deny"
    assert text[found.cue_at :].startswith("denied")


def test_line_breaks_and_emoji_do_not_shift_offsets(parser: Parser) -> None:
    text = "🐟  Ferry news 👩‍🚀\n\nThe clerk said  that the\nferry sank."
    found = assembled(
        parser, text, cue="said", content=("that the\nferry sank",), source=("The clerk",)
    )
    assert found is not None
    assert words(text, found)[:3] == (["that the\nferry sank"], "said", "The clerk")


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        ("Ada Marsh did not say whether the ferry sails.", "say", "whether the ferry sails", "Ada"),
        ("Ada Marsh will say that the ferry sails.", "say", "that the ferry sails", "Ada Marsh"),
        ("Nobody said that the ferry was safe.", "said", "that the ferry was safe", "Nobody"),
    ],
)
def test_what_was_not_said_is_no_candidate(
    parser: Parser, text: str, cue: str, content: str, source: str
) -> None:
    assert assembled(parser, text, cue=cue, content=(content,), source=(source,)) is None


def test_what_was_denied_is_one(parser: Parser) -> None:
    text = "Ada Marsh denied that the ferry was late."
    found = assembled(parser, text, cue="denied", content=("that the ferry was late",))
    assert found is not None


def test_words_in_marks_were_said(parser: Parser) -> None:
    text = "“The ferry is safe,” Ada Marsh will say on Friday."
    found = assembled(parser, text, cue="say", content=("“The ferry is safe,”",))
    assert found is not None

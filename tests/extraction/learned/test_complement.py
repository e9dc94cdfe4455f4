"""What the rules add to what the network found, on real parses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.extraction.candidates import Candidate
from quotes.extraction.learned.complement import complement
from quotes.extraction.reading import Reading
from quotes.extraction.scoring import shipped_weights
from quotes.spans import Span, text_of

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser

pytestmark = pytest.mark.model

NEWS = (
    "“The old pier is not safe,” said Ilse Brandt. The ferry left at noon.\n\n"
    "“Nobody waits for us,” said Tomas Reel, who owns two ferries.\n"
)
NESTED = "The clerk wrote that Ilse Brandt said that the pier is closed.\n"


def candidate(text: str, *, content: str, cue: str, source: str) -> Candidate:
    """Return a candidate of the network; the cue is the first such word."""

    def place(words: str) -> tuple[Span]:
        start = text.index(words)
        return (Span(start, start + len(words)),)

    return Candidate(
        pattern="learned",
        lemma=cue,
        content=place(content),
        cue=place(cue),
        source=place(source),
        cue_at=text.index(cue),
    )


def added(parser: Parser, text: str, *kept: Candidate) -> list[tuple[str, str]]:
    """Return the sources and contents of what is added."""
    reading = Reading(parser.parse(text))
    return [
        (text_of(text, c.source), text_of(text, c.content))
        for _, c in complement(reading, kept, shipped_weights())
    ]


PIER = candidate(NEWS, content="“The old pier is not safe,”", cue="said", source="Ilse Brandt")


def test_words_in_marks_that_the_network_passed_over_are_added(parser: Parser) -> None:
    found = dict(added(parser, NEWS))
    assert found["Ilse Brandt"] == "“The old pier is not safe,”"
    assert any("Tomas Reel" in source for source in found)


def test_what_the_network_found_is_not_added_again(parser: Parser) -> None:
    ((source, content),) = added(parser, NEWS, PIER)
    assert "Tomas Reel" in source
    assert content == "“Nobody waits for us,”"


def test_a_report_inside_a_report_is_added(parser: Parser) -> None:
    outer = candidate(
        NESTED,
        content="that Ilse Brandt said that the pier is closed",
        cue="wrote",
        source="The clerk",
    )
    assert added(parser, NESTED, outer) == [("Ilse Brandt", "that the pier is closed")]


def test_a_cue_that_the_network_read_otherwise_is_its_own(parser: Parser) -> None:
    other = candidate(NEWS, content="The ferry left at noon", cue="said", source="Ilse Brandt")
    assert all(source != "Ilse Brandt" for source, _ in added(parser, NEWS, other))


def test_a_part_of_what_was_found_is_not_added(parser: Parser) -> None:
    wide = candidate(NEWS, content="pier is not safe,” said Ilse", cue="left", source="Brandt")
    assert all("pier" not in content for _, content in added(parser, NEWS, wide))


def test_nothing_is_added_to_a_text_that_says_nothing(parser: Parser) -> None:
    assert added(parser, "The ferry left at noon. It carried two dogs.\n") == []
    assert added(parser, "") == []

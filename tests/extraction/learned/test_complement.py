"""What the rules mend in what the network found and add to it, on real parses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.extraction.candidates import Candidate
from quotes.extraction.learned.complement import Complement
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
SPLIT = "“The crane is old,” said Ilse Brandt. “It will hold for a year.” The ferry left at noon.\n"
GOES_ON = (
    "“The crane is old,” said Ilse Brandt.\n\n"
    "“It will hold for a year.\n\n"
    "“After that I promise nothing.”\n\n"
    "The ferry left at noon.\n"
)
ANSWERED = (
    "“The crane is old,” said Ilse Brandt. “It will hold for a year,” said Tomas Reel, "
    "who owns two ferries.\n"
)
AROUND = "The tolls on the river, according to Ilse Brandt, will double in the spring.\n"
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
        for _, c in Complement(reading, shipped_weights()).beside(kept)
    ]


def widened(parser: Parser, text: str, found: Candidate) -> list[str]:
    """Return the parts of the content of a finding once it is mended."""
    reading = Reading(parser.parse(text))
    mended = Complement(reading, shipped_weights()).widened(found)
    assert (mended.cue, mended.source) == (found.cue, found.source)
    return [text[part.start : part.end] for part in mended.content]


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


class TestWidened:
    """A finding that holds a part of a quotation in marks."""

    @pytest.mark.parametrize("part", ["“The crane is old,”", "crane is old"])
    def test_it_takes_in_what_stands_after_the_cue(self, parser: Parser, part: str) -> None:
        found = candidate(SPLIT, content=part, cue="said", source="Ilse Brandt")
        assert widened(parser, SPLIT, found) == [
            "“The crane is old,”",
            "“It will hold for a year.”",
        ]

    def test_it_takes_in_what_stands_before_the_cue(self, parser: Parser) -> None:
        part = "“It will hold for a year.”"
        found = candidate(SPLIT, content=part, cue="said", source="Ilse Brandt")
        assert widened(parser, SPLIT, found) == ["“The crane is old,”", part]

    def test_it_goes_on_in_the_next_paragraphs(self, parser: Parser) -> None:
        part = "“The crane is old,”"
        found = candidate(GOES_ON, content=part, cue="said", source="Ilse Brandt")
        assert widened(parser, GOES_ON, found) == [
            part,
            "“It will hold for a year.",
            "“After that I promise nothing.”",
        ]

    def test_a_part_may_run_over_the_end_of_a_paragraph(self, parser: Parser) -> None:
        part = GOES_ON[GOES_ON.index("“It will") : GOES_ON.index("The ferry")].rstrip()
        found = candidate(GOES_ON, content=part, cue="said", source="Ilse Brandt")
        assert widened(parser, GOES_ON, found) == [
            "“The crane is old,”",
            "“It will hold for a year.",
            "“After that I promise nothing.”",
        ]

    def test_it_takes_in_what_stands_around_according_to(self, parser: Parser) -> None:
        part = "will double in the spring"
        found = candidate(AROUND, content=part, cue="according to", source="Ilse Brandt")
        assert widened(parser, AROUND, found) == ["The tolls on the river", part]

    def test_another_speakers_words_are_not_taken(self, parser: Parser) -> None:
        part = "“The crane is old,”"
        found = candidate(ANSWERED, content=part, cue="said", source="Ilse Brandt")
        assert widened(parser, ANSWERED, found) == [part]

    @pytest.mark.parametrize(
        ("content", "cue", "source"),
        [
            ("“The crane is old,”", "said", "ferry"),
            ("“The crane is old,”", "left", "Ilse Brandt"),
            ("The ferry", "said", "Ilse Brandt"),
        ],
    )
    def test_another_reading_of_the_words_stays_as_it_is(
        self, parser: Parser, content: str, cue: str, source: str
    ) -> None:
        found = candidate(SPLIT, content=content, cue=cue, source=source)
        assert widened(parser, SPLIT, found) == [content]

    def test_a_report_without_marks_stays_as_it_is(self, parser: Parser) -> None:
        content = "that the pier"
        found = candidate(NESTED, content=content, cue="said", source="Ilse Brandt")
        assert widened(parser, NESTED, found) == [content]

"""What is kept of what was found: the sure, the surer of rivals, and what stands in another."""

from __future__ import annotations

import numpy as np
import pytest

from quotes.extraction.candidates import Candidate
from quotes.extraction.learned.choose import Judged, choose
from quotes.extraction.learned.decoding import Roles
from quotes.extraction.learned.findings import Finding
from quotes.quotation import Kind
from quotes.spans import Span, Spans
from tests.extraction.learned.made import reading_of

FINDING = Finding(0, 1, 0.9, 0, Roles(np.zeros(1, np.int64), np.ones((1, 3), np.float32), 0.0))
STORY = (
    "The clerk wrote that Mara said that the tolls will double in May.\n\n"
    "The pilot hopes that the ferry sails."
)
TALK = (
    "Q: Who pays for the ferry this year?\n\n"
    "A: The pilot said that the island pays for all of it.\n\n"
    "Q: And who sails it?\n\n"
    "A: Nobody sails it."
)
FURNITURE = (
    "The council met on Monday. It met on Tuesday too. It voted. It will meet on Friday.\n\n"
    "Pilot Says the Ferry Never Sails\n\nNobody expects that the council agrees."
)


def place(text: str, words: str) -> Spans:
    if not words:
        return ()
    assert text.count(words) == 1
    start = text.index(words)
    return (Span(start, start + len(words)),)


def judged(text: str, *content: str, confidence: float, cue: str, source: str = "") -> Judged:
    (at,) = place(text, cue)
    candidate = Candidate(
        pattern="learned",
        lemma=cue,
        content=tuple(span for words in content for span in place(text, words)),
        cue=(at,),
        source=place(text, source),
        cue_at=at.start,
    )
    return Judged(candidate, Kind.INDIRECT, confidence, FINDING)


def test_what_is_as_sure_as_the_threshold_is_kept() -> None:
    unsure = judged(STORY, "that the ferry sails", cue="hopes", confidence=0.39)
    sure = judged(STORY, "the tolls will double", cue="said", confidence=0.4)
    assert choose(reading_of(STORY), [unsure, sure], threshold=0.4) == [sure]


def test_the_surest_stand_first() -> None:
    one = judged(STORY, "that the ferry sails", cue="hopes", confidence=0.6)
    two = judged(STORY, "the tolls will double", cue="said", confidence=0.7)
    assert choose(reading_of(STORY), [one, two], threshold=0.1) == [two, one]


def test_a_statement_in_a_statement_is_kept_with_it() -> None:
    outer = judged(
        STORY,
        "that Mara said that the tolls will double in May",
        cue="wrote",
        source="The clerk",
        confidence=0.5,
    )
    inner = judged(
        STORY, "that the tolls will double in May", cue="said", source="Mara", confidence=0.9
    )
    reading = reading_of(STORY)
    assert choose(reading, [outer, inner], threshold=0.1) == [inner, outer]


class TestRivals:
    """Two that claim the same words."""

    OUTER = judged(
        STORY,
        "that Mara said that the tolls will double in May",
        cue="wrote",
        source="The clerk",
        confidence=0.5,
    )

    def test_one_whose_source_is_outside_the_other_is_no_part_of_it(self) -> None:
        other = judged(
            STORY, "that the tolls will double", cue="said", source="The clerk", confidence=0.9
        )
        assert choose(reading_of(STORY), [self.OUTER, other], threshold=0.1) == [other]

    def test_the_surer_one_wins_whatever_the_order(self) -> None:
        other = judged(STORY, "the tolls will double in May", cue="hopes", confidence=0.3)
        for pool in ([self.OUTER, other], [other, self.OUTER]):
            assert choose(reading_of(STORY), pool, threshold=0.1) == [self.OUTER]

    def test_of_two_as_sure_the_first_in_the_text_wins(self) -> None:
        other = judged(STORY, "Mara said that the tolls will", cue="hopes", confidence=0.5)
        pool = [other, self.OUTER]
        assert choose(reading_of(STORY), pool, threshold=0.1) == [self.OUTER]

    @pytest.mark.parametrize(
        ("words", "kept"),
        # Six characters are the other's too: of ten, and of 24.
        [("in May.\n\nT", 1), ("in May.\n\nThe pilot hopes", 2)],
    )
    def test_sharing_half_of_the_shorter_one_is_too_much(self, words: str, kept: int) -> None:
        other = judged(STORY, words, cue="sails", confidence=0.4)
        assert len(choose(reading_of(STORY), [self.OUTER, other], threshold=0.1)) == kept

    def test_the_parts_of_a_content_count_together(self) -> None:
        split = judged(STORY, "Mara", "the tolls will", "ferry", cue="hopes", confidence=0.4)
        assert choose(reading_of(STORY), [self.OUTER, split], threshold=0.1) == [self.OUTER]


def test_a_heading_says_nothing() -> None:
    heading = judged(
        FURNITURE, "the Ferry Never Sails", cue="Says", source="Pilot", confidence=0.99
    )
    prose = judged(
        FURNITURE, "that the council agrees", cue="expects", source="Nobody", confidence=0.6
    )
    assert choose(reading_of(FURNITURE), [heading, prose], threshold=0.5) == [prose]


class TestTurns:
    """What is found inside a transcript's turns, which are quotations themselves."""

    @pytest.mark.parametrize(("confidence", "kept"), [(0.7, 0), (0.8, 1)])
    def test_a_report_in_a_turn_must_be_sure(self, confidence: float, kept: int) -> None:
        reported = judged(
            TALK,
            "that the island pays for all of it",
            cue="said",
            source="The pilot",
            confidence=confidence,
        )
        assert len(choose(reading_of(TALK), [reported], threshold=0.3)) == kept

    def test_one_without_a_source_is_the_turn_s_own(self) -> None:
        bare = judged(TALK, "that the island pays for all of it", cue="said", confidence=0.99)
        assert choose(reading_of(TALK), [bare], threshold=0.3) == []

    def test_one_that_leaves_its_turn_is_none(self) -> None:
        across = judged(TALK, "And who sails it", cue="said", source="The pilot", confidence=0.99)
        assert choose(reading_of(TALK), [across], threshold=0.3) == []

    def test_a_threshold_above_that_stands(self) -> None:
        reported = judged(
            TALK, "that the island pays for all", cue="said", source="The pilot", confidence=0.8
        )
        assert choose(reading_of(TALK), [reported], threshold=0.85) == []

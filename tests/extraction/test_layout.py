"""An article's furniture: what is no prose, and prose that only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.layout import furniture_starts
from quotes.nlp.paragraphs import paragraphs


def furniture(text: str) -> list[str]:
    """Return the paragraphs that are furniture."""
    around = paragraphs(text)
    starts = furniture_starts(text, around)
    assert starts <= {paragraph.start for paragraph in around}
    return [text[p.start : p.end] for p in around if p.start in starts]


def among_prose(line: str) -> str:
    lead = "The council met on Monday. It met on Tuesday too. It voted. It will meet on Friday."
    return f"{lead}\n\n{line}\n\nNobody expects it to agree."


@pytest.mark.parametrize(
    "line",
    [
        "Ferry Delayed Again as Council Argues",
        "“Nobody Waits for Us,” Says Islander",
        "Why Does the Ferry Never Sail on Time?",
        "By Ada Marsh",
        "By Ada Marsh and Tom Ashby | Norwell Tribune",
        "November 8, 2024",
        "Photo: Ada Marsh",
        "(Photo: Ada Marsh/Pool)",
        "Image credit: Ada Marsh",
        "Ada Marsh/Getty Images",
        "Courtesy of the Harbour Office",
        "Read more: “The Sea Has No Fence,” Says Pilot",
        "Also read: Ferry sails at last, says captain.",
        "Related articles",
        "3 Comments",
        "Leave a reply",
        "Subscribe to our newsletter for the latest ferry news.",
        "Sign up for The Morning Tide, our daily letter.",
        "Copyright 2025 Norwell Tribune. All rights reserved.",
        "© 2025 Norwell Tribune",
        "Advertisement",
        "Tags: ferry, harbour, council",
        "Additional reporting by Tom Ashby.",
    ],
)
def test_furniture(line: str) -> None:
    assert furniture(among_prose(line)) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The ferry sailed on Friday.",
        "“We will wait,” she said.",
        "“We will wait.”",
        "‘We will wait.’",
        "«We will wait»",
        "She asked: why does the ferry never sail on time?",
        "By Monday the council had agreed to buy a second ferry.",
        "Comments from the harbour office were few, she said.",
        "Related to this, she said, is the bridge.",
        "The ferry (photo below) sails on Friday, she said.",
        "Image matters more than money, she said.",
        "The harbour master's answer was short:",
        pytest.param(
            "By Friday, the ferry had sailed, she said.",
        ),
        pytest.param(
            "From the pier she shouted that the ferry had gone.",
        ),
    ],
)
def test_prose(line: str) -> None:
    assert furniture(among_prose(line)) == []


def test_a_caption_is_told_by_the_credit_below_it() -> None:
    caption = "The ferry leaves Norwell on Friday with nobody aboard."
    assert furniture(f"{caption}\nPhoto: Ada Marsh\n\nThe council met on Monday.") == [
        caption,
        "Photo: Ada Marsh",
    ]
    assert furniture(f"{caption}\n\nThe council met on Monday.") == []


def test_a_long_paragraph_is_prose_however_it_begins() -> None:
    told = "Comments were few. " + "The council met for six hours and the clerk wrote it down. " * 8
    assert furniture(told) == []


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    furniture(text)

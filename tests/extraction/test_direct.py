"""Direct quotations: split, over paragraphs, unclosed; and marks that quote nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.quotation import Kind

if TYPE_CHECKING:
    from tests.extraction.conftest import Tell

pytestmark = pytest.mark.model


def test_a_split_quotation_is_one_with_two_spans(tell: Tell) -> None:
    (told,) = tell("“The ferry is late,” Ada Marsh said. “It has always been late.”")
    assert told.content == ("“The ferry is late,”", "“It has always been late.”")
    assert (told.cue, told.source, told.kind) == ("said", "Ada Marsh", Kind.DIRECT)


@pytest.mark.parametrize(
    ("first", "middle", "second"),
    [
        ("“The ferry,”", "Ada Marsh said", "“has been late for nine years.”"),
        ("“If the ferry sails,”", "said Ada Marsh", "“we will all be there.”"),
        ("“I think,”", "said Ada Marsh", "“that the ferry is late.”"),
        ('"The bridge we were promised,"', "Ada Marsh said", '"has not been built."'),
        pytest.param(
            "“The ferry,”",
            "said Ada Marsh",
            "“has been late for nine years.”",
        ),
    ],
)
def test_a_sentence_split_by_its_attribution_is_one_with_two_spans(
    tell: Tell, first: str, middle: str, second: str
) -> None:
    (told,) = tell(f"{first} {middle}, {second}")
    assert told.content == (first, second)
    assert (told.cue, told.source, told.kind) == ("said", "Ada Marsh", Kind.DIRECT)


def test_two_cues_in_one_sentence_are_two_quotations(tell: Tell) -> None:
    first, second = tell("“We’ve waited,” Ada Marsh said, adding: “We won’t wait again.”")
    assert (first.content, first.cue) == (("“We’ve waited,”",), "said")
    assert (second.content, second.cue) == (("“We won’t wait again.”",), "adding")
    assert first.source == second.source == "Ada Marsh"


def test_a_quotation_over_three_paragraphs_is_one_with_three_spans(tell: Tell) -> None:
    (told,) = tell(
        "“We have waited nine years for a bridge.\n\n"
        "“We will not wait for a tenth.\n\n"
        "“Build it,” said Ada Marsh."
    )
    assert told.content == (
        "“We have waited nine years for a bridge.",
        "“We will not wait for a tenth.",
        "“Build it,”",
    )
    assert told.source == "Ada Marsh"


def test_a_quotation_goes_on_after_its_attribution_into_the_next_paragraph(tell: Tell) -> None:
    (told,) = tell(
        "“We have waited nine years,” said Ada Marsh. “We will not wait for a tenth.\n\n"
        "“Build the bridge and build it now.”\n\n"
        "The council rose at noon."
    )
    assert told.content == (
        "“We have waited nine years,”",
        "“We will not wait for a tenth.",
        "“Build the bridge and build it now.”",
    )


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\n"], ids=repr)
def test_a_mark_that_never_closes_ends_with_its_paragraph(tell: Tell, end: str) -> None:
    first, second = tell(
        f"Ada Marsh said: “We have waited nine years.{end}"
        f"The council rose at noon.{end}"
        "“We will vote on Friday,” said Tom Ashby."
    )
    assert first.content == ("“We have waited nine years.",)
    assert first.source == "Ada Marsh"
    assert second.content == ("“We will vote on Friday,”",)
    assert second.source == "Tom Ashby"


def test_what_stands_inside_belongs_to_the_whole(tell: Tell) -> None:
    found = tell("“He called it ‘a gift,’ and I call it a loan,” said Ada Marsh.")
    assert [t.content for t in found if t.source == "Ada Marsh"] == [
        ("“He called it ‘a gift,’ and I call it a loan,”",)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The council opened a so-called “gift” of land to the islanders.",
        "They watched the film “The Long Harbour” on Monday evening.",
        "Tom “Moss” Ashby, the pilot, went home by the last boat.",
        "The islanders have a word for patience: machi, or “waiting.”",
        "The “ferry” was a raft with a bell.",
        "The phrase “harbour peace” dates from the first strike.",
        "The dockers' boats and the pilots' lamps lay in the sailors' shed.",
        "The mast is 6'2\" tall and the board 5'11\" wide.",
    ],
)
def test_marks_that_quote_nobody(tell: Tell, text: str) -> None:
    assert [told for told in tell(text) if told.kind is not Kind.INDIRECT] == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“The ferry will sail,” Tom “Moss” Ashby said.", "Tom “Moss” Ashby"),
        pytest.param(
            "“The ferry will sail,” said Tom “Moss” Ashby.",
            "Tom “Moss” Ashby",
        ),
        pytest.param(
            "“The ferry will sail,” the pilot, a man called “Moss,” said.",
            "the pilot, a man called “Moss,”",
        ),
    ],
)
def test_a_nickname_beside_a_cue_stays_in_the_source(tell: Tell, text: str, source: str) -> None:
    (told,) = tell(text)
    assert told.content == ("“The ferry will sail,”",)
    assert told.source == source


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The pier was cracked, Ada Marsh said. “Nobody told us in time.” It closed in May.",
            "“Nobody told us in time.”",
        ),
        (
            "Tom Ashby stood at the rail. “It rained for nine days. I did not sleep.” He left.",
            "“It rained for nine days. I did not sleep.”",
        ),
    ],
)
def test_whole_sentences_in_marks_need_no_cue(tell: Tell, text: str, content: str) -> None:
    (told,) = [told for told in tell(text) if told.kind is Kind.DIRECT]
    assert (told.content, told.cue, told.source) == ((content,), "", "")


@pytest.mark.parametrize(
    "text",
    [
        "The sailors sang “Nobody Waits for Us” at noon.",
        "The ferry left. “The Long Harbour.” That is its name.",
        "The song goes on. “and nobody waits for us.” The ferry left.",
    ],
)
def test_marks_around_less_than_sentences_need_one(tell: Tell, text: str) -> None:
    assert [told for told in tell(text) if told.kind is Kind.DIRECT] == []


def test_single_marks_around_double_ones(tell: Tell) -> None:
    (told,) = tell("‘He called it “a gift,” nothing more,’ said Ada Marsh.")
    assert told.content == ("‘He called it “a gift,” nothing more,’",)
    assert told.kind is Kind.DIRECT


def test_a_headline_in_marks_is_nobody_s_speech(tell: Tell) -> None:
    found = tell(
        "“Nobody Waits for Us,” Says Islander\n\n"
        "By Ada Marsh\n\n"
        "The ferry left Norwell at noon. “We will wait,” said Tom Ashby.\n"
    )
    assert [told.content for told in found] == [("“We will wait,”",)]

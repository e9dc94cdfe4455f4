"""Paragraphs: where they divide, where wrapped lines join, and that no word falls between them."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.nlp.paragraphs import paragraphs
from quotes.spans import check_spans, trimmed

BREAKS = ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
SOUP = st.lists(
    st.one_of(
        st.sampled_from([*BREAKS, " ", "\t", "\xa0", "\u200b", "\x1c", "“", "é", "\U0001f4b4"]),
        st.text(max_size=8),
        st.sampled_from(["the ferry sails", "No.", "and a line that is rather longer than others"]),
    ),
    max_size=40,
).map("".join)
WORD = st.sampled_from(["pier", "ferry", "the", "harbour", "timetables", "islanders", "and"])


def texts_of(text: str) -> list[str]:
    return [text[span.start : span.end] for span in paragraphs(text)]


def test_an_empty_text_has_none() -> None:
    assert paragraphs("") == []
    assert paragraphs(" \n\t\r\n\u2028 ") == []


@pytest.mark.parametrize("end", BREAKS, ids=repr)
def test_every_line_end_divides_prose(end: str) -> None:
    assert texts_of(f"The ferry left.{end}Nobody waved.") == ["The ferry left.", "Nobody waved."]
    assert texts_of(f"The ferry left.{end}{end}Nobody waved.") == [
        "The ferry left.",
        "Nobody waved.",
    ]


def test_white_space_at_the_edges_stays_out() -> None:
    assert texts_of("\n\n  The ferry left. \t\n   \n\t Nobody waved.\n") == [
        "The ferry left.",
        "Nobody waved.",
    ]


WIRE = """\
NORWELL -- The ferry council met for six hours on Monday and left without a timetable, a fare table\
 or a date for its next meeting, which the clerk said would be posted on the door.
Nobody waited for it. The islanders had read the tide tables instead and gone home by the last boat\
, which sailed with its lights off and its horn tied down.
""".splitlines()


@pytest.mark.parametrize("width", [45, 65, 72, 80, 95])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=repr)
def test_hard_wrapped_lines_are_joined(width: int, end: str) -> None:
    text = "\n\n".join(textwrap.fill(told, width) for told in WIRE).replace("\n", end)
    assert [told.replace(end, " ") for told in texts_of(text)] == WIRE


def test_a_short_line_within_wrapped_copy_stands_alone() -> None:
    """A byline above wrapped paragraphs leaves room for the word that follows it."""
    body = "\n\n".join(textwrap.fill(told, 72) for told in WIRE)
    assert texts_of(f"By Ada Marsh\n\n{body}\n\n(END)")[0] == "By Ada Marsh"
    assert texts_of("A ferry\nA bridge\nA tunnel\n\n" + body)[:3] == [
        "A ferry",
        "A bridge",
        "A tunnel",
    ]


def test_paragraphs_on_one_line_each_are_not_joined() -> None:
    lines = [told * 2 for told in WIRE] * 3
    assert texts_of("\n".join(lines)) == lines


def test_turns_of_an_interview_are_not_joined() -> None:
    lines = ["Q: When?", "A: On Friday.", "Q: And the bridge, which was promised?", "A: Never."]
    assert texts_of("\n".join(lines)) == lines


@given(SOUP)
def test_paragraphs_are_ordered_apart_trimmed_and_leave_only_white_space_out(text: str) -> None:
    spans = paragraphs(text)
    check_spans(len(text), spans)
    covered: set[int] = set()
    for span in spans:
        assert trimmed(text, span) == span
        covered.update(range(span.start, span.end))
    assert all(char.isspace() for at, char in enumerate(text) if at not in covered)


@given(SOUP)
def test_no_blank_line_inside_a_paragraph(text: str) -> None:
    blank = re.compile("(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])")
    for told in texts_of(text):
        for gap in re.findall(r"\s+", told):
            assert len(blank.findall(gap)) <= 1


@given(SOUP.map(lambda text: text.replace("\r", "")))
def test_dos_line_ends_make_no_difference(text: str) -> None:
    dos = text.replace("\n", "\r\n")
    assert [told.replace("\r\n", "\n") for told in texts_of(dos)] == texts_of(text)


@given(SOUP, st.sampled_from(["\n\n", "\r\n \r\n", "\x0c\n", "\u2029\u2029"]))
def test_white_space_around_a_text_only_moves_it(text: str, around: str) -> None:
    moved = [
        (span.start - len(around), span.end - len(around))
        for span in paragraphs(around + text + around)
    ]
    assert moved == [(span.start, span.end) for span in paragraphs(text)]


@settings(max_examples=40)
@given(
    st.lists(st.lists(WORD, min_size=90, max_size=120), min_size=1, max_size=3),
    st.integers(min_value=60, max_value=80),
)
def test_whatever_is_wrapped_comes_back_whole(told: list[list[str]], width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(" ".join(words), width) for words in told)
    assert [part.split() for part in texts_of(wrapped)] == told


def test_a_line_of_capitals_is_read_in_one_pass() -> None:
    # Tried as labels of up to five words cut anywhere, this took longer than anybody waits.
    assert texts_of("A" * 3_000 + "é") == ["A" * 3_000 + "é"]
    lines = "\n".join(["MARSH: " + "it rained and it rained on the harbour and on all of it"] * 5)
    assert len(texts_of(lines)) == 5

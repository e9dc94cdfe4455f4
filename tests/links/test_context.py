from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.links.context import context, paragraphs
from tests.verification.records import record

TEXT = "Headline here\n\nBefore that, “Yes,” she said. After.\n\nAnother paragraph of words."
QUOTE = record("“Yes,”", start=TEXT.index("“"))


def test_the_context_begins_and_ends_with_paragraphs_where_there_is_room() -> None:
    span = context(TEXT, QUOTE, margin=25)
    assert TEXT[span.start : span.end] == "\nBefore that, “Yes,” she said. After.\n"
    whole = context(TEXT, QUOTE, margin=500)
    assert (whole.start, whole.end) == (0, len(TEXT))


def test_without_room_it_begins_and_ends_with_words() -> None:
    span = context(TEXT, QUOTE, margin=8)
    assert TEXT[span.start : span.end] == "that, “Yes,” she"


def test_a_paragraph_is_no_more_than_its_own() -> None:
    span = paragraphs(TEXT, QUOTE, margin=500)
    assert TEXT[span.start : span.end] == "Before that, “Yes,” she said. After."


@given(st.text(alphabet="ab \n", min_size=1), st.integers(0, 30), st.data())
def test_the_quotation_is_always_inside(text: str, margin: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = record(text[start:end], start=start)
    for shown in (context(text, quote, margin=margin), paragraphs(text, quote, margin=margin)):
        assert max(0, start - margin) <= shown.start <= start
        assert end <= shown.end <= min(len(text), end + margin)

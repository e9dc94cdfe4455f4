from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import Ambiguous, NotFound, OffsetError
from quotes.links.pointing import spans_in, written
from quotes.spans import Span

TEXT = "The ferry leaves at 10:30, and the other ferry at 12:45."
SPANS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(1, 99)).map(lambda one: Span(one[0], sum(one))),
    max_size=5,
).map(lambda spans: tuple(sorted(spans)))


@given(SPANS)
def test_what_is_written_is_read_again(spans: tuple[Span, ...]) -> None:
    assert spans_in(TEXT, written(spans)) == spans


@pytest.mark.parametrize("typed", ["4:9 20:25", "20-25,4-9", " 4:9;  20 : 25 "])
def test_offsets_as_people_type_them(typed: str) -> None:
    assert spans_in(TEXT, typed) == (Span(4, 9), Span(20, 25))


def test_words_stand_once() -> None:
    assert spans_in(TEXT, "leaves at 10:30") == (Span(10, 25),)
    assert spans_in(TEXT, "  ") == ()
    with pytest.raises(Ambiguous, match="2 times"):
        spans_in(TEXT, "ferry")
    assert spans_in(TEXT, "ferry", near=Span(0, 12)) == (Span(4, 9),)
    with pytest.raises(NotFound):
        spans_in(TEXT, "the boat")
    with pytest.raises(OffsetError):
        spans_in(TEXT, "9:4")

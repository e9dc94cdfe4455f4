"""Spans: half-open, never empty, and the checks that every stored offset passes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import OffsetError
from quotes.spans import Span, check_spans, hull, merged, text_of, trimmed

SPANS = st.builds(
    lambda start, length: Span(start, start + length),
    st.integers(min_value=0, max_value=60),
    st.integers(min_value=1, max_value=20),
)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2), (-2, -1)])
def test_an_empty_or_backward_span_cannot_be_made(start: int, end: int) -> None:
    with pytest.raises(OffsetError, match=rf"\[{start}, {end}\)"):
        Span(start, end)


def test_a_span_cannot_be_changed() -> None:
    span = Span(1, 3)
    with pytest.raises(FrozenInstanceError):
        span.start = 0  # type: ignore[misc]  # that it is refused is what is tested


def test_length_is_counted_in_code_points() -> None:
    text = "A 💴 note"
    assert len(Span(0, 4)) == 4
    assert text[0:4] == "A 💴 "


def test_touching_spans_do_not_overlap() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))
    assert Span(3, 5).within(Span(3, 5))
    assert not Span(2, 5).within(Span(3, 5))


@given(SPANS, SPANS)
def test_overlap_is_sharing_a_code_point(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)
    assert one.within(other) == (set(range(one.start, one.end)) <= shared)


@given(st.lists(SPANS, min_size=1))
def test_the_hull_is_the_smallest_cover(spans: list[Span]) -> None:
    whole = hull(spans)
    assert all(span.within(whole) for span in spans)
    assert whole.start in {span.start for span in spans}
    assert whole.end in {span.end for span in spans}


def test_nothing_has_no_hull() -> None:
    with pytest.raises(OffsetError):
        hull(())


@given(st.lists(SPANS))
def test_merging_keeps_every_code_point_and_leaves_gaps_between(spans: list[Span]) -> None:
    out = merged(spans)
    assert {at for s in out for at in range(s.start, s.end)} == {
        at for s in spans for at in range(s.start, s.end)
    }
    assert all(a.end < b.start for a, b in pairwise(out))


@given(st.text(" \t\r\n\u2028ab“é", min_size=1, max_size=20), st.data())
def test_trimming_takes_off_white_space_only(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    inner = trimmed(text, span)
    told = text[span.start : span.end]
    if inner is None:
        assert not told.strip()
    else:
        assert inner.within(span)
        assert text[inner.start : inner.end] == told.strip()


def test_the_text_of_several_spans_is_joined_by_one_space() -> None:
    text = "“A ferry,” she said. “A raft.”"
    assert text_of(text, [Span(0, 10), Span(21, 30)]) == "“A ferry,” “A raft.”"
    assert text_of(text, []) == ""


@pytest.mark.parametrize(
    "spans",
    [
        [Span(0, 3), Span(2, 5)],
        [Span(4, 5), Span(0, 3)],
        [Span(0, 3), Span(0, 3)],
        [Span(8, 11)],
    ],
)
def test_spans_out_of_order_or_out_of_the_text_are_refused(spans: list[Span]) -> None:
    with pytest.raises(OffsetError):
        check_spans(10, spans)


def test_spans_that_touch_each_other_and_the_end_are_in_order() -> None:
    check_spans(10, [Span(0, 3), Span(3, 5), Span(5, 10)])
    check_spans(0, [])

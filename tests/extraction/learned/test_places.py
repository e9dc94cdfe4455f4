"""What stands near some spans, found by stretches as it would be by looking at everything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.learned.places import Places
from quotes.spans import Span

SPANS = st.builds(
    lambda start, size: Span(start, start + size), st.integers(0, 3000), st.integers(1, 1500)
)


@given(st.lists(st.lists(SPANS, min_size=1, max_size=3), max_size=8), st.lists(SPANS, max_size=3))
def test_it_finds_what_overlaps_and_nothing_else(
    items: list[list[Span]], asked: list[Span]
) -> None:
    places: Places[int] = Places()
    for number, spans in enumerate(items):
        places.add(spans, number)
    expected = {
        number
        for number, spans in enumerate(items)
        if any(span.overlaps(one) for span in spans for one in asked)
    }
    assert set(places.meeting(asked)) == expected
    assert places.meets(asked) == bool(expected)


def test_spans_that_touch_do_not_meet() -> None:
    places: Places[str] = Places()
    places.add([Span(500, 512)], "before")
    assert not places.meets([Span(512, 520)])
    assert places.meets([Span(511, 520)])

"""The offsets in a text in which words can be chosen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from quotes.web.highlight import paragraphs
from quotes.web.selecting import selectable
from tests.hostile import HOSTILE

TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*HOSTILE, "\n\n", "\r\n", "\r", "𝕏", "words "]), st.text(max_size=9)
    ),
    max_size=8,
).map("".join)


@given(TEXTS)
def test_every_piece_says_where_it_begins_and_nothing_is_left_out(text: str) -> None:
    places = paragraphs(text)
    shown = str(selectable(text, [], places=places))
    covered: list[tuple[int, int]] = []
    for span in html.fragment_fromstring(shown, create_parent="div").iter("span"):
        start = int(span.attrib["data-at"])
        words = span.text or ""
        end = int(span.attrib["data-end"]) if "data-end" in span.attrib else start + len(words)
        assert text[start:end] == words or "data-end" in span.attrib
        covered.append((start, end))
    assert [number for low, high in covered for number in range(low, high)] == [
        number for low, high in places for number in range(low, high)
    ]


def test_what_is_hidden_is_a_piece_of_its_own() -> None:
    shown = str(selectable("a\u202eb\r\nc", [], places=[(0, 6)]))
    assert '<span data-at="1" data-end="2">⟨U+202E⟩</span>' in shown
    assert '<span data-at="3" data-end="5">\n</span>' in shown

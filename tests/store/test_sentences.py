"""The best sentences of a text for some words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.store.sentences import best_sentences
from quotes.store.wording import stem

WORTH = {stem("quay"): 3.0, stem("lamp"): 2.0}


def test_words_far_apart_in_one_paragraph_are_not_one_passage() -> None:
    text = "The quay was lit. Nothing came. Nothing went. The lamps were new."
    window = best_sentences(text, WORTH)
    assert window is not None
    assert text[window.span.start : window.span.end] == "The quay was lit."
    assert window.worth == pytest.approx(0.6)


def test_a_sentence_goes_on_over_a_line_end_that_may_be_a_wrap() -> None:
    text = (
        "News from the port\n\nNobody knew why the quay was dark and\nthe lamps were new. All left."
    )
    window = best_sentences(text, {**WORTH, stem("dark"): 3.0})
    assert window is not None
    assert text[window.span.start : window.span.end] == (
        "Nobody knew why the quay was dark and\nthe lamps were new."
    )
    assert window.worth == 1


def test_a_sentence_without_an_end_is_cut_around_the_words() -> None:
    text = "word " * 2000 + "the quay has lamps " + "word " * 2000
    window = best_sentences(text, WORTH)
    assert window is not None
    assert len(window.span) <= 1000
    assert "the quay has lamps" in text[window.span.start : window.span.end]
    assert window.worth == 1


@given(
    st.lists(st.sampled_from(["quay ", "lamps ", "x" * 99 + " ", "end. ", "Up\n\n"]), max_size=60)
)
def test_any_text_gives_a_place_in_it(parts: list[str]) -> None:
    text = "".join(parts)
    window = best_sentences(text, WORTH)
    if window is None:
        assert "quay" not in text
        assert "lamp" not in text
    else:
        assert 0 <= window.span.start < window.span.end <= len(text)
        assert 0 < window.worth <= 1
        assert len(window.span) <= 1000

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.verification.normalise import COMPATIBLE, INVISIBLE, normalise

TYPOGRAPHY = st.text(
    alphabet=st.one_of(
        st.sampled_from(list(" \t\n\r\u00a0\u2009.…'’‘`\"“”«»-–—―‐−ab1,é\u0301\u00ad\u200b한")),
        st.characters(),
    )
)


def plain(text: str) -> str:
    """Take ligatures and full-width forms apart."""
    return COMPATIBLE.sub(lambda one: unicodedata.normalize("NFKC", one[0]), text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("We  sail\r\n at\u00a0noon", "We sail at noon"),
        ("“We’re off,” «she» said", '"We\'re off," "she" said'),
        ("``Well''", '"Well"'),
        ("wait... no. . . yes…", "wait… no… yes…"),
        ("calm — then — storm", "calm—then—storm"),
        ("calm -- then - storm – end", "calm—then—storm—end"),
        ("long‐term, 5–6, −5 and –5", "long-term, 5-6, -5 and -5"),
        ("long-term -5", "long-term -5"),
        ("cafe\u0301 co\u00adoperate", "café cooperate"),
        ("\ufeffStart", "Start"),
        ("e\ufb03cient \ufb01re, Ａ１２", "efficient fire, A12"),
        ("10², ½", "10², ½"),
        ("US us Us 1,000.50", "US us Us 1,000.50"),
    ],
)
def test_typography_is_folded_and_nothing_else(text: str, folded: str) -> None:
    assert normalise(text).text == folded


def test_the_map_leads_back_to_the_source() -> None:
    source = "He said: “We\r\n  wait . . . cafe\u0301”"
    view = normalise(source)
    start = view.text.index("wait")
    span = view.source_span(start, len(view.text) - 1)
    assert source[span.start : span.end] == "wait . . . cafe\u0301"


@given(TYPOGRAPHY)
def test_folding_is_idempotent(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(TYPOGRAPHY)
def test_the_map_is_monotone_and_lies_in_the_source(text: str) -> None:
    view = normalise(text)
    assert len(view.starts) == len(view.ends) == len(view.text)
    assert all(0 <= s < e <= len(text) for s, e in zip(view.starts, view.ends, strict=True))
    assert list(view.starts) == sorted(view.starts)
    assert list(view.ends) == sorted(view.ends)


@given(TYPOGRAPHY)
def test_letters_and_digits_map_to_themselves(text: str) -> None:
    view = normalise(text)
    for place, character in enumerate(view.text):
        span = view.source_span(place, place + 1)
        if character.isalnum():
            source = text[span.start : span.end]
            assert character in unicodedata.normalize("NFC", plain(source))


@given(TYPOGRAPHY)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    kept = [c for c in normalise(text).text if c.isalnum()]
    visible = plain(INVISIBLE.sub("", text))
    assert sorted(kept) == sorted(c for c in unicodedata.normalize("NFC", visible) if c.isalnum())

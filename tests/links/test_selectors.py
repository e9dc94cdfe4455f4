from __future__ import annotations

from quotes.links import text_position_selector, text_quote_selector
from quotes.spans import Span


def test_selectors_count_code_points_and_take_32_at_each_side() -> None:
    text = "😀" * 40 + "said" + "b" * 40
    span = Span(40, 44)
    assert text_position_selector(span) == {"type": "TextPositionSelector", "start": 40, "end": 44}
    assert text_quote_selector(text, span) == {
        "type": "TextQuoteSelector",
        "exact": "said",
        "prefix": "😀" * 32,
        "suffix": "b" * 32,
    }


def test_the_context_ends_with_the_text() -> None:
    selector = text_quote_selector("He said so", Span(3, 7))
    assert (selector["prefix"], selector["suffix"]) == ("He ", " so")

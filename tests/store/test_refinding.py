from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.spans import Span
from quotes.store.refinding import moved_by

LONG = "The harbour bridge will not be painted before the fair."
OLD = f"The council met on Monday in the old hall. {LONG} “No,” said the clerk of the boats."


def moved(new: str, words: str, old: str = OLD) -> int | None:
    at = old.index(words)
    return moved_by(old, new, Span(at, at + len(words)))


def test_words_move_with_what_is_put_before_them() -> None:
    assert moved("Corrected. " + OLD, LONG) == 11
    assert moved("Corrected. " + OLD, "“No,”") == 11
    assert moved(OLD, "“No,”") == 0


def test_long_words_are_found_wherever_they_stand() -> None:
    assert moved(f"Elsewhere. {LONG} And on it went.", LONG) == 11 - OLD.index(LONG)


def test_short_words_between_others_are_not_found() -> None:
    assert moved("A reader asked. “No,” wrote the editor to him.", "“No,”") is None


def test_changed_words_are_not_found() -> None:
    assert moved(OLD.replace("painted", "mended"), LONG) is None


def test_words_that_stand_twice_are_told_apart_by_what_is_around_them() -> None:
    old = f"{OLD} Later the mayor was asked about it. “No,” said the mayor of the old town."
    second = old.rindex("“No,”")
    assert moved_by(old, "X " + old, Span(second, second + 5)) == 2
    # The first of them is gone, and the second is not taken for it.
    gone = old.replace("“No,” said the clerk of the boats. ", "").replace("  ", " ")
    first = old.index("“No,”")
    assert gone.count("“No,”") == 1
    assert moved_by(old, gone, Span(first, first + 5)) is None


def test_the_same_line_twice_is_ambiguous() -> None:
    line = "“No comment,” said the clerk of the harbour council on that day. "
    text = line * 6
    at = text.index("“", 3 * len(line))
    assert moved_by(text, "So: " + text, Span(at, at + 13)) is None


@given(
    st.text(alphabet="ab “”.", min_size=1, max_size=300),
    st.text(alphabet="ab “”.", max_size=40),
    st.data(),
)
def test_what_is_found_are_the_same_words(old: str, put: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    cut = data.draw(st.integers(0, len(old)))
    new = old[:cut] + put + old[cut:]
    step = moved_by(old, new, Span(start, end))
    if step is not None:
        assert new[start + step : end + step] == old[start:end]

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quotes.exports.nesting import Close, Open, Text, nested
from quotes.spans import Span

LENGTH = 12
SPANS = st.lists(
    st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH))
    .filter(lambda pair: pair[0] < pair[1])
    .map(lambda pair: Span(*pair)),
    max_size=8,
)


@given(SPANS)
def test_every_piece_of_the_text_stands_within_exactly_its_marks(marks: list[Span]) -> None:
    stack: list[int] = []
    at = 0
    for step in nested(LENGTH, marks):
        if isinstance(step, Open):
            assert step.mark not in stack
            stack.append(step.mark)
        elif isinstance(step, Close):
            assert stack.pop() == step.mark
        else:
            assert step.start == at < step.end
            at = step.end
            for offset in range(step.start, step.end):
                assert set(stack) == {
                    n for n, span in enumerate(marks) if span.start <= offset < span.end
                }
    assert (stack, at) == ([], LENGTH)


@given(SPANS)
def test_no_element_is_empty(marks: list[Span]) -> None:
    steps = list(nested(LENGTH, marks))
    for step, following in pairwise(steps):
        assert not (isinstance(step, Open) and isinstance(following, Close))


def test_what_lies_within_is_not_cut() -> None:
    steps = list(nested(6, [Span(2, 4), Span(1, 5)]))
    assert steps == [
        Text(0, 1), Open(1), Text(1, 2), Open(0), Text(2, 4), Close(0), Text(4, 5), Close(1),
        Text(5, 6),
    ]  # fmt: skip


def test_what_crosses_is_opened_again() -> None:
    steps = list(nested(4, [Span(0, 3), Span(1, 4)]))
    assert [step for step in steps if not isinstance(step, Text)] == [
        Open(0), Open(1), Close(1), Close(0), Open(1), Close(1),
    ]  # fmt: skip

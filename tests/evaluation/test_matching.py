from __future__ import annotations

import pytest

from quotes.evaluation.matching import core, kind_by_marks
from quotes.quotation import Kind
from quotes.spans import Span


@pytest.mark.parametrize(
    ("passage", "kind"),
    [
        ("“We sail at noon,”", Kind.DIRECT),
        ('"We sail at noon".', Kind.DIRECT),
        ("“We sail,” she said. “At noon.”", Kind.DIRECT),
        ("that they “sail” at noon", Kind.MIXED),
        ("“We sail at noon,” more or less", Kind.MIXED),
        ("that they sail at ‘noon’", Kind.INDIRECT),
        ("”", Kind.DIRECT),
    ],
)
def test_kind_by_marks(passage: str, kind: Kind) -> None:
    assert kind_by_marks(passage, (Span(0, len(passage)),)) is kind


def test_core_is_the_hull_without_edge_punctuation() -> None:
    text = " “We sail,” she said, “at noon.” "
    assert core(text, (Span(1, 11), Span(22, 32))) == (2, text.index(".”"))
    assert core(text, (Span(0, 2),)) is None
    assert core(text, ()) is None

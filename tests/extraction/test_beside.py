"""The cue and the source beside a passage in marks: after it, before it, inverted or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.extraction.sentences import sentences_in
from quotes.quotation import Kind

if TYPE_CHECKING:
    from tests.extraction.conftest import Tell


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("“The ferry will not sail,” Ada Marsh said.", "said", "Ada Marsh"),
        ("“The ferry will not sail,” said Ada Marsh.", "said", "Ada Marsh"),
        ("“Will the ferry sail?” asked Tom Ashby.", "asked", "Tom Ashby"),
        ("“The ferry will sail!” shouted the pilot.", "shouted", "the pilot"),
        ("“The ferry will sail,” she said.", "said", "she"),
        (
            "“The ferry will sail,” said Ada Marsh, the harbour master of Norwell.",
            "said",
            "Ada Marsh, the harbour master of Norwell",
        ),
        ("“The ferry will sail,” the harbour office announced.", "announced", "the harbour office"),
        ("“The ferry will sail,” according to the clerk.", "according to", "the clerk"),
        ("“The ferry will sail,” Mr. Ashby later admitted.", None, "Mr. Ashby"),
        ("Ada Marsh said, “The ferry will not sail.”", "said", "Ada Marsh"),
        ("Ada Marsh said: “The ferry will not sail.”", "said", "Ada Marsh"),
        ("Ada Marsh wrote: “The ferry will not sail.”", "wrote", "Ada Marsh"),
        ("Ada Marsh said in an interview, “The ferry is late.”", None, "Ada Marsh"),
        ("“We will wait,” reads a sign above the pier.", "reads", "a sign above the pier"),
        pytest.param(
            "Ada Marsh told reporters, “The ferry will not sail before Friday.”",
            "told",
            "Ada Marsh",
        ),
    ],
)
def test_one_cue_beside_one_passage(tell: Tell, text: str, cue: str | None, source: str) -> None:
    (told,) = tell(text)
    passage = text[text.index("“") : text.index("”") + 1]
    assert told.content == (passage,)
    assert told.kind is Kind.DIRECT
    assert told.source == source
    assert cue is None or told.cue == cue


@pytest.mark.model
@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ('"', '"'), ("«", "»"), ("‘", "’"), ("'", "'"), ("„", "“"), ("``", "''")],
)
def test_the_style_of_marks_makes_no_difference(tell: Tell, opening: str, closing: str) -> None:
    (told,) = tell(f"{opening}The ferry will not sail before Friday,{closing} Ada Marsh said.")
    assert told.content == (f"{opening}The ferry will not sail before Friday,{closing}",)
    assert (told.kind, told.cue, told.source) == (Kind.DIRECT, "said", "Ada Marsh")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("“The ferry will sail on Friday,” Ada Marsh told the islanders.", "the islanders"),
        ("“The ferry will sail on Friday,” she told them.", "them"),
        ("Ada Marsh told that the ferry would sail.", ""),
    ],
)
def test_whom_it_was_told(tell: Tell, text: str, addressee: str) -> None:
    assert [told.addressee for told in tell(text)] in ([addressee], [])
    if addressee:
        assert tell(text)


@pytest.mark.model
def test_the_passage_before_does_not_lend_its_cue(tell: Tell) -> None:
    first, second = tell(
        "“The ferry will sail on Friday,” said Ada Marsh. “No, it will not,” said Tom Ashby."
    )
    assert (first.source, second.source) == ("Ada Marsh", "Tom Ashby")
    assert len(first.content) == len(second.content) == 1


@pytest.mark.parametrize(
    ("stretch", "number"),
    [
        (" she said. ", 1),
        (" said Mr. Ashby, who runs the ferry. ", 1),
        (" she said. The council rose. ", 2),
        (" ", 0),
        (", ", 0),
    ],
)
def test_sentences_between_two_passages(stretch: str, number: int) -> None:
    assert sentences_in(stretch) == number

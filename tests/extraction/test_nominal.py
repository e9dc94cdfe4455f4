"""Cues that are no verbs: "according to", and nouns that carry a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.quotation import Act, Kind

if TYPE_CHECKING:
    from tests.extraction.conftest import Tell

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "According to Ada Marsh, the ferry will not sail before Friday.",
            "the ferry will not sail before Friday",
        ),
        (
            "The ferry will not sail before Friday, according to Ada Marsh.",
            "The ferry will not sail before Friday",
        ),
    ],
)
def test_according_to(tell: Tell, text: str, content: str) -> None:
    (told,) = tell(text)
    assert told.content == (content,)
    assert (told.cue.lower(), told.source, told.kind) == (
        "according to",
        "Ada Marsh",
        Kind.INDIRECT,
    )


def test_according_to_with_a_fragment_in_marks_is_mixed(tell: Tell) -> None:
    (told,) = tell("The council called the plan “a gift” to shipping, according to two clerks.")
    assert told.content == ("The council called the plan “a gift” to shipping",)
    assert (told.kind, told.source) == (Kind.MIXED, "two clerks")


@pytest.mark.xfail(reason="whatever follows “according to” is taken for a speaker")
def test_according_to_no_speaker_is_no_cue(tell: Tell) -> None:
    assert tell("The boats were moored according to their length.") == []


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Ada Marsh's promise that the ferry would sail pleased the islanders.", "promise"),
        ("Ada Marsh issued a statement that the ferry would sail.", "statement"),
        ("Ada Marsh made the claim that the ferry would sail.", "claim"),
        pytest.param(
            "Ada Marsh opened the meeting with a comment that the ferry would sail.",
            "comment",
        ),
    ],
)
def test_a_noun_with_a_clause(tell: Tell, text: str, noun: str) -> None:
    (told,) = tell(text)
    assert told.content == ("that the ferry would sail",)
    assert noun in told.cue
    assert told.source in {"Ada Marsh", "Ada Marsh's"}


def test_a_statement_is_writing(tell: Tell) -> None:
    (told,) = tell("The harbour office said in a statement that the ferry would sail.")
    assert told.content == ("that the ferry would sail",)
    assert (told.act, told.source) == (Act.WRITING, "The harbour office")


def test_a_thing_with_a_clause_is_no_cue(tell: Tell) -> None:
    assert tell("The ferry that the council bought sails on Friday.") == []

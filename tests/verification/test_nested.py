"""Words of the claimed speaker within what somebody else said."""

from __future__ import annotations

import pytest

from quotes.verification.nested import quoted_within
from quotes.verification.verdict import Ruling
from tests.verification.records import CLERKS, MARA, OLAF, record, ruling

TOLD = "Ms Lindqvist told the court that the tower was “only an old lamp”"


def test_what_another_quotes_of_her_is_hers() -> None:
    verdict = ruling("only an old lamp", record(TOLD, speaker=OLAF, kind="indirect"))
    assert verdict.ruling is Ruling.VERBATIM
    quote = verdict.matches[0].quote
    assert quote is not None
    assert quote["via"] == OLAF
    assert quote["content"]["text"] == "“only an old lamp”"
    assert "passed on by Olaf Brandt" in verdict.matches[0].note


def test_its_id_is_that_of_the_stored_quotation() -> None:
    outer = record(TOLD, speaker=OLAF, kind="indirect")
    quote = ruling("only an old lamp", outer).matches[0].quote
    assert quote is not None
    assert quote["id"] == outer["id"]


def test_single_marks_count_within_a_direct_quotation() -> None:
    outer = record("“Lindqvist wrote that ‘the tide is a clock’ last year.”", speaker=CLERKS)
    (inner,) = quoted_within([outer], MARA)
    start, end = inner["content"]["start"], inner["content"]["end"]
    offset = outer["content"]["start"]
    assert outer["content"]["text"][start - offset : end - offset] == inner["content"]["text"]


@pytest.mark.parametrize(
    "text",
    [
        "Olaf Brandt told Lindqvist that it was “only an old lamp”",
        "Lindqvist sat there. The court heard that it was “only an old lamp”",
        "The tower was “only an old lamp”",
        "“Lindqvist said that it was only an old lamp”",
    ],
)
def test_words_that_the_sentence_does_not_give_as_hers_are_not(text: str) -> None:
    assert list(quoted_within([record(text, speaker=OLAF, kind="indirect")], MARA)) == []

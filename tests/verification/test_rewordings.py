from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.verification.changes import MATTERS
from quotes.verification.evidence import OUTDATED
from quotes.verification.likeness import NAMES, Likeness
from quotes.verification.verdict import Ruling, judge
from tests.verification.records import CLAIMED, MARA, OLAF, TOLLS, record, ruling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import QuotationRecord, SpeakerRecord


def quote_of(speaker: SpeakerRecord, text: str, path: str = "harbour.txt") -> QuotationRecord:
    quote = record(text, speaker=speaker)
    quote["id"] = f"q_{path}_{quote['id']}"
    quote["document"] = {**quote["document"], "id": f"d_{path}", "path": path}
    return quote


@pytest.mark.parametrize(
    ("claim", "expected", "kinds"),
    [
        ("We will raise the tolls on the old bridge", Ruling.ALTERED, {"negation"}),
        ("We will not raise the tolls on the new bridge", Ruling.ALTERED, {"antonym"}),
        ("She said they would not increase the old bridge's tolls", Ruling.PARAPHRASE, set()),
        ("The ferry sails twice a day", Ruling.NOT_FOUND, set()),
    ],
)
def test_altered_and_paraphrase_are_told_apart(
    claim: str, expected: Ruling, kinds: set[str]
) -> None:
    verdict = ruling(claim, record(TOLLS))
    assert verdict.ruling is expected
    found = {d["kind"] for match in verdict.matches for d in match.differences}
    assert found & MATTERS == kinds
    assert verdict.speaker == MARA


def test_a_close_paraphrase_of_somebody_elses_words_is_misattributed() -> None:
    claim = "They would not raise the old bridge's tolls"
    verdict = ruling(claim, record(TOLLS, speaker=OLAF))
    assert verdict.ruling is Ruling.MISATTRIBUTED
    assert verdict.matches[0].note == "said by Olaf Brandt"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("We will not raise the tolls on the old harbour bridge", Ruling.MISATTRIBUTED),
        ("We will not raise the fees on the old bridge", Ruling.MISATTRIBUTED),
        ("We will never lower the tolls on the old bridge", Ruling.NOT_FOUND),
        ("We will not raise the tolls on 20 old bridges", Ruling.NOT_FOUND),
        ("The ferry sails twice a day", Ruling.NOT_FOUND),
    ],
)
def test_nearly_somebody_elses_words_are_misattributed_unless_they_are_overturned(
    claim: str, expected: Ruling
) -> None:
    assert ruling(claim, record(TOLLS, speaker=OLAF)).ruling is expected


def test_an_altered_statement_of_somebody_else_is_not_found_and_shown() -> None:
    verdict = ruling("We will raise the tolls on the old bridge", record(TOLLS, speaker=OLAF))
    assert verdict.ruling is Ruling.NOT_FOUND
    assert verdict.matches[0].note == "said by Olaf Brandt"
    assert verdict.matches[0].differences[0]["kind"] == "negation"


def test_anothers_very_words_outweigh_an_altered_statement_of_the_speaker() -> None:
    others = record("“We will raise the tolls on the old bridge.”", speaker=OLAF)
    verdict = ruling("We will raise the tolls on the old bridge", record(TOLLS), others)
    assert verdict.ruling is Ruling.MISATTRIBUTED
    assert [match.quote for match in verdict.matches] == [others, record(TOLLS)]


def test_a_paraphrase_of_the_speaker_outweighs_anothers_very_words() -> None:
    own = record("“The tolls on the old bridge? We shall not increase them.”")
    others = record(TOLLS, speaker=OLAF)
    verdict = ruling("We will not raise the tolls on the old bridge", own, others)
    assert verdict.ruling is Ruling.PARAPHRASE
    assert [match.quote for match in verdict.matches] == [own, others]


def test_of_several_quotations_the_likest_decides() -> None:
    near = record("“We will raise the tolls on the old bridge in May.”")
    far = record("“There will be higher tolls on the bridge, in May or later.”")
    verdict = ruling("We will raise the tolls on the old bridge in June", far, near)
    assert verdict.ruling is Ruling.ALTERED
    assert verdict.matches[0].quote == near


def test_sources_that_disagree_on_the_wording_are_pointed_out() -> None:
    here = quote_of(MARA, "“We will not wait for the new ferry.”", "a.txt")
    there = quote_of(MARA, "“We shan’t wait for the new ferry.”", "b.txt")
    verdict = ruling("We will not wait for the new ferry", here, there)
    assert verdict.ruling is Ruling.VERBATIM
    assert "another source words it differently" in verdict.matches[0].note
    assert verdict.matches[1].quote == there


def test_a_review_a_newer_version_and_a_denying_cue_are_pointed_out() -> None:
    quote = record("that the bridge opens in May", kind="indirect", status="corrected")
    quote["cue"] = {"text": "denied", "start": 90, "end": 96, "spans": [[90, 96]]}
    verdict = judge(
        "the bridge opens in May",
        claimed=CLAIMED,
        candidates=[quote],
        outdated=[quote["id"]],
    )
    note = verdict.matches[0].note
    assert verdict.ruling is Ruling.VERBATIM
    assert "a review has corrected" in note
    assert OUTDATED in note
    assert "“denied”" in note


def test_a_denied_content_bears_no_paraphrase() -> None:
    quote = record("that the company had paid the harbour guards", kind="indirect")
    claim = "She said that the firm paid the guards of the harbour"
    assert ruling(claim, quote).ruling is Ruling.PARAPHRASE
    quote["cue"] = {"text": "denied", "start": 90, "end": 96, "spans": [[90, 96]]}
    verdict = ruling(claim, quote)
    assert verdict.ruling is Ruling.ALTERED
    left_out = verdict.matches[0].differences[0]
    assert (left_out["kind"], left_out["source"]) == ("negation", "denied")
    assert left_out["source_span"] == [90, 96]


class Measured:
    """Says of every text that it is this like the claim."""

    def __init__(self, value: float) -> None:
        self.value = value
        self.asked: list[str] = []

    def closeness(self, texts: Sequence[str]) -> list[float]:
        return [self.value for _ in texts]

    def likeness(self, texts: Sequence[str]) -> list[Likeness]:
        self.asked += texts
        return [Likeness(**dict.fromkeys(NAMES, self.value)) for _ in texts]


def measured(claim: str, quote: QuotationRecord, value: float) -> tuple[Ruling, list[str]]:
    meaning = Measured(value)
    verdict = judge(claim, claimed=CLAIMED, candidates=[quote], meaning=meaning)
    return verdict.ruling, meaning.asked


def test_closeness_in_meaning_decides_only_what_words_leave_open() -> None:
    quote = record("“Good morning. The quay must be dredged before the herring fleet arrives.”")
    claim = (
        "Before the trawlers come in, the channel at the quay has to be deepened, said the mayor."
    )
    far, asked = measured(claim, quote, 0.2)
    near, _ = measured(claim, quote, 0.9)
    assert (far, near) == (Ruling.NOT_FOUND, Ruling.PARAPHRASE)
    assert asked == [quote["content"]["text"]]


@pytest.mark.parametrize(
    "claim",
    ["We will raise the tolls on the old bridge", "We will not raise 20 tolls on the old bridge"],
)
def test_no_closeness_outranks_a_guard(claim: str) -> None:
    assert measured(claim, record(TOLLS), 0.99) == (Ruling.ALTERED, [])


@pytest.mark.parametrize(
    "claim",
    [
        "The mayor thinks that the work will take three months",
        "It will take three days of work",
    ],
)
def test_another_unit_is_another_amount(claim: str) -> None:
    assert ruling(claim, record("“The work will take three weeks,”")).ruling is Ruling.ALTERED

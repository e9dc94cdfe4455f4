from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.verification.verdict import THOUGHT, Claimed, Ruling, judge
from tests.verification.records import CLAIMED, CLERKS, MARA, OLAF, record, ruling

if TYPE_CHECKING:
    from quotes.records import QuotationRecord, SpeakerRecord


@pytest.mark.parametrize(
    "claim",
    [
        "The bridge opens in May.",
        "“The bridge opens in May,”",
        "the bridge opens in May",
        "opens in May",
        "The  bridge\nopens in May!",
    ],
)
def test_the_speakers_words_and_any_run_of_them_are_verbatim(claim: str) -> None:
    verdict = ruling(claim, record("“The bridge opens in May,”"))
    assert verdict.ruling is Ruling.VERBATIM
    assert verdict.speaker == MARA
    assert verdict.matches[0].score == 1.0


def test_exact_words_have_no_differences_and_folded_ones_name_them() -> None:
    quote = record("“It’s the\nbridge,”")
    assert ruling("It’s the\nbridge", quote).matches[0].differences == ()
    (difference,) = ruling("It's the bridge", quote).matches[0].differences
    assert difference == {
        "kind": "typography",
        "claim": "It's the bridge",
        "source": "It’s the\nbridge",
        "claim_span": [0, 15],
        "source_span": [101, 116],
    }


def test_a_split_quotation_is_verbatim_across_the_joint() -> None:
    quote = record("“The bridge opens in May,”", "“whatever the weather.”")
    verdict = ruling("The bridge opens in May whatever the weather", quote)
    assert verdict.ruling is Ruling.VERBATIM
    assert verdict.matches[0].differences[0]["kind"] == "joint"
    assert verdict.matches[0].differences[0]["source"] == (
        "The bridge opens in May,” “whatever the weather"
    )


@pytest.mark.parametrize(
    ("content", "claim", "left_out"),
    [
        ("“We will not close the bridge.”", "close the bridge", "not"),
        ("“We will not close the bridge.”", "We will", "not"),
        ("“It is not a gift.”", "a gift", "not"),
        ("“It is not to be closed.”", "closed", "not"),
        ("“We can’t accept this.”", "accept this", "can't"),
        ("“It cost 3 billion crowns.”", "billion crowns", "3"),
        ("“It cost three billion crowns.”", "billion crowns", "three"),
        ("“It cost 3 billion crowns.”", "It cost 3", "billion"),
        ("“Fares rise by 12 percent.”", "rise by 12", "percent"),
    ],
)
def test_a_negation_or_a_number_is_never_cut_off(content: str, claim: str, left_out: str) -> None:
    verdict = ruling(claim, record(content))
    assert verdict.ruling is Ruling.ALTERED
    assert verdict.matches[0].score < 1
    (difference,) = verdict.matches[0].differences
    assert difference["kind"] in {"negation", "number"}
    assert difference["source"] == left_out
    assert f"leaves out “{left_out}”" in verdict.matches[0].note


@pytest.mark.parametrize(
    ("content", "claim"),
    [
        ("“We will not close the bridge.”", "We will close the bridge"),
        ("“We won’t close the bridge.”", "We will close the bridge"),
        ("“It costs 1,500 crowns.”", "It costs 500 crowns"),
        ("“It costs 1.5 crowns.”", "It costs 5 crowns"),
        ("“It fell -5 degrees.”", "It fell 5 degrees"),
        ("“It is non-essential.”", "It is essential"),
    ],
)
def test_a_claim_with_a_negation_or_a_digit_dropped_is_altered(content: str, claim: str) -> None:
    verdict = ruling(claim, record(content))
    assert verdict.ruling is Ruling.ALTERED
    assert verdict.matches[0].differences[0]["kind"] in {"negation", "number", "antonym"}


def test_a_negation_in_another_clause_does_not_hinder() -> None:
    quote = record("“No. We sail at noon, not later.”")
    assert ruling("We sail at noon", quote).ruling is Ruling.VERBATIM


def test_a_negation_farther_off_is_pointed_out() -> None:
    verdict = ruling("raise the tolls", record("“We do not plan to raise the tolls.”"))
    assert verdict.ruling is Ruling.VERBATIM
    assert "“not” stands before these words" in verdict.matches[0].note


@pytest.mark.parametrize(
    ("claim", "kind"),
    [("Yes we can", "punctuation"), ("Yes, We can", "case"), ("YES, we CAN!", "case")],
)
def test_other_punctuation_and_capitals_are_named_rungs(claim: str, kind: str) -> None:
    verdict = ruling(claim, record("“Yes, we can.”"))
    assert verdict.ruling is Ruling.VERBATIM
    (match,) = verdict.matches
    assert [difference["kind"] for difference in match.differences] == [kind]
    assert match.score == 1.0


def test_words_of_another_known_speaker_are_misattributed() -> None:
    verdict = ruling("opens in May", record("“The bridge opens in May.”", speaker=OLAF))
    assert verdict.ruling is Ruling.MISATTRIBUTED
    assert verdict.speaker == MARA
    assert verdict.matches[0].note == "said by Olaf Brandt"


@pytest.mark.parametrize("claim", ["Handshake", "a handshake"])
def test_a_single_word_of_another_proves_nothing(claim: str) -> None:
    verdict = ruling(claim, record("“It was a handshake in May.”", speaker=OLAF))
    assert verdict.ruling is Ruling.NOT_FOUND
    assert verdict.matches[0].note == "said by Olaf Brandt"
    assert ruling(claim, record("“It was a handshake in May.”")).ruling is Ruling.VERBATIM


@pytest.mark.parametrize(
    ("claim", "is_slight"),
    [
        ("the", True),
        ("It is", True),
        ("Over it", True),
        ("It is the", False),
        ("bridge", False),
        ("Yes", False),
    ],
)
def test_a_word_or_two_that_everybody_says_are_said_to_prove_little(
    claim: str, is_slight: bool
) -> None:
    verdict = ruling(claim, record("“Yes.”"), record("“It is the bridge. Get over it.”"))
    assert verdict.ruling is Ruling.VERBATIM
    notes = [match.note for match in verdict.matches if match.quote is None]
    assert any("prove little" in note for note in notes) is is_slight


def test_words_that_both_said_are_verbatim() -> None:
    quotes = [record("“Opens in May.”", speaker=OLAF), record("“It opens in May.”")]
    assert ruling("opens in May", *quotes).ruling is Ruling.VERBATIM


@pytest.mark.parametrize(
    ("speaker", "note"),
    [
        (None, "the source names no speaker for these words"),
        (CLERKS, "said by a source that is not named: two clerks"),
    ],
)
def test_words_of_nobody_known_are_not_held_against_the_claim(
    speaker: SpeakerRecord | None, note: str
) -> None:
    verdict = ruling("opens in May", record("“The bridge opens in May.”", speaker=speaker))
    assert verdict.ruling is Ruling.NOT_FOUND
    assert verdict.matches[0].note == note


def test_words_outside_quotations_are_placed() -> None:
    places = ["in a.txt:3:1"]
    verdict = judge("opens in May", claimed=CLAIMED, candidates=[], elsewhere=lambda: places)
    assert verdict.ruling is Ruling.NOT_FOUND
    assert verdict.matches[0].quote is None
    assert verdict.matches[0].note == "in a.txt:3:1"


def test_a_rejected_quotation_is_no_evidence() -> None:
    quote = record("“The bridge opens in May.”", status="rejected")
    verdict = ruling("opens in May", quote)
    assert verdict.ruling is Ruling.NOT_FOUND
    assert verdict.matches[0].note.startswith("decides nothing: a review has rejected")


def test_an_unknown_name_is_said_to_be_unknown() -> None:
    claimed = Claimed(name="Nobody", speakers=())
    verdict = judge("Yes, gladly", claimed=claimed, candidates=[record("“Yes, gladly.”")])
    assert verdict.ruling is Ruling.MISATTRIBUTED
    assert verdict.speaker is None
    assert "no speaker answers to “Nobody”" in verdict.matches[-1].note


def test_an_ambiguous_name_lists_who_answers_to_it() -> None:
    claimed = Claimed(name="M.", speakers=(OLAF, MARA))
    verdict = judge("Yes", claimed=claimed, candidates=[record("“Yes.”")])
    assert (verdict.ruling, verdict.speaker) == (Ruling.VERBATIM, MARA)
    assert "Olaf Brandt (s_olaf), Mara Lindqvist (s_mara)" in verdict.matches[-1].note
    nothing = judge("No", claimed=claimed, candidates=[])
    assert (nothing.ruling, nothing.speaker) == (Ruling.NOT_FOUND, None)


def test_reported_words_are_said_to_be_the_reporters() -> None:
    verdict = ruling("the tolls will double", record("that the tolls will double", kind="indirect"))
    assert verdict.ruling is Ruling.VERBATIM
    assert "the reporter's" in verdict.matches[0].note


def test_the_best_match_comes_first() -> None:
    reported = record("that it opens in May", kind="indirect")
    folded, exact = record("“It opens\nin May.”"), record("“It opens in May.”")
    verdict = ruling("It opens in May", reported, folded, exact)
    assert [m.quote for m in verdict.matches] == [exact, folded, reported]


def test_the_object_is_that_of_the_contract() -> None:
    quote = record("“Yes.”")
    assert ruling("Yes", quote).as_json() == {
        "verdict": "verbatim",
        "speaker": MARA,
        "claim": "Yes",
        "matches": [{"quote": quote, "score": 1.0, "differences": [], "note": ""}],
    }


def test_a_statement_comes_before_a_thought_in_the_same_words() -> None:
    thought = record("that the bridge opens in May", kind="mixed", act="thought")
    said = record("that the bridge opens in May", kind="indirect")
    verdict = ruling("the bridge opens in May", thought, said)
    assert [match.quote and match.quote["act"] for match in verdict.matches] == [
        "speech",
        "thought",
    ]
    assert THOUGHT not in verdict.matches[0].note
    assert verdict.matches[1].note.startswith(THOUGHT)
    assert not verdict.rests_on_thought
    assert ruling("the bridge opens in May", thought).rests_on_thought


def test_a_thought_of_somebody_else_is_said_to_be_one() -> None:
    verdict = ruling("the tolls rise", record("that the tolls rise", speaker=OLAF, act="thought"))
    assert verdict.ruling is Ruling.MISATTRIBUTED
    assert verdict.matches[0].note == f"{THOUGHT}; thought by Olaf Brandt"
    assert not verdict.rests_on_thought


PAIR: SpeakerRecord = {
    "id": "s_pair",
    "name": "Mara Lindqvist and Olaf Brandt",
    "kind": "group",
    "members": [MARA, OLAF],
}


def test_what_two_say_together_is_said_by_each() -> None:
    verdict = ruling("We will wait", record("“We will wait,”", speaker=PAIR))
    assert verdict.ruling is Ruling.VERBATIM
    assert verdict.speaker == PAIR


def test_what_others_say_together_is_held_against_the_claim() -> None:
    others: SpeakerRecord = {**PAIR, "id": "s_others", "members": [OLAF]}
    verdict = ruling("We will wait", record("“We will wait,”", speaker=others))
    assert verdict.ruling is Ruling.MISATTRIBUTED


def test_who_passes_words_on_has_not_said_them() -> None:
    quote = record("“We will wait,”", speaker=OLAF)
    quote["via"] = MARA
    verdict = ruling("We will wait", quote)
    assert verdict.ruling is Ruling.MISATTRIBUTED
    assert verdict.matches[0].note == "said by Olaf Brandt, and passed on by Mara Lindqvist"


def test_words_that_somebody_passes_on_say_so() -> None:
    quote = record("“We will wait,”")
    quote["via"] = OLAF
    assert ruling("We will wait", quote).matches[0].note == "passed on by Olaf Brandt"


def test_a_claim_runs_on_into_the_next_quotation() -> None:
    first, second = record("“We sail at noon,”"), record("“We shall be back in May.”", start=400)
    verdict = ruling("We sail at noon […] We shall be back in May", first, second)
    assert verdict.ruling is Ruling.VERBATIM
    assert f"run on into the next quotation ({second['id']})" in verdict.matches[0].note
    elsewhere = record("“We shall be back in May.”", start=9000)
    assert ruling("We sail at noon … We shall be back in May", first, elsewhere).ruling is not (
        Ruling.VERBATIM
    )


@pytest.mark.parametrize("claim", ["", "…", "“”", "the", "of the", "bridge", "%", "' OR 1=1 --"])
def test_odd_claims_have_an_answer(claim: str) -> None:
    verdict = ruling(claim, record("“Nobody asked for it.”"))
    assert (verdict.ruling, verdict.matches) == (Ruling.NOT_FOUND, ())


def test_a_word_that_was_said_is_verbatim() -> None:
    assert ruling("nobody", record("“Nobody asked for it.”")).ruling is Ruling.VERBATIM


def denied(text: str) -> QuotationRecord:
    cue = {"text": "denied", "start": 0, "end": 6, "spans": [[0, 6]]}
    return {**record(text, kind="indirect"), "cue": cue}  # type: ignore[typeddict-item]


def test_what_is_reported_as_denied_supports_a_claim_that_denies_it_and_no_other() -> None:
    quote = denied("that she had been shown the report on the old bridge")
    assert ruling("The report on the old bridge was shown to her", quote).ruling is Ruling.ALTERED
    claim = "She was never shown the report on the old bridge"
    assert ruling(claim, quote).ruling is Ruling.PARAPHRASE

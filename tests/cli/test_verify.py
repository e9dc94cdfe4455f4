from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def verdict(run: Run, speaker: str, claim: str) -> tuple[int, dict[str, Any]]:
    ran = run("verify", "--speaker", speaker, claim, "--json")
    found: dict[str, Any] = json.loads(ran.out)
    return ran.status, found


@pytest.mark.parametrize(
    ("speaker", "claim", "expected"),
    [
        ("Mara Lindqvist", "The bridge opens in May", "verbatim"),
        ("lindqvist", '"opens  in May. We will not raise the tolls"', "verbatim"),
        ("Lindqvist", "We will raise the tolls", "not_found"),
        ("Lindqvist", "raise the tolls", "not_found"),
        ("Lindqvist", "It is a gift to shipping", "misattributed"),
        ("Zorro", "It is a gift to shipping", "misattributed"),
        ("Lindqvist", "the fares will double", "not_found"),
        ("Lindqvist", "no such words", "not_found"),
    ],
)
def test_verdicts_and_their_statuses(run: Run, speaker: str, claim: str, expected: str) -> None:
    status, found = verdict(run, speaker, claim)
    assert found["verdict"] == expected
    assert status == (0 if expected == "verbatim" else 3)
    assert set(found) == {"verdict", "speaker", "claim", "matches"}
    assert found["claim"] == claim
    for match in found["matches"]:
        assert set(match) == {"quote", "score", "differences", "note"}


def test_the_match_is_the_record(run: Run) -> None:
    _, found = verdict(run, "Lindqvist", "The bridge opens in May")
    assert found["matches"][0]["quote"] == json.loads(run("list", "--json").out)[0]
    assert found["speaker"]["name"] == "Mara Lindqvist"


def test_words_outside_quotations_are_placed(run: Run) -> None:
    _, found = verdict(run, "Lindqvist", "The ferry sails at noon")
    (match,) = found["matches"]
    assert match["quote"] is None
    assert "news/harbour.txt:7:42" in match["note"]


def test_what_is_less_sure_than_asked_decides_nothing_and_is_shown(run: Run) -> None:
    arguments = ("verify", "--speaker", "Lindqvist", "The bridge opens in May", "--json")
    assert run(*arguments, "--min-confidence", "0.97").status == 0
    ran = run(*arguments, "--min-confidence", "0.98")
    found = json.loads(ran.out)
    assert (ran.status, found["verdict"]) == (3, "not_found")
    (match,) = found["matches"]
    assert match["quote"]["confidence"] == 0.97
    assert match["note"].startswith("decides nothing: its confidence is 0.97, below 0.98")
    other = json.loads(
        run(*arguments[:2], "Brandt", *arguments[3:], "--min-confidence", "0.98").out
    )
    assert other["verdict"] == "not_found"
    assert "said by Mara Lindqvist" in other["matches"][0]["note"]


def test_a_batch_is_held_to_the_confidence_too(run: Run) -> None:
    line = b'{"speaker": "Lindqvist", "claim": "The bridge opens in May"}'
    ran = run("verify", "--batch", "-", "--min-confidence", "0.98", stdin=line)
    assert json.loads(ran.out)["verdict"] == "not_found"


def test_a_reported_thought_is_said_to_be_one(run: Run) -> None:
    status, found = verdict(run, "Boatmen", "the fares will double")
    assert (status, found["verdict"]) == (0, "verbatim")
    assert found["matches"][0]["quote"]["act"] == "thought"
    note = "the evidence is a reported thought, not a statement"
    assert found["matches"][0]["note"].startswith(note)
    out = run("verify", "--speaker", "Boatmen", "the fares will double").out
    assert out.startswith("verbatim: Boatmen is reported to think this, word for word.")
    assert note in out
    assert note not in run("verify", "--speaker", "Lindqvist", "The bridge opens in May").out


def test_of_another_act_than_asked_decides_nothing_and_is_shown(run: Run) -> None:
    arguments = ("verify", "--speaker", "Boatmen", "the fares will double", "--json")
    assert run(*arguments, "--act", "thought").status == 0
    assert run(*arguments, "--act", "writing", "--act", "thought").status == 0
    ran = run(*arguments, "--act", "speech", "--act", "writing")
    found = json.loads(ran.out)
    assert (ran.status, found["verdict"]) == (3, "not_found")
    (match,) = found["matches"]
    assert "decides nothing: its act is thought, not speech or writing" in match["note"]
    line = b'{"speaker": "Boatmen", "claim": "the fares will double"}'
    batch = run("verify", "--batch", "-", "--act", "speech", stdin=line)
    assert json.loads(batch.out)["verdict"] == "not_found"


def test_an_unknown_speaker_is_said_to_be_unknown(run: Run) -> None:
    _, found = verdict(run, "Zorro", "no such words")
    assert found["speaker"] is None
    assert "no speaker answers to “Zorro”" in found["matches"][0]["note"]


def test_people_get_a_sentence_and_the_quotation(run: Run) -> None:
    out = run("verify", "--speaker", "Brandt", "The bridge opens in May").out
    assert out.startswith("misattributed: Somebody else said this")
    assert "said by Mara Lindqvist" in out
    assert "“The bridge opens in May,” “We will not raise the tolls.”" in out
    assert "\x1b" not in run("verify", "--speaker", "Lindqvist", "counted every boat").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--speaker", "Lindqvist", ""],
        ["--speaker", "Lindqvist", "“…”"],
        ["--speaker", "Lindqvist"],
        ["--speaker", " ", "words"],
        ["words"],
        ["--speaker", "Lindqvist", "--batch", "-"],
    ],
)
def test_an_empty_claim_or_speaker_is_a_usage_error(run: Run, arguments: list[str]) -> None:
    assert run("verify", *arguments).status == 2


def test_a_claim_comes_from_standard_input(run: Run) -> None:
    ran = run("verify", "--speaker", "Lindqvist", "-", stdin=b"The bridge opens\n")
    assert ran.status == 0


LINES = [
    '{"id": 7, "speaker": "Brandt", "claim": "It is a gift"}',
    "",
    "{not json",
    "[1]",
    '{"id": "b", "speaker": "Brandt"}',
    '{"id": "c", "speaker": "Brandt", "claim": "!"}',
    '{"speaker": "Lindqvist", "claim": "It is a gift"}',
]


def test_a_batch_goes_on_past_bad_lines_in_order(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text("\n".join(LINES), encoding="utf-8")
    ran = run("verify", "--batch", str(file))
    verdicts = [json.loads(line) for line in ran.out.splitlines()]
    assert [(v["id"], v["verdict"]) for v in verdicts] == [
        (7, "verbatim"),
        (None, "misattributed"),
    ]
    assert ran.status == 1
    complaints = ran.err.splitlines()
    assert [line.split(": ")[0].removeprefix(str(file)) for line in complaints] == [
        ", line 3",
        ", line 4",
        ", line 5",
        ", line 6",
    ]


def test_a_batch_without_bad_lines_succeeds_whatever_the_verdicts(run: Run) -> None:
    ran = run("verify", "--batch", "-", stdin=LINES[-1].encode())
    assert ran.status == 0
    assert json.loads(ran.out)["verdict"] == "misattributed"


def test_a_batch_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    ran = run("verify", "--batch", str(tmp_path / "none.jsonl"))
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1
    ran = run("verify", "--batch", "-", stdin=b'{"speaker": "caf\xe9", "claim": "x"}\n')
    assert "line 1: this is no JSON in UTF-8" in ran.err

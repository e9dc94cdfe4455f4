from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from quotes.cli.verdicts import compared_lines
from quotes.verification.compare import Difference
from quotes.verification.verdict import Match

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
        ("Lindqvist", "We will raise the tolls", "altered"),
        ("Lindqvist", "raise the tolls", "altered"),
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
    assert out.startswith("misattributed: Mara Lindqvist said this, and nothing shows that Olaf")
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
        ["words", "--draft", "-"],
        ["--draft", "-", "--batch", "-"],
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
    ran = run("verify", "--batch", str(file), "--no-vectors")
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


def test_what_differs_is_marked_in_both(run: Run) -> None:
    out = run("verify", "--speaker", "Lindqvist", "The bridge opens in June").out
    assert out.startswith("altered: Mara Lindqvist said it otherwise: a date.")
    assert "claim:  The bridge opens in {+June+}" in out
    assert "source: “The bridge opens in [-May-],” “We will not raise the tolls.”" in out
    assert "news/harbour.txt:3:1" in out


def test_what_was_normalised_is_named(run: Run) -> None:
    out = run("verify", "--speaker", "Lindqvist", "the bridge  opens in MAY").out
    assert out.startswith("verbatim: Mara Lindqvist said this, word for word.")
    assert "(case)" in out


def test_a_database_without_vectors_is_said_to_have_none(run: Run) -> None:
    ran = run("verify", "--speaker", "Lindqvist", "no such words")
    (line,) = ran.err.splitlines()
    assert line.startswith("judging by words alone: the database has no sentence vectors")
    assert "`quotes index rebuild`" in line
    assert not run("verify", "--speaker", "Lindqvist", "no such words", "--no-vectors").err


DRAFT = """\
A bridge, at last

“The bridge opens in May,” Mara Lindqvist said. Lindqvist said the tolls would not go up.

“The bridge opens in June,” Lindqvist said. “It is a gift,” said Una Vance, who sells nets.
"""


def test_a_draft_is_checked_quotation_by_quotation(run: Run) -> None:
    ran = run("verify", "-", "--no-vectors", stdin=DRAFT.encode())
    assert ran.status == 3
    outcomes = [line.split("  ") for line in ran.out.splitlines() if line[0].isdigit()]
    assert ["3:1", "holds", "verbatim", "Mara Lindqvist"] in outcomes
    assert ["5:1", "fails", "altered", "Mara Lindqvist"] in outcomes
    assert ["5:45", "fails", "misattributed", "Una Vance"] in outcomes
    assert "fail" in ran.err


def test_a_draft_as_json_and_one_that_holds(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text("“The bridge opens in May,” Mara Lindqvist said.", encoding="utf-8")
    ran = run("verify", "--draft", str(file), "--json", "--no-vectors")
    found = json.loads(ran.out)
    assert (ran.status, found["quotations"], found["failed"]) == (0, 1, 0)
    (row,) = found["checked"]
    assert (row["line"], row["column"], row["verdict"], row["passes"]) == (1, 1, "verbatim", True)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\xff\xfe\x00binary"])
def test_a_draft_that_is_no_text_is_one_line(run: Run, content: bytes) -> None:
    ran = run("verify", "-", stdin=content)
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1


def show_on_terminal(monkeypatch: pytest.MonkeyPatch, *, no_color: str) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", no_color)


def compared(run: Run, claim: str) -> str:
    out = run("verify", "--speaker", "Lindqvist", claim, "--no-vectors").out
    return next(line for line in out.splitlines() if "claim: " in line)


def test_on_a_terminal_what_differs_is_coloured(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    show_on_terminal(monkeypatch, no_color="")
    line = compared(run, "We will  never raise the tolls")
    assert re.fullmatch(r"  claim:  We will (\x1b\[\d+m)+never\x1b\[0m raise the tolls", line)


def test_whoever_wants_no_colour_has_brackets(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    show_on_terminal(monkeypatch, no_color="1")
    ran = run("verify", "--speaker", "Lindqvist", "We will raise the tolls", "--no-vectors")
    assert "We will [-not-] raise the tolls" in ran.out
    assert "\x1b" not in ran.out
    ran = run("verify", "-", "--no-vectors", stdin=DRAFT.encode())
    assert "fails" in ran.out
    assert "\x1b" not in ran.out


def test_a_long_claim_is_cut_before_a_word_where_it_is_shown() -> None:
    claim = "We will never raise the tolls. " + "Nobody has asked us to. " * 40
    words = "We will raise the tolls."
    difference = Difference(
        kind="negation", claim="never", source="", claim_span=[8, 13], source_span=None
    )
    shown, _ = compared_lines(
        claim,
        {"text": words, "start": 0, "end": len(words), "spans": [[0, len(words)]]},
        Match(differences=(difference,)),
    )
    assert shown.startswith("claim:  We will {+never+} raise")
    assert shown.endswith(("Nobody…", " has…", " asked…", " us…", " to.…"))
    assert len(shown) < 620


def test_a_draft_that_cannot_be_read_is_named(run: Run, tmp_path: Path) -> None:
    missing, program, broken = (tmp_path / name for name in ("gone.txt", "run.txt", "two.jsonl"))
    program.write_bytes(b"\x7fELF\x02\x01\x01\x00")
    broken.write_text("no object\n", encoding="utf-8")
    for file, told in (
        (missing, f"{missing}: there is no such file or folder; check the path"),
        (program, f"{program}: it looks like a program; give a text, HTML or JSON Lines file"),
        (broken, f"{broken}:1: it is not JSON"),
    ):
        ran = run("verify", "--draft", str(file))
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith(f"quotes: {told}")
    assert run("verify", "-").err == "quotes: standard input: it is empty; nothing to read\n"


def test_a_draft_is_one_article(run: Run, tmp_path: Path) -> None:
    several = tmp_path / "two.jsonl"
    several.write_text('{"text": "One."}\n{"text": "Two."}\n', encoding="utf-8")
    ran = run("verify", "--draft", str(tmp_path))
    assert (ran.status, ran.out) == (1, "")
    assert f"{tmp_path} is a folder, not one file; " in ran.err
    ran = run("verify", "--draft", str(several))
    assert (ran.status, ran.out) == (1, "")
    assert f"{several} holds several articles; " in ran.err


def test_what_is_wrong_with_a_draft_names_no_option_that_verify_has_not(run: Run) -> None:
    ran = run("verify", "-", stdin="“No,” she said.".encode("utf-16-le"))
    assert ran.status == 1
    assert "standard input: it looks like UTF-16" in ran.err
    assert "--" not in ran.err


def test_a_draft_without_quotations_says_so(run: Run) -> None:
    ran = run("verify", "-", "--no-vectors", stdin=b"The ferry sails at noon.")
    assert ran.status == 0
    assert "no quotation was found in the draft" in ran.err

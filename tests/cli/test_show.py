from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.archive import HARBOUR

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def ids(run: Run) -> list[str]:
    return [record["id"] for record in json.loads(run("list", "--json").out)]


def test_the_passage_is_marked_and_the_evidence_told(run: Run) -> None:
    out = run("show", ids(run)[1][:12]).out
    assert r"<She> {added} [that the clerks had\x1b[31m counted every boat]." in out
    at, end = HARBOUR.index("She added"), HARBOUR.index(" added")
    assert f"“She” at 5:1 [{at}, {end}) is the source that the text names" in out
    name = HARBOUR.index("Mara")
    assert f"“Mara Lindqvist” at 3:33 [{name}, {name + 14}) is what the pronoun stands for" in out
    assert "where it reads “Mara Lindqvist, the harbour master”" in out
    assert "“Mara Lindqvist” is Mara Lindqvist: the full name" in out
    assert "place       news/harbour.txt:5:11" in out
    assert "(this, current)" in out
    assert "run         1, hand 1" in out
    assert "\x1b" not in out


def test_both_spans_of_a_split_quotation_are_marked(run: Run) -> None:
    out = run("show", ids(run)[0]).out
    assert "[“The bridge opens in May,”] {said} <Mara Lindqvist>, the harbour" in out
    assert "[“We will not raise the tolls.”]" in out
    assert "confidence 97%" in out


def test_json_has_the_record_and_what_proves_it(run: Run) -> None:
    shown = json.loads(run("show", ids(run)[1], "--json").out)
    record = json.loads(run("list", "--json").out)[1]
    assert {key: shown[key] for key in record} == record
    assert shown["location"] == {"line": 5, "column": 11}
    passage = shown["passage"]
    assert HARBOUR[passage["start"] : passage["end"]] == passage["text"]
    assert [step["relation"] for step in shown["evidence"]] == ["source", "pronoun"]
    assert (shown["merge"]["reason"], shown["merge"]["why"]) == ("same-name", "the full name")
    assert shown["versions"][0]["current"]
    assert shown["run"]["pipeline"] == "hand"


def test_a_quotation_without_speaker_says_so(run: Run) -> None:
    out = run("show", ids(run)[4]).out
    assert "speaker     unknown" in out
    assert "evidence    the text names no speaker" in out


@pytest.mark.parametrize(("ref", "says"), [("q_zzz", "no quotation"), ("q_", "several")])
def test_an_id_that_names_none_or_many_is_said_to(run: Run, ref: str, says: str) -> None:
    ran = run("show", ref)
    assert ran.status == 1
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1

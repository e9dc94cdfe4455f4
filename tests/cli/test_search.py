from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quotes.cli.output import Marked
from quotes.cli.search import excerpt

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_quotations_come_before_passages(run: Run) -> None:
    hits = json.loads(run("search", "BRIDGE opens", "--json").out)
    assert hits[0]["quotation"].startswith("q_")
    assert hits[0]["speaker"] == "Mara Lindqvist"
    assert (hits[0]["line"], hits[0]["column"]) == (3, 1)


def test_a_passage_outside_quotations_has_its_place(run: Run) -> None:
    (hit,) = json.loads(run("search", "ferry", "--json").out)
    assert (hit["quotation"], hit["path"], hit["line"]) == (None, "news/harbour.txt", 7)
    assert "(no quotation)" in run("search", "ferry").out


def test_a_quotation_less_sure_than_asked_is_a_passage(run: Run) -> None:
    for minimum, quoted in (("0.97", True), ("0.98", False)):
        (hit,) = json.loads(
            run("search", "raise the tolls", "--json", "--min-confidence", minimum).out
        )
        assert (hit["quotation"] is not None) is quoted
        assert hit["path"] == "news/harbour.txt"
    # One without a confidence passes.
    (hit,) = json.loads(run("search", "gift", "--json", "--min-confidence", "1").out)
    assert hit["quotation"]


def test_an_act_keeps_the_quotations_of_that_act_alone(run: Run) -> None:
    def found(*acts: str) -> list[str]:
        options = [option for act in acts for option in ("--act", act)]
        return [hit["snippet"] for hit in json.loads(run("search", "the", "--json", *options).out)]

    assert found("thought") == ["that the fares will double"]
    assert len(found("thought", "speech")) == 3
    assert found("writing") == []
    assert run("search", "ferry", "--act", "thought").err == "nothing found\n"
    assert run("search", "ferry", "--act", "musing").status == 2


def test_nothing_found_is_no_failure_and_no_words_are_a_usage_error(run: Run) -> None:
    assert run("search", "submarine").status == 0
    assert run("search", "submarine").err == "nothing found\n"
    assert run("search", "“…”").status == 2


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("-handshake", "-handshake"),
        ("-x", "-x"),
        ("-toll bridge", "'-toll bridge'"),
    ],
)
def test_a_query_that_begins_with_a_dash_says_how_it_is_written(
    run: Run, query: str, written: str
) -> None:
    ran = run("search", query, "--limit", "3")
    assert (ran.status, ran.out) == (2, "")
    assert f"{query} is no option; " in ran.err
    assert f"`quotes search -- {written}`" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_behind_two_dashes_a_word_is_left_out(run: Run) -> None:
    found = json.loads(run("search", "--json", "--", "-shipping bridge").out)
    assert found == json.loads(run("search", "--json", "bridge -shipping").out)
    assert found[0]["speaker"] == "Mara Lindqvist"
    assert run("search", "--", "-tolls bridge").err == "nothing found\n"


def test_an_option_that_is_misspelt_is_told_as_one(run: Run) -> None:
    ran = run("search", "bridge", "--speakr", "Lindqvist")
    assert ran.status == 2
    assert "'--speakr'" in ran.err
    assert "'--speaker'" in ran.err
    assert run("search", "-h").status == 0


def test_operators_phrases_and_beginnings(run: Run) -> None:
    def found(text: str, *options: str) -> list[str | None]:
        return [hit["speaker"] for hit in json.loads(run("search", text, "--json", *options).out)]

    assert found('"bridge opens" OR shipp*') == ["Olaf Brandt", "Mara Lindqvist", None]
    assert found('"opens bridge"') == []
    assert found("bridge OR gift", "--speaker", "Brandt") == ["Olaf Brandt"]
    assert found("bridge OR gift", "--since", "2024-11-05") == ["Olaf Brandt"]
    assert found("bridge OR gift", "--kind", "indirect") == []


def test_marks_are_the_words_that_were_found(run: Run) -> None:
    hits = json.loads(run("search", "brid* tolls", "--json").out)
    assert [hits[0]["snippet"][start:end] for start, end in hits[0]["marks"]] == [
        "bridge",
        "tolls",
    ]


@pytest.mark.parametrize(
    "text", ['"bridge', "(bridge", "bridge)", "bridge OR", "-bridge", "a " * 1500]
)
def test_what_cannot_be_read_is_one_line(run: Run, text: str) -> None:
    ran = run("search", "--", text)
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("quotes: ")


def test_without_vectors_a_search_by_meaning_says_so_and_goes_by_words(run: Run) -> None:
    ran = run("search", "--semantic", "bridge opens", "--json")
    assert json.loads(ran.out)[0]["speaker"] == "Mara Lindqvist"
    assert "are found by their words" in ran.err


def test_an_excerpt_begins_before_the_first_word_that_was_found() -> None:
    text = "word " * 100 + "bridge and more " + "word " * 100
    found = excerpt(text, [(500, 506)], 200)
    assert found.text.startswith("…word")
    assert found.text.endswith("word…")
    assert [found.text[start:end] for start, end in found.marks] == ["bridge"]
    assert excerpt("a bridge", [(2, 8)], 200) == Marked("a bridge", [(2, 8)])

from __future__ import annotations

import json
from typing import TYPE_CHECKING

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

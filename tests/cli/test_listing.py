from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ALL = ["harbour"] * 3 + ["council"] * 2


def texts(out: str) -> list[str]:
    return [json.loads(line)["content"]["text"] for line in out.splitlines()]


def test_records_come_in_the_order_of_sources_and_places(run: Run) -> None:
    ran = run("list", "--format", "jsonl")
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert [r["document"]["path"].split("/")[1].split(".")[0] for r in records] == ALL
    assert records[0]["speaker"]["name"] == "Mara Lindqvist"
    assert records[-1]["speaker"] is None
    assert json.loads(run("list", "--json").out) == records


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (["--speaker", "lindqvist"], 2),
        (["--kind", "indirect"], 2),
        (["--act", "thought"], 1),
        (["--act", "thought", "--act", "writing"], 2),
        (["--source", "council.html"], 2),
        (["--since", "2024-11-04"], 2),
        (["--until", "2024-11-03"], 3),
        (["--until", "2024-11-03T00:00"], 0),
        (["--since", "2024-11-03T01:00+02:00"], 5),
        (["--since", "2024-11-03T00:00-01:00"], 2),
        (["--contains", "TOLLS"], 1),
        (["--speaker", "Lindqvist", "--kind", "direct"], 1),
        (["--limit", "2"], 2),
        (["--min-confidence", "0.97"], 5),
        (["--min-confidence", "0.98"], 4),
        (["--min-confidence", "1", "--speaker", "Lindqvist"], 1),
    ],
)
def test_filters(run: Run, filters: list[str], count: int) -> None:
    assert len(texts(run("list", "--format", "jsonl", *filters).out)) == count


@pytest.mark.parametrize("confidence", ["1.1", "-0.1", "sure"])
def test_a_confidence_lies_between_0_and_1(run: Run, confidence: str) -> None:
    assert run("list", "--min-confidence", confidence).status == 2


@pytest.mark.parametrize("date", ["yesterday", "2024-13-01", "2024-11-3", "", "9999-12-31"])
def test_a_bad_date_is_a_usage_error(run: Run, date: str) -> None:
    ran = run("list", "--until", date)
    assert ran.status == 2
    assert "is no date" in ran.err


def test_the_table_fits_and_shows_no_escapes(run: Run) -> None:
    ran = run("list")
    assert ran.out.splitlines()[0].split() == ["id", "speaker", "kind", "quotation", "source"]
    assert all(len(line) <= 120 for line in ran.out.splitlines())
    assert "\x1b" not in ran.out
    assert r"\x1b[31m" in ran.out


def test_json_has_no_control_characters_either(run: Run) -> None:
    ran = run("list", "--json")
    assert "\x1b" not in ran.out
    assert "that the clerks had\x1b[31m counted every boat" in [
        record["content"]["text"] for record in json.loads(ran.out)
    ]


def test_nothing_found_is_no_failure(run: Run) -> None:
    ran = run("list", "--speaker", "Nobody")
    assert (ran.status, ran.out, ran.err) == (0, "", "no quotations\n")
    assert json.loads(run("list", "--speaker", "Nobody", "--json").out) == []

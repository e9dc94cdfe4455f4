from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.archive import HARBOUR

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def id_at(run: Run, place: int) -> str:
    return str(json.loads(run("list", "--json").out)[place]["id"])


def test_the_place_and_the_url_are_printed(run: Run) -> None:
    ran = run("link", id_at(run, 2))
    assert ran.out.splitlines() == [
        "news/harbour.txt:7:14",
        "file:///archive/news/harbour.txt#:~:text=that%20the%20fares%20will%20double",
    ]
    assert ran.err == ""


def test_the_address_of_a_page_goes_before_its_file(run: Run) -> None:
    ran = run("link", id_at(run, 3))
    assert ran.out.splitlines()[1].startswith("https://example.org/council#:~:text=%E2%80%9CIt")
    assert "text read from this text/html" in ran.err


def test_json_has_selectors_for_every_span(run: Run) -> None:
    link = json.loads(run("link", id_at(run, 0), "--json").out)
    assert (link["line"], link["column"]) == (3, 1)
    exact = []
    for span in link["spans"]:
        quote, place = span["selectors"]
        assert HARBOUR[place["start"] : place["end"]] == quote["exact"]
        assert HARBOUR[: place["start"]].endswith(quote["prefix"])
        exact.append(quote["exact"])
    assert exact == ["“The bridge opens in May,”", "“We will not raise the tolls.”"]
    assert link["url"].count("text=") == 2

"""Who passes a statement on and who speaks together, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quotes.store import Store
from tests.store.reported import store_report

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def db(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'quotes.db'}"
    with Store(url, create=True) as store:
        store_report(store)
    return url


def test_a_listing_names_who_passes_it_on(run: Run, db: str) -> None:
    out = run("list", db=db).out
    assert "port official (via Harbour" in out
    assert "(via" not in out.split("Ada Moss", 1)[1]
    (record,) = json.loads(run("list", "--via", "harbour", "--json", db=db).out)
    assert record["via"]["name"] == "Harbour News"


def test_show_tells_who_passes_it_on_and_by_which_words(run: Run, db: str) -> None:
    (record,) = json.loads(run("list", "--via", "Harbour News", "--json", db=db).out)
    out = run("show", record["id"], db=db).out
    assert "speaker     port official (unnamed)\nvia         Harbour News (organisation)" in out
    assert "“Harbour News” at 1:1 [0, 12) passes it on" in out
    shown = json.loads(run("show", record["id"], "--json", db=db).out)
    assert [step["text"] for step in shown["via_evidence"]] == ["Harbour News"]


def test_show_names_the_members(run: Run, db: str) -> None:
    (record,) = json.loads(run("list", "--speaker", "Lund", "--json", db=db).out)
    out = run("show", record["id"], db=db).out
    assert "members     Ada Moss (person); Bo Lund (person)" in out


def test_a_speaker_shows_what_he_says_with_others(run: Run, db: str) -> None:
    out = run("speakers", "show", "Moss", db=db).out
    assert "quotations   2 in 1 source, 1 of them together with others\n" in out
    out = run("speakers", "show", "Ada Moss and Bo Lund", db=db).out
    assert "members      Ada Moss; Bo Lund\n" in out
    assert (
        "passed on    1, see quotes list --via s_" in run("speakers", "show", "Harbour", db=db).out
    )

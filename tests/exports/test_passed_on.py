"""Every format says who passes a statement on and who speaks together."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from quotes.store import Store
from tests.exports.conftest import exported
from tests.store.reported import store_report

if TYPE_CHECKING:
    from pathlib import Path

    from tests.exports.conftest import Export


@pytest.fixture
def reported(tmp_path: Path) -> Export:
    url = f"sqlite:///{tmp_path / 'quotes.db'}"
    with Store(url, create=True) as store:
        store_report(store)

    return lambda form: exported(url, form)


def test_csv_has_columns_for_both(reported: Export) -> None:
    rows = list(csv.DictReader(io.StringIO(reported("csv").decode(), newline="")))
    assert [(row["speaker"], row["members"], row["via"]) for row in rows] == [
        ("port official", "", "Harbour News"),
        ("Ada Moss and Bo Lund", "Ada Moss; Bo Lund", ""),
        ("Ada Moss", "", ""),
    ]


def test_jsonl_has_the_record(reported: Export) -> None:
    first, second, third = map(json.loads, reported("jsonl").splitlines())
    assert first["via"]["name"] == "Harbour News"
    assert [member["name"] for member in second["speaker"]["members"]] == ["Ada Moss", "Bo Lund"]
    assert (third["via"], "members" in third["speaker"]) == (None, False)


def test_markdown_names_who_passes_it_on(reported: Export) -> None:
    sheet = reported("md").decode()
    assert "indirect, speech, via Harbour News, machine, q\\_" in sheet
    assert "## Ada Moss and Bo Lund" in sheet

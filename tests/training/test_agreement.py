"""Fitting the trees on a handful of our own claims: what is read, and what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from quotes.training import agreement
from quotes.verification.weighing import CLASSES, FEATURES, _read

PAIRS = Path("fixtures/claims/pairs.jsonl")


@pytest.mark.slow
def test_trees_fitted_to_few_claims_are_written_and_read(tmp_path: Path) -> None:
    rows = PAIRS.read_text(encoding="utf-8").splitlines()[:140]
    few = tmp_path / "pairs.jsonl"
    few.write_text("\n".join(rows), encoding="utf-8")
    output = tmp_path / "agreement.json"
    agreement.main([str(few), "--output", str(output)])
    given = json.loads(output.read_text(encoding="utf-8"))
    assert given["features"] == list(FEATURES)
    table = given["held_out"]["with"]
    right, total = sum(table[i][i] for i in range(len(CLASSES))), sum(map(sum, table))
    assert right / total > 0.5
    chances = _read(given["with"]).chances([0.0] * len(FEATURES))
    assert sum(chances) == pytest.approx(1.0)


def test_each_line_is_a_claim_of_a_known_kind() -> None:
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 1500
    assert all(set(row) == {"content", "speaker", "claim", "kind"} for row in rows)
    assert {row["kind"] for row in rows} <= set(agreement.KINDS)

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from quotes.errors import BenchmarkError
from quotes.evaluation import benchmark as module
from quotes.evaluation.benchmark import benchmark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

TEXTS = ["“We sail at noon,” said Ada Marsh.", "Nobody."]

# Of two rounds, by the wall and on the processor.
CLOCKS = {
    "spacy": [[2.0, 1.0], [4.0, 1.0]],
    "rules": [[3.0, 2.0], [4.0, 2.0]],
    "parse": [[1.0, 1.0], [1.0, 1.0]],
}


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    def worker(job: Mapping[str, Any], tell: Callable[[str], None]) -> dict[str, Any]:
        if job["what"] == "memory":
            return {"peak": {"spacy": 100, "rules": 300}[job["system"]]}
        return {"clocks": CLOCKS, "notes": {"learned": "gone"}}

    monkeypatch.setattr(module, "run_worker", worker)
    return benchmark(TEXTS, repeat=2)


def test_figures_made_by_hand(report: dict[str, Any]) -> None:
    assert (report["texts"], report["words"], report["rounds"]) == (2, 8, 2)
    spacy, rules, learned, textacy = report["systems"]
    assert (spacy["words_per_second"], spacy["least"], spacy["most"]) == (3, 2, 4)
    assert (spacy["times_spacy"], spacy["times_spacy_cpu"]) == (1.0, 1.0)
    # Beside the same round of spaCy, so 1.5 and 1, not 3.5 to 3.
    assert (rules["times_spacy"], rules["times_spacy_cpu"]) == (1.25, 2.0)
    assert (spacy["peak_bytes"], rules["peak_bytes"]) == (100, 300)
    assert (learned["note"], learned["words_per_second"]) == ("gone", None)
    assert learned["seconds"] == textacy["seconds"] == []
    assert [stage["name"] for stage in report["stages"]] == ["parse"]


def test_the_machine_and_the_packages_are_named(report: dict[str, Any]) -> None:
    machine = report["machine"]
    assert machine["processor"]
    assert machine["packages"]["quotes"]
    assert set(machine["packages"]) == {"quotes", "spacy", "textacy", "onnxruntime"}


def test_a_measuring_process_that_fails_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho 'a first line\nout of everything' >&2\nexit 7\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(BenchmarkError, match="status 7: out of everything"):
        benchmark(TEXTS)


@pytest.mark.slow
@pytest.mark.model
def test_the_real_systems_are_measured_in_processes_of_their_own() -> None:
    steps: list[str] = []
    report = benchmark(TEXTS, repeat=2, tell=steps.append)
    measured = {row["name"]: row for row in report["systems"] if row["seconds"]}
    assert {"spacy", "rules"} <= set(measured)
    for row in measured.values():
        assert len(row["seconds"]) == len(row["cpu_seconds"]) == 2
        assert row["times_spacy"] > 0
        assert row["peak_bytes"] > 50_000_000
    assert {"parse", "extract by rules", "resolve"} <= {row["name"] for row in report["stages"]}
    assert {"round 1 of 2: spacy", "round 2 of 2: stages", "memory of rules"} <= set(steps)
    unmeasured = [row for row in report["systems"] if not row["seconds"]]
    assert all(row["note"] for row in unmeasured)

"""What speakers cost: shares made by hand, and the real pipelines on a short text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import quotes.evaluation.speaker_cost as module
from quotes.evaluation.clock import Stopwatch
from quotes.evaluation.speaker_cost import speaker_cost, time_speakers
from quotes.pipeline import load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CLOCKS = {
    "alone": [[2.0, 1.0], [4.0, 2.0]],
    "rules": [[2.5, 1.2], [4.0, 2.2]],
    "step of rules": [[0.3, 0.2], [0.3, 0.2]],
    "learned": [[3.0, 1.5], [5.0, 2.5]],
    "step of learned": [[0.5, 0.5], [0.5, 0.5]],
}


def test_shares_are_of_the_same_round(monkeypatch: pytest.MonkeyPatch) -> None:
    def worker(job: Mapping[str, Any], tell: Callable[[str], None]) -> dict[str, Any]:
        assert (job["what"], job["repeat"], job["extractor"]) == ("speakers", 2, "rules")
        return {"clocks": CLOCKS}

    monkeypatch.setattr(module, "run_worker", worker)
    report = speaker_cost(["One two.", "Three."], extractor="rules", repeat=2)
    alone, rules, learned = report["speakers"]
    assert (alone["seconds"], alone["words_per_second"], alone["step"]) == (3.0, 1, None)
    assert rules["over_alone"] == {"median": 0.125, "least": 0.0, "most": 0.25}
    assert rules["step"] == {"median": 0.15, "least": 0.1, "most": 0.2}
    assert learned["over_alone"] == {"median": 0.375, "least": 0.25, "most": 0.5}
    assert learned["step"] == {"median": 0.375, "least": 0.25, "most": 0.5}


@pytest.mark.model
def test_every_pipeline_is_timed_and_the_step_is_part_of_its_run() -> None:
    watch = Stopwatch()
    pipelines = {
        "alone": load(extractor="rules", resolver="rules"),
        "rules": load(extractor="rules", resolver="rules"),
    }
    time_speakers(["“We sail at noon,” said Ada Marsh."] * 20, pipelines, 1, watch)
    assert set(watch.clocks) == {"alone", "rules", "step of rules"}
    assert 0 < watch.clocks["step of rules"].wall < watch.clocks["rules"].wall

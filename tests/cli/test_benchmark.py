from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.cli.conftest import Run


def row(name: str, **figures: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(
        ("words_per_second", "least", "most", "times_spacy", "times_spacy_cpu", "peak_bytes")
    )
    return {"name": name, **nothing, "note": None, **figures}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the measuring was asked for."""
    seen: dict[str, Any] = {}

    def benchmark(texts: Sequence[str], **options: Any) -> dict[str, Any]:
        seen.update(options, texts=texts)
        measured = {"words_per_second": 812, "least": 700, "most": 900}
        return {
            "texts": len(texts),
            "words": 8,
            "rounds": options["repeat"],
            "threads": options["threads"],
            "machine": {"processor": "Abacus 3"},
            "systems": [
                row("spacy", **measured, times_spacy=1.0, peak_bytes=99_600_000),
                row("textacy", note="not installed"),
            ],
            "stages": [row("parse", **measured, times_spacy=0.876, times_spacy_cpu=1.5)],
        }

    monkeypatch.setattr("quotes.evaluation.benchmark.benchmark", benchmark)
    return seen


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text("“We sail at noon,” said Ada Marsh.", encoding="utf-8")
    return path


def test_people_get_tables(run: Run, asked: dict[str, Any], article: Path) -> None:
    ran = run("benchmark", str(article), "--repeat", "5", "--threads", "2")
    assert (ran.status, ran.err) == (0, "")
    assert asked["texts"] == [article.read_text(encoding="utf-8")]
    lines = ran.out.splitlines()
    assert lines[0] == "1 text, 8 words, 5 rounds, 2 cores: Abacus 3"
    cells = [line.split() for line in lines]
    assert ["spaCy", "alone", "812", "700", "900", "1.00", "100"] in cells
    assert ["textacy,", "direct", "only", "not", "installed"] in cells
    assert ["parse", "812", "700", "900", "0.88", "1.50"] in cells


def test_json_has_the_same_figures(run: Run, asked: dict[str, Any], article: Path) -> None:
    report = json.loads(run("benchmark", str(article), "--json").out)
    assert report["systems"][0]["words_per_second"] == 812
    assert (asked["repeat"], asked["threads"]) == (3, 1)


def test_the_seeds_are_read_where_no_path_is_given(
    run: Run, asked: dict[str, Any], article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = article.parent / "seeds"
    seeds.mkdir()
    (seeds / "one.txt").write_text("Nobody waved.", encoding="utf-8")
    monkeypatch.chdir(article.parent)
    assert run("benchmark").status == 0
    assert asked["texts"] == ["Nobody waved."]


def test_what_is_skipped_is_told_and_costs_the_status(
    run: Run, asked: dict[str, Any], article: Path
) -> None:
    ran = run("benchmark", str(article), str(article.parent / "none.txt"))
    assert ran.status == 1
    assert ran.err.startswith("skipped ")
    assert "812" in ran.out


def test_nothing_to_read_is_one_line(run: Run, asked: dict[str, Any], tmp_path: Path) -> None:
    ran = run("benchmark", str(tmp_path))
    assert (ran.status, ran.out, asked) == (1, "", {})
    assert ran.err == ("quotes: there is no text to measure with; name a file or a folder\n")


def test_what_speakers_cost(
    run: Run, asked: dict[str, Any], article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def speaker_cost(texts: Sequence[str], **options: Any) -> dict[str, Any]:
        share = {"median": 0.042, "least": -0.01, "most": 0.1}
        alone = {"name": "alone", "seconds": 1.5, "words_per_second": 812}
        return {
            "texts": len(texts),
            "words": 8,
            "rounds": options["repeat"],
            "threads": options["threads"],
            "machine": {"processor": "Abacus 3"},
            "speakers": [
                {**alone, "over_alone": None, "step": None},
                {**alone, "name": "rules", "over_alone": share, "step": share},
            ],
        }

    monkeypatch.setattr("quotes.evaluation.speaker_cost.speaker_cost", speaker_cost)
    ran = run("benchmark", str(article), "--speakers", "--repeat", "5")
    assert (ran.status, asked) == (0, {})
    assert ran.out.splitlines()[0] == "1 text, 8 words, 5 rounds, 1 core: Abacus 3"
    assert "+4.2 % (-1.0 to +10.0)" in ran.out
    report = json.loads(run("benchmark", str(article), "--speakers", "--json").out)
    assert report["speakers"][1]["step"]["median"] == 0.042

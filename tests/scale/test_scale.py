"""Generated databases are whole, and what is asked of them is answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from quotes.cli.benchmark import command
from quotes.errors import BenchmarkError
from quotes.scale.building import Builder
from quotes.scale.language import Language
from quotes.scale.measuring import Case, answer, cases, curve, quantile, timed_command
from quotes.store import Store, migrate, queries
from quotes.store.audit import audit
from quotes.verification.verify import verify

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('scale') / 'generated.db'}"
    Builder(300, 7).build(url, lambda done: None)
    return url


def test_a_generated_database_is_as_good_as_a_real_one(built: str) -> None:
    assert migrate.check(built) == []
    with Store(built) as store:
        assert list(audit(store)) == []
    with Store(built) as store, store.session() as session:
        assert len(list(queries.quotations(session))) == 300


def test_claims_taken_from_it_are_verbatim(built: str) -> None:
    with Store(built) as store, store.session() as session:
        asked = cases(session, rounds=5)
        for case in asked:
            answer(session, case)
        said = [case for case in asked if case.kind == "verify verbatim"]
        for case in said:
            found = verify(session, speaker=str(case.speaker), claim=case.text)
            assert found.ruling == "verbatim"
    assert len({case.kind for case in asked}) == 7
    assert len(said) == 5


def test_the_same_seed_gives_the_same_words() -> None:
    assert Language(3).words == Language(3).words != Language(4).words
    names = Language(3).names(200)
    assert len(set(names)) == 200


def test_the_curve_has_a_row_for_each_size_and_kind(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report = curve(tmp_path, [60, 120], rounds=2, commands=1)
    assert capfd.readouterr() == ("", "")
    assert {row["quotations"] for row in report["rows"]} == {60, 120}
    assert len(report["rows"]) == 2 * 8
    assert all(0 < row["p50_ms"] <= row["p95_ms"] for row in report["rows"])


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="status 1: quotes: there is no database"):
        timed_command(f"sqlite:///{tmp_path / 'none.db'}", Case("verify", "the words", "Nobody"))


def test_quantiles() -> None:
    assert quantile([4, 1, 3, 2], 0.5) == 2
    assert quantile(list(range(1, 101)), 0.95) == 95
    assert quantile([5], 0.95) == 5


def test_the_command_prints_the_curve(tmp_path: Path) -> None:
    arguments = ["--database", str(tmp_path), "--sizes", "60", "--repeat", "1", "--json"]
    ran = CliRunner().invoke(command, arguments, obj={})
    assert ran.exit_code == 0
    assert len(json.loads(ran.output)["rows"]) == 8
    assert CliRunner().invoke(command, [*arguments[:3], "many"]).exit_code == 2

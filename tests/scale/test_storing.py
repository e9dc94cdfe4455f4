"""What is stored to be measured is stored as an ingest would store it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from quotes.cli.main import cli
from quotes.errors import BenchmarkError
from quotes.scale.storing import rate
from quotes.store import Store, queries
from quotes.store.audit import audit
from quotes.store.models import Attribution


def test_several_writers_store_what_they_were_asked_for(database: str) -> None:
    report = rate(database, 60, writers=2)
    assert (report["writers"], report["quotations"]) == (2, 60)
    assert report["quotations_per_second"] > 0
    with Store(database) as store:
        assert list(audit(store)) == []
        with store.session() as session:
            assert len(list(queries.quotations(session))) == 60
            assert session.scalar(select(func.count()).select_from(Attribution)) == 60
            names = [one.name for one in queries.speakers(session) if one.kind == "person"]
            assert len(names) == len(set(names)) > 5
    with pytest.raises(BenchmarkError, match="has documents"):
        rate(database, 60, writers=1)


def test_the_command_prints_the_rate(database: str) -> None:
    words = ["--db", database, "benchmark", "--store", "20"]
    ran = CliRunner().invoke(cli, [*words, "--json"])
    assert ran.exit_code == 0, ran.stderr
    assert json.loads(ran.stdout)["quotations"] == 20
    again = CliRunner().invoke(cli, words)
    assert isinstance(again.exception, BenchmarkError)

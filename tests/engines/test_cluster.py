"""A real Dask cluster on this machine: the same outcomes, and workers that die."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from quotes.engines.engine import Failed
from quotes.engines.limits import Limits
from quotes.engines.serial import SerialEngine
from quotes.errors import EngineError, MissingModel
from tests.engines.readers import armed, unloadable
from tests.engines.test_process import Text, outcomes, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

distributed = pytest.importorskip("distributed")
from quotes.engines.cluster import DaskEngine, check_address  # noqa: E402  # after the skip


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as running:
        yield running


def test_a_cluster_finds_what_this_process_finds_in_the_same_order(cluster: Any) -> None:
    given = texts(40, at3="henbane", at7="arsenic")
    with closing(DaskEngine(armed, scheduler=cluster.scheduler_address)) as engine:
        assert outcomes(engine, given) == outcomes(SerialEngine(armed), given)
        assert engine.identity() == SerialEngine(armed).identity()


def test_a_worker_that_is_killed_costs_no_text(cluster: Any) -> None:
    given = texts(40, at2="henbane")
    with closing(DaskEngine(armed, scheduler=cluster.scheduler_address)) as engine:
        engine.identity()

        def coming() -> Iterator[Text]:
            for place, one in enumerate(given):
                if place == 10:
                    with distributed.Client(cluster.scheduler_address) as client:
                        victim = next(iter(client.run(os.getpid).values()))
                    os.kill(victim, signal.SIGKILL)
                yield one

        found = [pair for ready in engine.run(coming()) for pair in ready]
        assert [task for task, _ in found] == given
        assert not any(isinstance(outcome, Failed) for _, outcome in found)


@pytest.mark.slow
def test_a_text_that_kills_its_workers_is_set_aside_and_the_rest_goes_on(cluster: Any) -> None:
    given = texts(12, at4="strychnine")
    with closing(DaskEngine(armed, scheduler=cluster.scheduler_address)) as engine:
        found = outcomes(engine, given)
    assert {n for n, one in enumerate(found) if isinstance(one, Failed)} == {4}


@pytest.mark.slow
def test_a_text_that_its_workers_hang_over_is_set_aside(cluster: Any) -> None:
    given, limits = texts(6, at2="aconite"), Limits(seconds=2)
    with closing(DaskEngine(armed, scheduler=cluster.scheduler_address, limits=limits)) as engine:
        found = outcomes(engine, given)
    assert {n for n, one in enumerate(found) if isinstance(one, Failed)} == {2}
    assert isinstance(found[2], Failed)
    assert found[2].reason.endswith("died or took longer than 2 s")


def test_a_model_that_is_missing_is_said(cluster: Any) -> None:
    with (
        closing(DaskEngine(unloadable, scheduler=cluster.scheduler_address)) as engine,
        pytest.raises(MissingModel),
    ):
        outcomes(engine, texts(2))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "localhost:8786", "tls://farm:8786"])
def test_this_machine_and_tls_are_let_in(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize("address", ["tcp://10.0.0.7:8786", "farm:8786", "ws://127.0.0.1:1", ""])
def test_an_open_port_is_not_talked_to(address: str) -> None:
    with pytest.raises(EngineError, match="tls"):
        check_address(address)

"""Worker processes for real: in order, one after another, and whatever befalls them."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from quotes.engines.engine import Failed, Found
from quotes.engines.limits import Limits
from quotes.engines.process import ProcessEngine
from quotes.engines.serial import SerialEngine
from quotes.errors import EngineError, MissingModel
from tests.engines.readers import DiesOnce, armed, dawdling, stillborn, unloadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quotes.engines.engine import Engine, Outcome


@dataclass(frozen=True)
class Text:
    text: str
    sentences: bool = False


def texts(number: int, **special: str) -> list[Text]:
    """Return so many texts; `at3="…"` puts a word into the third."""
    words = {int(place.removeprefix("at")): word for place, word in special.items()}
    return [Text(f"“Word {n} {words.get(n, '')},” said Ada Moss.") for n in range(number)]


def outcomes(engine: Engine, given: list[Text]) -> list[Outcome]:
    """Return the outcomes, having checked that they are those of the texts in their order."""
    found = [pair for ready in engine.run(given) for pair in ready]
    assert [task for task, _ in found] == given
    for task, outcome in found:
        assert isinstance(outcome, Failed) or outcome.result.text == task.text
    return [outcome for _, outcome in found]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_workers_find_what_this_process_finds_in_the_same_order(jobs: int) -> None:
    given = texts(40, at3="henbane", at7="arsenic")
    with closing(ProcessEngine(armed, jobs=jobs)) as engine:
        assert outcomes(engine, given) == outcomes(SerialEngine(armed), given)
        assert engine.identity() == SerialEngine(armed).identity()
        assert (len(engine.pids), engine.lost) == (jobs, 0)


def test_two_rounds_are_read_by_the_same_workers() -> None:
    with closing(ProcessEngine(armed, jobs=2)) as engine:
        outcomes(engine, texts(3))
        before = engine.pids
        outcomes(engine, texts(5))
        assert engine.pids == before


def test_a_worker_that_is_killed_costs_a_retry_and_no_text() -> None:
    given = texts(30, at5="henbane", at6="henbane")
    with closing(ProcessEngine(armed, jobs=2)) as engine:

        def coming() -> Iterator[Text]:
            for place, one in enumerate(given):
                if place == 8:
                    os.kill(engine.pids[0], signal.SIGKILL)
                yield one

        found = [pair for ready in engine.run(coming()) for pair in ready]
        assert [task for task, _ in found] == given
        assert all(isinstance(outcome, Found) for _, outcome in found)
        assert engine.lost == 1


def test_every_worker_may_die_again_and_again() -> None:
    given = texts(24)
    with closing(ProcessEngine(armed, jobs=2)) as engine:
        engine.identity()

        def coming() -> Iterator[Text]:
            for place, one in enumerate(given):
                if place in (4, 12, 20):
                    for pid in engine.pids:
                        os.kill(pid, signal.SIGKILL)
                yield one

        found = [pair for ready in engine.run(coming()) for pair in ready]
        assert [task for task, _ in found] == given
        assert all(isinstance(outcome, Found) for _, outcome in found)
        assert engine.lost >= 4


def test_a_text_that_kills_its_workers_is_set_aside_and_the_rest_goes_on() -> None:
    given = texts(20, at2="strychnine", at3="strychnine", at15="hemlock")
    with closing(ProcessEngine(armed, jobs=2)) as engine:
        found = outcomes(engine, given)
        assert {n for n, one in enumerate(found) if isinstance(one, Failed)} == {2, 3, 15}
        assert isinstance(found[2], Failed)
        assert (
            found[2].reason
            == "set aside: 3 workers were lost over it; the last was killed by SIGKILL"
        )
        assert isinstance(found[15], Failed)
        assert found[15].reason.endswith("the last had no memory left")
        assert engine.lost == 9


def test_a_text_whose_worker_died_once_is_read_by_another(tmp_path: Path) -> None:
    with closing(ProcessEngine(DiesOnce(str(tmp_path), "henbane"), jobs=1)) as engine:
        found = outcomes(engine, texts(6, at4="henbane"))
        assert all(isinstance(one, Found) for one in found)
        assert engine.lost == 1


@pytest.mark.parametrize("hangs", ["mandrake", "aconite"])
def test_a_text_that_its_workers_hang_over_is_set_aside_and_the_rest_goes_on(hangs: str) -> None:
    given = texts(12, at2=hangs)
    # More than a socket holds: a worker that hangs takes nothing in.
    given[3] = Text("“Long,” said Ada Moss. " * 20_000)
    with closing(ProcessEngine(armed, jobs=1, limits=Limits(seconds=2))) as engine:
        found = outcomes(engine, given)
        assert {n for n, one in enumerate(found) if isinstance(one, Failed)} == {2}
        assert isinstance(found[2], Failed)
        assert found[2].reason == (
            "set aside: 3 workers were lost over it; the last took longer than 2 s"
        )
        assert engine.lost == 3


def test_a_worker_that_hangs_once_costs_a_retry() -> None:
    given = texts(20, at5="henbane")
    with closing(ProcessEngine(armed, jobs=1, limits=Limits(seconds=2))) as engine:

        def coming() -> Iterator[Text]:
            for place, one in enumerate(given):
                if place == 8:
                    os.kill(engine.pids[0], signal.SIGSTOP)
                yield one

        found = [pair for ready in engine.run(coming()) for pair in ready]
        assert [task for task, _ in found] == given
        assert all(isinstance(outcome, Found) for _, outcome in found)
        assert engine.lost == 1


def test_a_longer_text_may_take_longer() -> None:
    assert [Limits(seconds=3).reading("x" * n) for n in (0, 9_999, 10_000, 25_000)] == [3, 3, 6, 9]


def test_a_worker_that_holds_too_much_is_replaced_when_it_is_done() -> None:
    special = {f"at{n}": "cocoa" for n in range(0, 12, 2)}
    with closing(ProcessEngine(armed, jobs=1, memory=200_000_000, least=3)) as engine:
        found = outcomes(engine, texts(14, **special))
        assert all(isinstance(one, Found) for one in found)
        assert (engine.recycled >= 2, engine.lost) == (True, 0)


def test_no_more_is_taken_than_there_is_room_for() -> None:
    taken = []

    def coming() -> Iterator[Text]:
        for one in texts(200, at0="henbane"):
            taken.append(one)
            yield one

    with closing(ProcessEngine(armed, jobs=2)) as engine:
        ready = next(iter(engine.run(coming())))
        # The first text sleeps; meanwhile the others are read ahead, but not all of them.
        assert len(taken) - len(ready) <= 2 * 16


def test_a_model_that_is_missing_is_said_once() -> None:
    with closing(ProcessEngine(unloadable, jobs=2)) as engine, pytest.raises(MissingModel) as told:
        outcomes(engine, texts(2))
    assert told.value.hint == "build one"


def test_workers_that_cannot_start_are_not_started_for_ever() -> None:
    with (
        closing(ProcessEngine(stillborn, jobs=2)) as engine,
        pytest.raises(EngineError, match="left with status 9"),
    ):
        outcomes(engine, texts(2))


def test_workers_that_hang_when_they_start_are_not_waited_for() -> None:
    limits = Limits(loading=0.5)
    with (
        closing(ProcessEngine(dawdling, jobs=1, limits=limits)) as engine,
        pytest.raises(EngineError, match="the last took longer"),
    ):
        outcomes(engine, texts(2))


def test_nothing_is_started_for_nothing() -> None:
    engine = ProcessEngine(armed, jobs=2)
    assert outcomes(engine, []) == []
    assert engine.pids == ()


def test_closing_ends_the_workers_at_once() -> None:
    engine = ProcessEngine(armed, jobs=2)
    running = engine.run(texts(50))
    next(running)
    pids = engine.pids
    engine.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import time\n"
        "from quotes.engines.process import ProcessEngine\n"
        "from tests.engines.readers import armed\n"
        "engine = ProcessEngine(armed, jobs=2)\n"
        "engine.identity()\n"
        "print(*engine.pids, flush=True)\n"
        "time.sleep(60)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    pids = [int(pid) for pid in owner.stdout.readline().split()]
    owner.kill()
    owner.wait()
    owner.stdout.close()
    deadline = time.monotonic() + 30
    while any(_lives(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_lives(pid) for pid in pids)


def _lives(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and that nobody has buried does not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as status:  # noqa: PTH123  # no file
            return status.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

"""The short form of `make fuzz`: the same inputs in every run, and no clock.

Inputs that failed once are named here by what was wrong with them; the full run is a command.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import QuotesError
from tests.fuzz import watching
from tests.fuzz.mutating import as_bytes, as_text, packed, unpacked
from tests.fuzz.targets import BY_NAME, TARGETS, Target, input_of
from tests.fuzz.watching import Failure, problem, shares

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SEED = 7
# Those that load no model are quick enough for more.
INPUTS = 150
FEW = {"requests": 40, "searches": 25, "rules": 40, "learned": 15}
MODEL = {"rules", "learned"}

OTHERS = [target for target in TARGETS if target.name not in MODEL]
MODELS = [target for target in TARGETS if target.name in MODEL]


def failures(target: Target, count: int) -> Iterator[str]:
    for number in range(count):
        if wrong := problem(target, input_of(target, SEED, number)):
            yield f"{number}: {wrong}"


@pytest.mark.parametrize("target", OTHERS, ids=lambda target: target.name)
def test_spoiled_seeds_are_read_or_refused(target: Target) -> None:
    assert list(failures(target, FEW.get(target.name, INPUTS))) == []


@pytest.mark.model
@pytest.mark.parametrize("target", MODELS, ids=lambda target: target.name)
def test_spoiled_articles_are_read_to_their_end(target: Target) -> None:
    assert list(failures(target, FEW[target.name])) == []


@settings(max_examples=60)
@pytest.mark.parametrize("name", [target.name for target in OTHERS if target.name != "requests"])
@given(raw=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_at_all_are_read_or_refused(name: str, raw: bytes) -> None:
    assert problem(BY_NAME[name], raw) == ""


def test_an_input_is_the_same_in_every_process() -> None:
    target = BY_NAME["html"]
    there = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import hashlib; from tests.fuzz.targets import *;"
                "print(hashlib.sha256(input_of(BY_NAME['html'], 3, 5)).hexdigest())"
            ),
        ],
        capture_output=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
    ).stdout.strip()
    import hashlib

    assert hashlib.sha256(input_of(target, 3, 5)).hexdigest() == there


@pytest.mark.slow
def test_a_crash_a_hang_and_too_much_memory_are_seen(tmp_path: Path) -> None:
    """The watchdog itself, on targets that misbehave on purpose."""
    script = tmp_path / "watched.py"
    script.write_text(
        f"import os, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import tests.fuzz.watching as w\n"
        "from tests.fuzz.targets import BY_NAME, Target\n"
        "w.MOST_SECONDS = 2.0\n"
        "def run(raw):\n"
        "    number = int(raw)\n"
        "    if number == 1: raise KeyError('one')\n"
        "    if number == 2: '\\n'.join('a' for _ in iter(int, 1))\n"
        "    if number == 3: run.kept = b'x' * 560_000_000\n"
        "    if number == 4: os._exit(9)\n"
        "BY_NAME['bad'] = Target('bad', None, run)\n"
        "w.input_of = lambda target, seed, number: b'%d' % (number if seed else 0)\n"
        "w._main('bad', 1, range(int(sys.argv[3]), int(sys.argv[4])), sys.argv[5])\n",
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watching, "COMMAND", (sys.executable, str(script)))
        tally = watching.watch("bad", 1, range(6))
    assert [(one.number, one.kind) for one in tally.failures] == [
        (1, "crash"),
        (2, "hang"),
        (3, "memory"),
        (4, "death"),
    ]
    assert tally.failures[0].what.startswith("KeyError: 'one'")


def test_a_failure_is_kept_as_an_input_that_can_be_run_again(tmp_path: Path) -> None:
    failure = Failure(target="marks", seed=3, number=5, kind="crash", what="x")
    path = failure.save(tmp_path)
    assert path.read_bytes() == input_of(BY_NAME["marks"], 3, 5)
    assert json.loads(path.with_suffix(".json").read_bytes())["number"] == 5
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--replay", str(path)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        encoding="utf-8",
    )
    assert (ran.returncode, ran.stdout) == (0, f"{path}: read as it should be\n")


def test_every_target_has_its_share() -> None:
    given_out = dict(shares(100_000, list(BY_NAME)))
    assert sum(given_out.values()) >= 100_000
    assert min(given_out.values()) > 1_000


@given(st.lists(st.text(), min_size=2, max_size=2))
def test_packed_texts_come_back(parts: list[str]) -> None:
    assert unpacked(packed(*parts), 2) == parts
    assert as_text(as_bytes("\ud800a" + parts[0])) == "\ud800a" + parts[0]


def test_only_errors_of_this_package_are_forgiven() -> None:
    def fails(raw: bytes) -> None:
        raise ValueError("no")

    def refuses(raw: bytes) -> None:
        raise QuotesError("no")

    assert problem(Target("x", lambda chance: b"", fails), b"").startswith("ValueError: no")
    assert problem(Target("x", lambda chance: b"", refuses), b"").startswith("QuotesError: no")

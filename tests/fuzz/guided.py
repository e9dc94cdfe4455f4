"""`python -m tests.fuzz.guided TARGET`: inputs that grow by what of the program they reach.

With atheris (`pip install atheris==3.0.0`), which runs libFuzzer over the bytecode of `quotes`. It
begins with inputs as `python -m tests.fuzz` draws them, and goes on with those that reached code
that none before had reached. It ends at the first failure, which is kept and can be run again by
`python -m tests.fuzz --replay`.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

_SEED: Final = 1
_FIRST: Final = 300
_LONGEST: Final = 20_000
# On the clock, where `tests.fuzz` counts processor time: the instrumented program is slower too.
_HANGS: Final = 30


def main() -> None:
    """Fuzz one target until the time is over; the status is not 0 where an input failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--out", type=Path, default=Path(".fuzz"), help="where failures are kept")
    options = parser.parse_args()
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        parser.error("atheris is not installed: pip install atheris==3.0.0")
    with atheris.instrument_imports(include=["quotes"]):
        from tests.fuzz.targets import BY_NAME, input_of
        from tests.fuzz.watching import problem

        if options.target not in BY_NAME:
            parser.error(f"no target is called {options.target}; there are {', '.join(BY_NAME)}")
        target: Target = BY_NAME[options.target]
        drawn = [input_of(target, _SEED, number) for number in range(_FIRST)]
        # What is imported only when it is needed is to be instrumented too.
        for raw in drawn[:10]:
            problem(target, raw)

    def one(raw: bytes) -> None:
        if wrong := problem(target, raw):
            raise AssertionError(wrong)

    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="quotes-guided-") as corpus:
        for number, raw in enumerate(drawn):
            (Path(corpus) / f"{number:04}").write_bytes(raw[:_LONGEST])
        limits = {
            "max_total_time": options.seconds,
            "max_len": _LONGEST,
            "timeout": _HANGS,
            "rss_limit_mb": 4_000,
            "artifact_prefix": f"{options.out}/{target.name}-",
            "print_final_stats": 1,
        }
        told = [f"-{name}={value}" for name, value in limits.items()]
        atheris.Setup([sys.argv[0], *told, corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

"""`python -m tests.fuzz`: many bad inputs for every reader; what fails is kept to be run again."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz.targets import BY_NAME
from tests.fuzz.watching import Tally, problem, shares, watch


def main() -> int:
    """Run the targets and print a line for each; the status is 1 where an input failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(BY_NAME))
    parser.add_argument("--inputs", type=int, default=100_000, help="in all, over the targets")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other inputs")
    parser.add_argument("--jobs", type=int, default=1, help="targets at once")
    parser.add_argument("--out", type=Path, default=Path(".fuzz"), help="where failures are kept")
    parser.add_argument("--replay", type=Path, nargs="+", metavar="FILE", help="run these again")
    options = parser.parse_args()
    if options.replay:
        return _replay(options.replay)
    names = options.targets or list(BY_NAME)
    if unknown := set(names) - set(BY_NAME):
        parser.error(f"no target is called {', '.join(sorted(unknown))}")
    work = list(shares(options.inputs, names))
    print(f"{'target':14}{'inputs':>8}{'seconds':>9}{'slowest':>9}{'MB more':>9}{'failed':>8}")
    with ThreadPoolExecutor(options.jobs) as pool:
        tallies = pool.map(lambda one: watch(one[0], options.seed, range(one[1])), work)
        return 1 if sum(_told(tally, options.out) for tally in tallies) else 0


def _told(tally: Tally, out: Path) -> int:
    print(
        f"{tally.target:14}{tally.inputs:8}{tally.seconds:9.1f}{tally.slowest:9.2f}"
        f"{tally.grown / 1e6:9.0f}{len(tally.failures):8}",
        flush=True,
    )
    seen: set[str] = set()
    for failure in tally.failures:
        if failure.what not in seen:
            seen.add(failure.what)
            print(f"  {failure.kind}: {failure.what}\n    {failure.save(out)}", flush=True)
    return len(tally.failures)


def _replay(paths: list[Path]) -> int:
    failed = 0
    for path in paths:
        wrong = problem(BY_NAME[path.name.rsplit("-", 2)[0]], path.read_bytes())
        failed += bool(wrong)
        print(f"{path}: {wrong or 'read as it should be'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

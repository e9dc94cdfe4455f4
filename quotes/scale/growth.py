"""How long each stage takes for a character, as the text grows: what is not flat is a fault.

`python -m quotes.scale.growth` prints it. A stage of ours whose time grows with the square of a
text is a way to stop a newsroom with one file. So each is measured by itself, in processor time, on
texts of many shapes, from a thousand characters to ten million; a stage that would take too long at
a size is not tried there.
"""

from __future__ import annotations

import argparse
import json
import signal
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from quotes.errors import QuotesError
from quotes.scale.shapes import SHAPES
from quotes.scale.stages import STAGES, Case, NotTried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import FrameType

    from quotes.scale.shapes import Shape
    from quotes.scale.stages import Stage

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
LIMIT: Final = 30.0
# Less than this is noise, and costs nobody anything.
_NOTICEABLE: Final = 0.2
# A character of the larger text may take so many times what one of the smaller takes.
_FLAT: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one stage took on one shape; `seconds` by size, None where it was stopped.

    Sizes that were not tried are missing.
    """

    shape: str
    stage: str
    seconds: Mapping[int, float | None]

    @property
    def growth(self) -> float | None:
        """How many times longer a character takes in the largest text than in a smaller one.

        None where no time is long enough to tell, infinity where the stage was stopped.
        """
        if None in self.seconds.values():
            return float("inf")
        done = [(size, taken) for size, taken in self.seconds.items() if taken is not None]
        if len(done) < 2 or done[-1][1] < _NOTICEABLE:
            return None
        size, taken = done[-1]
        # What takes no time to speak of is not compared with.
        floor = _NOTICEABLE / 20
        before = max(max(other, floor) / length for length, other in done[:-1])
        return (taken / size) / before

    @property
    def grows(self) -> bool:
        """Whether the time of a character grows with the text."""
        return (self.growth or 0.0) > _FLAT

    def as_json(self) -> dict[str, Any]:
        """Return the row with microseconds a character."""
        return {
            "shape": self.shape,
            "stage": self.stage,
            "microseconds_per_character": {
                str(size): None if taken is None else round(1e6 * taken / size, 4)
                for size, taken in self.seconds.items()
            },
            "growth": None if self.growth in (None, float("inf")) else round(self.growth or 0, 2),
            "grows": self.grows,
        }


@dataclass(slots=True)
class _Tried:
    seconds: dict[int, float | None] = field(default_factory=dict)

    def may_try(self, size: int, limit: float) -> bool:
        """Tell whether a flat stage would be done within the limit at the next size."""
        if not self.seconds:
            return True
        length, taken = list(self.seconds.items())[-1]
        return taken is not None and taken * size / length <= limit


def growth(
    folder: Path,
    *,
    sizes: Sequence[int] = SIZES,
    shapes: Sequence[Shape] = SHAPES,
    stages: Sequence[Stage] = STAGES,
    limit: float = LIMIT,
    tell: Callable[[str], None] = lambda step: None,
) -> Iterator[Row]:
    """Yield a row for each shape and stage, all rows of a shape together.

    Databases are made in the folder and removed. `limit` is in seconds, for one stage at one size.
    """
    for shape in shapes:
        tried: dict[str, _Tried] = {stage.name: _Tried() for stage in stages}
        for size in sorted(sizes):
            tell(f"{shape.name}, {size:,} characters")
            with Case.of(shape, size, folder) as case:
                for stage in stages:
                    if tried[stage.name].may_try(size, limit):
                        _measure(stage, case, tried[stage.name].seconds, limit)
        for stage in stages:
            if tried[stage.name].seconds:
                yield Row(shape=shape.name, stage=stage.name, seconds=tried[stage.name].seconds)


def _measure(stage: Stage, case: Case, seconds: dict[int, float | None], limit: float) -> None:
    try:
        given = stage.given(case)
    except NotTried:
        return
    begun = process_time()
    try:
        with _stopped_after(limit):
            made = stage.run(given)
    except TimeoutError:
        seconds[case.size] = None
        return
    except QuotesError:
        # Refused, which is an answer too.
        seconds[case.size] = process_time() - begun
        return
    seconds[case.size] = process_time() - begun
    case.made[stage.name] = made


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in what is done inside when the time is over, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def main() -> None:
    """Print the microseconds a character of each shape and stage, and what grows."""
    parser = argparse.ArgumentParser(
        prog="python -m quotes.scale.growth",
        description="How long each stage takes for a character, as the text grows.",
    )
    names = [shape.name for shape in SHAPES]
    parser.add_argument("--shape", action="append", choices=names, metavar="NAME", help=f"{names}")
    parser.add_argument("--stage", action="append", metavar="NAME", help="and those it needs")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), metavar="N,N")
    parser.add_argument("--limit", type=float, default=LIMIT, metavar="SECONDS", help="for each")
    parser.add_argument("--json", action="store_true", help="print JSON Lines")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    shapes = [shape for shape in SHAPES if shape.name in (options.shape or names)]
    stages = [stage for stage in STAGES if stage.name in (options.stage or _names(STAGES))]
    if not options.json:
        heads = "".join(f"{size:>12,}" for size in sizes)
        print(f"{'shape':28}{'stage':20}{heads}{'growth':>8}")
    with tempfile.TemporaryDirectory(prefix="quotes-growth-") as folder:
        found = growth(Path(folder), sizes=sizes, shapes=shapes, stages=stages, limit=options.limit)
        for row in found:
            print(json.dumps(row.as_json()) if options.json else _line(row, sizes), flush=True)


def _names(stages: Sequence[Stage]) -> list[str]:
    return [stage.name for stage in stages]


def _line(row: Row, sizes: Sequence[int]) -> str:
    cells = ""
    for size in sizes:
        taken = row.seconds.get(size, -1.0)
        cell = "stopped" if taken is None else "" if taken < 0 else f"{1e6 * taken / size:.3f}"
        cells += f"{cell:>12}"
    grown = "" if row.growth is None else f"{row.growth:.2f}"
    return f"{row.shape:28}{row.stage:20}{cells}{grown:>8}{'  grows' if row.grows else ''}"


if __name__ == "__main__":
    main()

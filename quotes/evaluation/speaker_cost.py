"""What finding speakers costs over extraction alone: the same texts with and without, alternating.

One process runs extraction alone and with each resolver, batch after batch in changing order, so
that what else the machine does meets all alike.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from quotes.evaluation.benchmark import machine, run_worker
from quotes.evaluation.clock import Clock
from quotes.extraction import DEFAULT_EXTRACTOR
from quotes.speakers import RESOLVERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quotes.evaluation.clock import Stopwatch
    from quotes.pipeline import Pipeline

ALONE = "alone"
# What the resolver took of a run has this before the resolver's name.
STEP = "step of "
_BATCH = 16


def speaker_cost(
    texts: Sequence[str],
    *,
    extractor: str = DEFAULT_EXTRACTOR,
    repeat: int = 3,
    threads: int = 1,
    tell: Callable[[str], None] = lambda step: None,
) -> dict[str, Any]:
    """Measure and return every figure; `tell` hears of each step as it begins.

    `over_alone` is what is added to the time of extraction alone in the same round, as a share of
    it: the median round, the least and the most. `step` is the same of the time inside the
    resolver and the rest of its own run, on the processor, which varies less. Raises BenchmarkError
    where the measuring fails.
    """
    job = {"texts": list(texts), "threads": threads, "what": "speakers", "repeat": repeat}
    clocks = run_worker({**job, "extractor": extractor}, tell)["clocks"]
    words = sum(len(text.split()) for text in texts)
    return {
        "texts": len(texts),
        "words": words,
        "rounds": repeat,
        "threads": threads,
        "extractor": extractor,
        "machine": machine(),
        "speakers": [_row(name, clocks, words) for name in (ALONE, *RESOLVERS)],
    }


def _row(name: str, clocks: Mapping[str, Sequence[Sequence[float]]], words: int) -> dict[str, Any]:
    wall = [seconds for seconds, _ in clocks[name]]
    pairs = list(zip(clocks[name], clocks[ALONE], strict=True))
    return {
        "name": name,
        "seconds": round(median(wall), 4),
        "words_per_second": round(words / median(wall)),
        "over_alone": None if name == ALONE else _spread([a[0] / b[0] - 1 for a, b in pairs]),
        "step": None if name == ALONE else _spread(_shares(clocks[name], clocks[STEP + name])),
    }


def _shares(whole: Sequence[Sequence[float]], step: Sequence[Sequence[float]]) -> list[float]:
    """Return by round how the processor's time for a step stands to that for the rest."""
    return [part / (total - part) for (_, total), (_, part) in zip(whole, step, strict=True)]


def _spread(shares: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(median(shares), 4),
        "least": round(min(shares), 4),
        "most": round(max(shares), 4),
    }


def time_speakers(
    texts: Sequence[str], pipelines: Mapping[str, Pipeline], number: int, watch: Stopwatch
) -> None:
    """Time each pipeline on all texts, without its resolver under the name of ALONE.

    Each batch begins with another; `number` is the round's.
    """
    names = list(pipelines)
    for count, at in enumerate(range(0, len(texts), _BATCH)):
        shift = (number + count) % len(names)
        for name in names[shift:] + names[:shift]:
            pipeline = pipelines[name]
            with watch.timing(name):
                for doc in pipeline.parser.pipe(texts[at : at + _BATCH]):
                    found = pipeline.extractor.extract(doc).quotations
                    if name != ALONE:
                        started = Clock.now()
                        pipeline.resolver.resolve(doc, found)
                        step = watch.clocks.get(STEP + name, Clock())
                        watch.clocks[STEP + name] = step + (Clock.now() - started)

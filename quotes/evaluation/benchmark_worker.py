"""One process of a benchmark: a job as JSON on standard input, what it measured on standard output.

Processor cores and threads are set before anything heavy is loaded, and each measure of memory
needs a process that has run nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from quotes.errors import ModelError
from quotes.evaluation.clock import Clock, Stopwatch, peak_memory
from quotes.evaluation.contestants import EXTRACTING, SYSTEMS, Run, load_system, time_stages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Enough to load what loads on first use and to fill the caches of words.
_WARM_UP = 3


def main() -> None:
    """Do the job, a JSON line for each step that begins, and last the result."""
    job = json.load(sys.stdin)
    keep_to(job["threads"])

    def tell(step: str) -> None:
        print(json.dumps({"step": step}), flush=True)

    measures = {"memory": _measure_memory, "speakers": _measure_speakers}
    measure = measures.get(job["what"], _measure_time)
    print(json.dumps({"result": measure(job, tell)}), flush=True)


def keep_to(threads: int) -> None:
    """Keep this process on its last cores, where the system can, as many as there are threads."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(threads)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads:])


def _measure_memory(job: Mapping[str, Any], tell: Callable[[str], None]) -> dict[str, Any]:
    name = job["system"]
    tell(f"memory of {name}")
    load_system(name)(job["texts"])
    return {"peak": peak_memory()}


def _measure_speakers(job: Mapping[str, Any], tell: Callable[[str], None]) -> dict[str, Any]:
    from quotes.evaluation.speaker_cost import ALONE, time_speakers
    from quotes.pipeline import load
    from quotes.speakers import RESOLVERS

    texts, repeat, extractor = job["texts"], job["repeat"], job["extractor"]
    tell("loading")
    pipelines = {name: load(extractor=extractor, resolver=name) for name in RESOLVERS}
    pipelines = {ALONE: next(iter(pipelines.values())), **pipelines}
    time_speakers(texts[:_WARM_UP], pipelines, 0, Stopwatch())
    rounds = []
    for number in range(repeat):
        tell(f"round {number + 1} of {repeat}")
        watch = Stopwatch()
        time_speakers(texts, pipelines, number, watch)
        rounds.append(watch.clocks)
    return {"clocks": {n: [[one[n].wall, one[n].cpu] for one in rounds] for n in rounds[0]}}


def _measure_time(job: Mapping[str, Any], tell: Callable[[str], None]) -> dict[str, Any]:
    texts, repeat = job["texts"], job["repeat"]
    notes: dict[str, str] = {}
    runs: dict[str, Run] = {}
    for name in SYSTEMS:
        tell(f"loading {name}")
        try:
            run = load_system(name)
            run(texts[:_WARM_UP])
        except ModelError as error:
            notes[name] = error.message
        else:
            runs[name] = run
    rounds = [_round(texts, runs, notes, number, tell, repeat) for number in range(repeat)]
    names = rounds[0]
    return {
        "notes": notes,
        "clocks": {n: [[one[n].wall, one[n].cpu] for one in rounds] for n in names},
    }


def _round(
    texts: Sequence[str],
    runs: Mapping[str, Run],
    notes: dict[str, str],
    number: int,
    tell: Callable[[str], None],
    repeat: int,
) -> dict[str, Clock]:
    """Time every system once; each round begins with another, so that none is always first."""
    watch = Stopwatch()
    names = list(runs)
    shift = number % len(names) if names else 0
    for name in names[shift:] + names[:shift]:
        tell(f"round {number + 1} of {repeat}: {name}")
        with watch.timing(name):
            refused = runs[name](texts)
        if refused:
            notes[name] = f"refused {refused} of {len(texts)} texts"
    own = [name for name in EXTRACTING if name in runs]
    if own:
        tell(f"round {number + 1} of {repeat}: stages")
        time_stages(texts, own, watch)
    return watch.clocks


if __name__ == "__main__":
    main()

"""How long the nearest takes over many vectors, and how often the signs hide it.

    python -m quotes.vectors.measure --count 1000000 --folder /tmp/index

The vectors are made by chance around topics, so that some are near each other as sentences are.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from quotes.vectors.index import Index
from quotes.vectors.packing import DIMENSIONS, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_PART = 50_000
_PER_TOPIC = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Milliseconds a search, half of them and all but one in twenty; and how many were right.

    `right` is the share of searches whose first answer is the nearest of all.
    """

    count: int
    median_ms: float
    p95_ms: float
    right: float


def made(count: int, *, seed: int = 0) -> Iterator[list[bytes]]:
    """Yield packed vectors, part by part; cosines within a topic are about a half."""
    chance = np.random.default_rng(seed)
    topics = chance.standard_normal((max(1, count // _PER_TOPIC), DIMENSIONS), np.float32)
    for start in range(0, count, _PART):
        size = min(_PART, count - start)
        own = chance.standard_normal((size, DIMENSIONS), np.float32)
        yield pack(topics[chance.integers(0, len(topics), size)] + own)


def measure(index: Index, packed: list[bytes], *, first: int) -> Measured:
    """Search an index for vectors that each lie beside one of those given, which it holds."""
    chance = np.random.default_rng(1)
    times, right = [], 0
    for number, vector in enumerate(unpack(packed)):
        query = _beside(vector, chance)
        start = time.perf_counter()
        found = index.search(query, first=first, limit=first)
        times.append(1000 * (time.perf_counter() - start))
        right += bool(found) and index.holds(found[0][0], packed[number])
    median, late = np.percentile(times, (50, 95))
    share = right / len(packed)
    return Measured(count=len(index), median_ms=float(median), p95_ms=float(late), right=share)


def _beside(vector: NDArray[np.float32], chance: np.random.Generator) -> NDArray[np.float32]:
    """Return a vector whose cosine with this one is about 0.8, as a paraphrase's is."""
    own = chance.standard_normal(DIMENSIONS, np.float32)
    query = vector + 0.75 * own / np.linalg.norm(own)
    unit: NDArray[np.float32] = query / np.linalg.norm(query)
    return unit


def main() -> None:
    """Build an index and print a line of figures for each number of signs' nearest compared."""
    parser = argparse.ArgumentParser(description="Measure the nearest over many vectors.")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--folder", type=Path, help="where the index is made; memory by default")
    given = parser.parse_args()
    index = Index(given.folder, "quotation", origin="measure")
    index.clear()
    asked: list[bytes] = []
    start = time.perf_counter()
    for part in made(given.count):
        index.extend(range(index.last_id + 1, index.last_id + 1 + len(part)), part)
        asked += part[: max(1, given.queries * _PART // given.count)]
    print(f"{len(index):,} vectors made and indexed in {time.perf_counter() - start:.1f} s")
    for first in (1_000, 4_000, 8_000):
        found = measure(index, asked[: given.queries], first=first)
        print(
            f"{first:>6,} compared by numbers: median {found.median_ms:.1f} ms, "
            f"p95 {found.p95_ms:.1f} ms, nearest of all found {100 * found.right:.0f} %"
        )


if __name__ == "__main__":
    main()

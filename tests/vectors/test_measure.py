"""The measure counts what is right, and the made vectors are as near as it says."""

from __future__ import annotations

import numpy as np

from quotes.vectors.index import Index
from quotes.vectors.measure import made, measure
from quotes.vectors.packing import unpack


def test_made_vectors_are_near_within_a_topic() -> None:
    (part,) = made(400)
    vectors = unpack(part)
    cosines = np.sort((vectors @ vectors.T)[0])[::-1]
    assert 0.4 < cosines[20] < cosines[1] < 0.7
    assert len([one for some in made(60_000) for one in some]) == 60_000


def test_what_is_not_there_is_not_counted_as_found() -> None:
    (part,) = made(2_000)
    index = Index(None, "quotation", origin="test")
    index.extend(range(1, 1_001), part[:1_000])
    found = measure(index, [*part[:10], *part[-10:]], first=1_000)
    assert (found.count, found.right) == (1_000, 0.5)
    assert 0 < found.median_ms <= found.p95_ms

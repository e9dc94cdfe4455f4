"""How sure a finding is: always a chance, and the surer its cue the surer it is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.learned.confidence import Calibration, measures
from quotes.extraction.learned.decoding import CONTENT, NEITHER, SOURCE, Roles
from quotes.extraction.learned.findings import Finding
from quotes.quotation import Kind

CHANCES = st.floats(0, 1)
WEIGHTS = st.dictionaries(
    st.sampled_from(
        ["cue", "path", "content", "edges", "source", "no-source", "length", "kind=direct", "old"]
    ),
    st.floats(-100, 100),
)


def finding(
    roles: list[int], *, chance: float = 0.5, sure: float = 0.8, whole: float = -1.0
) -> Finding:
    """Return a finding whose tokens have their roles with the chance `sure`."""
    chances = np.full((len(roles), 3), (1.0 - sure) / 2, np.float32)
    chances[np.arange(len(roles)), roles] = sure
    return Finding(0, 1, chance, 0, Roles(np.array(roles, np.int64), chances, whole))


FINDINGS = st.builds(
    finding,
    st.lists(st.integers(0, 2), max_size=12),
    chance=CHANCES,
    sure=CHANCES,
    whole=st.floats(-1e6, 0),
)


@given(FINDINGS, WEIGHTS, st.floats(-1000, 1000), st.sampled_from(Kind))
def test_a_confidence_is_a_chance(
    one: Finding, weights: dict[str, float], intercept: float, kind: Kind
) -> None:
    assert 0.0 <= Calibration(intercept, weights, 0.5).confidence(one, kind) <= 1.0


@given(st.lists(st.integers(0, 2), max_size=12), CHANCES, CHANCES, WEIGHTS, st.floats(0, 10))
def test_a_surer_cue_makes_no_finding_less_sure(
    roles: list[int], one: float, two: float, weights: dict[str, float], weight: float
) -> None:
    calibration = Calibration(0.0, {**weights, "cue": weight}, 0.5)
    low, high = sorted((one, two))
    unsure = calibration.confidence(finding(roles, chance=low), Kind.INDIRECT)
    assert unsure <= calibration.confidence(finding(roles, chance=high), Kind.INDIRECT)


@given(FINDINGS, st.sampled_from(Kind))
def test_every_measure_is_finite(one: Finding, kind: Kind) -> None:
    assert all(map(math.isfinite, measures(one, kind).values()))


def test_an_intercept_alone_is_its_chance() -> None:
    calibration = Calibration(math.log(3.0), {}, 0.5)
    assert calibration.confidence(finding([CONTENT]), Kind.DIRECT) == pytest.approx(0.75)


def test_the_measures_of_a_finding() -> None:
    found = measures(finding([SOURCE, NEITHER, CONTENT, CONTENT], chance=0.9), Kind.MIXED)
    assert found["cue"] == pytest.approx(math.log(9))
    assert found["content"] == found["source"] == pytest.approx(math.log(4), abs=1e-5)
    assert found["no-source"] == found["no-source-chance"] == 0.0
    assert found["length"] == pytest.approx(math.log(3))
    assert found["kind=mixed"] == 1.0


def test_a_missing_source_is_measured() -> None:
    found = measures(finding([NEITHER, CONTENT], sure=0.6), Kind.DIRECT)
    assert (found["no-source"], found["source"]) == (1.0, 0.0)
    assert found["no-source-chance"] == pytest.approx(math.log(0.8 / 0.2), abs=1e-5)


def test_the_weakest_edge_is_inside_or_just_beside_the_content() -> None:
    one = finding([NEITHER, NEITHER, CONTENT, CONTENT], sure=0.9)
    assert measures(one, Kind.DIRECT)["edges"] == pytest.approx(math.log(9), abs=1e-5)
    one.roles.chances[1] = 0.6, 0.0, 0.4
    assert measures(one, Kind.DIRECT)["edges"] == pytest.approx(math.log(0.6 / 0.4), abs=1e-5)
    one.roles.chances[3] = 0.7, 0.0, 0.3
    assert measures(one, Kind.DIRECT)["edges"] == pytest.approx(math.log(0.3 / 0.7), abs=1e-5)
    one.roles.chances[0] = 0.1, 0.0, 0.9
    assert measures(one, Kind.DIRECT)["edges"] == pytest.approx(math.log(0.3 / 0.7), abs=1e-5)

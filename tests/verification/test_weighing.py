"""The trees that weigh an alignment: what they see, and what they say of plain cases."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import CorruptModel
from quotes.verification import weighing
from quotes.verification.compare import Claim, compare
from quotes.verification.likeness import NAMES, Likeness
from quotes.verification.weighing import CLASSES, FEATURES, Trees, features, weigh

SOURCE = "We will not raise the tolls on the old bridge before the harvest is in"


def all_alike(value: float) -> Likeness:
    return Likeness(**dict.fromkeys(NAMES, value))


def weighed(claim: str, likeness: Likeness | None = None) -> dict[str, float]:
    content = {"text": SOURCE, "start": 0, "end": len(SOURCE), "spans": [[0, len(SOURCE)]]}
    found = compare(Claim(claim), content)  # type: ignore[arg-type]  # a record as JSON has it
    assert found.reading is not None
    return weigh(found.reading, claim=claim, passage=found.sentences, likeness=likeness)


@pytest.mark.parametrize("likeness", [None, all_alike(0.8)])
def test_a_report_is_likelier_than_anything_else(likeness: Likeness | None) -> None:
    chances = weighed("The tolls on the old bridge would not go up before the harvest", likeness)
    assert max(chances, key=lambda name: chances[name]) == "paraphrase"
    assert sum(chances.values()) == pytest.approx(1.0)


def test_far_meaning_speaks_against_a_paraphrase() -> None:
    claim = "Old bridges and tolls were the harvest of a long policy"
    assert weighed(claim, all_alike(0.1))["none"] > weighed(claim, all_alike(0.9))["none"]


def test_there_is_a_value_for_each_feature() -> None:
    values = features(None, claim="a", passage="", likeness=None)
    assert len(values) == len(FEATURES)
    assert values[FEATURES.index("aligned")] == 0.0


@given(
    st.lists(st.floats(-10, 10, allow_nan=False), min_size=len(FEATURES), max_size=len(FEATURES)),
    st.sampled_from(["with", "without"]),
)
def test_chances_are_chances_whatever_is_seen(values: list[float], which: str) -> None:
    chances = weighing._trees()[which].chances(values)
    assert len(chances) == len(CLASSES)
    assert all(0.0 <= chance <= 1.0 for chance in chances)
    assert sum(chances) == pytest.approx(1.0)


def test_a_tree_sends_values_up_to_the_cut_left() -> None:
    trees = Trees(
        (0.0, 0.0), (((((0, 0.5, 1, 2), (-1, 3.0, 0, 0), (-1, 0.0, 0, 0))), ((-1, 0.0, 0, 0),)),)
    )
    left, right = trees.chances([0.5])[0], trees.chances([0.6])[0]
    assert left > 0.9
    assert right == pytest.approx(0.5)


def test_damaged_trees_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "WEIGHTS", "weighing.py")
    weighing._trees.cache_clear()
    with pytest.raises(CorruptModel, match=r"weighing\.py of quotes\.verification"):
        weighing._trees()
    weighing._trees.cache_clear()


def test_the_shipped_trees_know_these_features() -> None:
    given = json.loads(files("quotes.verification").joinpath(weighing.WEIGHTS).read_bytes())
    assert given["features"] == list(FEATURES)

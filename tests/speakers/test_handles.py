"""Names that can be one's have a handle in common, and few others have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.quotation import SpeakerKind
from quotes.speakers.handles import alone, bearing, beside
from quotes.speakers.naming import Naming, Node, agree, bears


def person(name: str, *aliases: str) -> Naming:
    return Naming(kind=SpeakerKind.PERSON, name=name, aliases=aliases)


def body(name: str, *aliases: str) -> Naming:
    return Naming(kind=SpeakerKind.ORGANISATION, name=name, aliases=aliases)


def node(naming: Naming) -> Node:
    return Node(kind=naming.kind, key=naming.key, namings=(naming,))


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (person("Ada Marsh"), person("Marsh Ada"), True),
        (person("Ada Marsh"), person("Ada Lee Marsh"), True),
        (person("Ada Marsh"), person("A. Marsh"), True),
        (person("J. Edgar Marsh"), person("E. Marsh"), True),
        (person("Ishiba S."), person("Shigeru Ishiba"), True),
        (person("J. Edgar Marsh"), person("Edgar Marsh"), True),
        (person("Ada Vale", "Ada Rose Vale"), person("Ada Rose Vale"), True),
        (person("Ada Marsh"), person("Ivo Marsh"), False),
        (person("Ada Marsh"), person("Ada Roe"), False),
        (person("Ada B. Marsh"), person("Ivo B. Marsh"), False),
        (person("Ada B. Marsh"), person("Bea Marsh"), False),
        (person("Marsh I. Roe"), person("Ida Marsh"), False),
        (person("A. Marsh"), person("Ivo Marsh"), False),
        (body("Tern News"), body("Tern"), True),
        (body("Tern Party", "TP"), body("TP"), True),
        (body("Tern Party"), body("Noon Party"), False),
    ],
)
def test_who_is_found_beside_whom(one: Naming, other: Naming, found: bool) -> None:
    assert bool(beside(one.handles) & other.handles) == found
    assert bool(beside(other.handles) & one.handles) == found


@pytest.mark.parametrize(
    ("lone", "full", "found"),
    [
        (person("Marsh"), person("Ada Marsh"), True),
        (person("Mr. Marsh"), person("Ada Marsh Jr."), True),
        (person("Ada"), person("Ada Marsh"), False),
        (person("Ada"), person("Ada Marsh", "Ada"), True),
        (person("Ada"), person("Ada Marsh", "Ada", "Marsh"), False),
        (person("Boris"), person("Alexander Marsh", "Boris"), True),
        (person("van Marsh"), person("Ada van Marsh"), True),
        (person("Marsh"), person("Ada van Marsh"), True),
        (person("van Marsh"), person("Ada Marsh"), False),
        (person("B."), person("Ada B. Marsh"), False),
    ],
)
def test_whom_a_single_name_finds(lone: Naming, full: Naming, found: bool) -> None:
    assert bool(bearing(lone.handles) & full.handles) == found
    assert bool(alone(full.handles) & lone.handles) == found


PARTS = ["Ada", "Ivo", "Marsh", "Roe", "A.", "R.", "van Roe", "al-Marsh", "J-R", "ΑΔΑ", "…"]
NAMES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map(" ".join)
PEOPLE = st.builds(lambda name, others: node(person(name, *others)), NAMES, st.lists(NAMES))


@given(PEOPLE, PEOPLE)
def test_who_can_be_one_is_found(one: Node, other: Node) -> None:
    if one.is_full and other.is_full and agree(one, other):
        assert beside(one.handles) & other.handles
    if one.is_full and not other.is_full and bears(one, other.names[0]):
        assert bearing(other.handles) & one.handles
        assert alone(one.handles) & other.handles

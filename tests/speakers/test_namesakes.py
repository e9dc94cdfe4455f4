"""The index of full names finds whom comparing with all would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.quotation import SpeakerKind
from quotes.speakers.entity import Entity
from quotes.speakers.names import is_compatible, is_misspelt, parse_name
from quotes.speakers.namesakes import Namesakes

GIVEN = st.sampled_from(["Ada", "A.", "Anna", "Bo", "B.", "J.D.", "Marsh"])
SURNAME = st.sampled_from(["Marsh", "Marsch", "Mash", "Roe", "van der Berg", "Berg"])
NAME = st.tuples(st.lists(GIVEN, min_size=1, max_size=3), SURNAME).map(
    lambda parts: " ".join([*parts[0], parts[1]])
)


@given(st.lists(NAME, max_size=8), NAME)
def test_nobody_compatible_is_missed(known: list[str], name: str) -> None:
    index = Namesakes()
    people = [(Entity(SpeakerKind.PERSON), one) for one in known if parse_name(one).is_full]
    for entity, one in people:
        index.add(entity, parse_name(one))
    wanted = parse_name(name)
    found = index.alike(wanted)
    end = wanted.parts[-1].text
    for entity, one in people:
        parts = parse_name(one).parts
        if end in {parts[0].text, parts[-1].text} and is_compatible(one, name):
            assert entity in found


@given(st.lists(NAME, max_size=8), st.sampled_from(["marsh", "marsch", "mash", "roe", "bergh"]))
def test_slips_are_those_of_all_ends(known: list[str], surname: str) -> None:
    index = Namesakes()
    for one in known:
        index.add(Entity(SpeakerKind.PERSON), parse_name(one))
    parts = [parse_name(one).parts for one in known]
    ends = {part.text for every in parts for part in (every[0], every[-1])}
    assert set(index.misspelt(surname)) == {end for end in ends if is_misspelt(surname, end)}

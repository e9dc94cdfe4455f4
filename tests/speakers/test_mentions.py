"""Names that words around them belong to, or only seem to, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        pytest.param(
            "The ads come from Our Harbors PAC. Our Harbors PAC said the hives were full.",
            "Our Harbors PAC@2",
            "Our Harbors PAC",
            id="a pronoun that begins a name",
        ),
        pytest.param(
            "The 6th Circuit Court of Appeals said the hives were full.",
            "The 6th Circuit Court of Appeals",
            "6th Circuit Court of Appeals",
            id="a number that begins a name",
        ),
        pytest.param(
            'Odell Farrow went on "The Tamsin Orde Show" on Thursday. Orde said the hives '
            "were full.",
            "Orde@2",
            "Tamsin Orde",
            id="a host named in the title of a show",
        ),
        pytest.param(
            "The novelist Mario Farrow Orde came late. Farrow Orde said the hives were full.",
            "Farrow Orde@2",
            "Mario Farrow Orde",
            id="two surnames",
        ),
        pytest.param(
            "Links of the day:\n-Anna Farrow said the hives were full.",
            "Anna Farrow",
            "Anna Farrow",
            id="a dash left on the name",
        ),
        pytest.param(
            "Anna Farrow: ‘The Hives Are Full Of Honey.’\n\n"
            "On Monday Farrow said the hives were full.",
            "Farrow@2",
            "Anna Farrow",
            id="in full in the headline alone",
        ),
        pytest.param(
            "The Associated Press said the hives were full. Press secretary Odell Farrow agreed.",
            "The Associated Press",
            "Associated Press",
            id="no title in a body's name",
        ),
        pytest.param(
            "Microsoft spoke of hives. Microsoft kept some. The Microsoft Hive was new. "
            "Microsoft sold others. Microsoft said the hives were full.",
            "Microsoft@5",
            "Microsoft",
            id="a firm's own name, said often",
        ),
        pytest.param(
            "Noon County Recorder Helen Farrow said the hives were full.",
            "Noon County Recorder Helen Farrow",
            "Helen Farrow",
            id="an office that no list has, in capitals",
        ),
        pytest.param(
            "The hives are old. Wherever Helen Farrow went, people asked. Farrow said the hives "
            "were full.",
            "Farrow@2",
            "Helen Farrow",
            id="a capital that begins the sentence",
        ),
        pytest.param(
            "The hives, said Will Farrow, a keeper, are old. Farrow said the hives were full.",
            "Farrow@2",
            "Will Farrow",
            id="a given name like an auxiliary",
        ),
        pytest.param(
            "George Will was there on Monday. “It is cold,” Will said. Then Will said the hives "
            "were full.",
            "Will@3",
            "George Will",
            id="a surname like an auxiliary",
        ),
        pytest.param(
            "Farrow Told A Keeper Not To Sell The Hives.\n\n"
            "On Monday Helen Farrow told Odell Orde that it was late. Farrow said the hives were "
            "full.",
            "Farrow",
            "Helen Farrow",
            id="a surname that begins a headline",
        ),
    ],
)
def test_a_name_is_read_whole_and_no_longer(
    resolve: Resolve, text: str, source: str, name: str
) -> None:
    (found,) = resolve(text, (source, "the hives were full"))
    assert found is not None
    assert found.name == name

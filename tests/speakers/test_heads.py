"""The name that a longer source turns on, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.speakers.kinds import kinds_behind
from quotes.speakers.layout import Layout

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model

_SAID = "said the hives were full."


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("One of the harbor's oldest pilots, Odell Farrow,", "Odell Farrow"),
        ("The other man, his cousin Odell Farrow, 40,", "Odell Farrow"),
        ("The governor's running mate — Ohio Sen. Odell Farrow —", "Odell Farrow"),
        ("Orde County (Ohio) Sheriff Odell Farrow", "Odell Farrow"),
        ("Former prosecutor and New York City Mayor Odell Farrow, who keeps bees,", "Odell Farrow"),
        ("Texas-based Odell Farrow", "Odell Farrow"),
        ("Pentagon spokesman Navy Capt. Odell Farrow", "Odell Farrow"),
        ("Ohio Committeeman Odell Farrow", "Odell Farrow"),
        ("one group, Partnership for Cleaner Harbors,", "Partnership for Cleaner Harbors"),
        ("the trade group the Norland Harbor League", "Norland Harbor League"),
    ],
)
def test_the_name_speaks_and_not_its_description(resolve: Resolve, source: str, name: str) -> None:
    (found,) = resolve(f"On Monday {source} {_SAID}", (source, "the hives were full"))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "source",
    [
        "A pilot, like Odell Farrow,",
        "Two pilots, Odell Farrow's friends,",
    ],
)
def test_a_name_that_only_stands_near_does_not_speak(resolve: Resolve, source: str) -> None:
    (found,) = resolve(f"On Monday {source} {_SAID}", (source, "the hives were full"))
    assert found is None or found.name != "Odell Farrow"


def test_a_verb_ends_what_a_firm_is_called(parser: Parser) -> None:
    layout = Layout(parser.parse("Noonday, a polling firm founded in 1999, said so."), ())
    assert [layout.word(index) for index, _ in kinds_behind(layout, 1)] == ["firm"]

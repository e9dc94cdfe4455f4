"""Descriptions that vary a name, headlines, and who is named next, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.quotation import Kind, Quotation
from quotes.speakers.learned import LearnedResolver
from tests.speakers.conftest import find

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "source", "content", "name"),
    [
        pytest.param(
            "Sen. Odell Farrow (R-Utah) met Linus Vane on Monday. Farrow spoke for an "
            "hour. The Utah Republican said the hives were full.",
            "The Utah Republican",
            "the hives were full",
            "Odell Farrow",
            id="party state",
        ),
        pytest.param(
            "Mayor Linus Vane, 62, sold the farm to Tamsin Vane, 31, on Monday. Linus "
            "Vane's daughter said the hives were full.",
            "Linus Vane's daughter",
            "the hives were full",
            "Tamsin Vane",
            id="kin daughter",
        ),
        pytest.param(
            "Mr. Odell Farrow arrived with Tamsin Farrow, 41, late on Monday. His wife "
            "said the road was closed.",
            "His wife",
            "the road was closed",
            "Tamsin Farrow",
            id="kin wife",
        ),
        pytest.param(
            "Gov. Ada Marsh met Sen. Linus Vane, R-Ohio, on Monday. Marsh did not stay. "
            "The Ohio senator said the mill would close.",
            "The Ohio senator",
            "the mill would close",
            "Linus Vane",
            id="belied",
        ),
        pytest.param(
            "Senator says mill will stay open\n\nNORWELL, Ohio — Sen. Ada Marsh said on "
            "Monday that the mill would stay open.",
            "Senator",
            "mill will stay open",
            "Ada Marsh",
            id="headline",
        ),
        pytest.param(
            "Mayor says mill will stay open\n\nMayor Linus Vane spoke to the council on Monday.",
            "Mayor",
            "mill will stay open",
            "Linus Vane",
            id="headline2",
        ),
        pytest.param(
            "A judge ruled on Monday that the mill must close. Judge Ada Marsh wrote a "
            "long opinion.",
            "A judge",
            "the mill must close",
            "Ada Marsh",
            id="a judge",
        ),
        pytest.param(
            "Ada Marsh, the Speaker, opened the session. Linus Vane of the Reed Party complained "
            "about the heat. Nobody left.\n\nThe windows stayed shut. Some people sang. “I have "
            "known it hotter,” the Speaker said.",
            "the Speaker@2",
            "“I have known it hotter,”",
            "Ada Marsh",
            id="an office with a capital",
        ),
        pytest.param(
            "The orders came from their captain, Ada Marsh. Tamsin Orde rowed in front.\n\n"
            "It rained before the last bend. The captain said the river was too high.",
            "The captain",
            "the river was too high",
            "Ada Marsh",
            id="described behind a preposition",
        ),
        pytest.param(
            "Linus Vane runs the mill. His former tutor in Dunmere, Cyril Tamsin-Orde, recalls "
            "a boy who broke the wheel.",
            "His former tutor in Dunmere, Cyril Tamsin-Orde",
            "a boy who broke the wheel",
            "Cyril Tamsin-Orde",
            id="described behind a place",
        ),
    ],
)
def test_a_description_leads_to_a_name(
    resolve: Resolve, text: str, source: str, content: str, name: str
) -> None:
    (found,) = resolve(text, (source, content))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        pytest.param(
            "Ada Marsh closed the mill on Friday. Marsh has run it for a decade. The "
            "Norwell employee said nobody was told.",
            "The Norwell employee",
            "nobody was told",
            id="employee unnamed",
        ),
        pytest.param(
            "Ada Marsh closed the mill on Friday. The witness said nobody was told.",
            "The witness",
            "nobody was told",
            id="witness unnamed",
        ),
        pytest.param(
            "One official said the mill must close. Linus Vane objected.",
            "One official",
            "the mill must close",
            id="one official",
        ),
        pytest.param(
            "Ada Marsh saw Linus Vane and Tamsin Orde on Monday. Two farmers said the "
            "mill would stay open.",
            "Two farmers",
            "the mill would stay open",
            id="two three people",
        ),
        pytest.param(
            "Ada Marsh, the treasurer, opened the session. The Speaker said the windows would stay "
            "shut.",
            "The Speaker",
            "the windows would stay shut",
            id="an office nobody is said to hold",
        ),
    ],
)
def test_somebody_unnamed_stays_so(resolve: Resolve, text: str, source: str, content: str) -> None:
    (found,) = resolve(text, (source, content))
    assert found is not None
    assert str(found.kind) in {"unnamed", "group"}


@pytest.mark.parametrize(
    ("text", "source", "content", "name"),
    [
        pytest.param(
            "Tamsin Orde opened the meeting in Norwell on Monday. “The hives are full,” "
            "Orde told the farmers. The former Ohio governor said nobody should worry.",
            "The former Ohio governor",
            "nobody should worry",
            "Tamsin Orde",
            id="office former",
        ),
        pytest.param(
            "Linus Vane bought the harbor in May. He wants to close the fish market, Vane"
            " told a radio station. The businessman said the stalls lost money.",
            "The businessman",
            "the stalls lost money",
            "Linus Vane",
            id="businessman",
        ),
        pytest.param(
            "Ada Marsh shook hands outside the mill for an hour on Friday. Marsh refused "
            "to talk about her rival. The candidate said the mill would stay open.",
            "The candidate",
            "the mill would stay open",
            "Ada Marsh",
            id="candidate",
        ),
    ],
)
def test_the_ranker_leads_what_is_told_of_the_known(
    parser: Parser, text: str, source: str, content: str, name: str
) -> None:
    quotation = Quotation(
        kind=Kind.INDIRECT, content=(find(text, content),), source=(find(text, source),)
    )
    (found,) = LearnedResolver().resolve(parser.parse(text), [quotation])
    assert found.attribution is not None
    assert (found.attribution.name, found.attribution.method) == (name, "coreference")

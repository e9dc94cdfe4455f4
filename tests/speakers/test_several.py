"""Plurals that take up those whom the text names together, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model

BOTH = "Ada Marsh and Khizr Roe"
ALL = "Ada Marsh, Khizr Roe and Peter Vane"


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        pytest.param(
            "", "Three economists -- Ada Marsh, Khizr Roe and Peter Vane --", ALL, id="dashes"
        ),
        pytest.param(
            "",
            "Three economists -- Ada Marsh at Norwell University, Khizr Roe of Orde College "
            "and Peter Vane --",
            ALL,
            id="where they teach",
        ),
        pytest.param("", "Two lawyers, Ada Marsh and Khizr Roe,", BOTH, id="commas and a number"),
        pytest.param("The senators Ada Marsh and Khizr Roe met.", "The senators", BOTH, id="title"),
        pytest.param(
            "The economists Ada Marsh and Khizr Roe met. It rained. It snowed. It thawed.",
            "The researchers",
            BOTH,
            id="a related role, far off",
        ),
        pytest.param(
            "A senator came late. Economists Ada Marsh and Khizr Roe met. It rained.",
            "Both economists",
            BOTH,
            id="both",
        ),
        pytest.param(
            "Ada Marsh and Khizr Roe, two teachers, met. It rained. It snowed. It thawed.",
            "The teachers",
            BOTH,
            id="behind the names",
        ),
        pytest.param(
            "The judge fined Ostrel Inc. and Brightwell Corp. over the harbour.",
            "The companies",
            "Ostrel Inc. and Brightwell Corp.",
            id="firms",
        ),
    ],
)
def test_a_plural_takes_up_a_list(resolve: Resolve, before: str, source: str, name: str) -> None:
    text = f"{before} {source} said the hives were full.".strip()
    (found,) = resolve(text, (source, "the hives were full", "said"))
    assert found is not None
    assert (found.name, found.kind) == (name, SpeakerKind.GROUP)
    assert ", ".join(member.name for member in found.members) == name.replace(" and", ",")


@pytest.mark.parametrize(
    ("before", "source"),
    [
        pytest.param("Economists Ada Marsh and Khizr Roe met. It rained.", "Economists", id="bare"),
        pytest.param(
            "Economists Ada Marsh and Khizr Roe met.", "The three economists", id="a number"
        ),
        pytest.param(
            "Economists Ada Marsh and Khizr Roe met. It rained.", "The brewers", id="a role"
        ),
        pytest.param("Hosts Ada Marsh and Khizr Roe met.", "The host", id="one of them"),
        pytest.param(
            "In talks with brewers, Ada Marsh and Khizr Roe won.", "The brewers", id="met"
        ),
        pytest.param("Congress and the Treasury met.", "The companies", id="no firms"),
    ],
)
def test_other_plurals_stay_as_they_stand(resolve: Resolve, before: str, source: str) -> None:
    text = f"{before} {source} said the hives were full."
    (found,) = resolve(text, (source, "the hives were full", "said"))
    assert found is None or found.members == ()


ABOUT = (
    "Ada Marsh leads the poll. Marsh wants a harbour. Peter Vane was there. Marsh spoke. "
    "Then came Khizr Roe. Roe wants a road. It may cost much, Roe thinks."
)


@pytest.mark.parametrize("source", ["Both candidates", "Both", "Neither candidate"])
def test_both_are_the_two_whom_a_text_is_about(resolve: Resolve, source: str) -> None:
    text = f"{ABOUT} It rained all day. It snowed. {source} said the hives were full."
    (found,) = resolve(text, (source, "the hives were full", "said"))
    assert found is not None
    assert found.name == BOTH


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param(f"{ABOUT} It rained. It snowed.", "Both lawyers", id="another noun"),
        pytest.param(
            f"{ABOUT} Vane came back. Vane left. It rained. It snowed.",
            "Both candidates",
            id="a third",
        ),
        pytest.param(
            "Ada Marsh and Peter Vane, John Orde and Ann Foss met. It rained. It snowed.",
            "Both candidates",
            id="several",
        ),
    ],
)
def test_both_are_nobody_where_others_may_be_meant(
    resolve: Resolve, text: str, source: str
) -> None:
    (found,) = resolve(
        f"{text} {source} said the hives were full.", (source, "the hives were full", "said")
    )
    assert found is None or found.members == ()


def test_they_go_on(resolve: Resolve) -> None:
    text = (
        "The economists Ada Marsh and Khizr Roe read it. They said it was late. The harbour froze. "
        "The road was shut. A bridge fell. They said the hives were full."
    )
    found = resolve(
        text, ("They", "it was late", "said"), ("They@2", "the hives were full", "said@2")
    )
    assert [one.name for one in found if one] == [BOTH, BOTH]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "There were Ada Marsh and Khizr Roe, old women who said the hives were full.",
            BOTH,
            id="a noun behind them",
        ),
        pytest.param(
            "There were Ada Marsh and Khizr Roe, who say the hives were full.", BOTH, id="the verb"
        ),
    ],
)
def test_who_behind_a_list(resolve: Resolve, text: str, name: str) -> None:
    cue = "say" if " say " in text else "said"
    (found,) = resolve(text, ("who", "the hives were full", cue))
    assert found is not None
    assert found.name == name


def test_examples_are_members_of_a_group(resolve: Resolve) -> None:
    source = "Others, including Sen. Ada Marsh (D-Maine) and Rep. Khizr Roe,"
    (found,) = resolve(
        f"{source} said the hives were full.", (source, "the hives were full", "said")
    )
    assert found is not None
    assert found.kind is SpeakerKind.GROUP
    assert found.name.startswith("Others, including")
    assert [member.name for member in found.members] == ["Ada Marsh", "Khizr Roe"]

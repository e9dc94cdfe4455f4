"""People who speak together, and "they" for them, on a real parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        pytest.param(
            "Odell Farrow and Tamsin Orde said the hives were full.",
            "Odell Farrow and Tamsin Orde",
            "Odell Farrow and Tamsin Orde",
            id="two names",
        ),
        pytest.param(
            "Sens. Peter Farrow (D-Mont.) and Tamsin Orde (R-La.) said the hives were full.",
            "Sens. Peter Farrow (D-Mont.) and Tamsin Orde (R-La.)",
            "Peter Farrow and Tamsin Orde",
            id="parties between",
        ),
        pytest.param(
            "Odell Farrow, Tamsin Orde and Linus Vane said the hives were full.",
            "Odell Farrow, Tamsin Orde and Linus Vane",
            "Odell Farrow, Tamsin Orde and Linus Vane",
            id="three names",
        ),
        pytest.param(
            "Odell Farrow met Tamsin Orde on Monday. Farrow and Orde said the hives were full.",
            "Farrow and Orde",
            "Odell Farrow and Tamsin Orde",
            id="surnames",
        ),
        pytest.param(
            "Odell Farrow and Tamsin Orde met on Monday. They said the hives were full.",
            "They",
            "Odell Farrow and Tamsin Orde",
            id="they",
        ),
    ],
)
def test_a_pair_speaks_by_its_full_names(
    resolve: Resolve, text: str, source: str, name: str
) -> None:
    (found,) = resolve(text, (source, "the hives were full"))
    assert found is not None
    assert (found.name, found.kind) == (name, SpeakerKind.GROUP)


def test_one_of_several_speaks_alone(resolve: Resolve) -> None:
    text = "Odell Farrow, a friend of Linus Vane and Tamsin Orde, said the hives were full."
    source = "Odell Farrow, a friend of Linus Vane and Tamsin Orde,"
    (found,) = resolve(text, (source, "the hives were full"))
    assert found is not None
    assert found.name == "Odell Farrow"


def test_the_evidence_leads_over_each_name(resolve: Resolve) -> None:
    text = "Odell Farrow and Tamsin Orde met on Monday. They said the hives were full."
    (found,) = resolve(text, ("They", "the hives were full"))
    assert found is not None
    assert [step.text for step in found.evidence] == [
        "They",
        "Odell Farrow and Tamsin Orde",
        "Odell Farrow",
        "Tamsin Orde",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "Odell Farrow and Tamsin Orde",
        "Both Odell Farrow and Tamsin Orde",
        "Odell Farrow as well as Tamsin Orde",
        "Odell Farrow and his deputy, Tamsin Orde,",
        "Odell Farrow, 43, and his wife, Tamsin Orde, 44,",
        "Odell Farrow, the mayor of Norwell, and Tamsin Orde",
        "Mr. Odell Farrow and Ms. Tamsin Orde",
    ],
)
def test_those_who_speak_together_are_its_members(resolve: Resolve, source: str) -> None:
    (found,) = resolve(f"{source} said the hives were full.", (source, "the hives were full"))
    assert found is not None
    assert (found.name, found.kind) == ("Odell Farrow and Tamsin Orde", SpeakerKind.GROUP)
    assert [member.name for member in found.members] == ["Odell Farrow", "Tamsin Orde"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Odell Farrow and other officials", ["Odell Farrow"]),
        ("Odell Farrow, Tamsin Orde, and other officials", ["Odell Farrow", "Tamsin Orde"]),
        ("Odell Farrow and the White House", ["Odell Farrow", "White House"]),
        ("Amnesty International and Human Rights Watch", None),
        ("Odell Farrow and Tamsin Orde aides", []),
        ("aides to Odell Farrow and officials", []),
    ],
)
def test_members_are_those_whom_the_text_names(
    resolve: Resolve, source: str, names: list[str] | None
) -> None:
    (found,) = resolve(f"On Monday {source} said the hives were full.", (source, "the hives"))
    assert found is not None
    assert found.kind is SpeakerKind.GROUP
    expected = source.split(" and ") if names is None else names
    assert [member.name for member in found.members] == expected


def test_a_pronoun_is_one_of_the_pair(resolve: Resolve) -> None:
    text = "Odell Farrow came late. He and Tamsin Orde said the hives were full."
    (found,) = resolve(text, ("He and Tamsin Orde", "the hives were full"))
    assert found is not None
    assert [member.name for member in found.members] == ["Odell Farrow", "Tamsin Orde"]


def test_one_of_two_alone_speaks(resolve: Resolve) -> None:
    text = "Odell Farrow or Tamsin Orde said the hives were full."
    (found,) = resolve(text, ("Odell Farrow or Tamsin Orde", "the hives were full"))
    assert found is not None
    assert (found.name, found.members) == ("Odell Farrow or Tamsin Orde", ())


def test_neither_has_said_it(resolve: Resolve) -> None:
    text = "Neither Odell Farrow nor Tamsin Orde said whether the hives were full."
    assert resolve(text, ("Neither Odell Farrow nor Tamsin Orde", "whether the hives")) == [None]


@pytest.mark.parametrize(
    "source",
    [
        "Peter Farrow, along with Noonday Post reporter Anna Orde,",
        "Former Secretary of State Peter Farrow and former Maryland Gov. Anna Orde",
        "Democratic presidential candidates Peter Farrow and Anna Orde",
        "Ohio Sens. Peter Farrow (R), who keeps bees, and Anna Orde (D)",
        "Sens. Peter Farrow of Georgia and Anna Orde of Arkansas",
        "CNN's Peter Farrow and Reuters' Anna Orde",
    ],
)
def test_titles_and_homes_part_no_pair(resolve: Resolve, source: str) -> None:
    (found,) = resolve(f"{source} said the hives were full.", (source, "the hives were full"))
    assert found is not None
    assert [member.name for member in found.members] == ["Peter Farrow", "Anna Orde"]


def test_two_in_a_headline_need_no_and(resolve: Resolve) -> None:
    text = "Farrow, Orde said the hives were full.\n\nPeter Farrow met Anna Orde on Monday."
    (found,) = resolve(text, ("Farrow, Orde", "the hives were full"))
    assert found is not None
    assert found.name == "Peter Farrow and Anna Orde"


def test_the_view_of_two_is_theirs(resolve: Resolve) -> None:
    text = "Odell Farrow met Tamsin Orde. In Mr. Farrow's and Ms. Orde's view, the hives were full."
    (found,) = resolve(text, ("Mr. Farrow's and Ms. Orde's", "the hives were full"))
    assert found is not None
    assert found.name == "Odell Farrow and Tamsin Orde"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        pytest.param(
            "Former mayor Peter Farrow and former Ohio governor Tamsin Orde",
            "Peter Farrow and Tamsin Orde",
            id="titles in front",
        ),
        pytest.param(
            "Presidential candidates Peter Farrow and Tamsin Orde",
            "Peter Farrow and Tamsin Orde",
            id="one noun for both",
        ),
        pytest.param(
            "Peter Farrow, along with reporter Tamsin Orde,",
            "Peter Farrow and Tamsin Orde",
            id="along with",
        ),
        pytest.param(
            "Sens. Peter Farrow (R), who is away, and Tamsin Orde (D)",
            "Peter Farrow and Tamsin Orde",
            id="a clause between",
        ),
        pytest.param(
            "Peter Farrow, Reuters’ Anna Vane and CNN’s Tamsin Orde",
            "Peter Farrow, Anna Vane and Tamsin Orde",
            id="those they work for",
        ),
    ],
)
def test_what_stands_around_the_names_is_passed(resolve: Resolve, source: str, name: str) -> None:
    (found,) = resolve(
        f"{source} said the hives were full.", (source, "the hives were full", "said")
    )
    assert found is not None
    assert (found.name, found.kind) == (name, SpeakerKind.GROUP)


def test_a_headline_lists_without_and(resolve: Resolve) -> None:
    text = "Farrow, Orde say the hives were full.\n\nPeter Farrow and Tamsin Orde met on Monday."
    (found,) = resolve(text, ("Farrow, Orde", "the hives were full", "say"))
    assert found is not None
    assert found.name == "Peter Farrow and Tamsin Orde"

"""Whose statement speaks, and to whom a spokesman is tied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model

ORDE = "Tamsin Orde is the mayor of Norwell. "
PERSON, BODY = SpeakerKind.PERSON, SpeakerKind.ORGANISATION


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("A statement from Orde", "Tamsin Orde", PERSON),
        ("Orde’s statement", "Tamsin Orde", PERSON),
        ("Her statement", "Tamsin Orde", PERSON),
        ("A letter signed by Orde", "Tamsin Orde", PERSON),
        ("A statement from the White House", "White House", BODY),
        ("A White House statement", "White House", BODY),
        ("A statement released by the White House on Monday", "White House", BODY),
        ("A statement by the Ministry of Transport", "Ministry of Transport", BODY),
        ("A statement from the ministry", "ministry", SpeakerKind.UNNAMED),
    ],
)
def test_a_statement_is_its_owners(
    resolve: Resolve, source: str, name: str, kind: SpeakerKind
) -> None:
    (found,) = resolve(
        f"{ORDE}{source} said the hives were full.", (source, "the hives were full", "said")
    )
    assert found is not None
    assert (found.name, found.kind) == (name, kind)
    assert "author" in {step.relation for step in found.evidence}


@pytest.mark.parametrize(
    "source", ["A report by Tamsin Orde", "A statement on the website", "The statement"]
)
def test_other_writings_speak_for_themselves(resolve: Resolve, source: str) -> None:
    (found,) = resolve(
        f"{ORDE}{source} said the hives were full.", (source, "the hives were full", "said")
    )
    assert found is not None
    assert found.kind is SpeakerKind.UNNAMED


def test_a_statement_of_two_is_both_peoples(resolve: Resolve) -> None:
    source = "A joint statement by Tamsin Orde and Linus Vane"
    (found,) = resolve(f"{source} said it rained.", (source, "it rained", "said"))
    assert found is not None
    assert [member.name for member in found.members] == ["Tamsin Orde", "Linus Vane"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("A spokesman for Orde", "spokesman for Tamsin Orde"),
        ("A spokesman for her", "spokesman for Tamsin Orde"),
        ("Her spokesman", "Tamsin Orde’s spokesman"),
        ("Orde’s lawyer", "Tamsin Orde’s lawyer"),
        ("An aide to Mrs. Orde", "aide to Tamsin Orde"),
        ("A spokesman for the port", "spokesman for the port"),
        ("An Orde-backed candidate", "Orde-backed candidate"),
    ],
)
def test_a_spokesman_is_tied_to_whom_he_speaks_for(
    resolve: Resolve, source: str, name: str
) -> None:
    (found,) = resolve(f"{ORDE}{source} said it rained.", (source, "it rained", "said"))
    assert found is not None
    assert (found.name, found.kind) == (name, SpeakerKind.UNNAMED)


def test_a_named_lawyer_speaks_himself(resolve: Resolve) -> None:
    source = "Orde’s lawyer, Linus Vane,"
    (found,) = resolve(f"{ORDE}{source} said it rained.", (source, "it rained", "said"))
    assert found is not None
    assert (found.name, found.kind) == ("Linus Vane", PERSON)

"""Speakers recognised as people of a list: by names, by offices on their days, and not in doubt."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.quotation import Attribution, Evidence, Kind, Quotation, SpeakerKind
from quotes.spans import Span
from quotes.speakers.known import KnownPerson, Office
from quotes.speakers.recognition import KnownPeople

DAY = date(2021, 5, 1)
PREMIER = Office(
    title="prime minister", of="Norland", since=date(2020, 1, 1), until=date(2021, 12, 31)
)
MORI = KnownPerson(name="Mori Kenta", offices=(PREMIER,), id="Q1")
ADA = KnownPerson(name="Ada Moss", aliases=("Boz",), gender="feminine")
IVO = KnownPerson(
    name="Ivo Moss", gender="masculine", offices=(Office(title="mayor", until=date(2019, 1, 1)),)
)
PEOPLE = KnownPeople([MORI, ADA, IVO])


def said(name: str, kind: SpeakerKind = SpeakerKind.PERSON, source: str = "") -> Quotation:
    step = Evidence(text=source or name, start=0, end=len(source or name), relation="source")
    given = Attribution(name=name, kind=kind, method="name", evidence=(step,))
    return Quotation(kind=Kind.INDIRECT, content=(Span(0, 1),), attribution=given)


def who(*quotations: Quotation, text: str = "", on: date | None = DAY) -> list[str]:
    found = PEOPLE.recognise(text, quotations, on=on)
    given = [one.attribution for one in found if one.attribution is not None]
    return [f"{one.name}!" if one.listed else one.name for one in given]


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        (said("Kenta Mori"), "Mori Kenta!"),
        (said("Mori Kenta"), "Mori Kenta!"),
        (said("Boz"), "Ada Moss!"),
        (said("Moss"), "Moss"),
        (said("Moss", source="Mrs. Moss"), "Ada Moss!"),
        (said("Moss", source="Mayor Moss"), "Ivo Moss!"),
        (said("Moss", source="Dr. Moss"), "Moss"),
        (said("A. Moss"), "Ada Moss!"),
        (said("Bo Moss"), "Bo Moss"),
        (said("Kenta"), "Mori Kenta!"),
        (said("Ada"), "Ada"),
        (said("Ada Moss", SpeakerKind.ORGANISATION), "Ada Moss!"),
        (said("Moss", SpeakerKind.ORGANISATION), "Moss"),
        (said("Ada Moss", SpeakerKind.GROUP), "Ada Moss"),
        (said("prime minister", SpeakerKind.UNNAMED), "Mori Kenta!"),
        (said("Norland’s prime minister", SpeakerKind.UNNAMED), "Mori Kenta!"),
        (said("prime minister of Norland", SpeakerKind.UNNAMED), "Mori Kenta!"),
        (said("Sudland’s prime minister", SpeakerKind.UNNAMED), "Sudland’s prime minister"),
        (said("mayor", SpeakerKind.UNNAMED), "mayor"),
        (
            said("prime minister", SpeakerKind.UNNAMED, source="the former prime minister"),
            "prime minister",
        ),
    ],
)
def test_who_is_recognised(quotation: Quotation, expected: str) -> None:
    assert who(quotation) == [expected]


def test_an_office_needs_a_day_within_its_own() -> None:
    office = said("prime minister", SpeakerKind.UNNAMED)
    assert who(office, on=None) == ["prime minister"]
    assert who(office, on=date(2022, 1, 1)) == ["prime minister"]


def test_another_holder_in_the_text_keeps_the_office_from_the_list() -> None:
    office = said("prime minister", SpeakerKind.UNNAMED)
    assert who(office, text="Prime Minister Lund met the press.") == ["prime minister"]
    assert who(office, text="Prime Minister Mori met the press.") == ["Mori Kenta!"]


def test_a_surname_that_another_in_the_text_bears_is_not_led_to_the_list() -> None:
    alone, rival = said("Mori"), said("Yuko Mori")
    assert who(alone) == ["Mori"]
    people = KnownPeople([KnownPerson(name="Kenta Mori")])
    found = people.recognise("", [alone], on=None)[0].attribution
    assert found is not None
    assert (found.name, found.aliases, found.method) == ("Kenta Mori", ("Mori",), "known-people")
    found = people.recognise("", [alone, rival], on=None)[0].attribution
    assert found is not None
    assert found.name == "Mori"


def test_two_of_the_list_with_one_name_are_nobody_s() -> None:
    twins = KnownPeople([KnownPerson(name="Ada Moss", id="Q1"), KnownPerson(name="Moss Ada")])
    found = twins.recognise("", [said("Ada Moss")], on=None)[0].attribution
    assert found is not None
    assert not found.listed


def test_quotations_without_a_speaker_stay_as_they_are() -> None:
    nobody = Quotation(kind=Kind.DIRECT, content=(Span(0, 1),))
    assert PEOPLE.recognise("", [nobody], on=DAY) == (nobody,)

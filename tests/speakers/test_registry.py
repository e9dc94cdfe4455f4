"""The registry: one speaker in many documents, and no two people made one."""

from __future__ import annotations

import pytest

from quotes.quotation import Attribution, SpeakerKind
from quotes.speakers.registry import KnownSpeaker, Registry, fuller_name, match


def person(name: str, *aliases: str) -> KnownSpeaker:
    return KnownSpeaker(id=f"s_{name}", name=name, kind=SpeakerKind.PERSON, aliases=aliases)


def organisation(name: str, *aliases: str) -> KnownSpeaker:
    return KnownSpeaker(id=f"s_{name}", name=name, kind=SpeakerKind.ORGANISATION, aliases=aliases)


def told(name: str, *aliases: str, kind: SpeakerKind = SpeakerKind.PERSON) -> Attribution:
    return Attribution(name=name, kind=kind, method="name", aliases=aliases)


ISHIBA = person("Ishiba Shigeru", "Ishiba")
BILL = person("Bill Clinton", "Clinton")
HILLARY = person("Hillary Clinton", "Clinton", "Hillary")
MARSH = person("Ada Marsh")
ROE = person("Roe")
CDP = organisation("Constitutional Democratic Party", "CDP")


@pytest.mark.parametrize(
    ("attribution", "known", "expected"),
    [
        (told("Shigeru Ishiba"), [ISHIBA, MARSH], ISHIBA),
        (told("Prime Minister Shigeru Ishiba"), [ISHIBA], ISHIBA),
        (told("Ishiba"), [ISHIBA, MARSH], ISHIBA),
        (told("Shigeru"), [ISHIBA], None),
        (told("Marsh"), [MARSH, ISHIBA], MARSH),
        (told("Ada"), [MARSH], None),
        (told("Clinton"), [BILL, HILLARY], None),
        (told("Clinton"), [HILLARY, MARSH], HILLARY),
        (told("Hillary Rodham Clinton"), [BILL, HILLARY], HILLARY),
        (told("Chelsea Clinton"), [BILL, HILLARY], None),
        (told("J. Roe"), [person("Jane Roe"), person("John Roe")], None),
        (told("J. Roe"), [person("Jane Roe")], person("Jane Roe")),
        (told("Jane Roe"), [ROE], ROE),
        (told("Jane Roe"), [ROE, person("Tim Roe")], None),
        (told("Roe Jin-ho", "Roe"), [ROE], ROE),
        (told("Roe Jin-ho"), [ROE], None),
        (told("Roe"), [ROE, person("Tim Roe"), person("Ann Roe")], ROE),
        (told("Oliver Marsh Jr."), [person("Oliver Marsh")], None),
        (told("Boris"), [person("Alexander Marsh", "Boris")], person("Alexander Marsh", "Boris")),
        (told("Marsh", kind=SpeakerKind.GROUP), [MARSH], None),
        (told("Marsh", kind=SpeakerKind.ORGANISATION), [MARSH], None),
        (told("CDP", kind=SpeakerKind.ORGANISATION), [CDP], CDP),
        (
            told("The Constitutional Democratic Party", kind=SpeakerKind.ORGANISATION),
            [CDP],
            CDP,
        ),
        (
            told("Centre for Dairy Prices", "CDP", kind=SpeakerKind.ORGANISATION),
            [CDP],
            None,
        ),
        (
            told("Constitutional Democratic Party", "CDP", kind=SpeakerKind.ORGANISATION),
            [organisation("CDP")],
            organisation("CDP"),
        ),
    ],
)
def test_match(
    attribution: Attribution, known: list[KnownSpeaker], expected: KnownSpeaker | None
) -> None:
    assert match(attribution, known) == expected
    assert match(attribution, known[::-1]) == expected


def test_unnamed_speakers_never_merge() -> None:
    known = KnownSpeaker(id="s_1", name="a senior official", kind=SpeakerKind.UNNAMED)
    assert match(told("a senior official", kind=SpeakerKind.UNNAMED), [known]) is None


def test_a_registry_learns() -> None:
    registry = Registry()
    assert registry.match(told("Ada Marsh")) is None
    registry.add(MARSH)
    assert registry.match(told("Marsh")) == MARSH
    renamed = person("Ada Marsh", "Ada Vale")
    registry.add(renamed)
    assert registry.match(told("Ada Vale")) == renamed


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Marsh", "Ada Marsh", "Ada Marsh"),
        ("Ada Marsh", "Ms. Marsh", "Ada Marsh"),
        ("A. Marsh", "Marsh", "A. Marsh"),
        ("A. Marsh", "Ada Marsh", "Ada Marsh"),
        ("ADA MARSH", "Ada Marsh", "Ada Marsh"),
        ("Ishiba Shigeru", "Shigeru Ishiba", "Ishiba Shigeru"),
    ],
)
def test_fuller_name(first: str, second: str, expected: str) -> None:
    assert fuller_name(first, second) == expected


def test_two_of_one_full_name_do_not_make_a_third() -> None:
    known = [person("Ada Marsh"), KnownSpeaker(id="s_2", name="Marsh Ada", kind=SpeakerKind.PERSON)]
    assert match(told("Ada Marsh"), known) == known[0]


def test_an_alias_does_not_take_a_name_from_its_bearer() -> None:
    nicknamed = person("Crooked Ada Marsh", "Ada Marsh")
    assert match(told("Ada Marsh"), [nicknamed, MARSH]) == MARSH


def test_a_name_met_again_and_again_stays_one() -> None:
    registry = Registry([person("Crooked Ada Marsh", "Ada Marsh"), organisation("Marsh")])
    ids = set()
    for number in range(5):
        found = registry.match(told("Ada Marsh", "Marsh"))
        if found is None:
            found = KnownSpeaker(id=f"s_{number}", name="Ada Marsh", kind=SpeakerKind.PERSON)
            registry.add(found)
        ids.add(found.id)
    assert len(ids) == 1

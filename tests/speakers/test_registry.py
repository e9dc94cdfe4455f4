"""The registry: one speaker in many documents, and no two people made one, in no order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.quotation import SpeakerKind
from quotes.speakers.naming import (
    Naming,
    Node,
    agree,
    fuller_name,
    middle_initials,
    person_key,
)
from quotes.speakers.registry import Lead, Link, NodeKey, Reason, Registry, derive, node_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.speakers.handles import Handle

APART = "(apart)"


def person(name: str, *aliases: str, listed: bool = False) -> Naming:
    return Naming(kind=SpeakerKind.PERSON, name=name, aliases=aliases, listed=listed)


def body(name: str, *aliases: str) -> Naming:
    return Naming(kind=SpeakerKind.ORGANISATION, name=name, aliases=aliases)


def link(name: str, into: str) -> Link:
    return Link(kind=SpeakerKind.PERSON, name=name, into=into)


def lead(of: Naming, *others: Naming, links: tuple[Link, ...] = ()) -> Lead:
    return derive([of, *others], links)[of.kind, of.key]


def led(of: Naming, *others: Naming, links: tuple[Link, ...] = ()) -> str:
    found = lead(of, *others, links=links)
    return APART if found.apart else found.name


ISHIBA = person("Ishiba Shigeru", "Ishiba")
BILL = person("Bill Clinton", "Clinton")
HILLARY = person("Hillary Clinton", "Clinton", "Hillary")
MARSH = person("Ada Marsh")
ROE = person("Roe")
CDP = body("Constitutional Democratic Party", "CDP")


@pytest.mark.parametrize(
    ("name", "others", "expected"),
    [
        (person("Shigeru Ishiba"), [ISHIBA, MARSH], "Ishiba Shigeru"),
        (person("Prime Minister Shigeru Ishiba"), [ISHIBA], "Ishiba Shigeru"),
        (person("Ishiba"), [ISHIBA, MARSH], "Ishiba Shigeru"),
        (person("Shigeru"), [ISHIBA], "Shigeru"),
        (person("Marsh"), [MARSH, ISHIBA], "Ada Marsh"),
        (person("Ada"), [MARSH], "Ada"),
        (person("Clinton"), [BILL, HILLARY], APART),
        (person("Clinton"), [HILLARY, MARSH], "Hillary Clinton"),
        (HILLARY, [BILL, person("Hillary Rodham Clinton")], "Hillary Rodham Clinton"),
        (person("Chelsea Clinton"), [BILL, HILLARY], "Chelsea Clinton"),
        (person("J. Roe"), [person("Jane Roe"), person("John Roe")], APART),
        (person("J. Roe"), [person("Jane Roe")], "Jane Roe"),
        (person("Ida Marsh"), [person("Marsh I. Roe")], "Ida Marsh"),
        (person("George W. Bush"), [person("George H. W. Bush")], "George W. Bush"),
        (ROE, [person("Jane Roe")], "Jane Roe"),
        (ROE, [person("Jane Roe"), person("Tim Roe")], APART),
        (ROE, [person("Roe Jin-ho", "Roe")], "Roe Jin-ho"),
        (ROE, [person("Roe Jin-ho")], "Roe"),
        (person("Oliver Marsh Jr."), [person("Oliver Marsh")], "Oliver Marsh Jr."),
        (person("Boris"), [person("Alexander Marsh", "Boris")], "Alexander Marsh"),
        (person("Crooked Ada Marsh", "Ada Marsh"), [MARSH], "Ada Marsh"),
        (person("Ada Vale", "Ada Marsh"), [MARSH], "Ada Vale"),
        (MARSH, [person("Ada Lee Marsh"), person("Ada Ann Marsh")], "Ada Marsh"),
        (person("Marsh", listed=True), [], "Marsh"),
        (person("Ada Lee Marsh"), [person("Ada Marsh", listed=True)], "Ada Marsh"),
        (body("Marsh"), [MARSH], "Marsh"),
        (body("CDP"), [CDP], "Constitutional Democratic Party"),
        (body("CDP"), [CDP, body("Centre for Dairy Prices", "CDP")], APART),
        (body("CDP"), [body("Constitutional Democratic Party")], "CDP"),
        (body("The Tern Party’s"), [body("Tern Party")], "Tern Party"),
        (body("Kyodo"), [body("Kyodo News")], "Kyodo News"),
        (body("Kyodo"), [body("Kyodo News"), body("Kyodo Press")], "Kyodo"),
        (body("Times"), [body("Noon Times", "Times")], "Times"),
        (
            body("Trade Ministry"),
            [body("Trade Ministry", "Norland’s Trade Ministry")],
            "Norland’s Trade Ministry",
        ),
        (
            body("Trade Ministry"),
            [
                body("Trade Ministry", "Norland’s Trade Ministry"),
                body("Trade Ministry", "Sudland’s Trade Ministry"),
            ],
            APART,
        ),
    ],
)
def test_where_a_name_leads(name: Naming, others: list[Naming], expected: str) -> None:
    assert {led(name, *others), led(name, *others[::-1])} <= {
        expected,
        # Which spelling stands for the speaker is the store's to count.
        *(other.name for other in others if person_key(other.name) == person_key(expected)),
    }


@pytest.mark.parametrize("first", ["A. Marsh", "Ada B. Marsh"])
@pytest.mark.parametrize("second", ["Ada Marsh", "Marsh Ada", "Ivo Marsh"])
def test_names_agree_both_ways_or_not_at_all(first: str, second: str) -> None:
    a, b = (Node(kind=n.kind, key=n.key, namings=(n,)) for n in map(person, (first, second)))
    assert agree(a, b) == agree(b, a) == (second != "Ivo Marsh")


def test_a_lead_says_why() -> None:
    assert lead(person("Marsh"), MARSH).reason is Reason.SURNAME
    assert lead(person("Marsh"), MARSH).because == ("Ada Marsh",)
    assert lead(person("Clinton"), BILL, HILLARY).because == ("Bill Clinton", "Hillary Clinton")
    assert lead(body("CDP"), CDP).reason is Reason.SHORT
    assert lead(HILLARY, person("Hillary Rodham Clinton")).reason is Reason.FULLER
    assert lead(ROE).reason is Reason.LONE


def test_two_of_one_full_name_and_other_initials_have_two_ids() -> None:
    first, second = person("George W. Bush"), person("George H. W. Bush")
    leads = derive([first, second])
    assert {one.within for one in leads.values()} == {"w", "hw"}
    assert lead(first).within == ""


def test_a_person_s_word_joins_two_names_and_makes_their_surname_clear() -> None:
    vale, moss = person("Mary Vale"), person("Mary Moss")
    said = (link("Mary Moss", "Mary Vale"),)
    assert led(moss, vale, links=said) == "Mary Vale"
    assert lead(moss, vale, links=said).reason is Reason.MERGE
    assert led(person("Moss"), vale, moss, links=said) == "Mary Vale"
    assert led(moss, links=said) == "Mary Moss"


def test_words_that_go_in_a_circle_lead_to_one() -> None:
    vale, moss = person("Mary Vale"), person("Mary Moss")
    said = (link("Mary Moss", "Mary Vale"), link("Mary Vale", "Mary Moss"))
    assert {led(vale, moss, links=said), led(moss, vale, links=said)} == {"Mary Vale"}


def test_a_rival_that_is_said_to_be_the_same_is_none() -> None:
    names = [person("Ada Marsh"), person("Ada J. Marsh"), person("Ada K. Marsh"), person("Marsh")]
    assert derive(names)[node_key(SpeakerKind.PERSON, "Marsh")].apart
    said = (link("Ada K. Marsh", "Ada J. Marsh"),)
    assert {one.name for one in derive(names, said).values()} == {"Ada J. Marsh"}


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


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ada B. Marsh", "b"), ("Ada Marsh", ""), ("A. Marsh", ""), ("A. B. Marsh", "")],
)
def test_middle_initials(name: str, initials: str) -> None:
    assert middle_initials(name) == initials


GIVEN = st.sampled_from(["", "Ada ", "Ivo ", "A. ", "Ada B. ", "Ada Bea ", "I. C. "])
FAMILY = st.sampled_from(["Marsh", "Roe", "Marsh Jr."])
NAMINGS = st.builds(
    lambda given_, family, alone: person(given_ + family, *([family] if alone and given_ else ())),
    GIVEN,
    FAMILY,
    st.booleans(),
)


@given(st.lists(NAMINGS, min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_only_the_set_of_namings_counts(namings: list[Naming], random: object) -> None:
    turned = list(namings)
    random.shuffle(turned)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert derive(namings) == derive([*turned, *turned])


@given(st.lists(NAMINGS, min_size=1, max_size=7))
def test_no_name_leads_to_one_that_it_cannot_be(namings: list[Naming]) -> None:
    for (_, key), found in derive(namings).items():
        if not found.apart:
            assert key.split()[0] in person_key(found.name) or found.reason is Reason.FULLER
        surnames = {word for word in key.split() if word in ("marsh", "roe")}
        assert surnames <= set(person_key(found.name).split())


PARTS = ["Ada", "Ivo", "Lee", "Marsh", "Roe", "A.", "L.", "R.", "van Roe", "al-Marsh"]
NAMES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join)
ANY = st.builds(
    lambda name, aliases, jr: person(name + jr, *aliases),
    NAMES,
    st.lists(NAMES, max_size=2),
    st.sampled_from(["", "", " Jr."]),
)
BODIES = st.builds(
    lambda name, aliases: body(name, *aliases),
    st.sampled_from(["Tern", "Tern News", "Noon Tern", "NT", "Norland’s Tern", "Tern News Group"]),
    st.lists(st.sampled_from(["Tern", "NT", "Norland’s Tern", "Noon Tern"]), max_size=2),
)


class _Everything:
    """Names that are all looked at for every one."""

    def __init__(self, namings: list[Naming]) -> None:
        self._namings = dict.fromkeys(namings)

    def keys(self, kind: SpeakerKind, handles: frozenset[Handle]) -> list[str]:
        return list({one.key for one in self._namings if one.kind is kind})

    def namings(self, keys: Sequence[NodeKey]) -> list[tuple[NodeKey, Naming]]:
        every = [((one.kind, one.key), one) for one in self._namings]
        return [(key, one) for key, one in every if key in keys]


@settings(max_examples=400)
@given(st.lists(ANY | BODIES, min_size=1, max_size=8))
def test_what_has_no_handle_in_common_need_not_be_looked_at(namings: list[Naming]) -> None:
    assert derive(namings) == Registry(_Everything(namings)).leads(namings)

"""Names: what they share, what tells them apart, and laws that hold for any string."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.speakers.names import (
    begins_with,
    display_name,
    ends_with,
    fold,
    in_lower_case,
    is_compatible,
    is_misspelt,
    name_key,
    organisation_key,
    parse_name,
)

WORD = st.from_regex(r"[A-Z][a-z]{2,8}x", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Japanese Prime Minister Shigeru Ishiba", "Shigeru Ishiba"),
        ("Chief Cabinet Secretary Hayashi Yoshimasa", "Hayashi Yoshimasa"),
        ("U.S. President-elect Donald Trump", "Donald Trump"),
        ("Secretary of State John Kerry", "John Kerry"),
        ("Director of National Intelligence Ada Marsh", "Ada Marsh"),
        ("Indiana Gov. Mike Pence", "Mike Pence"),
        ("Sen. Ada Marsh (D-VT)", "Ada Marsh"),
        ("Rep. Ada Marsh, D-Ohio", "Ada Marsh"),
        ("Rep. Ada Marsh D-Ohio", "Ada Marsh"),
        ("Dr. Yuki Tanaka (YT)", "Yuki Tanaka"),
        ("Noda Yoshihiko, head of the opposition", "Noda Yoshihiko"),
        ("Ada Marsh of Ohio", "Ada Marsh"),
        ("campaign manager Ada Marsh’s", "Ada Marsh"),
        ("Marsh, Ada", "Ada Marsh"),
        ("Oliver Marsh, Jr.", "Oliver Marsh Jr."),
        ("Oliver Marsh PhD", "Oliver Marsh"),
        ("William “Bill” Marsh", "William Marsh"),
        ("King Abdullah II", "King Abdullah II"),
        ("King Juan Carlos", "Juan Carlos"),
        ("Pope Francis", "Pope Francis"),
        ("Dean Baker", "Dean Baker"),
        ("Stephen King", "Stephen King"),
        ("the late Shinzo Abe", "Shinzo Abe"),
        ("Ms. Marsh", "Marsh"),
        ("“Joe”", "Joe"),
        ("President", "President"),
        ("—", "—"),
    ],
)
def test_shown_without_titles(text: str, shown: str) -> None:
    assert display_name(text) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ishiba Shigeru", "Shigeru Ishiba"),
        ("Prime Minister Ishiba Shigeru", "Shigeru Ishiba’s"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Fionnuala O'Brien", "Fionnuala O’Brien"),
        ("José Muñoz", "Jose Munoz"),
        ("ADA MARSH", "Ada Marsh"),
        ("Samuel L. Marsh", "Samuel Marsh"),
        ("J. D. Marsh", "JD Marsh"),
        ("Alexander Van der Bellen", "Alexander van der Bellen"),
        ("Samir al-Rashid", "Samir Rashid"),
    ],
)
def test_same_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bill Clinton", "Hillary Clinton"),
        ("Oliver Marsh", "Oliver Marsh Jr."),
        ("J. Marsh", "Marsh"),
        ("J. Marsh", "K. Marsh"),
        ("Ada Marsh", "Ada Marshall"),
    ],
)
def test_different_key(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. D. Marsh", "James David Marsh"),
        ("JD Marsh", "James David Marsh"),
        ("Ada Marsh", "Ada Rodham Marsh"),
        ("S. Ishiba", "Shigeru Ishiba"),
        ("Ishiba Shigeru", "Shigeru Ishiba"),
        ("Kim Jong Un", "Jong Un Kim"),
        ("J. Edgar Marsh", "Edgar Marsh"),
        ("Mr. Marsh", "Oliver Marsh Jr."),
        ("Ishiba", "Ishiba Shigeru"),
        ("De Witt", "Anna de Witt"),
        ("Rashid", "Samir al-Rashid"),
        ("Gore", "Al Gore"),
    ],
)
def test_compatible(one: str, other: str) -> None:
    assert is_compatible(one, other)
    assert is_compatible(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bill Clinton", "Hillary Clinton"),
        ("Oliver Marsh", "Oliver Marsh Jr."),
        ("Marsh Jr.", "Oliver Marsh Sr."),
        ("J. Marsh", "Ada Marsh"),
        ("Van Jones", "Tim Jones"),
        ("Anna van Dyke", "Anna bin Dyke"),
        ("Marsh", "Marshall"),
        ("David", "James David Marsh"),
        # Marsh may be a family that is named first, but not before a given name and its initial.
        ("Ida Marsh", "Marsh I. Roe"),
        ("Ivo Marsh", "Marsh I. Roe"),
    ],
)
def test_incompatible(one: str, other: str) -> None:
    assert not is_compatible(one, other)
    assert not is_compatible(other, one)


@pytest.mark.parametrize("space", [" ", "\t", "\u00a0", " \n"])
def test_a_run_of_white_space_is_one_space_and_costs_no_more(space: str) -> None:
    # In a pattern's squared time these would be minutes.
    wide = "Ada" + space * 100_000 + "Marsh"
    assert parse_name(wide) == parse_name("Ada Marsh")


def test_ends_of_a_name() -> None:
    assert ends_with("Ada Marsh", "Ms. Marsh")
    assert not ends_with("Ada Marsh", "Ada")
    assert begins_with("Ishiba Shigeru", "Ishiba")
    assert not begins_with("Ada Marsh", "Ada Marsh")


def test_organisations_keep_their_word_order() -> None:
    assert organisation_key("the White House’s") == organisation_key("White House")
    assert organisation_key("Justice Department") == "justice department"


def test_initials_are_no_given_names() -> None:
    assert [part.initial for part in parse_name("J.D. Marsh").parts] == [True, True, False]
    assert [part.initial for part in parse_name("AL MARSH").parts] == [False, False]


@settings(deadline=None)
@given(WORD, WORD)
def test_order_case_and_title_do_not_matter(first: str, second: str) -> None:
    key = name_key(f"{first} {second}")
    assert key == name_key(f"{second} {first}")
    assert key == name_key(f"{first} {second}".upper())
    assert key == name_key(f"Prime Minister {first} {second}’s")
    assert is_compatible(f"{first} {second}", f"{second} {first}")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_every_text_has_a_key(text: str) -> None:
    assert bool(name_key(text)) == bool(text.strip())
    assert fold(fold(text)) == fold(text)
    assert display_name(text) == display_name(text).strip()
    organisation_key(text)


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_compatibility_is_mutual(one: str, other: str) -> None:
    assert is_compatible(one, other) == is_compatible(other, one)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("wimmer", "winmer", True),
        ("mcclaren", "mclaren", True),
        ("lindqvist", "lindqivst", True),
        ("lindqvist", "lindqvist", False),
        ("marsh", "harsh", False),
        ("roe", "row", False),
        ("lindqvist", "lindström", False),
        ("ardenne", "ardennen", True),
    ],
)
def test_surnames_a_letter_apart(first: str, second: str, expected: bool) -> None:
    assert is_misspelt(first, second) is expected
    assert is_misspelt(second, first) is expected


@pytest.mark.parametrize(
    ("capitals", "shown"),
    [
        ("ADA MARSH", "Ada Marsh"),
        ("SEAN O'BRIEN", "Sean O'Brien"),
        ("ADA MCROE-HALE", "Ada McRoe-Hale"),
        ("PIETER VAN DER BERG", "Pieter van der Berg"),
        ("JD ROE", "JD Roe"),
        ("J. ROE", "J. Roe"),
        ("ŽOFIE ŠIMŠEK", "Žofie Šimšek"),
        ("AOC", "AOC"),
        ("Ada MARSH", "Ada MARSH"),
    ],
)
def test_names_in_capitals(capitals: str, shown: str) -> None:
    assert in_lower_case(capitals) == shown


@given(st.text(max_size=20))
def test_small_letters_change_no_key(text: str) -> None:
    upper = text.upper()
    assert fold(in_lower_case(upper)) == fold(" ".join(upper.split()))


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad", "\u200f", "\u202e", "\ufeff"])
def test_invisible_characters_are_no_part_of_a_name(mark: str) -> None:
    hidden = f"Ada {mark}Ma{mark}rsh{mark}"
    assert fold(hidden) == "ada marsh"
    assert display_name(hidden) == "Ada Marsh"
    assert is_compatible(hidden, "Marsh")

"""Files of known people: what they say, and what is wrong with them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from quotes.errors import PeopleError
from quotes.speakers.known import KnownPerson, Office, read_people

if TYPE_CHECKING:
    from pathlib import Path

MORI = KnownPerson(
    name="Mori Kenta",
    aliases=("Kenta Mori", "Ken"),
    offices=(
        Office(
            title="prime minister",
            of="Norland",
            since=date(2020, 3, 1),
            until=date(2021, 12, 31),
        ),
        Office(title="mayor"),
    ),
    id="Q1",
    gender="masculine",
)


def written(folder: Path, text: str, name: str = "people.json") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_json_and_csv_say_the_same(tmp_path: Path) -> None:
    office = {"title": "prime minister", "of": "Norland", "from": "2020-03", "until": "2021"}
    entry = {
        "name": "Mori Kenta",
        "aliases": ["Kenta Mori", "Ken"],
        "offices": [office, {"title": "mayor"}],
        "id": "Q1",
        "gender": "masculine",
    }
    cells = (
        "name,aliases,offices,id,gender\n"
        "Mori Kenta,Kenta Mori; Ken,prime minister (Norland) 2020-03..2021; mayor,Q1,masculine\n\n"
    )
    assert read_people(written(tmp_path, json.dumps([entry]))) == (MORI,)
    assert read_people(written(tmp_path, "\ufeff" + cells, "people.csv")) == (MORI,)


def test_an_office_is_held_on_both_its_days() -> None:
    office = MORI.offices[0]
    assert office.is_held(date(2020, 3, 1))
    assert office.is_held(date(2021, 12, 31))
    assert not office.is_held(date(2022, 1, 1))
    assert MORI.offices[1].is_held(date(1900, 1, 1))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{}", r"json:1: it is no JSON list; write \["),
        ("[", "json:1: the list never ends"),
        ('[{"name": "A"},\n {"name" "B"}]', "json:2: not JSON"),
        ('[{"name": "A"},\n {"aliases": []}]', "json:2: it has no name; correct that entry"),
        ('[\n\n"A"]', 'json:3: "A" is no object'),
        ('[{"name": "A", "office": []}]', "json:1: 'office' is no field; the fields are name, al"),
        ('[{"name": "A", "aliases": "B"}]', "json:1: aliases is no list of names"),
        ('[{"name": 7}]', "json:1: name is 7, not text"),
        ('[{"name": "A", "offices": [{"title": "x", "from": "1 May"}]}]', "'1 May' is no date; wr"),
        (
            '[{"name": "A", "offices": [{"title": "x", "from": "2020", "until": "2019"}]}]',
            "ends before it begins",
        ),
        ('[{"name": "A", "offices": [{"title": "x", "from": "2020-13-01"}]}]', "is no date"),
        ('[{"name": "A", "gender": "f"}]', "gender is 'f', not one of"),
        ("[] x", "something follows the list"),
        ("[" * 100_000, "json:1: not JSON"),
    ],
)
def test_a_bad_json_file_is_told_of_by_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(PeopleError, match=says) as caught:
        read_people(written(tmp_path, text))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "csv:1: there is no column name"),
        ("person\nA\n", "csv:1: there is no column name; head it name,"),
        ("name\nA\nB,C\n", "csv:3: more cells than columns"),
        ("name,id\nA,\n,Q1\n", "csv:3: it has no name"),
        ('name\n"A\n', r"csv:\d: not CSV: .*; check its quotation marks"),
        ("name,offices\nA,x 2020-99..\n", "csv:2: '2020-99' is no date"),
        ("name,party\nA,B\n", "csv:2: 'party' is no field"),
    ],
)
def test_a_bad_csv_file_is_told_of_by_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(PeopleError, match=says):
        read_people(written(tmp_path, text, "people.csv"))


def test_a_file_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="No such file"):
        read_people(tmp_path / "none.json")
    (tmp_path / "odd.json").write_bytes(b"\xff\xfe")
    with pytest.raises(PeopleError, match="not UTF-8"):
        read_people(tmp_path / "odd.json")

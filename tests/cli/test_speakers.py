from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_speakers_are_listed_with_their_counts(run: Run) -> None:
    rows = {row["name"]: row for row in json.loads(run("speakers", "list", "--json").out)}
    assert set(rows) == {"Boatmen", "Mara Lindqvist", "Olaf Brandt"}
    assert rows["Mara Lindqvist"]["quotations"] == 2
    assert rows["Olaf Brandt"]["aliases"] == ["Brandt"]
    assert "Mara Lindqvist  person" in run("speakers", "list").out


def test_a_part_of_a_name_narrows_the_list(run: Run) -> None:
    rows = json.loads(run("speakers", "list", "lind", "--json").out)
    assert [row["name"] for row in rows] == ["Mara Lindqvist"]


def test_one_speaker_is_shown_by_any_of_the_names(run: Run) -> None:
    out = run("speakers", "show", "brandt").out
    assert out.startswith("Olaf Brandt (person)\n")
    assert "also called  Brandt\n" in out
    assert "1 in 1 source\n" in out
    assert json.loads(run("speakers", "show", "brandt", "--json").out)["name"] == "Olaf Brandt"


def test_an_unknown_speaker_is_one_line(run: Run) -> None:
    ran = run("speakers", "show", "Zorro")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("quotes: no speaker answers to 'Zorro'")

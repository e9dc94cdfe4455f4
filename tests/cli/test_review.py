from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.archive import HARBOUR, build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran, Run

    Do = Callable[..., Ran]


@pytest.fixture
def do(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Do:
    """Runs the command line on a database of its own, as Kim."""
    db = build(tmp_path)
    monkeypatch.setenv("QUOTES_BY", "Kim")
    return lambda *arguments, **given: run(*arguments, db=db, **given)


def listed(do: Do, *arguments: str) -> list[dict[str, Any]]:
    ran = do("list", "--json", *arguments)
    assert ran.status == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def id_of(do: Do, words: str) -> str:
    (found,) = listed(do, "--contains", words)
    return str(found["id"])


def test_confirm_reject_and_undo(do: Do) -> None:
    id_ = id_of(do, "bridge opens")
    assert do("review", "confirm", id_[:8], "--note", "heard it").err == f"{id_} is confirmed\n"
    assert listed(do, "--status", "confirmed")[0]["id"] == id_
    ran = do("review", "reject", id_)
    assert (ran.status, ran.err) == (0, f"{id_} is rejected\n")
    ran = do("list", "--contains", "bridge opens")
    assert ran.out == ""
    assert "1 rejected quotation is left out; --status rejected shows it" in ran.err
    ran = do("export", "--format", "jsonl")
    assert id_ not in ran.out
    assert "1 rejected" in ran.err
    assert do("review", "undo", id_).err == f"taken back; {id_} is confirmed\n"
    ran = do("show", id_)
    assert "status      confirmed" in ran.out
    assert "confirm; by Kim, " in ran.out
    assert ": heard it" in ran.out
    assert "undo: confirmed; by Kim" in ran.out


def test_several_at_once(do: Do) -> None:
    ids = [one["id"] for one in listed(do)]
    assert do("review", "confirm", *ids, "--by", "Lou").status == 0
    assert {one["status"] for one in listed(do)} == {"confirmed"}
    assert {one["reviewer"] for one in json.loads(do("review", "log", "--json").out)} == {"Lou"}


def test_reassign_to_somebody_known_new_or_nobody(do: Do) -> None:
    id_ = id_of(do, "gift to shipping")
    assert do("review", "reassign", id_, "--speaker", "lindqvist").err == (
        f"{id_} is Mara Lindqvist's now\n"
    )
    assert "3 in 2 sources" in do("speakers", "show", "Mara Lindqvist").out
    assert "a person said so, see the review below" in do("show", id_).out
    assert do("review", "reassign", id_, "--speaker", "Ines Falk", "--new").status == 0
    assert listed(do, "--speaker", "Falk")[0]["id"] == id_
    assert do("review", "reassign", id_, "--nobody").err == f"{id_} is nobody's now\n"
    for name in ("Ines Falk", "Mara Lindqvist", "Olaf Brandt"):
        do("review", "undo", id_)
        assert listed(do, "--contains", "gift to shipping")[0]["speaker"]["name"] == name
    log = do("review", "log", id_).out
    assert "reassign from Olaf Brandt to Mara Lindqvist" in log
    assert "reassign from Ines Falk to nobody" in log


def test_what_is_wrong_is_said_in_one_line(do: Do) -> None:
    id_ = id_of(do, "gift to shipping")
    do("review", "reassign", id_, "--speaker", "Anna Brandt", "--new")
    do("review", "undo", id_)
    for arguments, status, says in (
        (("confirm", "q_nothere"), 1, "no quotation has the id 'q_nothere'; see `quotes list`"),
        (("reassign", id_, "--speaker", "Nobody Such"), 1, "no speaker answers to 'Nobody Such'"),
        (("reassign", id_, "--speaker", "Brandt"), 1, "Anna Brandt (s_"),
        (("reassign", id_, "--speaker", "Olaf Brandt", "--new"), 1, "leave out --new"),
        (("reassign", id_), 2, "--speaker NAME, or --nobody"),
        (("reassign", id_, "--nobody", "--new"), 2, "name the new speaker with --speaker"),
        (("edit", id_), 2, "say what to correct"),
        (("edit", id_, "--content", "5"), 2, "write START:END"),
        (("edit", id_, "--content", "9:5"), 2, "ends before it begins"),
        (("edit", id_, "--content", "5:99999"), 1, "runs past the text's end"),
        (("edit", id_, "--text", "no such words"), 1, "does not say 'no such words'"),
        (
            ("add", "--source", "harbour.txt", "--text", "the"),
            1,
            "stands 4 times in the source: ",
        ),
        (("add", "--source", "harbour.txt"), 2, "--text or --span"),
        (("undo", id_of(do, "clerks")), 1, "none to take back"),
    ):
        ran = do("review", *arguments)
        assert ran.status == status, ran
        assert says in ran.err
        assert ran.err.count("\n") == 1
        assert "; " in ran.err


def test_words_that_stand_twice_are_told_with_their_offsets(do: Do) -> None:
    first, second = HARBOUR.index("the"), HARBOUR.index("the", HARBOUR.index("the") + 1)
    ran = do("review", "add", "--source", "harbour.txt", "--text", "the")
    assert f": {first}:{first + 3}, {second}:{second + 3}" in ran.err


def test_edit_by_words_and_by_offsets(do: Do) -> None:
    old = id_of(do, "gift to shipping")
    ran = do("review", "edit", old, "--text", '"It is a gift')
    assert ran.status == 0, ran.err
    new = ran.out.strip()
    (found,) = listed(do, "--contains", "it is a gift")
    assert (found["id"], found["content"]["text"]) == (new, "“It is a gift")
    assert (found["status"], found["cue"]["text"]) == ("corrected", "wrote")
    shown = do("show", old).out
    assert f"quotation   {new}" in shown
    assert f"edit the content: {old} is {new} now; by Kim" in shown
    assert "taken on" not in shown
    start = found["content"]["start"]
    ran = do("review", "edit", old, "--content", f"{start + 1}:{start + 3}", "--content",
             f"{start + 9}:{start + 13}", "--no-cue", "--no-source")  # fmt: skip
    (found,) = listed(do, "--status", "corrected")
    assert (found["content"]["text"], found["cue"], found["source"]) == ("It gift", None, None)
    assert "edit the content, cue, source" in do("review", "log", old).out
    do("review", "undo", old)
    assert do("review", "undo", old).err == f"taken back; {old} is machine\n"
    assert id_of(do, "gift to shipping") == old
    assert do("audit").status == 0


def test_add_by_words(do: Do) -> None:
    ran = do("review", "add", "--source", "harbour.txt", "--text", "the ferry sails at noon",
             "--speaker", "Mara Lindqvist")  # fmt: skip
    assert ran.status == 1
    ran = do("review", "add", "--source", "harbour.txt", "--text", "The ferry  sails at noon",
             "--speaker", "Mara Lindqvist", "--note", "from the tape")  # fmt: skip
    id_ = ran.out.strip()
    (found,) = listed(do, "--contains", "ferry")
    assert (found["id"], found["kind"], found["method"]) == (id_, "indirect", "manual")
    assert do("review", "undo", id_).err == f"taken back; {id_} is not there any more\n"
    assert listed(do, "--contains", "ferry") == []


def test_the_log_is_a_table_and_json(do: Do) -> None:
    id_ = id_of(do, "clerks")
    assert do("review", "log").err == "no reviews\n"
    do("review", "confirm", id_)
    do("review", "reject", id_, "--by", "Lou", "--note", "hearsay")
    header, first, second = do("review", "log").out.splitlines()
    assert header.split() == ["number", "quotation", "what", "by", "when", "note"]
    assert "confirm" in first
    assert second.endswith("hearsay")
    (one,) = json.loads(do("review", "log", "--by", "Lou", "--json").out)
    assert (one["action"], one["old"]["status"], one["status"]) == (
        "reject",
        "confirmed",
        "rejected",
    )
    assert do("review", "log", "--since", "2999-01-01").err == "no reviews\n"
    assert do("review", "orphans").err == "no orphans: every reviewed quotation is found\n"

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from quotes.cli.main import cli
from quotes.store import Store, queries, reviewing
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "“Rain is near,” said Ada Moss. “Dry days,” said Bo Lund. “Wet nights,” said Ada Moss.\n"


@pytest.fixture
def db(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'quotes.db'}"
    with Store(url, create=True) as store:
        store_documents(store, make_document(TEXT))
    return url


def walk(db: str, answers: str, *options: str, command: tuple[str, ...] = ("walk",)) -> str:
    arguments = ["--db", db, "review", *command, *options]
    ran = CliRunner().invoke(cli, arguments, input=answers, env={"QUOTES_BY": "Kim"})
    assert ran.exit_code == 0, ran.output
    return ran.output


def statuses(db: str) -> list[tuple[str, str | None]]:
    every = queries.Filter(status=("machine", "confirmed", "corrected", "rejected"))
    with Store(db) as store, store.session() as session:
        records = [one.record for one in queries.quotations(session, every)]
    return [(one["status"], one["speaker"]["name"] if one["speaker"] else None) for one in records]


def test_keys_and_names_decide(db: str) -> None:
    out = walk(db, "y\nn\nBo Lund\n")
    assert statuses(db) == [
        ("confirmed", "Ada Moss"),
        ("rejected", "Bo Lund"),
        ("corrected", "Bo Lund"),
    ]
    assert "[“Rain is near,”] {said} <Ada Moss>" in out
    assert "confidence 90%" in out
    assert out.splitlines()[-1] == "1 confirmed, 1 rejected, 1 reassigned"
    assert walk(db, "").splitlines()[-1] == "nothing was decided"


def test_skipped_taken_back_and_left(db: str) -> None:
    out = walk(db, "s\ny\nu\nn\nq\n")
    assert [status for status, _ in statuses(db)] == ["machine", "rejected", "machine"]
    assert "taken back: confirmed" in out
    with Store(db) as store, store.session() as session:
        assert [(one.action, one.reviewer) for one in reviewing.log(session)] == [
            ("confirm", "Kim"),
            ("undo", "Kim"),
            ("reject", "Kim"),
        ]


def test_what_cannot_be_done_is_said_and_asked_again(db: str) -> None:
    out = walk(db, "Nobody Such\n?\nu\n+Cy Dale\n-\n-\nq\n")
    assert "no speaker answers to 'Nobody Such'" in out
    assert "s skip" in out
    assert "nothing was decided on this walk" in out
    assert statuses(db) == [("corrected", "Cy Dale"), ("corrected", None), ("corrected", None)]


def test_the_least_sure_come_first(db: str) -> None:
    with Store(db) as store, store.session(write=True) as session:
        connection = session.connection()
        for confidence, place in ((0.4, 2), (None, 1), (0.7, 3)):
            connection.exec_driver_sql(
                "UPDATE quotation SET confidence = ? WHERE id = ?", (confidence, place)
            )
    out = walk(db, "s\ns\ns\n")
    order = [out.index(words) for words in ("[“Dry", "[“Wet", "[“Rain")]
    assert order == sorted(order)


def test_it_goes_on_where_the_answers_end_and_takes_filters(db: str) -> None:
    out = walk(db, "y\n", "--speaker", "Lund")
    assert "[“Dry days,”]" in out
    assert "Rain is near,”]" not in out
    assert [status for status, _ in statuses(db)] == ["machine", "confirmed", "machine"]
    # Input that ends amid the walk ends it.
    walk(db, "y\n", command=("--interactive",))
    assert [status for status, _ in statuses(db)] == ["confirmed", "confirmed", "machine"]


def test_what_another_has_decided_meanwhile_is_not_asked(db: str) -> None:
    from quotes.cli.review_walk import Walk

    with Store(db) as store:
        going = Walk(store, queries.Filter(status=("machine",)), by="Kim")
        first = going._next()
        assert first is not None
        with store.session(write=True) as session:
            reviewing.reject(session, first, by="Lou")
        assert going._ask(first)
    assert [status for status, _ in statuses(db)] == ["rejected", "machine", "machine"]


def test_on_a_terminal(db: str) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "quotes", "--db", db, "review", "walk", "--by", "Kim"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, b"y\nBo Lund\nq\n")
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass  # The terminal is gone with the program.
        assert process.wait() == 0
    os.close(ours)
    assert "Rain is near,”" in shown.decode()
    assert "is Bo Lund's already" in shown.decode()
    assert [status for status, _ in statuses(db)] == ["confirmed", "machine", "machine"]
